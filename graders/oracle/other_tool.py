"""D3 with the oracle: a tool that looks like the one the plan names and does something else, in a trace whose answer is wrong.

Looks alike: the call would have fitted the other's schema as it is. Silent where the plan's own tool was called with success too, for then
the other was a side step; and about searching, calculating and running code, which serve for anything.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from graders.base import Case, Finding, Grader, Unscored
from graders.calls import failed, kind_of, kind_of_name
from traces.record import Evidence, Step, ToolCall, VerdictSource


@dataclass(frozen=True)
class OtherTool(Grader):
    """Blames each call of the wrong one of two."""

    name: ClassVar[str] = "other_tool"
    version: ClassVar[str] = "2"
    source: ClassVar[VerdictSource] = "oracle"
    codes: ClassVar[tuple[str, ...]] = ("D3",)

    def judge(self, case: Case, step: Step) -> list[Finding] | Unscored | None:
        if not case.way_known:
            return Unscored("nothing is known of the tools this task needs")
        calls = case.said(step).tool_calls
        if not calls or case.outcome is None or case.outcome.status != "wrong":
            return None
        missed = [name for name in _special(case) if not _worked(case, name)]
        return list(_confused(case, step, missed)) if missed else None


def _special(case: Case) -> list[str]:
    """The tools the plan names that nothing general can be told from, and that were offered."""
    assert case.oracle
    named = dict.fromkeys(node.tool for node in case.oracle.plan if node.tool != "none")
    return [name for name in named if name in case.offered and kind_of_name(name) == "other"]


def _worked(case: Case, name: str) -> bool:
    return any(
        not failed(answer)
        for step in case.steps
        for call in case.said(step).tool_calls
        if call.name == name and (answer := case.answer_to(step, call)) is not None
    )


def _confused(case: Case, step: Step, missed: list[str]) -> Iterator[Finding]:
    assert case.oracle
    planned = {node.tool for node in case.oracle.plan}
    for call in case.said(step).tool_calls:
        answer = case.answer_to(step, call)
        if kind_of(call) != "other" or call.name in planned or answer is None or failed(answer):
            continue
        meant = next((name for name in missed if _fits(call, case.offered[name])), None)
        if meant:
            here = Evidence(message=step.message, text=call.name, where="arguments")
            yield Finding("D3", f"calls {call.name}, where {meant} does what is asked", (here,), silent=True)


def _fits(call: ToolCall, schema: Mapping[str, Any]) -> bool:
    """Whether another tool takes these arguments too."""
    given = call.arguments.keys()
    return bool(given) and set(schema.get("required", ())) <= given <= set(schema.get("properties", ()))
