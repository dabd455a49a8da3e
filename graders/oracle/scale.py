"""C2 at the answer: the right value but for a unit factor or a power of ten, such as minutes given as hours."""

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from graders.base import Case, Finding, Grader, Unscored
from graders.claims import claimed_numbers
from graders.numbers import Mention
from graders.plan import node_value
from traces.record import Evidence, Step, VerdictSource

_TEXTS = "60 3600 24 7 12 10 100 1000 1000000 1.609344 0.3048 0.45359237 2.54 1.852 3.6"
_FACTORS = tuple(Fraction(text) for text in _TEXTS.split())


@dataclass(frozen=True)
class Scale(Grader):
    """Judges a final answer that is wrong and a number. The figure must have two digits, and agree to the places written."""

    name: ClassVar[str] = "scale"
    source: ClassVar[VerdictSource] = "oracle"
    codes: ClassVar[tuple[str, ...]] = ("C2",)

    def judge(self, case: Case, step: Step) -> Finding | Unscored | None:
        if step != case.final or case.outcome is None or case.oracle is None:
            return None if case.oracle else Unscored("nothing is known of the right answer")
        if case.outcome.status != "wrong" or case.oracle.answer.kind != "number":
            return None
        wanted = node_value(case.oracle.answer.value)
        for mention in claimed_numbers(case.text(step)):
            if wanted and off_by_a_unit(mention, wanted, Fraction(case.oracle.answer.tolerance or "0")):
                here = Evidence(message=step.message, text=mention.text, start=mention.start, end=mention.end)
                return Finding("C2", f"{mention.text} is off by a unit or a power of ten", (here,), silent=True)
        return None


def off_by_a_unit(mention: Mention, wanted: Fraction, tolerance: Fraction) -> bool:
    """Whether a figure is the wanted one times a unit factor or a power of ten, to the places of both."""
    value, ulp = mention.readings[0]
    if not value or (ulp * 4 > abs(value) and value.denominator == 1):
        return False
    factors = (f for g in _FACTORS for f in (g, 1 / g))
    return any(abs(abs(value) - abs(wanted) * f) <= max(ulp / 2, abs(value) / 10**6, tolerance * f) for f in factors)
