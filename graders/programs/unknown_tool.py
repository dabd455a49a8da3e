"""F2: a call of a tool that was not offered."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from graders.base import Case, Finding, Grader, LooksAt, Unscored
from traces.imports.trace import HANDS_IN
from traces.record import Evidence, Step


@dataclass(frozen=True)
class UnknownTool(Grader):
    """Compares names with the schemas that travel with the trace; unscored where none do. The last call may hand in an answer."""

    name: ClassVar[str] = "unknown_tool"
    looks_at: ClassVar[LooksAt] = "calls"
    codes: ClassVar[tuple[str, ...]] = ("F2",)

    def judge(self, case: Case, step: Step) -> Iterable[Finding] | Unscored | None:
        calls = case.said(step).tool_calls
        if not calls:
            return None
        if not case.offered:
            return Unscored("the trace does not say which tools were offered")
        return [
            Finding(
                "F2",
                f"there is no tool {call.name!r}; offered: {', '.join(case.offered)}",
                (Evidence(message=step.message, text=call.name, where="arguments"),),
                silent=False,
            )
            for call in calls
            if call.name not in case.offered and not (step == case.final and call.name.casefold() in HANDS_IN)
        ]
