"""C4 and C2 without the oracle: an answer is one off the number that the computation just before it gave, or has its point elsewhere.

Only where that computation gave a single number of two digits or more, and the answer has a single new one. Silent where the query or
the answer speaks of counting both ends, of rounding up, or of one more or less.
"""

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from graders.base import Case, Finding, Grader, LooksAt
from graders.calls import failed, kind_of
from graders.claims import claimed_numbers
from graders.numbers import Mention, numbers, plain
from graders.provenance import significant
from graders.units import MONEY, UNITS
from traces.record import Evidence, Step

_ENDS = re.compile(
    r"inclu|exclu|\bboth|\bcounting|\bplus\b|\badd|\bminus\b|\bsubtract|\bbesides|\bitself|\bthan\b|\bover\b|\bunder\b|\bfirst\b|\blast\b|\bround|\bnext\b|\bextra\b|"
    r"\bother|\bremain|\bleft\b|\bat\s+least|between\s+and|\bone\b|[+≥≤<>]",
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
    version: ClassVar[str] = "5"
    looks_at: ClassVar[LooksAt] = "answers"
    codes: ClassVar[tuple[str, ...]] = ("C4", "C2")

    def judge(self, case: Case, step: Step) -> Finding | None:
        if step != case.final or step.index == 0:
            return None
        if moved := _moved(case, step):
            return moved
        text = case.text(step)
        result = _result(case, case.steps[step.index - 1])
        claims = claimed_numbers(text)
        if result is None or not any(abs(m.value - result.value) == 1 for m in claims):
            return None
        if any(m.value == result.value for m in numbers(text)):
            return None
        query = "\n".join(m.content for m in case.messages[: step.message] if m.role == "user")
        if _ENDS.search(text) or _COUNTED.search(query):
            return None
        # What stood before is asked last: it takes reading all pages.
        new = [m for m in claims if not case.knowledge.holds(m.value, step.message)]
        if len(new) != 1 or abs(new[0].value - result.value) != 1:
            return None
        here = Evidence(message=step.message, text=new[0].text, start=new[0].start, end=new[0].end)
        reason = f"says {new[0].text}, one off the {plain(result.value)} that was computed"
        return Finding("C4", reason, (here,), silent=True)


_SCALED = re.compile(
    r"thousand|million|billion|lakh|crore|mio\b|mrd\b|tausend|millionen|mille|miles|millones|cent|%|kilo|mega|milli|万|亿|"
    r"\b[kK]\b|\d[kKMB]\b",
    re.IGNORECASE,
)
_POWERS = tuple(Fraction(10) ** power for power in (-6, -3, -1, 1, 3, 6))


def _moved(case: Case, step: Step) -> Finding | None:
    """The one figure of an answer that is the result of the calculation before with its point moved, though nothing speaks of scales."""
    text, last = case.text(step), case.steps[step.index - 1]
    calls = case.said(last).tool_calls
    if len(calls) != 1 or kind_of(calls[0]) != "calculator" or len(last.observations) != 1:
        return None
    shown, claims = numbers(case.messages[last.observations[0]].content), claimed_numbers(text)
    if (
        len(shown) != 1
        or len(claims) != 1
        or significant(claims[0].value) < 3
        or UNITS.get(claims[0].unit, _MONEY).dimension not in MONEY
    ):
        return None
    m, result = claims[0], abs(shown[0].value)
    told = "\n".join(n.content for n in case.messages[: step.message] if n.role in ("user", "system"))
    if not any(abs(abs(m.value) - result * power) <= m.ulp / 2 for power in _POWERS) or _SCALED.search(text + told):
        return None
    return Finding(
        "C2",
        f"says {m.text.strip()}, where {plain(shown[0].value)} was computed",
        (case.here(step, m.text, m.start, m.end),),
        silent=True,
    )


_MONEY = UNITS["USD"]


_SHORT = 200
"""Letters of a result beyond which it tells more than one number."""


def _result(case: Case, step: Step) -> Mention | None:
    """The one whole number that the one computation of a step gave."""
    calls = case.said(step).tool_calls
    if len(calls) != 1 or kind_of(calls[0]) in ("search", "open") or len(step.observations) != 1:
        return None
    observed = case.messages[step.observations[0]]
    shown = numbers(observed.content) if len(observed.content) <= _SHORT else []
    if failed(observed) or len(shown) != 1 or shown[0].value.denominator != 1 or abs(shown[0].value) < 2:
        return None
    return shown[0]
