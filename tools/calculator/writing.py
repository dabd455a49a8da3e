"""Writes values: exactly, and as decimals of 12 significant digits."""

from datetime import date
from fractions import Fraction
from typing import Any

from mpmath import libmp as mp

from tools.calculator import ball
from tools.calculator.arithmetic import Rational
from tools.calculator.ball import Ball
from tools.calculator.digits import rounded, terminating
from tools.calculator.functions.base import Span, Value
from tools.calculator.result import CalculationError, Result


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
    return terminating(Fraction(value)) or rounded(Fraction(value))


def _fraction(value: Ball) -> Fraction:
    top, bottom = mp.to_rational(value.mid)
    return Fraction(int(top), int(bottom))
