"""C2 without the oracle: a figure in one unit is answered in another of its kind, and nothing was converted on the way.

The query asks for a unit ("how many hours", "per kilogram") and gives its figure in another ("litres per minute", "273.5 pounds"), and
only calculators were used, on the figures of the query and earlier results alone: without a factor no conversion can have happened.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from graders.base import Case, Finding, Grader, LooksAt
from graders.calls import kind_of, strings
from graders.claims import claimed_numbers
from graders.numbers import numbers
from traces.record import Evidence, Step, ToolCall

_UNITS = {
    "minute": r"min(?:ute)?s?",
    "hour": r"(?:hours?|hrs?)",
    "second": r"sec(?:ond)?s?",
    "kilogram": r"(?:kilograms?|kilos?|kg)",
    "pound": r"(?:pounds?|lbs?)",
    "mile": r"miles?",
    "kilometre": r"(?:kilomet(?:re|er)s?|km)",
}
_KINDS = (("minute", "hour"), ("second", "minute"), ("second", "hour"), ("kilogram", "pound"), ("mile", "kilometre"))
_MONEY_POUNDS = re.compile(r"£|\bGBP\b|\bsterling\b|\bpence\b", re.IGNORECASE)

_FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?")


@dataclass(frozen=True)
class Unconverted(Grader):
    """Judges the last step, where its figure is the result of the calculation before."""

    name: ClassVar[str] = "unconverted"
    looks_at: ClassVar[LooksAt] = "answers"
    codes: ClassVar[tuple[str, ...]] = ("C2",)

    def judge(self, case: Case, step: Step) -> Finding | None:
        if step != case.final or step.index == 0:
            return None
        if case.outcome is not None and case.outcome.status == "right":
            return None
        calls = [(s, c) for s in case.steps[: step.index] for c in case.said(s).tool_calls]
        if any(kind_of(c) != "calculator" for _, c in calls):
            return None
        missing = next(_asked_in_another("\n".join(case.asked(step))), None)
        if (
            missing is None
            or _says(case.text(step), missing[0])
            or not _only_given(case, calls)
            or not _answered(case, step)
        ):
            return None
        here = Evidence(message=step.message, text=case.text(step)[:200])
        return Finding("C2", f"goes from {missing[0]}s to {missing[1]}s without a factor", (here,), silent=True)


def _asked_in_another(query: str) -> Iterator[tuple[str, str]]:
    """The unit given and the unit asked for, where the query has both."""
    for pair in _KINDS:
        for given, wanted in (pair, pair[::-1]):
            if "pound" in pair and _MONEY_POUNDS.search(query):
                continue
            if (
                _asks(query, wanted)
                and not _asks(query, given)
                and _figured(query, given)
                and not _figured(query, wanted)
            ):
                yield given, wanted


def _asks(query: str, unit: str) -> bool:
    """Whether a unit stands where a query says what is wanted, or what a price or rate is for."""
    return bool(
        re.search(
            rf"\bhow\s+many\s+{_UNITS[unit]}\b|\bin\s+{_UNITS[unit]}\b|^{_UNITS[unit]}\s+to\b|[.?!]\s+{_UNITS[unit]}\s+to\b|\b(?:per|every|each)\s+{_UNITS[unit]}\b(?=.*\bcost|.*\bprice|.*\bset\s+me\s+back)",
            query,
            re.IGNORECASE | re.DOTALL,
        )
    )


def _says(text: str, unit: str) -> bool:
    return bool(re.search(rf"(?<![a-z]){_UNITS[unit]}\b", text, re.IGNORECASE))


def _figured(query: str, unit: str) -> bool:
    """Whether a figure of the query is in a unit, or in something by that unit ("416 litres per minute")."""
    return bool(
        re.search(
            rf"\d\s*{_UNITS[unit]}\b|\d\s*\w+\s*(?:\bper\b|\ba\b|\beach\b|/)\s*{_UNITS[unit]}\b", query, re.IGNORECASE
        )
    )


def _only_given(case: Case, calls: Sequence[tuple[Step, ToolCall]]) -> bool:
    """Whether calculations are on nothing but figures of the query and earlier results."""
    figures = [
        (Fraction(f.replace(",", "")), s) for s, c in calls for t in strings(c.arguments) for f in _FIGURE.findall(t)
    ]
    return all(case.knowledge.source(f, s.message) for f, s in figures)


def _answered(case: Case, step: Step) -> bool:
    """Whether the answer's one figure is what the step before computed."""
    said = claimed_numbers(case.text(step))
    shown = [r for o in case.observed(case.steps[step.index - 1]) for r in numbers(o.content)]
    return len(said) == 1 and any(abs(said[0].value - r.value) <= said[0].ulp for r in shown)
