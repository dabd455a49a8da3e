# ruff: noqa: E501  (patterns are data)
"""O1: what was computed right before the answer is told nowhere in it, and a new figure of its kind is told instead.

97 days were computed, and the answer says 107 days; 16650 was printed, and it says 17,650. Only where the output has hardly more than its result, and
no number that the user or the answer gives leads from the one figure to the other.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from graders.base import Case, Finding, Grader, LooksAt
from graders.calls import failed, kind_of
from graders.claims import claimed_numbers
from graders.numbers import Mention, numbers, plain
from graders.provenance import trailing
from graders.units import UNITS
from traces.record import Step

_SHORT = 80
"""Letters of an output that has hardly more than its result."""
_SCALES = tuple(Fraction(10) ** power for power in (-9, -6, -3, -2, 0, 2, 3, 6, 9))
_LOOSE = re.compile(
    r"(?:about|around|approximately|roughly|nearly|almost|over|under|than|least|most|within|up\s+to|some|~|≈|each|every|per|next|first|last)\s*\**[$€£]?$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class PassedOver(Grader):
    """Judges answers right behind a calculation."""

    name: ClassVar[str] = "passed_over"
    looks_at: ClassVar[LooksAt] = "answers"
    codes: ClassVar[tuple[str, ...]] = ("O1",)

    def judge(self, case: Case, step: Step) -> Iterator[Finding]:
        shown = _output(case, case.steps[step.index - 1]) if step.index else ()
        text = case.text(step)
        claims = claimed_numbers(text) if shown else ()
        if not claims or any(_tells(m, f) for m in numbers(text) for f in shown):
            return
        for m in claims:
            like = next((f for f in shown if _of_its_kind(m, f)), None)
            if (
                like is not None
                and not _LOOSE.search(text[max(0, m.start - 24) : m.start])
                and not case.knowledge.holds(m.value, step.message)
                and not _led_to(case, step, m, like)
            ):
                here = case.here(step, m.text, m.start, m.end)
                yield Finding(
                    "O1", f"says {m.text.strip()}, where {like.text.strip()} was computed", (here,), silent=True
                )
                return


def _output(case: Case, step: Step) -> tuple[Mention, ...]:
    """The few figures that the one calculation of a step gave."""
    calls = case.said(step).tool_calls
    if len(calls) != 1 or kind_of(calls[0]) not in ("calculator", "code") or len(step.observations) != 1:
        return ()
    observed = case.messages[step.observations[0]]
    if len(observed.content) > _SHORT or failed(observed):
        return ()
    found = tuple(f for f in numbers(observed.content) if f.value and not f.glued and not f.dated)
    return found if 1 <= len({abs(f.value) for f in found}) <= 2 else ()


def _tells(m: Mention, f: Mention) -> bool:
    """Whether a number is a computed one, perhaps rounded, in per cent, in thousands or in another unit of its kind."""
    factors = [*_SCALES]
    if m.unit and f.unit and m.unit != f.unit and UNITS[m.unit].dimension == UNITS[f.unit].dimension:
        factors = [UNITS[f.unit].factor / UNITS[m.unit].factor]
    value = abs(f.value)
    return any(
        abs(abs(r.value) - value * factor) <= max(trailing(r.value, r.ulp), r.ulp)
        for r in m.readings
        for factor in factors
    )


def _of_its_kind(m: Mention, f: Mention) -> bool:
    """Whether a figure has the unit of a computed one and is not far from it, or is one digit off."""
    if m.kind != "figure" or (f.unit and m.unit != f.unit):
        return False
    one, two = _digits(m), _digits(f)
    slip = len(one) == len(two) >= 3 and sum(a != b for a, b in zip(one, two, strict=True)) == 1
    near = Fraction(1, 2) < abs(m.value) / abs(f.value) < 2
    return near and (slip or bool(f.unit and m.value.denominator == f.value.denominator == 1 and abs(f.value) >= 10))


def _digits(m: Mention) -> str:
    return plain(abs(m.value)).replace(".", "").strip("0")


def _led_to(case: Case, step: Step, m: Mention, f: Mention) -> bool:
    """Whether a number that the user or the answer gives lies between the two, as their difference or ratio."""
    said = [n.content for n in case.messages[: step.message] if n.role in ("user", "system")]
    given = {abs(n.value) for text in (*said, case.text(step)) for n in numbers(text) if n is not m and not n.dated}
    a, b = abs(m.value), abs(f.value)
    return bool({abs(a - b), a / b, b / a, a + b} & given) or abs(a - b) == 1
