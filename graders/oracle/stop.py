"""D5: stops before the end of the plan: an intermediate value is given for the answer, or nothing is answered at all."""

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from graders.base import Case, Finding, Grader, Unscored
from graders.claims import claimed_numbers
from graders.oracle.scale import off_by_a_unit
from graders.plan import node_value, stopped_at
from graders.units import unit_named
from traces.record import Evidence, Step, VerdictSource

_UNKNOWN = "nothing is known of the task's plan"


@dataclass(frozen=True)
class Stop(Grader):
    """Judges the last step, where the answer is wrong or missing."""

    name: ClassVar[str] = "stop"
    version: ClassVar[str] = "2"
    source: ClassVar[VerdictSource] = "oracle"
    codes: ClassVar[tuple[str, ...]] = ("D5",)

    def judge(self, case: Case, step: Step) -> Finding | Unscored | None:
        if step != case.steps[-1]:
            return None
        if case.oracle is None:
            return Unscored(_UNKNOWN)
        if not case.is_answer(step) or case.outcome is None or case.outcome.status == "right":
            return None
        text = case.text(step)
        if not text.strip():
            return Finding("D5", "ends without an answer", (Evidence(message=step.message, text=""),), silent=True)
        if not case.way_known:
            return Unscored(_UNKNOWN)
        node = stopped_at(case, text)
        if node is None or _in_another_unit(case, text):
            return None
        what = str(node.args.get("what", node.op))
        return Finding(
            "D5",
            f"stops at {what}, a step before the answer",
            (Evidence(message=step.message, text=text[:120]),),
            silent=True,
        )


def _in_another_unit(case: Case, text: str) -> bool:
    """Whether the answer gives an intermediate value as if it stood in the unit that was asked for: that is a slip of units."""
    assert case.oracle
    answer = case.oracle.answer
    wanted = node_value(answer.value) if answer.kind == "number" else None
    asked = unit_named(answer.unit) if answer.unit else None
    return any(
        wanted is not None
        and asked is not None
        and m.unit == asked.name
        and off_by_a_unit(m, wanted, Fraction(answer.tolerance or "0"))
        for m in claimed_numbers(text)
    )
