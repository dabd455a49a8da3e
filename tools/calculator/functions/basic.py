"""Roots, powers, logarithms, rounding and remainders."""

from collections.abc import Callable
from fractions import Fraction

from mpmath import libmp as mp

from tools.calculator import limits
from tools.calculator.arithmetic import Arithmetic, Number, Rational, plain
from tools.calculator.ball import Ball
from tools.calculator.functions.base import Function, Value, number, numbers, whole
from tools.calculator.result import CalculationError


def sqrt(a: Arithmetic, x: Value) -> Value:
    return a.root(number(x, "sqrt"), 2)


def cbrt(a: Arithmetic, x: Value) -> Value:
    return a.root(number(x, "cbrt"), 3)


def root(a: Arithmetic, x: Value, n: Value = 2) -> Value:
    return a.root(number(x, "root"), whole(a, n, "root"))


def isqrt(a: Arithmetic, x: Value) -> Value:
    value = whole(a, x, "isqrt")
    return a.floor(a.root(value, 2))


def exp(a: Arithmetic, x: Value) -> Value:
    value = number(x, "exp")
    return 1 if value == 0 else a.real("exp", value)


def ln(a: Arithmetic, x: Value) -> Value:
    value = number(x, "ln")
    _positive(a, value, "a logarithm")
    return 0 if value == 1 else a.real("ln", value)


def log(a: Arithmetic, x: Value, base: Value | None = None) -> Value:
    """Exact where the result is a fraction with a small denominator: log(8, 4) = 3/2."""
    if base is None:
        return ln(a, x)
    value, to = number(x, "log"), number(base, "log")
    _positive(a, value, "a logarithm")
    _positive(a, to, "the base of a logarithm")
    if a.compare(to, 1) == 0:
        raise CalculationError("domain", "The base of a logarithm must not be 1.")
    if value == 1:
        return 0
    ratio = a.divide(a.real("ln", value), a.real("ln", to))
    exact = None if isinstance(value, Ball) or isinstance(to, Ball) else _exact_log(a, value, to, ratio)
    return ratio if exact is None else exact


def _exact_log(a: Arithmetic, value: Rational, base: Rational, ratio: Number) -> Rational | None:
    near = Fraction(approximate(ratio)).limit_denominator(60)
    if abs(near.numerator) > limits.BITS or not near:
        return None
    try:
        same = a.power(value, near.denominator) == a.power(base, near.numerator)
    except CalculationError:
        return None
    return plain(near) if same else None


def approximate(value: Number) -> float:
    return float(mp.to_float(value.mid)) if isinstance(value, Ball) else float(value)


def log1p(a: Arithmetic, x: Value) -> Value:
    return ln(a, a.add(number(x, "log1p"), 1))


def expm1(a: Arithmetic, x: Value) -> Value:
    return a.subtract(number(exp(a, x), "expm1"), 1)


def power(a: Arithmetic, x: Value, y: Value, modulus: Value | None = None) -> Value:
    if modulus is None:
        return a.power(number(x, "pow"), number(y, "pow"))
    return modular_power(a, whole(a, x, "pow"), whole(a, y, "pow"), whole(a, modulus, "pow"))


def modular_power(a: Arithmetic, base: int, exponent: int, modulus: int) -> int:
    """base ^ exponent mod modulus without the power itself."""
    if modulus == 0:
        raise CalculationError("division_by_zero", "The modulus is zero.")
    a.charge((exponent.bit_length() + 64) * (modulus.bit_length() / 64 + 1) ** 2 * 0.02)
    try:
        return pow(base, exponent, modulus)
    except ValueError:
        raise CalculationError("domain", f"{base} has no inverse modulo {modulus}.") from None


def _raised(name: str, exponent: int) -> Callable[..., Value]:
    def run(a: Arithmetic, x: Value) -> Value:
        return a.power(number(x, name), exponent)

    return run


def absolute(a: Arithmetic, x: Value) -> Value:
    return a.absolute(number(x, "abs"))


def sign(a: Arithmetic, x: Value) -> Value:
    return a.sign(number(x, "sign"))


def floor(a: Arithmetic, x: Value) -> Value:
    return a.floor(number(x, "floor"))


def ceil(a: Arithmetic, x: Value) -> Value:
    return -a.floor(a.negate(number(x, "ceil")))


def trunc(a: Arithmetic, x: Value) -> Value:
    value = number(x, "trunc")
    return a.floor(value) if a.sign(value) >= 0 else -a.floor(a.negate(value))


def round_half_even(a: Arithmetic, x: Value, digits: Value = 0) -> Value:
    places = whole(a, digits, "round")
    if abs(places) > limits.ROUND_DIGITS:
        raise CalculationError("domain", f"round takes at most {limits.ROUND_DIGITS} digits, not {places}.")
    scale = Fraction(10) ** places
    scaled = a.multiply(number(x, "round"), plain(scale))
    if not isinstance(scaled, Ball):
        return plain(Fraction(round(Fraction(scaled))) / scale)
    below = a.floor(scaled)
    side = a.compare(a.subtract(scaled, below), Fraction(1, 2))
    nearest = below + (side > 0 or (side == 0 and below % 2 == 1))
    return plain(Fraction(nearest) / scale)


def round_half_up(a: Arithmetic, x: Value) -> Value:
    return a.floor(a.add(number(x, "Math.round"), Fraction(1, 2)))


def same(a: Arithmetic, x: Value) -> Value:
    return x if isinstance(x, list) else number(x, "float")


