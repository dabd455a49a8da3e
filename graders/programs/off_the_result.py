"""C4 without the oracle: an answer is one off the whole number that the computation just before it gave.

Only where that computation gave a single number of two digits or more, and the answer has a single new one. Silent where the query or
the answer speaks of counting both ends, of rounding up, or of one more or less.
"""

import re
from dataclasses import dataclass
from typing import ClassVar

from graders.base import Case, Finding, Grader
from graders.calls import failed, kind_of
from graders.claims import claimed_numbers
from graders.numbers import Mention, numbers, plain
from traces.record import Evidence, Step

_ENDS = re.compile(
    r"inclu|exclu|both|counting|plus|add|minus|subtract|besides|itself|than|over|under|first|last|round|next|extra|other|remain|left|at\s+least|between\s+and|\bone\b|[+≥≤<>]",
    re.IGNORECASE,
)
"""Words of an answer that may make one more or less right."""
_COUNTED = re.compile(
    r"inclu|exclu|both|counting|plus|first\s+and|one\s+(?:more|less)|besides|itself|round|at\s+least|more\s+than|other|remain|left|position|index|place|steps|moves|gaps|intervals|hops|edges|terms|\bage\b|\bold\b|born",
    re.IGNORECASE,
)
"""Words of a query that may."""


@dataclass(frozen=True)
class OffTheResult(Grader):
    """Judges the last step."""

    name: ClassVar[str] = "off_the_result"
    version: ClassVar[str] = "3"
    codes: ClassVar[tuple[str, ...]] = ("C4",)

    def judge(self, case: Case, step: Step) -> Finding | None:
        if step != case.final or step.index == 0:
            return None
        text = case.text(step)
        query = "\n".join(m.content for m in case.messages[: step.message] if m.role == "user")
        if _ENDS.search(text) or _COUNTED.search(query):
            return None
        result = _result(case, case.steps[step.index - 1])
        claims = claimed_numbers(text)
        if result is None or not any(abs(m.value - result.value) == 1 for m in claims):
            return None
        if any(m.value == result.value for m in numbers(text)):
            return None
        # What stood before is asked last: it takes reading all pages.
        new = [m for m in claims if not case.knowledge.source(m.value, step.message)]
        if len(new) != 1 or abs(new[0].value - result.value) != 1:
            return None
        here = Evidence(message=step.message, text=new[0].text, start=new[0].start, end=new[0].end)
        reason = f"says {new[0].text}, one off the {plain(result.value)} that was computed"
        return Finding("C4", reason, (here,), silent=True)


def _result(case: Case, step: Step) -> Mention | None:
    """The one whole number that the one computation of a step gave."""
    calls = case.said(step).tool_calls
    if len(calls) != 1 or kind_of(calls[0]) not in ("calculator", "code") or len(step.observations) != 1:
        return None
    observed = case.messages[step.observations[0]]
    shown = numbers(observed.content)
    if failed(observed) or len(shown) != 1 or shown[0].value.denominator != 1 or abs(shown[0].value) < 20:
        return None
    return shown[0]
