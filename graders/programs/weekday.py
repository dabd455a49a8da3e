"""C4: a day of the week that is not the one of the date beside it ("Tuesday, March 15, 2024", a Friday). Silent where the pair was told so.

A date without its year is taken in every year that a full date of the conversation has; only where none fits is it a fault.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from graders.base import Case, Finding, Grader
from graders.calls import strings
from graders.claims import claimed_dates
from graders.dates import DateMention, Day, dates
from graders.names import folded
from traces.record import Evidence, Step

_WEEK = (
    "monday montag lundi lunes lunedi segunda 星期一 周一 月曜日 월요일",
    "tuesday dienstag mardi martes martedi terca 星期二 周二 火曜日 화요일",
    "wednesday mittwoch mercredi miercoles mercoledi quarta 星期三 周三 水曜日 수요일",
    "thursday donnerstag jeudi jueves giovedi quinta 星期四 周四 木曜日 목요일",
    "friday freitag vendredi viernes venerdi sexta 星期五 周五 金曜日 금요일",
    "saturday samstag sonnabend samedi sabado sabato 星期六 周六 土曜日 토요일",
    "sunday sonntag dimanche domingo domenica 星期日 星期天 周日 日曜日 일요일",
)
_DAYS = {name: number for number, names in enumerate(_WEEK) for name in names.split()}
_BEFORE = re.compile(r"([^\W\d_]{5,})(?:-feira)?\**,?\s+(?:the\s+|den\s+|el\s+|le\s+|dem\s+)?\**$")
_IS = re.compile(
    r"\**\s+(?:is|was|will\s+be|falls\s+on|fell\s+on|ist|war|fällt\s+auf)\s+(?:an?\s+|ein\s+|einen\s+)?\**([^\W\d_]{5,})\b",
    re.IGNORECASE,
)
_OPENS = re.compile(r"(?:^|[.!?:;\n]\s*|\b(?:so|that|thus|hence|dass)\s+)\**$")
_BEHIND = re.compile(r"\**\s*[(（]\s*([^\W\d_]{2,})\s*[)）]")


@dataclass(frozen=True)
class Weekday(Grader):
    """Looks at what any step says."""

    name: ClassVar[str] = "weekday"
    version: ClassVar[str] = "3"
    codes: ClassVar[tuple[str, ...]] = ("C4",)

    def judge(self, case: Case, step: Step) -> Iterator[Finding]:
        text = case.said(step).content
        for mention in claimed_dates(text):
            named = _named(text, mention)
            if named is None or named[1] in _fitting(case, step, mention) or _told(case, step, named[0], mention):
                continue
            here = Evidence(
                message=step.message, text=f"{named[0]} {mention.text}", start=mention.start, end=mention.end
            )
            yield Finding("C4", f"{mention.text} is no {named[0]}", (here,), silent=True)
        if step in case.answers and (found := _other_than_shown(case, step, text)):
            yield found


_SHORT = 200
"""Letters of a result that hardly tells more than its day."""


def _other_than_shown(case: Case, step: Step, text: str) -> Finding | None:
    """The one day of the week that an answer tells, where the short result right before it tells another one."""
    before = case.steps[step.index - 1].observations if step.index else ()
    shown = [d for i in before if len(case.messages[i].content) <= _SHORT for d in _weekdays(case.messages[i].content)]
    told = _weekdays(text) if len(shown) == 1 else []
    if len(told) != 1 or _DAYS[folded(told[0][0])] == _DAYS[folded(shown[0][0])]:
        return None
    m = told[0]
    here = Evidence(message=step.message, text=m[0], start=m.start(), end=m.end())
    return Finding("C4", f"says {m[0]}, where {shown[0][0]} was computed", (here,), silent=True)


def _weekdays(text: str) -> list[re.Match[str]]:
    return [m for m in re.finditer(r"[^\W\d_]{5,}", text) if folded(m[0]) in _DAYS and m[0][0].isupper()]


def _named(text: str, mention: DateMention) -> tuple[str, int] | None:
    """The day of the week beside a date, as written and as a number."""
    m = _BEFORE.search(text[max(0, mention.start - 24) : mention.start]) or _BEHIND.match(text, mention.end)
    if m is None and _OPENS.search(text[max(0, mention.start - 24) : mention.start]):
        m = _IS.match(text, mention.end)
    number = _DAYS.get(folded(m[1])) if m else None
    return (m[1], number) if m and number is not None else None


def _fitting(case: Case, step: Step, mention: DateMention) -> set[int]:
    """The days of the week that a date may be; all of them where no year is known for it."""
    found = {d.weekday() for r in mention.readings for d in _days(case, step, r)}
    return found or set(range(7))


def _days(case: Case, step: Step, reading: Day) -> Iterator[date]:
    if not reading.day:
        return
    known = {k.year for k, source in case.knowledge.days if source.message < step.message and k.year}
    given = (
        t[:4]
        for s in case.steps
        for c in case.said(s).tool_calls
        for t in strings(c.arguments)
        if re.match(r"\d{4}-\d\d", t)
    )
    exact = {k.year for k in _exactly(case, step) if (k.month, k.day) == (reading.month, reading.day)}
    for year in (
        (reading.year,) if reading.year else exact or {n for y in known | set(map(int, given)) for n in (y, y + 1)}
    ):
        try:
            yield date(year, reading.month, reading.day)
        except ValueError:
            continue


def _exactly(case: Case, step: Step) -> Iterator[Day]:
    """The full days that were said, or that calls were given."""
    yield from (k for k, source in case.knowledge.days if source.message < step.message and k.year)
    given = (t[:10] for s in case.steps for c in case.said(s).tool_calls for t in strings(c.arguments))
    yield from (r for t in given if re.match(r"\d{4}-\d\d-\d\d", t) for d in dates(t) for r in d.readings)


def _told(case: Case, step: Step, name: str, mention: DateMention) -> bool:
    """Whether somebody else put the two side by side."""
    return any(
        name in m.content and mention.text in m.content for m in case.messages[: step.message] if m.role != "assistant"
    )
