"""Circular and hyperbolic functions, in radians; multiples of 15 degrees that are rational are exact where written in degrees."""

from collections.abc import Callable
from fractions import Fraction

from tools.calculator.arithmetic import Arithmetic, Number, plain
from tools.calculator.functions.base import Function, Value, number
from tools.calculator.result import CalculationError


def sin(a: Arithmetic, x: Value) -> Value:
    value = number(x, "sin")
    return 0 if value == 0 else a.circular("sin", value)


def cos(a: Arithmetic, x: Value) -> Value:
    value = number(x, "cos")
    return 1 if value == 0 else a.circular("cos", value)


def _ratio(name: str, top: Callable[..., Value], bottom: Callable[..., Value]) -> Callable[..., Value]:
    def run(a: Arithmetic, x: Value) -> Value:
        divisor = number(bottom(a, x), name)
        if a.sign(divisor) == 0:
            raise CalculationError("domain", f"{name} has no value there (it grows without bound).")
        return a.divide(number(top(a, x), name), divisor)

    return run


def _one(a: Arithmetic, x: Value) -> Value:
    return 1


def _inside(a: Arithmetic, value: Number, name: str) -> None:
    if a.compare(a.absolute(value), 1) > 0:
        raise CalculationError("domain", f"{name} takes numbers from -1 to 1.")


def asin(a: Arithmetic, x: Value) -> Value:
    value = number(x, "asin")
    _inside(a, value, "asin")
    if value == 0:
        return 0
    side = a.sign(value)
    if a.compare(a.absolute(value), 1) == 0:
        return a.divide(a.multiply(a.pi(), side), 2)
    return a.real("asin", value)


def acos(a: Arithmetic, x: Value) -> Value:
    value = number(x, "acos")
    if value == 1:
        return 0
    return a.subtract(a.divide(a.pi(), 2), number(asin(a, value), "acos"))


def atan(a: Arithmetic, x: Value) -> Value:
    value = number(x, "atan")
    return 0 if value == 0 else a.real("atan", value)


def atan2(a: Arithmetic, y: Value, x: Value) -> Value:
    up, right = number(y, "atan2"), number(x, "atan2")
    side, height = a.sign(right), a.sign(up)
    if side == 0:
        return a.divide(a.multiply(a.pi(), height), 2)
    angle = number(atan(a, a.divide(up, right)), "atan2")
    if side > 0:
        return angle
    return a.add(angle, a.multiply(a.pi(), -1 if height < 0 else 1))


def _inverse_of(name: str, run: Callable[..., Value]) -> Callable[..., Value]:
    def reciprocal(a: Arithmetic, x: Value) -> Value:
        value = number(x, name)
        if a.sign(value) == 0:
            raise CalculationError("domain", f"{name} has no value at 0.")
        return run(a, a.divide(1, value))

    return reciprocal


def acot(a: Arithmetic, x: Value) -> Value:
    return a.subtract(a.divide(a.pi(), 2), number(atan(a, x), "acot"))


def sinh(a: Arithmetic, x: Value) -> Value:
    value = number(x, "sinh")
    return 0 if value == 0 else _hyperbolic(a, "sinh", value)


def cosh(a: Arithmetic, x: Value) -> Value:
    value = number(x, "cosh")
    return 1 if value == 0 else _hyperbolic(a, "cosh", value)


def tanh(a: Arithmetic, x: Value) -> Value:
    value = number(x, "tanh")
    return 0 if value == 0 else a.real("tanh", value)


def _hyperbolic(a: Arithmetic, name: str, value: Number) -> Value:
    if a.compare(a.absolute(value), 20_000) > 0:
        raise CalculationError("too_large", f"{name} takes numbers from -20000 to 20000.")
    return a.real(name, value)


def asinh(a: Arithmetic, x: Value) -> Value:
    value = number(x, "asinh")
    return 0 if value == 0 else a.real("asinh", value)


def acosh(a: Arithmetic, x: Value) -> Value:
    value = number(x, "acosh")
    side = a.compare(value, 1)
    if side < 0:
        raise CalculationError("domain", "acosh takes numbers from 1 up.")
    return a.real("acosh", value) if side else 0


def atanh(a: Arithmetic, x: Value) -> Value:
    value = number(x, "atanh")
    if a.compare(a.absolute(value), 1) >= 0:
        raise CalculationError("domain", "atanh takes numbers between -1 and 1.")
    return 0 if value == 0 else a.real("atanh", value)


def radians(a: Arithmetic, x: Value) -> Value:
    value = number(x, "radians")
    return 0 if value == 0 else a.divide(a.multiply(a.pi(), value), 180)


