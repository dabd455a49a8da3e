# ruff: noqa: E501  (patterns are data)
"""C4 for ages: an answer gives the days of a birth and a death, and an age that they do not make."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from graders.base import Case, Finding, Grader, LooksAt
from graders.claims import claimed_dates, claimed_numbers
from graders.dates import DateMention, Day
from traces.record import Step

_BORN = re.compile(r"\bborn\b|\bgeboren\b|\bnée?\b|\bnaci(?:ó|da|do)\b|\bnat[oa]\b", re.IGNORECASE)
_DIED = re.compile(r"\bdied\b|\bdeath\b|\bdeceased\b|\bgestorben\b|\bstarb\b|\bmort[eo]?\b|\bdécéd\w+|\bmurió\b", re.IGNORECASE)  # fmt: skip
_AGED = re.compile(r"(?:\b(?:aged?|was|at|age\s+of|only|just|turned|mit|avait|tenía|aveva)|à\s+l['’]âge\s+de)\s+\**$", re.IGNORECASE)  # fmt: skip
_NEAR = 60


@dataclass(frozen=True)
class ToldAge(Grader):
    """Judges the answers with two full days, the one of a birth and the other of a death."""

    name: ClassVar[str] = "told_age"
    looks_at: ClassVar[LooksAt] = "answers"
    codes: ClassVar[tuple[str, ...]] = ("C4",)

    def judge(self, case: Case, step: Step) -> Iterator[Finding]:
        text = case.text(step)
        if step not in case.answers or not (_BORN.search(text) and _DIED.search(text)):
            return
        days = {d.readings[0]: d for d in claimed_dates(text) if d.readings[0].year and d.readings[0].day}
        born = [d for d in days.values() if _tells(text, d, _BORN)]
        died = [d for d in days.values() if _tells(text, d, _DIED)]
        if len(days) != 2 or len(born) != 1 or len(died) != 1 or born == died:
            return
        age = _years(born[0].readings[0], died[0].readings[0])
        for m in claimed_numbers(text):
            whole = m.value.denominator == 1 and 1 <= m.value <= 125 and not m.percent and m.unit in ("", "yr")
            if whole and _AGED.search(text[max(0, m.start - 24) : m.start]) and m.value != age:
                here = case.here(step, m.text, m.start, m.end)
                yield Finding("C4", f"says {m.text.strip()}, where the two days make {age}", (here,), silent=True)


def _tells(text: str, day: DateMention, word: re.Pattern[str]) -> bool:
    """Whether a word stands before a day, and no other date or sentence between them."""
    before = text[max(0, day.start - _NEAR) : day.start]
    found = [*word.finditer(before)]
    return bool(found) and not re.search(r"\d{4}|[.!?]\s", before[found[-1].end() :])


def _years(born: Day, died: Day) -> int:
    return died.year - born.year - ((died.month, died.day) < (born.month, born.day))
