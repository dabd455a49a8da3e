"""G4 and G5: an answer where none can be known, and none where one can. Giving up too early on what a fair search finds is G5 as well."""

from dataclasses import dataclass
from typing import ClassVar

from graders.base import Case, Finding, Grader, LooksAt, Unscored
from graders.stance import stance
from traces.record import Evidence, Step, VerdictSource


@dataclass(frozen=True)
class Abstention(Grader):
    """Judges the final answer's stance. A refusal is right only where the oracle says that nothing can be known."""

    name: ClassVar[str] = "abstention"
    source: ClassVar[VerdictSource] = "oracle"
    looks_at: ClassVar[LooksAt] = "answers"
    codes: ClassVar[tuple[str, ...]] = ("G4", "G5")

    def judge(self, case: Case, step: Step) -> Finding | Unscored | None:
        if step != case.final:
            return None
        if case.oracle is None or case.outcome is None:
            return Unscored("nothing is known of whether the task can be answered")
        text = case.text(step)
        evidence = (Evidence(message=step.message, text=text[:200]),)
        how = stance(text)
        unknowable = not case.oracle.answerable or case.oracle.answer.kind == "unknown"
        if unknowable and how == "answers":
            return Finding("G4", "answers what cannot be known from what it has", evidence, silent=True)
        gives_up = how in ("unknown", "declines") or (case.oracle.answer.kind == "free" and bool(text.strip()))
        if not unknowable and gives_up and case.outcome.status == "none":
            return Finding("G5", "gives up on a task that can be solved", evidence, silent=True)
        return None
