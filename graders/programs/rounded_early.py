"""C3 without the oracle: a result is rounded before it is used, and the figure that the answer gives is another one for it.

The answer must state the outcome of the calculations as it stands, with no word of being about right, and the exact operand must bring
another figure at the places that it shows. Silent where the query lets things be rounded or speaks of counts that come whole; about cents,
which amounts on the way may be rounded to; about what is left whole of a division, which may be a count; and about short figures, which
anybody may choose.
"""

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from graders.base import Case, Finding, Grader, LooksAt
from graders.claims import claimed_numbers
from graders.constants import constant
from graders.numbers import plain
from graders.provenance import significant
from graders.rounded import Change, Rounded, agree, roundings, unrounded
from graders.units import MONEY, UNITS
from traces.record import Step

_MAY_ROUND = re.compile(
    r"\b(?:round|nearest|whole|integer|estimat|approximat|about\s+how|rough|ballpark|full\s+(?:day|box|unit|pack)|significant|"
    r"rund|unge?f|gerundet|arrond|environ|redonde|aproxim|arrotond)",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"\b(?:about|around|approx\w*|roughly|nearly|almost|some|circa|ca\.|etwa|rund|ungefähr|environ|unos|cerca)\b|[~≈]",
    re.IGNORECASE,
)
_DIVIDES = re.compile(r"/(?!\s*100\b)")
_CENT = Fraction(1, 100)


@dataclass(frozen=True)
class RoundedEarly(Grader):
    """Judges each step with calculations of a trace that ends in an answer."""

    name: ClassVar[str] = "rounded_early"
    version: ClassVar[str] = "2"
    looks_at: ClassVar[LooksAt] = "calculations"
    codes: ClassVar[tuple[str, ...]] = ("C3",)

    def judge(self, case: Case, step: Step) -> Finding | None:
        if case.final is None or not step.index or (case.outcome is not None and case.outcome.status == "right"):
            return None
        for call in case.said(step).tool_calls:
            for rounded in roundings(case, step, call):
                if _telling(case, rounded) and not _free(case):
                    changes = unrounded(case, step, rounded)
                    if changes and _stated(case, changes[-1]):
                        was, exact = rounded.operand.text, plain(rounded.exact)
                        reason = f"calculates with {was} for {exact}, which changes the answer"
                        return Finding("C3", reason, rounded.evidence, silent=True)
        return None


def _telling(case: Case, rounded: Rounded) -> bool:
    """Whether an operand is too long a figure to have been chosen, and no amount in cents."""
    value, ulp = rounded.operand.value, rounded.operand.ulp
    if ulp == 1 and _DIVIDES.search(rounded.made_by):
        return False
    return significant(value) >= 3 and not constant(value, ulp) and not (ulp == _CENT and _about_money(case))


def _about_money(case: Case) -> bool:
    final = case.final
    return final is not None and any(
        m.unit and UNITS[m.unit].dimension in MONEY
        for text in (case.text(final), *(m.content for m in case.messages if m.role == "user"))
        for m in claimed_numbers(text)
    )


def _free(case: Case) -> bool:
    """Whether the query lets results be rounded, or the answer says that its figure is only about right."""
    assert case.final
    asked = "\n".join(m.content for m in case.messages if m.role == "user")
    return bool(_MAY_ROUND.search(asked) or _ABOUT.search(case.text(case.final)))


def _stated(case: Case, change: Change) -> bool:
    """Whether the answer gives what was computed, where the exact figure is another by more than the last digit shown."""
    assert case.final
    claims = claimed_numbers(case.text(case.final))
    came = [m for m in claims if agree(m, change.was)]
    return bool(came) and all(abs(m.value - change.exact) > m.ulp for m in came)
