"""G3: the answer breaks a demand on its form that the oracle knows; each demand is checked by a function of its own."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from graders.base import Case, Finding, Grader, LooksAt, Unscored
from scenarios.demands import met, told
from traces.record import Evidence, Step, VerdictSource
from traces.task import Demands


@dataclass(frozen=True)
class MeetsDemands(Grader):
    """Judges the answer alone. Demands on content are nobody's business here."""

    name: ClassVar[str] = "demands"
    source: ClassVar[VerdictSource] = "oracle"
    looks_at: ClassVar[LooksAt] = "answers"
    codes: ClassVar[tuple[str, ...]] = ("G3",)

    def judge(self, case: Case, step: Step) -> list[Finding] | Unscored | None:
        if case.oracle is None:
            return Unscored("nothing is known of the task") if step == case.final else None
        if step != case.final or not isinstance(case.oracle.tests, Demands):
            return None
        return list(_broken(case.oracle.tests, case.text(step), step))


def _broken(demands: Demands, text: str, step: Step) -> Iterator[Finding]:
    evidence = (Evidence(message=step.message, text=text[:120]),)
    for demand in demands.demands:
        if not met(demand, text):
            yield Finding("G3", f"was to {told(demand)}", evidence, silent=True)
