"""G2: the final answer is not the right one, compared by type, value, unit and tolerance. Its pass is what lets a trace be kept."""

from dataclasses import dataclass
from typing import ClassVar

from graders.base import Case, Finding, Grader, Unscored
from graders.keep import ANSWER_GRADER, NOTHING_KNOWN
from traces.record import Evidence, Step, VerdictSource


@dataclass(frozen=True)
class RightAnswer(Grader):
    """Judges the last step. An answer that gives up is not compared: whether it may is another grader's matter."""

    name: ClassVar[str] = ANSWER_GRADER
    version: ClassVar[str] = "9"
    source: ClassVar[VerdictSource] = "oracle"
    codes: ClassVar[tuple[str, ...]] = ("G2",)

    def judge(self, case: Case, step: Step) -> Finding | Unscored | None:
        if step != case.steps[-1]:
            return None
        found = case.outcome
        if found is None:
            return Unscored(NOTHING_KNOWN)
        if found.status == "right":
            return None
        if found.status != "wrong" or (case.oracle and case.oracle.answer.kind == "unknown"):
            return Unscored(found.reason or "the answer cannot be compared")
        evidence = Evidence(message=step.message, text=found.given or case.said(step).content[:120])
        return Finding("G2", f"the answer is wrong: {found.reason}", (evidence,), silent=True)
