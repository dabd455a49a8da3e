"""C6 at the step where a wrong program was first written, by the trials recorded with the trace."""

from dataclasses import dataclass
from typing import ClassVar

from graders.base import Case, Finding, Grader, Unscored
from traces.record import Evidence, Step, VerdictSource
from traces.task import Demands


@dataclass(frozen=True)
class FirstWrongProgram(Grader):
    """Judges only traces whose final program fails: one that was wrong, seen to be wrong and mended is how code is written."""

    name: ClassVar[str] = "first_wrong_program"
    source: ClassVar[VerdictSource] = "oracle"
    codes: ClassVar[tuple[str, ...]] = ("C6",)

    def judge(self, case: Case, step: Step) -> Finding | Unscored | None:
        if case.oracle is None:
            return Unscored("nothing is known of the task") if step == case.final else None
        if case.oracle.tests is None or isinstance(case.oracle.tests, Demands):
            return None
        if not case.executions:
            return Unscored("no program was tried") if step == case.final else None
        *before, last = case.executions
        failed = next((e for e in before if not e.passed), None)
        if last.passed or failed is None or failed.step != step.index:
            return None
        text = case.said(step).tool_calls[0].name
        return Finding(
            "C6", f"the program is wrong: {failed.reason}", (Evidence(message=step.message, text=text),), silent=True
        )
