"""What a function of the calculator is, and how its arguments are checked."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, NamedTuple, TypeAlias

from mpmath import libmp as mp

from tools.calculator import ball, limits
from tools.calculator.arithmetic import Arithmetic, Number
from tools.calculator.ball import Ball
from tools.calculator.result import CalculationError


class Span(NamedTuple):
    """A length of time between dates, in whole months and days."""

    months: int
    days: int


Value: TypeAlias = Number | bool | date | Span | str | list[Any]


class Function(NamedTuple):
    """A row of the table. `run` gets the arithmetic and the evaluated arguments; `most` is None where any number is taken.

    `bare` functions may be written without brackets: `tight` takes one factor (`sqrt 16`), `wide` a product (`sin 2 pi`).
    """

    name: str
    run: Callable[..., Value]
    least: int
    most: int | None
    meaning: str
    example: str
    expected: str
    aliases: tuple[str, ...] = ()
    bare: str = ""


def number(value: Value, name: str) -> Number:
    """A number, or a domain error that names the function."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, int | Ball) or hasattr(value, "numerator"):
        return value  # type: ignore[return-value]
    raise CalculationError("domain", f"{name} takes numbers, not {described(value)}.")


def truth(arithmetic: Arithmetic, value: Value) -> bool:
    """Whether a condition holds: a truth value, or a number other than zero."""
    return value if isinstance(value, bool) else arithmetic.sign(number(value, "a condition")) != 0


def described(value: Value) -> str:
    if isinstance(value, list):
        return "a list"
    if isinstance(value, date):
        return "a date"
    return "a length of time" if isinstance(value, Span) else "a truth value"


def whole(arithmetic: Arithmetic, value: Value, name: str) -> int:
    """A whole number, or a domain error that names the function."""
    checked = number(value, name)
    if type(checked) is int:
        return checked
    if isinstance(checked, Ball) and ball.magnitude(checked.mid) < limits.BITS:
        nearest = int(mp.to_int(checked.mid, "n"))
        if not arithmetic.compare(checked, nearest):
            return nearest
    raise CalculationError("domain", f"{name} takes whole numbers only.")


def numbers(args: Sequence[Value], name: str, least: int = 1) -> list[Number]:
    """The numbers of one list, or of the arguments themselves."""
    values: list[Any] = list(args)
    if len(args) == 1 and isinstance(args[0], list):
        values = flattened(args[0])
    if len(values) < least:
        raise CalculationError(
            "domain", f"{name} needs at least {least} number{'s' * (least > 1)}; {len(values)} given."
        )
    return [number(value, name) for value in values]


def flattened(items: list[Any]) -> list[Any]:
    if not any(isinstance(item, list) for item in items):
        return items
    return [x for item in items for x in (flattened(item) if isinstance(item, list) else [item])]