def fraction(a: Arithmetic, x: Value, y: Value = 1) -> Value:
    return a.divide(number(x, "fraction"), number(y, "fraction"))


def modulo(a: Arithmetic, x: Value, y: Value) -> Value:
    return a.modulo(number(x, "mod"), number(y, "mod"))


def fmod(a: Arithmetic, x: Value, y: Value) -> Value:
    dividend, divisor = number(x, "fmod"), number(y, "fmod")
    return a.subtract(dividend, a.multiply(divisor, number(trunc(a, a.divide(dividend, divisor)), "fmod")))


def floor_divide(a: Arithmetic, x: Value, y: Value) -> Value:
    return a.floor_divide(number(x, "floordiv"), number(y, "floordiv"))


def divmod_(a: Arithmetic, x: Value, y: Value) -> Value:
    return [floor_divide(a, x, y), modulo(a, x, y)]


def hypot(a: Arithmetic, *args: Value) -> Value:
    total: Number = 0
    for value in numbers(args, "hypot"):
        total = a.add(total, a.multiply(value, value))
    return a.root(total, 2)


def _positive(a: Arithmetic, value: Number, what: str) -> None:
    if a.sign(value) <= 0:
        raise CalculationError("domain", f"{what.capitalize()} needs a positive number.")


FUNCTIONS = (
    Function("sqrt", sqrt, 1, 1, "square root", "sqrt(144)", "12", ("√", "squareroot"), bare="tight"),
    Function("cbrt", cbrt, 1, 1, "real cube root", "cbrt(-27)", "-3", ("∛", "cuberoot"), bare="tight"),
    Function(
        "root",
        root,
        1,
        2,
        "real n-th root of x: root(x, n)",
        "root(32, 5)",
        "2",
        ("nthroot", "nth_root", "surd", "real_root"),
    ),
    Function("isqrt", isqrt, 1, 1, "square root rounded down", "isqrt(17)", "4"),
    Function("exp", exp, 1, 1, "e to the power x", "exp(1)", "≈ 2.71828182846", bare="wide"),
    Function("ln", ln, 1, 1, "natural logarithm", "ln(e^2)", "≈ 2", bare="wide"),
    Function(
        "log",
        log,
        1,
        2,
        "natural logarithm, or to the base given: log(x, base)",
        "log(8, 2)",
        "3",
        ("logarithm", "logb"),
        bare="wide",
    ),
    Function("log10", lambda a, x: log(a, x, 10), 1, 1, "logarithm to base 10", "log10(1000)", "3", bare="wide"),
    Function("log2", lambda a, x: log(a, x, 2), 1, 1, "logarithm to base 2", "log2(1024)", "10", ("lb",), bare="wide"),
    Function("log1p", log1p, 1, 1, "ln(1 + x)", "log1p(0)", "0"),
    Function("expm1", expm1, 1, 1, "e^x - 1", "expm1(0)", "0"),
    Function(
        "pow", power, 2, 3, "x to the power y, or that modulo m: pow(x, y, m)", "pow(7, 100, 13)", "9", ("power",)
    ),
    Function("square", _raised("square", 2), 1, 1, "x to the power 2", "square(5)", "25"),
    Function("cube", _raised("cube", 3), 1, 1, "x to the power 3", "cube(3)", "27"),
    Function("abs", absolute, 1, 1, "absolute value", "abs(-3.5)", "3.5", ("fabs", "absolute")),
    Function("sign", sign, 1, 1, "-1, 0 or 1", "sign(-7)", "-1", ("sgn", "signum")),
    Function("floor", floor, 1, 1, "rounded down", "floor(-2.5)", "-3"),
    Function("ceil", ceil, 1, 1, "rounded up", "ceil(7/2)", "4", ("ceiling",)),
    Function("trunc", trunc, 1, 1, "rounded towards zero", "int(-7/2)", "-3", ("int", "truncate", "fix")),
    Function(
        "round",
        round_half_even,
        1,
        2,
        "rounded to n digits, ties to even: round(x, n)",
        "round(2.675, 2)",
        "2.68",
        ("around", "round_"),
    ),
    Function("Math.round", round_half_up, 1, 1, "rounded to whole, ties up, as in JavaScript", "Math.round(2.5)", "3"),
    Function(
        "float",
        same,
        1,
        1,
        "the number itself",
        "float(3)",
        "3",
        ("Decimal", "number", "N", "array", "list", "tuple", "print", "str", "calculator", "calc"),
    ),
    Function(
        "fraction", fraction, 1, 2, "x / y", "Fraction(1, 3)", "1/3 ≈ 0.333333333333", ("rational", "frac", "divide")
    ),
    Function("mod", modulo, 2, 2, "remainder with the sign of y", "mod(-7, 3)", "2", ("modulo", "remainder")),
    Function(
        "subtract",
        lambda a, x, y: a.subtract(number(x, "subtract"), number(y, "subtract")),
        2,
        2,
        "x - y",
        "subtract(5, 3)",
        "2",
        ("sub",),
    ),
    Function("fmod", fmod, 2, 2, "remainder with the sign of x", "fmod(-7, 3)", "-1"),
    Function(
        "floordiv",
        floor_divide,
        2,
        2,
        "quotient rounded down, also x // y",
        "-7 // 2",
        "-4",
        ("floor_divide", "quotient"),
    ),
    Function("divmod", divmod_, 2, 2, "quotient and remainder", "divmod(17, 5)", "[3, 2]"),
    Function("hypot", hypot, 1, None, "square root of the sum of squares", "hypot(3, 4)", "5", ("norm",)),
)
