"""O2 without the oracle: what a step says on its way is a figure or date just shown, with a digit off, two swapped or a place shifted."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from graders.base import Case, Finding, Grader, LooksAt
from graders.claims import claimed_dates, claimed_numbers
from graders.misreading import misread_of, slip_of_a_day
from graders.support import supported
from traces.record import Evidence, Step


@dataclass(frozen=True)
class Misread(Grader):
    """Steps that call; what an answer claims is another grader's matter. A figure with any other account is left alone."""

    name: ClassVar[str] = "misread"
    version: ClassVar[str] = "2"
    looks_at: ClassVar[LooksAt] = "calls"
    codes: ClassVar[tuple[str, ...]] = ("O2",)

    def judge(self, case: Case, step: Step) -> Iterator[Finding]:
        if case.is_answer(step):
            return
        text = case.said(step).content
        for date in claimed_dates(text):
            if day := slip_of_a_day(case, step, text, date):
                here = Evidence(message=step.message, text=date.text, start=date.start, end=date.end)
                yield Finding("O2", f"says {date.text}, where {day.iso()} was shown", (here,), silent=True)
        for mention in claimed_numbers(text):
            if supported(case, step, mention):
                continue
            if slip := misread_of(case, mention, step.message):
                here = Evidence(message=step.message, text=mention.text, start=mention.start, end=mention.end)
                yield Finding("O2", f"says {mention.text}, {slip.how} {slip.seen}", (here, slip.evidence), silent=True)
