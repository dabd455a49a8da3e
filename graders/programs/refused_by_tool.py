"""F2 and F3 by the tool's own word: it says that there is no such tool, or that an argument is missing, unexpected or of the wrong type.

For traces whose schemas are not known, or say less than the tool asks. Tools of ours report kinds of error, which other graders read; what
a program prints about its own functions is none of this.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from graders.base import Case, Finding, Grader, LooksAt
from graders.calls import kind_of
from traces.record import Evidence, Message, Step

_UNKNOWN = re.compile(
    r"\bno\s+such\s+(?:tool|function)\b|\bunknown\s+(?:tool|function)\b|\binvalid\s+(?:tool|function)\s+name\b|\b(?:tool|function)\s+[`'\"]?[\w.-]+[`'\"]?\s+(?:was\s+)?(?:not\s+found|does\s+not\s+exist|is\s+not\s+(?:a\s+valid|available|recognized|registered|defined))|[`'\"]?[\w.-]+[`'\"]?\s+is\s+not\s+a\s+valid\s+tool\b",
    re.IGNORECASE,
)
_SHAPE = re.compile(
    r"\bmissing\s+(?:\d+\s+)?required\s+(?:positional\s+|keyword-only\s+|input\s+)?(?:argument|parameter|field|propert(?:y|ies))|\bgot\s+an\s+unexpected\s+keyword\s+argument|"
    r"\b(?:is\s+a\s+required\s+(?:property|parameter|field|argument)|additional\s+properties\s+are\s+not\s+allowed|unexpected\s+(?:argument|parameter|keyword)|is\s+not\s+of\s+type|input\s+should\s+be\s+a\s+valid)\b|"
    r"\b(?:missing|required)\s+(?:argument|parameter|field)s?\b\s*[:'\"`(]|\bfield\s+required\b|\binvalid\s+(?:argument|parameter)\s+type\b|\bmust\s+be\s+(?:of\s+type\s+|an?\s+)(?:string|integer|number|array|object|boolean|list|float|int|str|dict)\b",
    re.IGNORECASE,
)
_LONGEST = 800
"""Characters of a report at most: pages speak of functions and fields too."""


@dataclass(frozen=True)
class RefusedByTool(Grader):
    """Each call with the answer it got."""

    name: ClassVar[str] = "refused_by_tool"
    looks_at: ClassVar[LooksAt] = "calls"
    codes: ClassVar[tuple[str, ...]] = ("F2", "F3")

    def judge(self, case: Case, step: Step) -> Iterator[Finding]:
        for call in case.said(step).tool_calls:
            answer = case.answer_to(step, call)
            if call.malformed or answer is None or not _foreign(answer) or kind_of(call) == "code":
                continue
            for code, pattern in (("F2", _UNKNOWN), ("F3", _SHAPE)):
                if m := pattern.search(answer.content):
                    there = Evidence(message=case.messages.index(answer), text=m[0], start=m.start(), end=m.end())
                    yield Finding(code, f"{call.name} was refused: {m[0]}", (there,), silent=False)
                    break


def _foreign(answer: Message) -> bool:
    """Whether a tool that is none of ours may report a refusal here: in a short text with a word that every such report has."""
    if len(answer.content) > _LONGEST or (answer.result is not None and (answer.result.error or answer.result.data)):
        return False
    low = answer.content.lower()
    return any(hint in low for hint in _HINTS)


_HINTS = ("tool", "function", "argument", "parameter", "field", "propert", "keyword", "type", "input", "must be")
