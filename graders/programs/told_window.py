# ruff: noqa: E501  (patterns are data)
"""C4 for spans of time: something is said to lie within so many hours or days, and by its own date and today's it does not.

"It was booked on May 12, so it is within the 24-hour window", where today is 15 May. Only where the conversation tells today's date in so many
words, and the sentence has one date and one span; where it has none, the day counts on which what the newest result shows was made.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, NamedTuple

from graders.base import Case, Finding, Grader
from graders.dates import DateMention, Day, dates
from graders.names import has_any
from graders.records import loaded
from graders.sentences import Sentence, sentences
from graders.times_told import Clock, time_mentions
from traces.record import Evidence, Step

_WITHIN = re.compile(
    r"(?:\b(?:is|are|falls?|it['’]s)\s+(?:(?:still|also|well|just|now)\s+)?within\s+(?:(?:the|our|its)\s+)?(?:(?:last|past|allowed|required)\s+)?"
    r"|\b(?:made|booked|placed|purchased|created|ordered|bought)\s+within\s+the\s+(?:last|past)\s+)(?P<count>\d{1,3})[\s-]*(?P<unit>hours?|days?)\b",
    re.IGNORECASE,
)
_TODAY = re.compile(
    r"\b(?:today(?:['’]s\s+date)?|(?:the\s+)?current\s+(?:date|time|datetime)(?:\s+and\s+time)?|now)\s*(?:is|=|:|,)?\s*(?:\w+day,?\s+)?(?=\S{0,3}\d|[A-Z])",
    re.IGNORECASE,
)
_DENIED = re.compile(r"\b(?:not|never|no\s+longer|unless|whether|outside|cannot)\b|n't|\?", re.IGNORECASE)
_LIMITED = re.compile(
    r"\b(?:if|only|must|when|would|should|could|can|until|before|any|all|each|every)\b", re.IGNORECASE
)
_MADE = re.compile(r"(?:created|booked|ordered|placed|purchased|booking|order|purchase|creation)(?:_?(?:at|on|date|time))*", re.IGNORECASE)  # fmt: skip
_DONE = re.compile(
    r"\b(?:book|plac|creat|mad|deliver|purchas|order|bought|receiv|issu|paid|dated|charg|transact)\w*\b", re.IGNORECASE
)
"""What is behind one: a day that is to come may be within anything."""
_SLACK = 2
"""Hours that are let pass between two clocks: they may be of two time zones."""


class Moment(NamedTuple):
    """A day, and the time of day where one is told."""

    day: Day
    clock: Clock | None


@dataclass(frozen=True)
class ToldWindow(Grader):
    """Looks at what any step says."""

    name: ClassVar[str] = "told_window"
    version: ClassVar[str] = "3"
    codes: ClassVar[tuple[str, ...]] = ("C4",)

    def judge(self, case: Case, step: Step) -> Iterator[Finding]:
        text = case.said(step).content
        if not has_any(text, ("within",)) or not (claims := [*_WITHIN.finditer(text)]):
            return
        today = case.once(_today)
        starts = [c.start() for c in claims]
        for sentence in sentences(text) if today else ():
            inside = claims[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
            if len(inside) != 1 or today is None or _denied(sentence, inside[0]) or not _DONE.search(sentence.text):
                continue
            made = {_at(sentence.text, d) for d in dates(sentence.text) if d.readings[0].day} or _made(case, step)
            claim = inside[0]
            unit = "hours" if claim["unit"].lower().startswith("hour") else "days"
            apart = _apart(made.pop(), today, unit) if len(made) == 1 else None
            if apart is not None and apart > int(claim["count"]):
                here = Evidence(message=step.message, text=claim[0], start=claim.start(), end=claim.end())
                reason = f"says {claim[0]}, where it is {apart} {unit} ago or more by its own date"
                yield Finding("C4", reason, (here,), silent=True)


def _denied(sentence: Sentence, claim: re.Match[str]) -> bool:
    """Whether a sentence denies or limits what it says of a span."""
    before, whole = sentence.text[: claim.end() - sentence.start], sentence.text
    return _LIMITED.search(before) is not None or _DENIED.search(whole) is not None


def _at(text: str, day: DateMention) -> Moment:
    """A day that a text tells, with the time of day right behind it where it tells one."""
    behind = next((t for t in time_mentions(text) if day.start <= t.start <= day.end + 12), None)
    return Moment(day.readings[0], behind.clock if behind else None)


def _made(case: Case, step: Step) -> set[Moment]:
    """When the one thing that the newest result shows was made or booked."""
    newest = next((m for m in reversed(case.messages[: step.message]) if m.role == "tool" and m.content.strip()), None)
    body = loaded(newest.content) if newest else None
    if not isinstance(body, dict):
        return set()
    told = [value for key, value in body.items() if _MADE.fullmatch(key) and isinstance(value, str)]
    moments = {_at(value, d) for value in told for d in dates(value) if d.readings[0].day and d.start == 0}
    return moments if len(moments) == 1 else set()


def _apart(made: Moment, now: Moment, unit: str) -> int | None:
    """How many days or hours ago a moment is, at least; None for one that is to come or has another year than it may."""
    try:
        days = (date(*now.day) - date(made.day.year or now.day.year, made.day.month, made.day.day)).days
    except ValueError:
        return None
    if unit == "days":
        return days
    if made.clock is None or now.clock is None or made.clock.half or now.clock.half:
        return (days - 1) * 24
    return days * 24 + now.clock.hour - made.clock.hour - (now.clock.minute < made.clock.minute) - _SLACK


def _today(case: Case) -> Moment | None:
    """The one moment that system and user messages call today or now."""
    told = set()
    for message in case.messages:
        if message.role in ("system", "user") and has_any(message.content, ("today", "current", "now")):
            for m in _TODAY.finditer(message.content):
                behind = message.content[m.end() : m.end() + 40]
                for d in dates(behind):
                    if d.start <= 3 and d.readings[0].year and d.readings[0].day:
                        told.add(_at(behind, d))
    return told.pop() if len({moment.day for moment in told}) == 1 else None
