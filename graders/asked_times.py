# ruff: noqa: E501  (patterns are data: broken up they cannot be read)
"""The time or day that a user said, where a call is given another one that nothing said accounts for."""

import re
from datetime import date

from graders.base import Case
from graders.dates import Day, dates
from graders.days_told import relative
from graders.numbers import numbers
from graders.times_told import spans_told, times, zoned
from traces.record import Step, ToolCall

_TIME_KEY = re.compile(r"(?:^|_)(?:time|start_time|pickup_time|departure_time|hour|at|when)$|time$", re.IGNORECASE)
_VAGUE = re.compile(
    r"\b(?:after|before|between|around|about|roughly|until|till|from|earl\w+|late\w*|morning|afternoon|evening|night|noon|midnight|hours?|minutes?|mins?|half|quarter|later|earlier)\b",
    re.IGNORECASE,
)


def other_time(case: Case, step: Step, call: ToolCall, key: str, value: str, told: list[str]) -> str | None:
    if not _TIME_KEY.search(key) or not (given := times(value)):
        return None
    said = [(text, t) for text in told for t in times(text)]
    others = {t for m in case.messages[: step.message] for t in times(m.content)}
    if not said or len(given) != 1 or any(given[0].may_be(t) for t in others):
        return None
    texts = [m.content for m in case.messages[: step.message]]
    unsure = any(_VAGUE.search(text) for text in told) or any(map(spans_told, texts)) or any(map(zoned, texts))
    return None if unsure or "zone" in str(call.arguments).casefold() else str(said[0][1])


def other_day(case: Case, step: Step, value: str, told: list[str]) -> str | None:
    days = [(m.text, r) for text in told for m in dates(text) for r in m.readings if r.day]
    given = dates(value) if days else ()
    if len(given) != 1 or given[0].start != 0 or given[0].end - given[0].start < len(value) - 9:
        return None
    wanted = [r for r in given[0].readings if r.day]
    if not wanted or any(relative(text) or _SPAN.search(text) for text in told):
        return None
    known = [k for k, source in case.knowledge.days if source.message < step.message]
    said = [
        r for m in case.messages[: step.message] if m.role == "assistant" for d in dates(m.content) for r in d.readings
    ]
    if any(k.agrees(w) or _next_to(k, w) for k in (*known, *said) for w in wanted):
        return None
    figures = {n.value for text in told for n in numbers(text)}
    if any(w.day in figures for w in wanted):  # "from 3 to 16 March"
        return None
    return days[0][0] if all(w.day not in (1, 28, 29, 30, 31) for w in wanted) else None


_SPAN = re.compile(r"\b(?:\d+|an?|one|two|three|four|five|six|seven|ten)[\s-]+(?:days?|nights?|weeks?|months?)\b|\bweekend\b|\b(?:after|before|since|until|by)\b", re.IGNORECASE)  # fmt: skip


def _next_to(known: Day, given: Day) -> bool:
    """Whether two days lie a day apart: the end of a stay is told in either way."""
    year = known.year or given.year
    try:
        return (
            abs((date(year, known.month, known.day or 1) - date(given.year or year, given.month, given.day)).days) <= 1
        )
    except ValueError:
        return True
