"""P3: the same sequence of calls run through three times: going back and forth without progress. Single repeated calls are P1."""

from dataclasses import dataclass
from typing import ClassVar

from graders.base import Case, Finding, Grader, LooksAt
from graders.programs.duplicates import spelling
from traces.record import Evidence, Step


@dataclass(frozen=True)
class Thrash(Grader):
    """Reported once, at the step that completes the third round."""

    name: ClassVar[str] = "thrash"
    looks_at: ClassVar[LooksAt] = "calls"
    codes: ClassVar[tuple[str, ...]] = ("P3",)

    def judge(self, case: Case, step: Step) -> Finding | None:
        if not case.said(step).tool_calls or step.index < 5:
            return None
        done = case.once(_done)[: step.index + 1]
        for length in range(2, len(done) // 3 + 1):
            if not done[-1] == done[-1 - length] == done[-1 - 2 * length]:
                continue
            rounds = [done[len(done) - length * (n + 1) : len(done) - length * n] for n in range(3)]
            if rounds[0] == rounds[1] == rounds[2] and len(set(rounds[0])) > 1 and all(rounds[0]):
                evidence = (Evidence(message=step.message, text=done[-1][:200], where="arguments"),)
                return Finding("P3", f"goes through the same {length} calls for the third time", evidence)
        return None


def _done(case: Case) -> list[str]:
    """The calls of each step, in one order and spelling."""
    return ["|".join(sorted(spelling(case, c) for c in case.said(s).tool_calls)) for s in case.steps]
