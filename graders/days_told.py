"""Days that nobody wrote and everybody could count: "next Tuesday", "a week before", the end of a range, the last day of a known month.

What a date may be is judged from the days and the spans of time that a conversation has. A span counts by its own unit ("3 weeks"), a bare
number only as days, so that list marks and counts of things make no date plausible.
"""

import calendar
import re
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from graders.base import Case
from graders.calls import kind_of, strings
from graders.dates import DateMention, Day, dates
from graders.numbers import numbers
from traces.record import Step

_RELATIVE = re.compile(
    r"\b(?:today(?!\s+is\b)|tomorrow|yesterday|tonight|(?:next|last|this|coming|previous|past)\s+(?:[\w-]+\s+)?(?:days?|nights?|mornings?|afternoons?|evenings?|weeks?|"
    r"weekends?|fortnights?|months?|quarters?|years?|decades?|spring|summer|autumn|fall|winter|seasons?|semesters?|terms?|holidays?|christmas|easter|thanksgiving|times?|dates?|"
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|payments?|bills?|invoices?|appointments?|meetings?|visits?|deliver(?:y|ies)|renewals?|instal?lments?|sessions?|shifts?|cycles?|periods?)|(?:mon|tues|wednes|thurs|fri|satur|sun)day|weekend|"
    r"heute|morgen|übermorgen|gestern|vorgestern|nächste\w*|kommende\w*|letzte\w*|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|wochenende|"
    r"aujourd['’]hui|demain|après-demain|hier|avant-hier|prochain\w*|dernière?|(?:lun|mar|mercre|jeu|vendre|same)di|dimanche|"
    r"hoy|mañana|ayer|anteayer|próxim\w+|pasad[oa]|que\s+viene|lunes|martes|miércoles|jueves|viernes|sábado|domingo|"
    r"oggi|domani|dopodomani|ieri|prossim\w+|scors\w+|(?:lune|marte|mercole|giove|vener)dì|sabato|domenica|"
    r"hoje|amanhã|ontem|passad[oa]|que\s+vem|(?:segunda|terça|quarta|quinta|sexta)(?:-feira)?)\b|"
    r"[今明昨]天|今日|明日|昨日|后天|後天|前天|明後日|一昨日|[上下本这這今来來先翌](?:个|個)?(?:周|週|星期|礼拜|禮拜|月|年)|[周週][一二三四五六日末]|星期[一二三四五六日天]|[月火水木金土日]曜|"
    r"오늘|내일|모레|어제|그저께|다음\s?[주달해]|이번\s?[주달]|지난\s?[주달해]|[월화수목금토일]요일|"
    r"\b(?:days?|weeks?|fortnight|months?|years?)\s+(?:before|after|earlier|later|prior|from|ahead|ago|in\s+advance|beforehand|afterwards)\b|\b(?:in|within|for)\s+(?:\d+|an?|one|two|three|four|five|six|seven|ten)\s+(?:days?|nights?|weeks?|months?)\b|"
    r"\b(?:end|start|beginning|middle|rest|half)\s+of\s+(?:the\s+|this\s+|next\s+)?(?:day|week|month|quarter|year)\b|\b(?:the\s+)?(?:following|same)\s+(?:day|week|month|morning|evening)\b|\bday\s+(?:before|after)\b|\b(?:quarter|Q[1-4])\b|"
    r"\b(?:tage?n?|wochen?|monate?n?)\s+(?:vorher|später|davor|danach|früher)\b|\bin\s+\w+\s+(?:tagen|wochen|monaten)\b|\b(?:dans|en|dentro\s+de|fra|tra|daqui\s+a)\s+\w+\s+(?:jours?|semaines?|mois|días?|semanas?|meses|giorni|settimane|dias)\b",
    re.IGNORECASE,
)
_REACH, _MONTH_LONG, _WEEK_LONG = 400, 31, 7
_DAY, _WEEK, _MONTH, _YEAR = "d", "wk", "month", "yr"


class Span(NamedTuple):
    """So many of a unit of time; days where no unit was given."""

    number: int
    unit: str


def relative(text: str) -> bool:
    """Whether a text tells a day by another: "tomorrow", "a week before"."""
    return _RELATIVE.search(text) is not None


def told_relatively(case: Case, step: Step, mention: DateMention) -> bool:
    """Whether a date can be what the user, or a page, means by "next Tuesday": near a day that is known, or any where none is."""
    told = {m.role for m in case.messages[: step.message] if m.role != "assistant" and _RELATIVE.search(m.content)}
    if not told & {"user", "tool"}:
        return False
    known, reach = _known(case, step.message), _REACH if "user" in told else _WEEK_LONG
    return (not known and "user" in told) or any(
        r.day and abs((date(*_in_year(r, k.year)) - date(*k)).days) <= (reach if r.year else min(reach, _MONTH_LONG))
        for r in mention.readings
        for k in known
    )


def follows(case: Case, step: Step, mention: DateMention) -> bool:
    """Whether a date ends a range of a known month ("12 to 14 October"), is the first or last day of a known year's month, is
    the same day of a year between two known ones, or is counted from one."""
    return (
        any(_in_a_known_month(case, step, r) or _at_its_end(case, step, r) for r in mention.readings)
        or _inside(case, step, mention)
        or _of_the_years_between(case, step, mention)
        or counted(case, step, mention)
    )


def _of_the_years_between(case: Case, step: Step, mention: DateMention) -> bool:
    """Whether a date is the same day of a year between two known ones: halfway through a loan."""
    return any(
        r.day and years and min(years) < r.year < max(years)
        for r in mention.readings
        for years in [{k.year for k in _known(case, step.message) if (k.month, k.day) == (r.month, r.day)}]
    )


