"""Exact arithmetic on plain expressions, and numbers as text. No rounding but where it is asked for (half up).

`evaluate` knows `+ - * / // % **`, brackets and a few functions of whole numbers (`gcd`, `comb`, ...): it is the oracle's and the
policies' own, not the calculator tool.
"""

import ast
import math
import operator
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

_BINARY: dict[type[ast.operator], Callable[[Fraction, Fraction], Fraction]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: lambda a, b: Fraction(a // b),
    ast.Mod: operator.mod,
}
_WHOLE: dict[str, Callable[..., int]] = {
    name: getattr(math, name) for name in ("gcd", "lcm", "comb", "perm", "factorial", "isqrt")
}


def evaluate(expression: str) -> Fraction:
    """The exact value. Raises ValueError for anything but numbers, brackets, operators and functions of whole numbers."""
    return _value(ast.parse(expression, mode="eval").body, expression)


def _value(node: ast.expr, source: str) -> Fraction:
    match node:
        case ast.Constant(value=int() | float()):
            return Fraction(ast.get_source_segment(source, node) or "")
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_value(operand, source)
        case ast.BinOp(left=left, op=ast.Pow(), right=right):
            return Fraction(_value(left, source) ** int(_value(right, source)))
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _BINARY:
            return _BINARY[type(op)](_value(left, source), _value(right, source))
        case ast.Call(func=ast.Name(id=name), args=args) if name in _WHOLE:
            given = [_value(one, source) for one in args]
            if all(one.denominator == 1 for one in given):
                return Fraction(_WHOLE[name](*map(int, given)))
    raise ValueError(f"not plain arithmetic: {source!r}")


def rounded(value: Fraction, places: int) -> Fraction:
    """`value` to `places` decimals, halves away from zero."""
    scaled = value * 10**places
    whole = int(abs(scaled) + Fraction(1, 2))
    return Fraction(whole if scaled >= 0 else -whole, 10**places)


def plain(value: Fraction | Decimal | int | str) -> str:
    """A number as canonical text: "1234.5", or "1/3" where no decimal is exact. Raises ValueError where `value` is no number."""
    exact = Fraction(value.replace(",", "")) if isinstance(value, str) else Fraction(value)
    if exact.denominator == 1:
        return str(exact.numerator)
    rest = exact.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest != 1:
        return f"{exact.numerator}/{exact.denominator}"
    places = next(n for n in range(1, 400) if exact.denominator == 1 or (exact * 10**n).denominator == 1)
    return fixed(exact, places)


def fixed(value: Fraction, places: int, separator: str = "") -> str:
    """`value` with exactly `places` decimals: `fixed(Fraction(5, 2), 2)` is "2.50"."""
    exact = rounded(value, places)
    scaled = abs(exact) * 10**places
    digits = str(scaled.numerator).rjust(places + 1, "0")
    whole, part = (digits[:-places], digits[-places:]) if places else (digits, "")
    if separator:
        whole = f"{int(whole):,}".replace(",", separator)
    return ("-" if exact < 0 else "") + whole + ("." + part if part else "")


def grouped(value: Fraction | Decimal | int | str) -> str:
    """A number for a reader: separators between thousands, no superfluous zeros, at most six decimals."""
    exact = Fraction(plain(value))
    text = plain(exact)
    places = 6 if "/" in text else len(text.partition(".")[2])
    return fixed(exact, places, ",")


def half_up(value: Decimal, places: int) -> Decimal:
    """`value` to `places` decimals as `Decimal`, halves up: the step-by-step twin of `rounded`."""
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
