"""C3 and C4 at the answer: right but for the rounding, or a count or a date that is off by one, where nothing before it is to blame.

Off by one is a fault of counting: a sum of money that is one too high is no such thing, nor is a figure that the answer's own
arithmetic gets wrong.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from graders.arithmetic import equations
from graders.base import Case, Finding, Grader, LooksAt, Unscored
from graders.claims import claimed_dates, claimed_numbers
from graders.dates import Day
from graders.numbers import Mention
from graders.plan import blame, node_value
from graders.units import UNITS
from traces.record import Evidence, Step, VerdictSource

_COUNTS = re.compile(
    r"\b(?:how\s+(?:many|long|old|often)|number\s+of|count\w*|days?|nights?|weeks?|months?|years?|ages?|wie\s+(?:viele|lange|alt|oft)|anzahl|combien\s+de|nombre\s+de|"
    r"cu[áa]nt[oa]s|n[úu]mero\s+de)\b",
    re.IGNORECASE,
)
_COUNTED = frozenset({"day", "days", "week", "weeks", "month", "months", "year", "years"})


@dataclass(frozen=True)
class NearMiss(Grader):
    """A figure that a tool returned is not the answer's own slip, and is left to the step that computed it."""

    name: ClassVar[str] = "near_miss"
    version: ClassVar[str] = "2"
    source: ClassVar[VerdictSource] = "oracle"
    looks_at: ClassVar[LooksAt] = "answers"
    codes: ClassVar[tuple[str, ...]] = ("C3", "C4")

    def judge(self, case: Case, step: Step) -> Finding | Unscored | None:
        if case.oracle is None or case.outcome is None:
            return Unscored("nothing is known of the right answer") if step == case.final else None
        if step != case.final or case.outcome.status != "wrong" or blame(case) is not None:
            return None
        text = case.text(step)
        return _date(case, step, text) if case.oracle.answer.kind == "date" else _number(case, step, text)


def _number(case: Case, step: Step, text: str) -> Finding | None:
    assert case.oracle
    wanted = node_value(case.oracle.answer.value) if case.oracle.answer.kind == "number" else None
    if wanted is None:
        return None
    slips = {e.claimed.value for e in equations(text) if not e.holds}
    counts = bool(_COUNTS.search(case.task.query if case.task else "")) or case.oracle.answer.unit in _COUNTED
    for mention in claimed_numbers(text):
        apart = abs(abs(mention.value) - abs(wanted))
        if not apart or case.knowledge.spelt(mention, step.message):
            continue
        here = (Evidence(message=step.message, text=mention.text, start=mention.start, end=mention.end),)
        counted = counts and not _uncounted(mention) and not mention.percent and mention.value not in slips
        if (
            counted
            and apart == 1
            and wanted.denominator == 1
            and mention.value.denominator == 1
            and abs(wanted) < 100_000
        ):
            return Finding("C4", f"{mention.text} is off by one", here, silent=True)
        if mention.ulp > 0 and apart <= 2 * mention.ulp and wanted.denominator != 1:
            return Finding("C3", f"{mention.text} is not rounded right", here, silent=True)
    return None


def _uncounted(mention: Mention) -> bool:
    """Whether a figure is of money or degrees, which nobody counts: each such unit is a dimension of its own."""
    return mention.unit in UNITS and UNITS[mention.unit].dimension == mention.unit.lower()


def _date(case: Case, step: Step, text: str) -> Finding | None:
    assert case.oracle
    try:
        wanted = date.fromisoformat(case.oracle.answer.value)
    except ValueError:
        return None
    for mention in claimed_dates(text):
        if any(_off_by_one(reading, wanted) for reading in mention.readings) and not case.knowledge.day(
            mention, step.message
        ):
            here = (Evidence(message=step.message, text=mention.text, start=mention.start, end=mention.end),)
            return Finding("C4", f"{mention.text} is off by one", here, silent=True)
    return None


def _off_by_one(day: Day, wanted: date) -> bool:
    if not (day.year and day.day):
        return False
    apart = (abs(day.year - wanted.year), abs(day.month - wanted.month), abs(day.day - wanted.day))
    return sorted(apart) == [0, 0, 1] or abs((date(*day) - wanted).days) == 1
