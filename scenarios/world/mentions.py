"""What a text mentions: names of entities, quantities with their units, days. Found by form alone, whatever is said of them."""

import re
from collections.abc import Container
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from scenarios.world.figures import TOPICS
from scenarios.world.forms import MONTHS, NUMBER, parse_date, parse_number
from scenarios.world.kinds import KINDS
from scenarios.world.languages import LANGUAGES, Language
from scenarios.world.reading import TableText, read_table, split_heading
from scenarios.world.units import OTHER, in_base

LONGEST_NAME = 3
"""Words in the longest name."""


class Mentions(NamedTuple):
    """Quantities are in base units, whatever unit the page uses."""

    names: frozenset[str]
    quantities: frozenset[tuple[Decimal, str]]
    days: frozenset[date]
    bare: frozenset[Decimal]
    """Numbers of five digits or more that stand in prose with no unit of ours, so that no year is among them."""


def mentions(text: str, names: Container[str], language: str = "en") -> Mentions:
    """All that a text in this language mentions; `names` are those to look for."""
    if language != "en":
        return _foreign(text, names, LANGUAGES[language])
    quantities = {_quantity(m[1], m[2]) for m in _quantities().finditer(text)}
    table = read_table(text)
    if table:
        quantities |= _cells(table)
    days = {day for form in _DAYS for written in form.findall(text) if (day := parse_date(written))}
    bare = set() if table else _bare(_quantities().sub(" ", text))
    return Mentions(frozenset(_names(text, names)), frozenset(quantities), frozenset(days), frozenset(bare))


def _foreign(text: str, names: Container[str], language: Language) -> Mentions:
    quantities, days = set(), set()
    for reading in language.mentioned(text, _units()):
        if isinstance(reading.value, date):
            days.add(reading.value)
        elif not isinstance(reading.value, str):
            quantities.add(in_base(reading.value, reading.unit))
    return Mentions(frozenset(_names(text, names)), frozenset(quantities), frozenset(days), frozenset())


_DAYS = (
    re.compile(rf"\d(?:\d? (?:{'|'.join(MONTHS)}) \d{{4}}|\d{{3}}-\d{{2}}-\d{{2}})"),
    re.compile(rf"(?:{'|'.join(MONTHS)}) \d{{1,2}}, \d{{4}}"),
)
_LEADING = frozenset({"The", "In", "Of", "By", "From", "At", "On", "For", "It", "Re:", "Record:", "To"})
"""Capitalised words that may stand before a name without being part of it."""
_BREAK = re.compile(r"[\n,|.;?\"„“”«»]| {3,}")


def _names(text: str, names: Container[str]) -> set[str]:
    """Names that stand for themselves, not as a part of a longer run of capitalised words. Every word of a name has a capital."""
    found = set()
    words = [*_BREAK.sub(" | ", text).split(), "|"]
    end = 0
    for start in [place for place, word in enumerate(words) if word[0].isupper()]:
        if start and words[start - 1][0].isupper() and words[start - 1] not in _LEADING:
            continue
        if end <= start:
            end = start + 1
            while words[end][0].isupper():
                end += 1
        if end - start <= LONGEST_NAME:
            name = " ".join(words[start:end]).removesuffix("'s")
            if name in names:
                found.add(name)
    return found


def _cells(table: TableText) -> set[tuple[Decimal, str]]:
    found = set()
    for place, heading in enumerate(table.header):
        unit = split_heading(heading)[1] or heading
        found |= {in_base(number, unit) for row in table.rows if (number := parse_number(row[place])) is not None}
    return found


_LONG = re.compile(rf"(?<![\w.,-])(?=(?:\d[,.\u00a0]?){{5}})(?:{NUMBER})(?![\w-])")


def _bare(text: str) -> set[Decimal]:
    return {Decimal(number) for written in _LONG.findall(text) if (number := parse_number(written)) is not None}


@lru_cache(maxsize=1)
def _units() -> tuple[str, ...]:
    """Every unit a page may use, the longest first."""
    units = {c.unit for kind in KINDS.values() for c in kind.columns if c.unit} | set(OTHER.values())
    units |= {c.unit for topic in TOPICS.values() for c in topic.columns if c.unit}
    return tuple(sorted(units, key=lambda unit: (-len(unit), unit)))


@lru_cache(maxsize=1)
def _quantities() -> re.Pattern[str]:
    starts = r"(?=\d)(?<![\w.,-])"
    return re.compile(rf"{starts}((?:{NUMBER})(?: thousand| million)?) ({'|'.join(map(re.escape, _units()))})(?!\w)")


def _quantity(written: str, unit: str) -> tuple[Decimal, str]:
    number = parse_number(written)
    return in_base(0 if number is None else number, unit)
