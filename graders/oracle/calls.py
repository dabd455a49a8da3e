"""D1 and D2: tools called where none is needed, and no tool of a kind that the plan cannot do without."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from graders.base import Case, Finding, Grader, Unscored
from graders.calls import ToolKind, failed, kind_of, kind_of_name
from graders.stance import gives_up
from traces.record import Evidence, Step, VerdictSource

_FINDS: frozenset[ToolKind] = frozenset({"search", "open"})
_COMPUTES: frozenset[ToolKind] = frozenset({"calculator", "code"})
_NEEDED: dict[ToolKind, str] = {"search": "searching", "calculator": "calculating with a tool", "code": "running code"}
_UNKNOWN = "nothing is known of the tools this task needs"


def _serve(tool: str) -> frozenset[ToolKind]:
    """The kinds of tool that can do the work of the one a plan names; beside it, code and a calculator can do what a special one does."""
    return _FINDS if kind_of_name(tool) in _FINDS else _COMPUTES


@dataclass(frozen=True)
class NeededCalls(Grader):
    """D1 stands at each needless call, D2 at the answer. Code may stand for a calculator, a calculator for code, both for others."""

    name: ClassVar[str] = "needed_calls"
    version: ClassVar[str] = "4"
    source: ClassVar[VerdictSource] = "oracle"
    codes: ClassVar[tuple[str, ...]] = ("D1", "D2")

    def judge(self, case: Case, step: Step) -> list[Finding] | Unscored | None:
        if case.oracle is None:
            return self._without_oracle(case, step)
        if not case.oracle.tells_way:
            return Unscored(_UNKNOWN)
        calls = case.said(step).tool_calls
        if calls and case.oracle.calls == "forbidden":
            evidence = Evidence(message=step.message, text=calls[0].name, where="arguments")
            return [Finding("D1", f"calls {calls[0].name}, though the task needs no tool", (evidence,))]
        if step == case.final and case.oracle.calls == "required":
            return list(_missing(case, step))
        return None

    def _without_oracle(self, case: Case, step: Step) -> list[Finding] | Unscored | None:
        """That tools are needed can be proven of a task whose answer nobody tells."""
        need = case.task.need if case.task else None
        if need is None or not need.tools:
            return Unscored(_UNKNOWN)
        tried = gives_up(case.text(step))  # who says that the tools failed has used them
        if step != case.final or any(_counts(case, s, c, tried) for s in case.steps for c in case.said(s).tool_calls):
            return None
        evidence = (Evidence(message=step.message, text=case.said(step).content[:120]),)
        told = "answers without having called any tool, though the task is proven to need one"
        return [Finding("D2", told, evidence, silent=True)]


def _missing(case: Case, step: Step) -> Iterator[Finding]:
    """A tool that the plan names, was offered, and was never used with success (or at all, where the answer gives up)."""
    assert case.oracle
    text = case.said(step).content
    calls = [c for s in case.steps for c in case.said(s).tool_calls if _counts(case, s, c, gives_up(text))]
    done = {kind_of(call) for call in calls}
    evidence = (Evidence(message=step.message, text=text[:120]),)
    if not done and (case.oracle.answerable is False or not case.oracle.plan):
        yield Finding("D2", "answers without having called any tool", evidence, silent=True)
        return
    if gives_up(text) and done:
        return
    for tool in dict.fromkeys(node.tool for node in case.oracle.plan if node.tool != "none"):
        if not done & _serve(tool) and not any(c.name == tool for c in calls) and _offered(case, tool):
            what = _NEEDED.get(kind_of_name(tool), f"calling {tool}")
            yield Finding("D2", f"answers without {what}, which the task needs", evidence, silent=True)
            return


def _counts(case: Case, step: Step, call: object, attempts: bool) -> bool:
    answer = next((case.answer_to(step, c) for c in case.said(step).tool_calls if c is call), None)
    return attempts or answer is None or not failed(answer)


def _offered(case: Case, tool: str) -> bool:
    return not case.offered or any(name == tool or kind_of_name(name) in _serve(tool) for name in case.offered)