def degrees(a: Arithmetic, x: Value) -> Value:
    value = number(x, "degrees")
    return 0 if value == 0 else a.divide(a.multiply(value, 180), a.pi())


_SINES: dict[Number, Number] = {
    0: 0,
    30: Fraction(1, 2),
    90: 1,
    150: Fraction(1, 2),
    180: 0,
    210: Fraction(-1, 2),
    270: -1,
    330: Fraction(-1, 2),
}
_TANGENTS: dict[Number, Number] = {0: 0, 45: 1, 135: -1}


def exact_in_degrees(name: str, angle: Number) -> Number | None:
    """sin, cos or tan of a rational number of degrees, where the value is rational."""
    if not isinstance(angle, int | Fraction):
        return None
    if name == "tan":
        return _TANGENTS.get(plain(angle % 180))
    return _SINES.get(plain((angle + (90 if name == "cos" else 0)) % 360))


def _in_degrees(name: str, run: Callable[..., Value]) -> Callable[..., Value]:
    def apply(a: Arithmetic, x: Value) -> Value:
        exact = exact_in_degrees(name, number(x, name))
        return run(a, radians(a, x)) if exact is None else exact

    return apply


tan = _ratio("tan", sin, cos)

FUNCTIONS = (
    Function("sin", sin, 1, 1, "sine, of radians", "sin(30°)", "0.5", ("sine",), bare="wide"),
    Function("cos", cos, 1, 1, "cosine", "cos(60 deg)", "0.5", ("cosine",), bare="wide"),
    Function("tan", tan, 1, 1, "tangent", "tan(45°)", "1", ("tangent", "tg"), bare="wide"),
    Function("sec", _ratio("sec", _one, cos), 1, 1, "1 / cos", "sec(0)", "1", bare="wide"),
    Function("csc", _ratio("csc", _one, sin), 1, 1, "1 / sin", "csc(30°)", "≈ 2", ("cosec",), bare="wide"),
    Function("cot", _ratio("cot", cos, sin), 1, 1, "cos / sin", "cot(pi/4)", "≈ 1", ("ctg",), bare="wide"),
    Function("asin", asin, 1, 1, "inverse sine, in radians", "asin(1)", "≈ 1.57079632679", ("arcsin",), bare="wide"),
    Function("acos", acos, 1, 1, "inverse cosine", "acos(1)", "0", ("arccos",), bare="wide"),
    Function("atan", atan, 1, 1, "inverse tangent", "atan(1)", "≈ 0.785398163397", ("arctan", "arctg"), bare="wide"),
    Function("atan2", atan2, 2, 2, "angle of the point: atan2(y, x)", "atan2(1, -1)", "≈ 2.35619449019", ("arctan2",)),
    Function("asec", _inverse_of("asec", acos), 1, 1, "inverse secant", "asec(1)", "0", ("arcsec",), bare="wide"),
    Function(
        "acsc",
        _inverse_of("acsc", asin),
        1,
        1,
        "inverse cosecant",
        "acsc(1)",
        "≈ 1.57079632679",
        ("arccsc",),
        bare="wide",
    ),
    Function(
        "acot", acot, 1, 1, "inverse cotangent, from 0 to pi", "acot(1)", "≈ 0.785398163397", ("arccot",), bare="wide"
    ),
    Function("sinh", sinh, 1, 1, "hyperbolic sine", "sinh(0)", "0", bare="wide"),
    Function("cosh", cosh, 1, 1, "hyperbolic cosine", "cosh(0)", "1", bare="wide"),
    Function("tanh", tanh, 1, 1, "hyperbolic tangent", "tanh(1)", "≈ 0.761594155956", bare="wide"),
    Function("asinh", asinh, 1, 1, "inverse of sinh", "asinh(0)", "0", ("arcsinh", "arsinh"), bare="wide"),
    Function("acosh", acosh, 1, 1, "inverse of cosh", "acosh(1)", "0", ("arccosh", "arcosh"), bare="wide"),
    Function("atanh", atanh, 1, 1, "inverse of tanh", "atanh(0)", "0", ("arctanh", "artanh"), bare="wide"),
    Function("radians", radians, 1, 1, "degrees to radians", "radians(180)", "≈ 3.14159265359", ("deg2rad",)),
    Function("degrees", degrees, 1, 1, "radians to degrees", "degrees(pi)", "≈ 180", ("rad2deg",)),
    Function("sind", _in_degrees("sin", sin), 1, 1, "sine of degrees", "sind(30)", "0.5"),
    Function("cosd", _in_degrees("cos", cos), 1, 1, "cosine of degrees", "cosd(60)", "0.5"),
    Function("tand", _in_degrees("tan", tan), 1, 1, "tangent of degrees", "tand(45)", "1"),
)
