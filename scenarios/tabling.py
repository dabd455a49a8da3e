"""Questions over a table of rows: how they are worded, what code answers them, and what the answer is.

Shared by tables on pages and tables in files. A question is `{"op", "column", ...}`:
`total`, `mean`, `count` (rows with the column above `bound`), `top` (the `key` of the row with the highest value).
"""

import random
import re
from collections.abc import Sequence
from fractions import Fraction
from typing import Any, Literal

from scenarios.exact import plain, rounded
from scenarios.wording import Slot

Op = Literal["total", "mean", "count", "top"]
OPS: tuple[Op, ...] = ("total", "mean", "count", "top")


def word(pattern: str = r"[a-z][a-z ]{1,30}?") -> Slot:
    """A column by its label."""
    return Slot(pattern, _as_is, lambda text: " ".join(text.casefold().split()))


def _as_is(value: Any, rng: random.Random) -> str:
    return str(value)


def compute(op: str, values: Sequence[Fraction], keys: Sequence[str], bound: Fraction) -> str:
    """The answer as canonical text. Means are rounded to two decimals."""
    if op == "total":
        return plain(sum(values, Fraction(0)))
    if op == "mean":
        return plain(rounded(sum(values, Fraction(0)) / len(values), 2))
    if op == "count":
        return str(sum(value > bound for value in values))
    return keys[values.index(max(values))]


_PRINTS: dict[str, str] = {
    "total": "print(sum(values))",
    "mean": "print(sum(values) / len(values))",
    "count": "print(sum(1 for v in values if v > {bound}))",
    "top": "print(max(zip(values, keys))[1])",
}
_SLIPS: dict[str, tuple[str, str]] = {
    "total": ("drops the last row", "print(sum(values[:-1]))"),
    "mean": ("divides by one row too few", "print(sum(values) / (len(values) - 1))"),
    "count": ("counts what lies below", "print(sum(1 for v in values if v < {bound}))"),
    "top": ("takes the lowest instead", "print(min(zip(values, keys))[1])"),
}


def ending(op: str, bound: str) -> str:
    """The line of code that prints the answer, given `values` and `keys`."""
    return _PRINTS[op].format(bound=bound)


def mistaken(op: str, bound: str) -> tuple[str, str]:
    """A mistake in that line: what it is, and the line."""
    what, line = _SLIPS[op]
    return what, line.format(bound=bound)


def mistaken_value(op: str, values: Sequence[Fraction], keys: Sequence[str], bound: Fraction) -> str:
    """What the mistaken line prints."""
    if op == "total":
        return plain(sum(values[:-1], Fraction(0)))
    if op == "mean":
        return plain(rounded(sum(values, Fraction(0)) / (len(values) - 1), 2))
    if op == "count":
        return str(sum(value < bound for value in values))
    return min(zip(values, keys, strict=True))[1]


def literal(values: Sequence[str]) -> str:
    """Cells as a Python list of exact numbers, or of text."""
    if all(re.fullmatch(r"-?[\d,]*\.?\d+", v) for v in values):
        return "[" + ", ".join(f'D("{v.replace(",", "")}")' for v in values) + "]"
    return repr(list(values))
