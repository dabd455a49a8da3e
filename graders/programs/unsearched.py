"""G5 without the oracle: an answer says that something cannot be found, and what the user named was never looked for.

Asks for a search tool that was offered. Either no call was made at all, or another name of the same query was searched for: a name
given in passing is then told from one that was asked about. With the oracle it is known whether the task can be solved.
"""

from dataclasses import dataclass
from typing import ClassVar

from graders.asked import asked_for, neglected
from graders.base import Case, Finding, Grader, LooksAt
from graders.calls import empty, failed, kind_of_name
from graders.stance import stance
from traces.record import Evidence, Step


@dataclass(frozen=True)
class Unsearched(Grader):
    """Judges the last step, where it says that it is not known; one that declines or asks back may have other reasons."""

    name: ClassVar[str] = "unsearched"
    version: ClassVar[str] = "5"
    looks_at: ClassVar[LooksAt] = "answers"
    codes: ClassVar[tuple[str, ...]] = ("G5",)

    def judge(self, case: Case, step: Step) -> Finding | None:
        if case.oracle is not None or step != case.final or stance(case.text(step)) != "unknown":
            return None
        left = tuple(neglected(case, step))
        if not left or not any(kind_of_name(name) == "search" for name in case.offered):
            return None
        if all(failed(case.messages[i]) for s in case.steps[-3:-1] for i in s.observations) and step.index > 1:
            return None
        found = [case.messages[i] for s in case.steps for i in s.observations]
        if found and all(failed(m) or empty(m) for m in found):
            return None  # the rest may hang on what was not found
        called = any(case.said(s).tool_calls for s in case.steps)
        if called and len(left) == len(asked_for(case, step)):
            return None
        here = Evidence(message=step.message, text=case.text(step)[:200])
        return Finding("G5", f"gives up, and {left[0]} was never looked for", (here,), silent=True)
