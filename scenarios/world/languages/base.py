"""What a language needs to state facts by their labels, and to read them back: one line a fact.

Only English has a grammar of predicates; other languages name the attribute and give its value, in their own numbers, dates and units.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from scenarios.world.draws import Draw
from scenarios.world.facts import Value, ValueKind
from scenarios.world.forms import NAME, Reading


class Language(NamedTuple):
    """`lines` take {label}, {Label} (with a capital), {name} and {value}; the value ends the line.

    `place` is the column of the labels in `labels.txt`, `day` the form of a date, `units` what differs from English.
    """

    code: str
    place: int
    lines: tuple[str, ...]
    months: tuple[str, ...]
    day: str
    group: str
    point: str
    units: Mapping[str, str]
    quotes: tuple[str, str]
    title: str
    remarks: tuple[str, ...]

    def label(self, english: str) -> str:
        """The attribute's label with its article."""
        return _labels()[english][self.place]

    def number(self, value: int | Decimal) -> str:
        """41250.5 as this language writes it."""
        whole, point, rest = (f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}").partition(".")
        return whole.replace(",", self.group) + (self.point + rest if point else "")

    def write(self, value: Value, kind: ValueKind, unit: str) -> str:
        """A value as it stands on a line; `value` is a name where it was a reference."""
        if isinstance(value, date):
            return self.day.format(day=value.day, month=self.months[value.month - 1], year=value.year)
        if isinstance(value, (int, Decimal)):
            return f"{self.number(value)} {self.units.get(unit, unit)}"
        quoted = kind == "text" and value[0].islower()
        return f"{self.quotes[0]}{value}{self.quotes[1]}" if quoted else value

    def line(self, label: str, name: str, value: str, draw: Draw) -> str:
        """One fact, on a line of its own."""
        here = self.label(label)
        return draw.pick(self.lines).format(label=here, Label=here[0].upper() + here[1:], name=name, value=value)

    def parse(self, written: str, kind: ValueKind, unit: str) -> Reading | None:
        """The reading of a line's value, or None where it is no value of this kind."""
        if kind in ("number", "money"):
            return self._parse_number(written, kind, unit)
        if kind == "date":
            found = _day(self).fullmatch(written)
            value = (
                date(int(found["year"]), self.months.index(found["month"]) + 1, int(found["day"])) if found else None
            )
            return Reading(written, kind, value) if value else None
        return Reading(written, kind, written.removeprefix(self.quotes[0]).removesuffix(self.quotes[1]))

    def _parse_number(self, written: str, kind: ValueKind, unit: str) -> Reading | None:
        here = self.units.get(unit, unit)
        digits = written.removesuffix(f" {here}").replace(self.group, "").replace(self.point, ".")
        if not written.endswith(f" {here}") or not re.fullmatch(r"\d+(\.\d+)?", digits):
            return None
        return Reading(written, kind, Decimal(digits) if "." in digits else int(digits), unit)

    def mentioned(self, text: str, units: Iterable[str]) -> Iterator[Reading]:
        """Every quantity in one of our units, and every day, wherever it stands in a text."""
        for unit in units:
            digits = rf"\d[\d{re.escape(self.group + self.point)}]*"
            for found in re.finditer(rf"(?<![\w.,-]){digits} {re.escape(self.units.get(unit, unit))}(?!\w)", text):
                reading = self.parse(found[0], "number", unit)
                if reading:
                    yield reading
        for found in _day(self).finditer(text):
            reading = self.parse(found[0], "date", "")
            if reading:
                yield reading

    def values(self, text: str, label: str) -> list[tuple[str, str]]:
        """For every line that tells this attribute: the name of whom, and the value as written."""
        if self.label(label)[1:] not in text:
            return []
        return [(m["owner"], m["value"]) for pattern in _patterns(self, label) for m in pattern.finditer(text)]


@cache
def _labels() -> dict[str, tuple[str, ...]]:
    lines = (Path(__file__).parent / "labels.txt").read_text(encoding="utf-8").splitlines()
    rows = (tuple(part.strip() for part in line.split("|")) for line in lines if line and not line.startswith("#"))
    return {row[0]: row for row in rows}


def _patterns(language: Language, label: str) -> tuple[re.Pattern[str], ...]:
    return _line_patterns(language.lines, language.label(label))


@lru_cache(maxsize=1024)
def _line_patterns(lines: tuple[str, ...], here: str) -> tuple[re.Pattern[str], ...]:
    parts = {"label": re.escape(here), "Label": re.escape(here[0].upper() + here[1:])}
    parts |= {"name": f"(?P<owner>{NAME})", "value": "(?P<value>.+?)"}
    return tuple(re.compile(f"^{_filled(line, parts)}$", re.MULTILINE) for line in lines)


def _filled(form: str, parts: Mapping[str, str]) -> str:
    """A form as a pattern, its fields replaced by the patterns of their parts."""
    return re.sub(r"\\{(\w+)\\}", lambda m: parts[m[1]], re.escape(form))


def _day(language: Language) -> re.Pattern[str]:
    return _day_pattern(language.day, language.months)


@cache
def _day_pattern(form: str, months: tuple[str, ...]) -> re.Pattern[str]:
    parts = {"day": r"(?P<day>\d{1,2})", "month": f"(?P<month>{'|'.join(months)})", "year": r"(?P<year>\d{4})"}
    return re.compile(_filled(form, parts))
