"""Writes values: exactly, and as decimals of 12 significant digits."""

from datetime import date
from fractions import Fraction
from typing import Any

from mpmath import libmp as mp

from tools.calculator import ball, limits
from tools.calculator.arithmetic import Rational
from tools.calculator.ball import Ball
from tools.calculator.functions.base import Span, Value
from tools.calculator.result import CalculationError, Result

DIGITS = 12


def result(value: Value) -> Result:
    """The value as a Result."""
    if isinstance(value, bool):
        return Result("true" if value else "false")
    if type(value) is int:
        text = str(value)
        return Result(text, text)
    if isinstance(value, list):
        return _list(value)
    if isinstance(value, Ball):
        return Result(None, decimal(value))
    if isinstance(value, date | str):
        return Result(str(value))
    if isinstance(value, Span):
        return Result(span(value))
    return Result(str(value), decimal(value))


def _list(items: list[Any]) -> Result:
    if len(items) > 1_000:
        raise CalculationError(
            "too_large", f"The result is a list of {len(items)} items; ask for its sum, mean or length."
        )
    inner = [result(item) for item in items]
    exact = None if any(r.exact is None for r in inner) else f"[{', '.join(r.exact or '' for r in inner)}]"
    shown = None if any(r.decimal is None for r in inner) else f"[{', '.join(r.decimal or '' for r in inner)}]"
    return Result(exact, shown)


def span(value: Span) -> str:
    months = f"{value.months} month{'s' * (abs(value.months) != 1)}" if value.months else ""
    days = f"{value.days} day{'s' * (abs(value.days) != 1)}" if value.days or not value.months else ""
    return " and ".join(part for part in (months, days) if part)


def decimal(value: Rational | Ball) -> str:
    """All digits of a terminating decimal, else 12 significant digits, in scientific notation where very large or small."""
    if isinstance(value, Ball):
        return rounded(Fraction(0) if ball.is_small(value) else _fraction(value))
    if value.denominator == 1:
        return str(value.numerator)
    return _terminating(Fraction(value)) or rounded(Fraction(value))


def _fraction(value: Ball) -> Fraction:
    top, bottom = mp.to_rational(value.mid)
    return Fraction(int(top), int(bottom))


def _terminating(value: Fraction) -> str | None:
    """The exact decimal, if it ends."""
    rest = value.denominator
    twos = (rest & -rest).bit_length() - 1
    rest >>= twos
    fives = 0
    while rest % 5 == 0:
        rest //= 5
        fives += 1
    places = max(twos, fives)
    if rest != 1 or places > limits.BITS * 3 // 10 - value.numerator.bit_length() // 3:
        return None
    digits = str(abs(value.numerator) * (10**places // value.denominator)).zfill(places + 1)
    return f"{'-' * (value < 0)}{digits[:-places]}.{digits[-places:]}"


def rounded(value: Fraction) -> str:
    """12 significant digits, more only to show a whole number below 10^15."""
    if not value:
        return "0"
    top, bottom = abs(value.numerator), value.denominator
    exponent = _exponent(top, bottom)
    digits = max(DIGITS, exponent + 1) if exponent < 15 else DIGITS
    scaled, rest = _divided(top, bottom, digits - 1 - exponent)
    text = str(scaled + (rest > 0 or (rest == 0 and scaled % 2)))
    if len(text) > digits:
        exponent += 1
    return "-" * (value < 0) + _placed(text.rstrip("0") or "0", exponent)


def _divided(top: int, bottom: int, shift: int) -> tuple[int, int]:
    """The quotient of top * 10^shift, rounded down, and the sign of what is left minus a half."""
    if shift >= 0:
        top *= 10**shift
    else:
        bottom *= 10**-shift
    quotient, rest = divmod(top, bottom)
    return quotient, (2 * rest > bottom) - (2 * rest < bottom)


def _exponent(top: int, bottom: int) -> int:
    """The decimal exponent of a positive fraction."""
    guess = (top.bit_length() - bottom.bit_length()) * 30103 // 100000 + 1
    while _divided(top, bottom, -guess)[0] == 0:
        guess -= 1
    return guess


def _placed(digits: str, exponent: int) -> str:
    """Digits with the point after the first times 10^exponent."""
    if -7 <= exponent < 0:
        return f"0.{'0' * (-exponent - 1)}{digits}"
    if 0 <= exponent < 15:
        whole = digits[: exponent + 1].ljust(exponent + 1, "0")
        return f"{whole}.{digits[exponent + 1 :]}" if len(digits) > exponent + 1 else whole
    point = f".{digits[1:]}" if len(digits) > 1 else ""
    return f"{digits[0]}{point}e{exponent:+03d}"
