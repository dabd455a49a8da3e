"""Times of day in text, and whether a text tells spans of time or time zones, by which another time may follow from one that is told."""

import re
from functools import lru_cache
from typing import NamedTuple

_CLOCK = re.compile(
    r"(?<![\d:.,$€£])(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::\d{2}(?:\.\d+)?)?(?![\d:])(?:\s*(?P<half>[ap])\.?m\b\.?)?"
    r"|(?<![\d:.,$€£])(?P<french>0?[6-9]|1\d|2[0-3])\s?h\s?(?P<past>\d{2})(?![\d:]|\s?m)"
    r"|(?<![\d:.,$€£])(?P<bare>\d{1,2})\s?(?P<bare_half>[ap])\.?m\b\.?"
    r"|(?<=\dT)(?P<stamp>\d{2}):(?P<at>\d{2})",
    re.IGNORECASE,
)
_MAY_TELL = re.compile(r"\d(?::\d|\s?[hH]\s?\d|\s?[aApP]\.?[mM])")
"""What every time has: most texts have none of it, and are not read for the times themselves."""
_ZONED = re.compile(
    r"\b(?:UTC|GMT|[ECMP][SD]T|CES?T|time\s*zones?|local\s+time)\b|\d[+-]\d{2}:\d{2}\b|\d{2}Z\b", re.IGNORECASE
)
_SPANS = re.compile(
    r"\d\s*(?:h\b|hrs?\b|hours?\b|min(?:ute)?s?\b|Std\b|Stunden?\b|Minuten\b|heures?\b|horas?\b|minutos?\b)|\bPT\d|duration|\b(?:an|half\s+an|one|two|three)\s+hours?\b|"
    r"\b(?:hour|minute)s?\b",
    re.IGNORECASE,
)


class Clock(NamedTuple):
    """A time of day; `half` is "a" or "p" where it was told so."""

    hour: int
    minute: int
    half: str = ""

    @property
    def hours(self) -> frozenset[int]:
        """What hour of the day it may be."""
        if self.half:
            return frozenset({self.hour % 12 + (12 if self.half == "p" else 0)})
        return frozenset({self.hour, (self.hour + 12) % 24} if 1 <= self.hour <= 12 else {self.hour})

    def may_be(self, other: "Clock") -> bool:
        """Whether both may be one time."""
        return self.minute == other.minute and bool(self.hours & other.hours)

    def __str__(self) -> str:
        return f"{self.hour}:{self.minute:02}{' ' + self.half + 'm' if self.half else ''}"


class TimeMention(NamedTuple):
    """A time in a text, `[start, end)`."""

    start: int
    end: int
    text: str
    clock: Clock


@lru_cache(maxsize=512)
def time_mentions(text: str) -> tuple[TimeMention, ...]:
    """The times of day in a text in order: "16:42", "8 pm", "17 h 30", those of ISO stamps."""
    if not _MAY_TELL.search(text):
        return ()
    found = (TimeMention(m.start(), m.end(), m[0], _clock(m)) for m in _CLOCK.finditer(text))
    return tuple(each for each in found if each.clock.hour < 24 and each.clock.minute < 60)


def times(text: str) -> tuple[Clock, ...]:
    """The times of day in a text."""
    return tuple(mention.clock for mention in time_mentions(text))


def _clock(m: re.Match[str]) -> Clock:
    if m["stamp"]:
        return Clock(int(m["stamp"]), int(m["at"]))
    hour = m["hour"] or m["french"] or m["bare"]
    return Clock(int(hour), int(m["minute"] or m["past"] or 0), (m["half"] or m["bare_half"] or "").lower())


def zoned(text: str) -> bool:
    """Whether a text speaks of time zones."""
    return _ZONED.search(text) is not None


def spans_told(text: str) -> bool:
    """Whether a text tells how long something lasts."""
    return _SPANS.search(text) is not None