def _inside(case: Case, step: Step, mention: DateMention) -> bool:
    """Whether a date lies between two that one call was given, a month apart at most: a night of a stay."""
    for earlier in case.steps[: step.index]:
        for call in case.said(earlier).tool_calls:
            given = sorted(
                d for t in strings(call.arguments) for m in dates(t[:40]) for d in m.readings if d.year and d.day
            )
            if len(given) != 2 or (date(*given[1]) - date(*given[0])).days > _MONTH_LONG:
                continue
            if any(
                r.day and given[0] < Day(r.year or given[0].year, r.month, r.day) < given[1] for r in mention.readings
            ):
                return True
    return False


def counted(case: Case, step: Step, mention: DateMention) -> bool:
    """Whether a date is a known one and a known span of time away."""
    known, spans = _known(case, step.message), set(_spans(case, step.message))
    months = {
        (d.year, d.month) for d, source in case.knowledge.days if source.message < step.message and d.year and d.month
    }
    if months and not any(r.day for r in mention.readings):
        return any(_months_apart(r, month) & spans for r in mention.readings for month in months)
    if known:
        return any(r.day and _apart(_in_year(r, k.year), k) & spans for r in mention.readings for k in known)
    figures = any(v.denominator == 1 and v < 40_000 for v in case.knowledge.known(step.message))
    return figures and (_of_time(case, step) or not any(r.day and r.year for r in mention.readings))


def _known(case: Case, before: int) -> set[Day]:
    """The full dates that were said, or that earlier calls were given: whether those knew them is judged there."""
    said = {d for d, source in case.knowledge.days if source.message < before}
    texts = (t for s in case.steps if s.message < before for c in case.said(s).tool_calls for t in strings(c.arguments))
    return {d for d in said.union(*(day.readings for t in texts for day in dates(t[:40]))) if d.year and d.day}


def _in_a_known_month(case: Case, step: Step, day: Day) -> bool:
    """Whether a month is known from another date, and the day of it from a figure of the user's."""
    if not day.day or not any(k.month == day.month and k.year in (0, day.year) for k, _ in case.knowledge.days):
        return False
    said = (m for m in case.messages[: step.message] if m.role == "user")
    return any(n.value == day.day for m in said for n in numbers(m.content))


def _at_its_end(case: Case, step: Step, day: Day) -> bool:
    """Whether a date is where a period begins or ends, in a year that was named, or told without one; or the January after that year."""
    years = {k.year for k, source in case.knowledge.days if source.message < step.message and k.year}
    if not day.day:
        return day.month == 1 and day.year - 1 in years
    if day.day not in (1, calendar.monthrange(day.year or max(years, default=2000), day.month)[1]):
        return False
    if not day.year:
        return bool(years)
    return day.year in years or case.knowledge.source(Fraction(day.year), step.message) is not None


def _spans(case: Case, before: int) -> Iterator[Span]:
    """The spans of time that were told: with a unit anywhere, without one by the user or by a computation."""
    computed = _computations(case, before)
    for index, message in enumerate(case.messages[:before]):
        for m in numbers(message.content):
            if m.value.denominator != 1 or not 0 < m.value < 40_000 or m.dated:
                continue
            if m.unit in (_DAY, _WEEK, _MONTH, _YEAR):
                yield Span(int(m.value), m.unit)
            elif not m.glued and (message.role == "user" or index in computed):
                yield Span(int(m.value), _DAY)


def _computations(case: Case, before: int) -> set[int]:
    """The messages that answer a calculation or a program."""
    return {
        i
        for s in case.steps
        if s.message < before and any(kind_of(c) in ("calculator", "code") for c in case.said(s).tool_calls)
        for i in s.observations
    }


def _apart(day: Day, known: Day) -> set[Span]:
    """The spans that lie between two days; a day more or less, as people count both ends or one."""
    days = abs((date(*day) - date(*known)).days)
    months = abs((day.year - known.year) * 12 + day.month - known.month)
    found = {Span(n, _DAY) for n in (days - 1, days, days + 1)}
    if days % 7 == 0:
        found.add(Span(days // 7, _WEEK))
    if abs(day.day - known.day) <= 1 or known.day >= 28:
        found |= {Span(months, _MONTH), *({Span(months // 12, _YEAR)} if months % 12 == 0 else ())}
    return found


def _months_apart(day: Day, month: tuple[int, int]) -> set[Span]:
    """The spans that lie between a month and a known one."""
    months = abs((day.year - month[0]) * 12 + day.month - month[1]) if day.year else 0
    return {Span(months, _MONTH), *({Span(months // 12, _YEAR)} if months % 12 == 0 else ())} if months else set()


def _in_year(day: Day, year: int) -> Day:
    """A day told without its year, in that year; 29 February as the 28th, which is near enough to count from."""
    if day.year:
        return day
    return Day(year, day.month, min(day.day, 28) if day.month == 2 else day.day)


_TIME = re.compile(
    r"\b(?:days|weeks|months|from\s+now|Tagen?|Wochen|jours|semaines|días|semanas)\b",
    re.IGNORECASE,
)


def _of_time(case: Case, step: Step) -> bool:
    """Whether the user asks about days at all, so that a date may be counted from one nobody wrote."""
    return any(
        m.role == "user" and _TIME.search(m.content) and numbers(m.content) for m in case.messages[: step.message]
    )
