"""D3: a tool that cannot give what is needed, where the call itself shows it: prose for a calculator, a sentence for an interpreter."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from graders.base import Case, Finding, Grader, LooksAt
from graders.calls import failed, kind_of, strings
from traces.record import Evidence, Step

_WORD = re.compile(r"[^\W\d_]{2,}")
_SIGNS = re.compile(r"[=(){}\[\]<>;|&$*/\\\n]|(?<!\w)--?\w|\w_\w|\w\.\w")
_STATEMENT = re.compile(
    r"\s*(?:import|from|print|def|for|while|if|return|select|insert|update|delete|create|drop|with|show|describe|"
    r"git|pip|pip3|npm|cd|ls|cat|echo|cp|mv|rm|mkdir|python3?|bash|sudo|apt|grep|which|curl|wget|docker|make)\b",
    re.IGNORECASE,
)
_CODE = re.compile(r"\b[^\W\d_]\w*(?:-\w+)*\d[\w-]*")
_IN_WORDS = re.compile(
    r"\b(?:plus|minus|times|divided|multiplied|percent|square|squared|cubed|root|sqrt|log|power|sum|factorial|mod|solve|integral|derivative)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class WrongTool(Grader):
    """Only calls that failed: a calculator that understands words is no wrong tool."""

    name: ClassVar[str] = "wrong_tool"
    version: ClassVar[str] = "3"
    looks_at: ClassVar[LooksAt] = "calculations"
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
    """Words in a row without a sign that code or a formula is made of; a code such as "VZS-81271" in them is a name."""
    words = len(_WORD.findall(text))
    if code:
        return words >= 3 and not _SIGNS.search(text) and not _STATEMENT.match(text)
    bare = _CODE.sub("", text)
    return words >= 2 and not re.search(r"\d|[+*/^=(){}]", bare) and not _IN_WORDS.search(text)
