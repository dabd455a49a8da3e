"""O2, C2, C3, C5, C6: the step on the way where a wrong answer went wrong, found by the values of the oracle's plan."""

from dataclasses import dataclass
from typing import ClassVar

from graders.base import Case, Finding, Grader, Unscored
from graders.plan import blame
from traces.record import Step, VerdictSource


@dataclass(frozen=True)
class PlanValues(Grader):
    """Blames one step of a trace whose answer is wrong, or none: then the fault is the answer's own."""

    name: ClassVar[str] = "plan_values"
    version: ClassVar[str] = "5"
    source: ClassVar[VerdictSource] = "oracle"
    codes: ClassVar[tuple[str, ...]] = ("O2", "C2", "C3", "C5", "C6")

    def judge(self, case: Case, step: Step) -> Finding | Unscored | None:
        if not case.way_known:
            return Unscored("nothing is known of the task's plan")
        found = blame(case)
        if found is None or found.step != step.index:
            return None
        return Finding(found.code, found.reason, found.evidence, silent=True)
