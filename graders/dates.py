# ruff: noqa: E501  (word lists and patterns are data: broken up they cannot be read)
"""Dates as text writes them: ISO, "12 March 2021", "March 12th, 2021", "12.03.2021", "3/12/2021" (both readings),
"March 2021", and the Chinese, Japanese and Korean forms.

Month names in English, German, French, Spanish, Italian and Portuguese. A date in figures whose order is not certain has two
readings; a bare year is a number, not a date.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from graders.names import folded, words


class Day(NamedTuple):
    """A calendar day, or a month where `day` is 0, or a day of any year where `year` is 0."""

    year: int
    month: int
    day: int

    def agrees(self, other: "Day") -> bool:
        """Whether both may mean the same: parts that both give are equal."""
        return all(a == b or not a or not b for a, b in zip(self, other, strict=True))

    def iso(self) -> str:
        return f"{self.year:04d}-{self.month:02d}-{self.day:02d}"


class DateMention(NamedTuple):
    """A date in a text, `[start, end)`; the first of `readings` is the likeliest."""

    start: int
    end: int
    text: str
    readings: tuple[Day, ...]


_MONTHS = (
    "january jan januar janvier janv enero ene gennaio gen janeiro jänner",
    "february feb februar février fevrier févr febrero febbraio fevereiro fev",
    "march mar märz maerz mars marzo março",
    "april apr avril avr abril abr aprile",
    "may mai mayo maggio maio mag",
    "june jun juni juin junio giugno giu junho",
    "july jul juli juillet juil julio luglio lug julho",
    "august aug août aout agosto ago",
    "september sept sep septembre septiembre settembre set setembro",
    "october oct oktober okt octobre octubre ottobre ott outubro out",
    "november nov novembre noviembre novembro",
    "december dec dezember dez décembre decembre diciembre dicembre dic dezembro",
)
MONTHS = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
_ALSO_WORDS = frozenset(["out", "set", "ago", "mag", "gen"])
"""Short names of months that are words too, and need a year beside them: "7 out of 10"."""
_NAME = "|".join(sorted(MONTHS, key=len, reverse=True))
_FIGURES = re.compile(
    rf"""
    (?<![\w.]) (?:
      (?P<iso>(?P<iy>\d{{4}})(?P<isep>[-/]|(?<=(?<!\d)[12]\d\d\d)\.)(?P<im>\d{{1,2}})(?P=isep)(?P<id>\d{{1,2}}))(?!\d|[-/.]\d)
    | (?P<dmy>(?P<d1>\d{{1,2}})(?:st|nd|rd|th|er|º|\.)?[\s-](?:of\s+|de\s+|do\s+)?(?P<m1>{_NAME})\.?(?:(?:,?[\s-]|,)(?:de\s+|of\s+|del\s+)?(?P<y1>\d{{4}}))?)(?!\w)
    | (?P<num>(?P<n1>\d{{1,2}})(?P<sep>[./-])(?P<n2>\d{{1,2}})(?P=sep)(?P<ny>\d{{4}}))(?![\w])
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_WORDS = re.compile(
    rf"""
    (?:
      (?P<mdy>(?!(?:{"|".join(sorted(_ALSO_WORDS))})\b)(?P<m2>{_NAME})\.?\s(?:the\s+)?(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s+(?P<y2>\d{{4}}))?)(?!\w)
    | (?P<my>(?P<m3>{_NAME})\.?,?\s(?:of\s+|de\s+)?(?P<y3>\d{{4}}))(?!\w)
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_RUN = re.compile(r"\d+")
_EASTERN = re.compile(r"(?<!\d)(?:(\d{4})\s?[年년]\s?)?(\d{1,2})\s?[月월](?:\s?(\d{1,2})\s?[日号號일])?")
_FOLDED = frozenset(folded(name) for name in MONTHS)


def _valid(year: int, month: int, day: int) -> bool:
    try:
        date(year or 2000, month, day or 1)
    except ValueError:
        return False
    return True


def _figures(m: re.Match[str]) -> list[Day]:
    if m["iso"]:
        return [Day(int(m["iy"]), int(m["im"]), int(m["id"]))]
    if m["dmy"] and not m["y1"] and m["m1"].lower() in _ALSO_WORDS:
        return []
    if m["dmy"]:
        return [Day(int(m["y1"] or 0), MONTHS[m["m1"].lower()], int(m["d1"]))]
    one, two, year = int(m["n1"]), int(m["n2"]), int(m["ny"])
    days = [Day(year, two, one), Day(year, one, two)]
    return days[::-1] if m["sep"] == "/" else days


def _words(m: re.Match[str]) -> list[Day]:
    if m["mdy"]:
        return [Day(int(m["y2"] or 0), MONTHS[m["m2"].lower()], int(m["d2"]))]
    return [Day(int(m["y3"]), MONTHS[m["m3"].lower()], 0)]


def _eastern(m: re.Match[str]) -> list[Day]:
    """Year, month and day in Chinese, Japanese or Korean; a month alone is a count or a name, no date."""
    year, month, day = int(m[1] or 0), int(m[2]), int(m[3] or 0)
    return [Day(year, month, day)] if 1 <= month <= 12 and (year or day) else []


def _mention(m: re.Match[str], days: list[Day]) -> DateMention | None:
    readings = tuple(dict.fromkeys(d for d in days if _valid(*d)))
    return DateMention(m.start(), m.end(), m[0], readings) if readings else None


_BEFORE = re.compile(r"([^\W\d_]{3,}+)\.?,?\s(?:(?:the|of|de)\s+)?\Z", re.IGNORECASE)
_REACH = 40
"""Characters before a figure that hold the name of its month, and what may stand between."""


def _may_be_a_date(text: str, start: int, end: int) -> bool:
    """Whether what follows a run of figures can go on a date: a mark behind a year or a day, an ending or a blank behind a day."""
    follows = text[end : end + 1]
    return follows in _MARKS or (end - start <= 2 and (follows in _DAY_ENDS or follows.isspace()))


_MARKS = frozenset("-/.")
_DAY_ENDS = frozenset("snrteSNRTEſº")
"""How "1st", "2nd", "3rd", "4th", "1er" and "1º" go on."""


def _in_figures(text: str) -> Iterator[re.Match[str]]:
    """What `_FIGURES` finds: it can only begin where a run of up to four digits does."""
    end = 0
    for run in _RUN.finditer(text):
        start = run.start()
        if start >= end and _may_be_a_date(text, start, run.end()) and (m := _FIGURES.match(text, start)):
            end = m.end()
            yield m


def _behind_a_month(text: str, start: int) -> bool:
    """Whether the word before a figure, or the one before "the", "of" or "de", ends in the name of a month."""
    *_, other, last = "", "", *text[max(0, start - _REACH) : start].split()
    word = (other if last.lower() in ("the", "of", "de") else last).rstrip(".,").lower()
    return word in MONTHS or (bool(word) and not word.isalpha() and word.endswith(_NAMES))


_NAMES = tuple(MONTHS)


def _in_words(text: str) -> Iterator[re.Match[str]]:
    """What begins with the name of a month: a day or a year stands behind it, so that only words before figures are looked at."""
    for run in _RUN.finditer(text):
        start = run.start()
        if run.end() - start in (1, 2, 4) and text[start - 1 : start].isspace() and _behind_a_month(text, start):
            word = _BEFORE.search(text, max(0, start - _REACH), start)
            whole = word and word[1].lower() in MONTHS and not text[word.start() - 1 : word.start()].isalpha()
            if word and whole and (m := _WORDS.match(text, word.start())):
                yield m


@lru_cache(maxsize=512)
def dates(text: str) -> tuple[DateMention, ...]:
    """The dates of a text in order, without overlaps. "12 March 2021" is one date, "March 2021" in it no second one."""
    if not _RUN.search(text):
        return ()
    found = [_mention(m, _figures(m)) for m in _in_figures(text)]
    if "月" in text or "월" in text:
        found.extend(_mention(m, _eastern(m)) for m in _EASTERN.finditer(text))
    spelt = () if _FOLDED.isdisjoint(words(text)) else _in_words(text)
    taken = Spans((d.start, d.end) for d in found if d)
    found.extend(_mention(m, _words(m)) for m in spelt if m.start() not in taken)
    return tuple(sorted(d for d in found if d))


class Spans:
    """Stretches of a text, `[start, end)`, that may overlap: whether a place lies in any of them."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(spans)
        self._starts = [start for start, _ in ordered]
        self._reach = [*accumulate((end for _, end in ordered), max)]

    def __contains__(self, place: int) -> bool:
        before = bisect_right(self._starts, place)
        return before > 0 and place < self._reach[before - 1]
