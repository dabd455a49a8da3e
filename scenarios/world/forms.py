"""How values are written on pages, and read back. Writing and reading are kept side by side so that they stay each other's inverse."""

import re
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

from scenarios.world.facts import Value, ValueKind
from scenarios.world.units import OTHER

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
NumberStyle = Literal["plain", "commas", "spaces", "scaled"]


class Reading(NamedTuple):
    """A value as a page gives it: as written, and parsed. A name or a phrase is its text; a number keeps the unit of the page
    (`units.convert` takes it to another)."""

    written: str
    kind: ValueKind
    value: Value
    unit: str = ""


def write_number(value: int | Decimal, style: NumberStyle = "commas") -> str:
    """1250 as "1250", "1,250", "1 250" (no-break space) or "1.25 thousand". Decimals keep all their digits."""
    if style == "scaled":
        return _scaled(value)
    if style == "plain" or -1000 < value < 1000:
        text = str(value)
        return f"{value:f}" if "E" in text else text
    grouped = f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}"
    return grouped.replace(",", "\u00a0") if style == "spaces" else grouped


def _scaled(value: int | Decimal) -> str:
    for word, size in (("million", 6), ("thousand", 3)):
        if value >= 10**size:
            digits = f"{Decimal(value).scaleb(-size):f}"
            return f"{digits.rstrip('0').rstrip('.') if '.' in digits else digits} {word}"
    return write_number(value)


def write_date(value: date, american: bool = False) -> str:
    """3 May 1962, or May 3, 1962."""
    month = MONTHS[value.month - 1]
    return f"{month} {value.day}, {value.year}" if american else f"{value.day} {month} {value.year}"


NUMBER = r"\d{1,3}(?:[,\u00a0\u202f]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
DATE = rf"\d{{1,2}} (?:{'|'.join(MONTHS)}) \d{{4}}|(?:{'|'.join(MONTHS)}) \d{{1,2}}, \d{{4}}|\d{{4}}-\d{{2}}-\d{{2}}"
NAME = r"[A-Z][\w'-]*(?: [A-Z0-9][\w'-]*)*"
PHRASE = r"[\w'-]+(?: (?!and\b)[\w'-]+)*"
"""Words up to punctuation or "and": no phrase of ours contains either."""


_WRITTEN = re.compile(rf"(-?(?:{NUMBER}))(?: (thousand|million))?")
_GROUPING = re.compile(r"[,\u00a0\u202f]")


def parse_number(written: str) -> int | Decimal | None:
    """A number in any of the styles written here, or None."""
    if written.isdecimal() and len(written) < 20:
        return int(written)
    found = _WRITTEN.fullmatch(written.strip())
    if found is None:
        return None
    value = Decimal(_GROUPING.sub("", found[1]))
    value = value.scaleb({"thousand": 3, "million": 6}.get(found[2] or "", 0))
    return int(value) if value == value.to_integral_value() and (found[2] or "." not in found[1]) else value


_DATES = (
    re.compile(r"(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})"),
    re.compile(r"(?P<d>\d{1,2}) (?P<m>[A-Z][a-z]+) (?P<y>\d{4})"),
    re.compile(r"(?P<m>[A-Z][a-z]+) (?P<d>\d{1,2}), (?P<y>\d{4})"),
)


def parse_date(written: str) -> date | None:
    """A day in any of the styles written here, or None where it is none of the calendar."""
    found = next(filter(None, (form.fullmatch(written.strip()) for form in _DATES)), None)
    if found is None:
        return None
    try:
        month = int(found["m"]) if found["m"].isdigit() else MONTHS.index(found["m"]) + 1
        return date(int(found["y"]), month, int(found["d"]))
    except ValueError:  # no such month, or no such day in it
        return None


def value_pattern(kind: ValueKind, unit: str = "") -> str:
    """A regular expression with the group `v` (and `u` where there is a unit) for a value as prose writes it."""
    if kind in ("number", "money"):
        units = [unit, OTHER[unit]] if unit in OTHER else [unit]
        return rf"(?P<v>(?:{NUMBER})(?: (?:thousand|million))?) (?P<u>{'|'.join(map(re.escape, units))})(?!\w)"
    if kind == "date":
        return f"(?P<v>{DATE})"
    if kind == "ref":
        return f"(?:the )?(?P<v>{NAME})"
    return f"(?P<v>{PHRASE})"


def parsed(found: "re.Match[str]", kind: ValueKind) -> Reading | None:
    """The reading of a match of `value_pattern`."""
    written = found["v"]
    if kind in ("number", "money"):
        number = parse_number(written)
        return None if number is None else Reading(f"{written} {found['u']}", kind, number, found["u"])
    if kind == "date":
        day = parse_date(written)
        return None if day is None else Reading(written, kind, day)
    return Reading(written, kind, written)
