"""Hand-made traces: a few calls of these make any conversation."""

from collections.abc import Callable
from typing import Any

import pytest

from graders.base import Case, all_graders, judge_all
from traces.record import Ending, Execution, FunctionCall, Message, ToolCall, ToolErrorKind, ToolResult, Verdict
from traces.task import Answer, Oracle, PlanNode, Task


def function(name: str, **properties: Any) -> dict[str, Any]:
    required = [key for key, value in properties.items() if "default" not in value]
    parameters = {"type": "object", "properties": properties, "required": required, "additionalProperties": False}
    return {"type": "function", "function": {"name": name, "description": "", "parameters": parameters}}


TOOLS = (
    function("search", query={"type": "string"}, limit={"type": "integer", "minimum": 1, "maximum": 20, "default": 5}),
    function("open_page", id={"type": "string"}, part={"type": "integer", "minimum": 1, "default": 1}),
    function("calculator", expression={"type": "string"}),
    function("python", code={"type": "string"}),
)


class Talk:
    """A conversation under construction; every method returns it."""

    def __init__(self, query: str = "", tools: tuple[dict[str, Any], ...] = TOOLS) -> None:
        self.messages: list[Message] = []
        self.tools, self.query = tools, query
        self.oracle: Oracle | None = None
        self.ending = Ending(kind="answered")
        self.executions: tuple[Execution, ...] = ()
        if query:
            self.user(query)

    def user(self, text: str) -> "Talk":
        self.messages.append(Message(role="user", content=text, origin="user"))
        return self

    def system(self, text: str) -> "Talk":
        self.messages.append(Message(role="system", content=text, origin="system"))
        return self

    def calls(
        self, *calls: tuple[str, dict[str, Any] | str, Any], says: str = "", reasoning: str | None = None
    ) -> "Talk":
        """One assistant message with calls, each `(tool, arguments, observation)`; an observation `(kind, text)` is an error."""
        made = [
            ToolCall(
                id=f"c{len(self.messages)}_{place}",
                function=FunctionCall(name=name, arguments=arguments),
                error="not JSON" if isinstance(arguments, str) else None,
            )
            for place, (name, arguments, _) in enumerate(calls)
        ]
        self.messages.append(
            Message(role="assistant", content=says, origin="sampled", tool_calls=tuple(made), reasoning=reasoning)
        )
        for call, (name, _, seen) in zip(made, calls, strict=True):
            kind: ToolErrorKind | None = seen[0] if isinstance(seen, tuple) else None
            text = seen[1] if isinstance(seen, tuple) else seen
            result = ToolResult(status="error" if kind else "ok", error=kind)
            self.messages.append(
                Message(role="tool", content=text, origin="tool", tool_call_id=call.id, name=name, result=result)
            )
        return self

    def search(self, query: str, seen: Any, says: str = "") -> "Talk":
        return self.calls(("search", {"query": query}, seen), says=says)

    def page(self, id: str, seen: Any, says: str = "") -> "Talk":
        return self.calls(("open_page", {"id": id}, seen), says=says)

    def page_of(self, seen: Any) -> "Talk":
        """A file read by some tool that was not described."""
        self.tools = ()
        return self.calls(("read_file", {"name": "notes"}, seen))

    def calculate(self, expression: str, seen: Any, says: str = "") -> "Talk":
        return self.calls(("calculator", {"expression": expression}, seen), says=says)

    def code(self, code: str, seen: Any, says: str = "") -> "Talk":
        return self.calls(("python", {"code": code}, seen), says=says)

    def answers(self, text: str, reasoning: str | None = None) -> "Talk":
        self.messages.append(Message(role="assistant", content=text, origin="sampled", reasoning=reasoning))
        return self

    def truth(self, answer: Answer, *plan: PlanNode, **oracle: Any) -> "Talk":
        self.oracle = Oracle(answer=answer, plan=plan, **oracle)
        return self

    def ends(self, kind: Any) -> "Talk":
        self.ending = Ending(kind=kind)
        return self

    @property
    def case(self) -> Case:
        names = tuple(tool["function"]["name"] for tool in self.tools)
        task = Task(family="hand", query=self.query, tools=names, oracle=self.oracle) if self.oracle else None
        return Case(tuple(self.messages), self.tools, self.ending, task, self.executions)

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        return judge_all(self.case, all_graders().values())

    @property
    def faults(self) -> set[tuple[int, str]]:
        """Every failing verdict as (step, code); a grader that broke fails the test."""
        verdicts = self.verdicts
        assert [v for v in verdicts if v.status == "error"] == []
        return {(v.step, v.code or "") for v in verdicts if v.status == "fail"}


@pytest.fixture(name="talk")
def fixture_talk() -> Callable[..., Talk]:
    return Talk
