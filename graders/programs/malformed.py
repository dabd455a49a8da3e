"""F1: a call that cannot be read. Also a call written out as text, where no call was made."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from graders.base import Case, Finding, Grader
from tools.quotations import blanked
from tools.written_calls import written_calls
from traces.record import Evidence, Step

_MARKS = re.compile(
    r"(?:<tool_call>|<\|?(?:python_tag|tool_call|function_call)\|?>|<function=[\w.-]+>|\[TOOL_CALLS\]|<[|｜]tool[▁_]calls?[▁_]begin[|｜]>)"
    r"(?=\s*[\[{(<]|[ \t]*\n|\s*\Z|\w)"
)
"""Marks of calls as they open one; in the middle of a sentence they are only spoken of."""
NARRATED = "calls narrated but not made"
"""What a reason begins with where calls stand in the text instead of being made."""


@dataclass(frozen=True)
class Malformed(Grader):
    """Reads `ToolCall.malformed`; a written-out call counts only in a message without calls, and for a tool that is offered."""

    name: ClassVar[str] = "malformed"
    version: ClassVar[str] = "3"
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
        if said.tool_calls or not case.offered:
            return
        if calls := written_calls(said.content, case.offered):
            first = calls[0]
            span = said.content[first.start : first.end]
            evidence = (Evidence(message=step.message, text=span, start=first.start, end=first.end),)
            named = ", ".join(dict.fromkeys(call.name for call in calls))
            yield Finding(
                "F1", f"{NARRATED}: {named} stands in the text, in {first.notation} notation", evidence, silent=True
            )
        elif m := _MARKS.search(blanked(said.content)):
            evidence = (Evidence(message=step.message, text=m[0], start=m.start(), end=m.end()),)
            yield Finding("F1", f"{NARRATED}: the text holds {m[0]}, the mark of a call", evidence, silent=True)
