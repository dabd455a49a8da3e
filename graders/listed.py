"""Totals under a list or a table, added up again. Read only where every row has exactly one figure in its last column, all of one unit."""

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from graders.numbers import Mention, numbers, plain


class WrongTotal(NamedTuple):
    start: int
    end: int
    text: str
    reason: str


_TOTAL = re.compile(
    r"^[\s|*_>-]*(?:\*\*)?(?:grand\s+|overall\s+)?(?:total|sum|summe|gesamt|insgesamt|suma|totale)\b(?!\s+(?:number|of))[^\d\n]*",
    re.IGNORECASE,
)
_ROW = re.compile(r"^\s*(?:[-*•+]\s|\||\d{1,2}[.)]\s)")
_RULE = re.compile(r"^[\s|:+=_-]*$")


def _row_figure(line: str) -> Mention | None:
    """The figure of a row: the only one behind the row's label, in its last cell or after its last colon."""
    body = line.strip().strip("|")
    cell = re.split(r"\||:\s|—|–\s|=\s", body)[-1]
    found = [m for m in numbers(cell) if not m.glued and not m.dated]
    return found[0] if len(found) == 1 and found[0].kind == "figure" and not found[0].percent else None


@lru_cache(maxsize=512)
def wrong_totals(text: str) -> tuple[WrongTotal, ...]:
    """Each total that its rows do not add up to. Rows whose figures have several readings, or cells apart, are left alone."""
    if "otal" not in text and not _TOTAL.match(text):
        return ()
    return tuple(_scan(text))


def _scan(text: str) -> Iterator[WrongTotal]:
    rows: list[Row] = []
    groups: list[Row] = []  # those of lists before, which one total may close together
    start = 0
    for line in text.splitlines(keepends=True):
        subtotal = _SUBTOTAL.match(line)
        if (subtotal or _TOTAL.match(line)) and len(rows) >= 2:
            found = _check(rows, line, start)
            if found and not (groups and _check([*groups, *rows], line, start) is None):
                yield found
            groups = []
        if subtotal or (_ROW.match(line) and not _TOTAL.match(line) and not _RULE.match(line)):
            figure = _row_figure(line)
            if figure is None or subtotal:
                groups, rows = [] if subtotal else [*groups, *rows], []
            if figure is not None:
                rows = [*rows, Row(figure, bool(_TAKEN_OFF.search(line)))]
        elif line.strip() and not _RULE.match(line):
            groups, rows = [*groups, *rows], []
        start += len(line)


class Row(NamedTuple):
    """The figure of a row; `either` where it may count with the other sign, as a discount does."""

    figure: Mention
    either: bool


_SUBTOTAL = re.compile(r"^[\s|*_>+-]*(?:sub-?\s?total|zwischensumme|sous-total)\b", re.IGNORECASE)
_TAKEN_OFF = re.compile(
    r"discount|rebate|refund|credit|coupon|voucher|\bless\b|minus|deduct|rabatt|remise|descuento|[-−–]\s?[$€£¥]|[-−–]\d",
    re.IGNORECASE,
)
_MOST_EITHER = 6


def _check(rows: list[Row], line: str, start: int) -> WrongTotal | None:
    total = _row_figure(line)
    figures = [row.figure for row in rows]
    if total is None or len({m.unit for m in [*figures, total]}) > 1 or any(mark in line for mark in "≈~"):
        return None
    added = sum((m.value for m in figures), Fraction(0))
    slack = sum((m.ulp for m in figures), total.ulp) / 2 if any(m.ulp < 1 for m in [*figures, total]) else Fraction(0)
    if any(abs(abs(value) - abs(total.value)) <= slack for value in _sums(rows)):
        return None
    if len(rows) == 2 and abs(figures[0].value - figures[1].value) == total.value:
        return None
    reason = f"the rows add up to {plain(added)}, not {total.text.strip()}"
    return WrongTotal(start, start + len(line.rstrip()), line.strip(), reason)


def _sums(rows: list[Row]) -> set[Fraction]:
    """What rows may add up to, over both signs of those that may be taken off."""
    sums = {Fraction(0)}
    for place, row in enumerate(rows):
        both = row.either and sum(r.either for r in rows[:place]) < _MOST_EITHER
        sums = {value + sign * row.figure.value for value in sums for sign in ((1, -1) if both else (1,))}
    return sums
