"""D3: a tool that cannot give what is needed, where the call itself shows it: prose for a calculator, a sentence for an interpreter."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from graders.base import Case, Finding, Grader
from graders.calls import failed, kind_of, strings
from traces.record import Evidence, Step

_WORD = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True)
class WrongTool(Grader):
    """Only calls that failed: a calculator that understands words is no wrong tool."""

    name: ClassVar[str] = "wrong_tool"
    codes: ClassVar[tuple[str, ...]] = ("D3",)

    def judge(self, case: Case, step: Step) -> Iterator[Finding]:
        for call in case.said(step).tool_calls:
            kind, answer = kind_of(call), case.answer_to(step, call)
            if kind not in ("calculator", "code") or answer is None or not failed(answer):
                continue
            for text in strings(call.arguments):
                if _is_prose(text, kind == "code"):
                    here = Evidence(message=step.message, text=text[:120], where="arguments")
                    yield Finding("D3", f"{call.name} is given words, not what it works on", (here,), silent=False)


def _is_prose(text: str, code: bool) -> bool:
    words = len(_WORD.findall(text))
    if code:
        return words >= 5 and not re.search(
            r"[=(){}\[\]<>]|\b(?:import|print|def|for|return|select)\b", text, re.IGNORECASE
        )
    return words >= 3 and not re.search(r"\d|[+*/^=(){}]", text)
