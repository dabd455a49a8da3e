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
    rows: list[Mention] = []
    start = 0
    for line in text.splitlines(keepends=True):
        if _TOTAL.match(line) and len(rows) >= 2:
            if found := _check(rows, line, start):
                yield found
            rows = []
        elif _ROW.match(line) and not _RULE.match(line):
            figure = _row_figure(line)
            rows = [*rows, figure] if figure else []
        elif line.strip() and not _RULE.match(line):
            rows = []
        start += len(line)


def _check(rows: list[Mention], line: str, start: int) -> WrongTotal | None:
    total = _row_figure(line)
    if total is None or len({m.unit for m in [*rows, total]}) > 1:
        return None
    added = sum((m.value for m in rows), Fraction(0))
    slack = sum((m.ulp for m in rows), total.ulp) / 2 if any(m.ulp < 1 for m in [*rows, total]) else Fraction(0)
    if abs(added - total.value) <= slack or (len(rows) == 2 and abs(rows[0].value - rows[1].value) == total.value):
        return None
    reason = f"the rows add up to {plain(added)}, not {total.text.strip()}"
    return WrongTotal(start, start + len(line.rstrip()), line.strip(), reason)
