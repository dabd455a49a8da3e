"""The slots wordings are built from: numbers, money, shares, counts, names, lists, choices, days.

In an ask numbers stand as canonical text ("12345.6"), counts as `int`, days as ISO text; written, they vary as people vary.
"""

import random
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from fractions import Fraction

from scenarios.exact import fixed, plain
from scenarios.wording import Slot
from scenarios.world.forms import MONTHS

_DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"


def _with_separators(value: str, rng: random.Random, places: int | None = None) -> str:
    number = Fraction(value)
    digits = len(value.partition(".")[2]) if places is None else places
    return fixed(number, digits, "," if rng.random() < 0.6 else "")


NUMBER = Slot(rf"-?{_DIGITS}", _with_separators, plain)
"""A number, with or without separators."""

COUNT = Slot(r"\d{1,3}(?:,\d{3})+|\d+", lambda v, rng: _with_separators(str(v), rng), lambda t: int(t.replace(",", "")))
"""A whole number, as `int`."""


def _write_money(value: str, rng: random.Random) -> str:
    whole = Fraction(value).denominator == 1 and rng.random() < 0.5
    places = 0 if whole else max(2, len(value.partition(".")[2]))
    number = _with_separators(value, rng, places)
    return rng.choice((f"${number}", f"${number}", f"{number} dollars", f"USD {number}"))


MONEY = Slot(
    rf"(?:\$|USD)\s*{_DIGITS}|{_DIGITS}\s*(?:dollars|USD)",
    _write_money,
    lambda t: plain(re.sub(r"[^\d.]", "", t)),
)
"""An amount of dollars."""

PERCENT = Slot(
    rf"{_DIGITS}\s*(?:%|per\s?cent)",
    lambda v, rng: v + rng.choice(("%", "%", " percent", " per cent")),
    lambda t: plain(re.sub(r"[^\d.]", "", t)),
)
"""A share, "7.5" for 7.5 %."""

_SMALL = frozenset(
    [
        "of",
        "the",
        "de",
        "la",
        "le",
        "von",
        "van",
        "du",
        "and",
        "&",
        "for",
        "on",
        "in",
        "at",
        "to",
        "upon",
        "under",
        "by",
        "der",
        "den",
    ]
)


def is_name(text: str) -> bool:
    """Whether text is written like a name: capitals or digits first, small words only between."""
    words = text.split()
    return bool(words) and words[0] not in _SMALL and all(_capital(w) or w.casefold() in _SMALL for w in words)


def _capital(word: str) -> bool:
    first = next((c for c in word if c.isalnum()), "")
    return first.isupper() or first.isdigit()


def _read_name(text: str) -> str:
    name = " ".join(text.split()).strip(" \"“”'")
    if not is_name(name):
        raise ValueError(f"{text!r} is not written like a name")
    return name


def _name_text(value: str, rng: random.Random) -> str:
    return value


NAME = Slot(r"[^?!;:,\n]{2,80}?", _name_text, _read_name)
"""A proper name, in its own spelling."""


def _write_names(values: Sequence[str], rng: random.Random) -> str:
    *most, last = values
    if len(most) == 1:
        return f"{most[0]} and {last}"
    return rng.choice(
        (f"{', '.join(most)} and {last}", f"{', '.join(most)}, and {last}", ", ".join(values), "; ".join(values))
    )


def _read_names(text: str) -> list[str]:
    parts = re.split(r"\s*[,;]\s*(?:and\s+)?", text.strip())
    head, joined, tail = parts[-1].rpartition(" and ")
    names = [
        *parts[:-1],
        *((head, tail) if joined and is_name(head.strip()) and is_name(tail.strip()) else (parts[-1],)),
    ]
    return [_read_name(name) for name in names if name.strip()]


NAMES = Slot(r"[^?!:\n]{5,400}?", _write_names, _read_names)
"""Several names, in order."""


def choice(phrases: Mapping[str, Sequence[str]]) -> Slot:
    """One of some keys, each with the phrases that mean it and nothing else."""
    meaning = {_flat(text): key for key, texts in phrases.items() for text in texts}
    ordered = sorted(meaning, key=len, reverse=True)
    pattern = "|".join(r"[\s-]+".join(map(re.escape, text.split())) for text in ordered)

    def read(text: str) -> str:
        if _flat(text) not in meaning:
            raise ValueError(f"{text!r} is not one of {ordered}")
        return meaning[_flat(text)]

    return Slot(pattern, lambda key, rng: rng.choice(list(phrases[key])), read)


def _flat(text: str) -> str:
    return " ".join(re.split(r"[\s-]+", text.strip().casefold()))


def text(pattern: str = r"[^\n]{1,400}?") -> Slot:
    """Text taken over as it stands."""
    return Slot(pattern, _name_text, str.strip)


def quoted(opening: str = '"', closing: str = '"') -> Slot:
    """Text between quotation marks, which may hold anything but such marks."""
    body = rf"{re.escape(opening)}[^{re.escape(opening + closing)}]{{1,1500}}{re.escape(closing)}"
    return Slot(body, lambda v, rng: f"{opening}{v}{closing}", lambda t: t[1:-1])


_DAY_FORMS: tuple[Callable[[date], str], ...] = (
    lambda d: f"{d.day} {MONTHS[d.month - 1]} {d.year}",
    lambda d: f"{MONTHS[d.month - 1]} {d.day}, {d.year}",
    lambda d: d.isoformat(),
)
_MONTH = "|".join(MONTHS)


def read_day(text: str) -> date:
    """A day written as "3 March 2031", "March 3, 2031" or "2031-03-03". Raises ValueError for anything else."""
    if found := re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", text.strip()):
        return date(int(found[1]), int(found[2]), int(found[3]))
    if found := re.fullmatch(rf"(\d{{1,2}}) ({_MONTH}),? (\d{{4}})", text.strip(), re.IGNORECASE):
        return date(int(found[3]), MONTHS.index(found[2].capitalize()) + 1, int(found[1]))
    if found := re.fullmatch(rf"({_MONTH}) (\d{{1,2}}),? (\d{{4}})", text.strip(), re.IGNORECASE):
        return date(int(found[3]), MONTHS.index(found[1].capitalize()) + 1, int(found[2]))
    raise ValueError(f"{text!r} is no day; write 2031-03-09 or 9 March 2031")


DAY = Slot(
    rf"\d{{4}}-\d{{2}}-\d{{2}}|\d{{1,2}} (?:{_MONTH}),? \d{{4}}|(?:{_MONTH}) \d{{1,2}},? \d{{4}}",
    lambda v, rng: rng.choice(_DAY_FORMS)(date.fromisoformat(v)),
    lambda t: read_day(t).isoformat(),
)
"""A day, as ISO text."""
