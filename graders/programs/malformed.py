"""F1: a call that cannot be read. Also a call written out as text, where no call was made."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from graders.base import Case, Finding, Grader
from traces.record import Evidence, Step

_WRITTEN_OUT = re.compile(
    r"<tool_call>|<\|?(?:python_tag|tool_call|function_call)\|?>|<function=\w+>|\[TOOL_CALLS\]|"
    r"\{\s*\"(?:name|function|tool)\"\s*:\s*\"(?P<name>[\w.-]+)\"\s*,\s*\"(?:arguments|parameters|args|input)\"\s*:|"
    r"^Action:\s*(?P<action>[\w.-]+)\s*\n+Action Input:",
    re.MULTILINE,
)


@dataclass(frozen=True)
class Malformed(Grader):
    """Reads `ToolCall.malformed`; a written-out call counts only in a message without calls, and for a tool that is offered."""

    name: ClassVar[str] = "malformed"
    codes: ClassVar[tuple[str, ...]] = ("F1",)

    def judge(self, case: Case, step: Step) -> Iterator[Finding]:
        said = case.said(step)
        for call in said.tool_calls:
            if call.malformed:
                text = str(call.function.arguments)
                why = call.error or "not a JSON object"
                evidence = (Evidence(message=step.message, text=text[:200], where="arguments"),)
                yield Finding(
                    "F1", f"the arguments of {call.name or 'a call'} cannot be read: {why}", evidence, silent=False
                )
        if not said.tool_calls and (m := _WRITTEN_OUT.search(said.content)):
            named = m["name"] or m["action"]
            if case.offered and (named is None or named in case.offered):
                evidence = (Evidence(message=step.message, text=m[0], start=m.start(), end=m.end()),)
                yield Finding("F1", "a call is written out as text, so no call was made", evidence, silent=True)
