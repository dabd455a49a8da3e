"""D3 without the oracle: a tool is called where one beside it, with the same arguments, bears the very word that was asked for.

`simple_interest` for interest that is compounded, `count_days` for working days. Only where that word stands in the query (or in what the
answer says of the result) and nothing of what tells the called tool from the other does, the other was never used, and the answer
gives a figure of the result.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from graders.base import Case, Finding, Grader, LooksAt
from graders.calls import failed, kind_of_name
from graders.claims import claimed_numbers
from graders.numbers import numbers
from traces.record import Evidence, Message, Step

_PART = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_SHORTEST = 4
"""Letters of a word in a tool's name that says what it does."""


@dataclass(frozen=True)
class SiblingTool(Grader):
    """Judges calls that worked; silent about searching, calculating and running code, which serve for anything."""

    name: ClassVar[str] = "sibling_tool"
    looks_at: ClassVar[LooksAt] = "calls"
    codes: ClassVar[tuple[str, ...]] = ("D3",)

    def judge(self, case: Case, step: Step) -> Iterator[Finding]:
        for call in case.said(step).tool_calls:
            answer = case.answer_to(step, call)
            if call.name not in case.offered or kind_of_name(call.name) != "other" or answer is None or failed(answer):
                continue
            other = next((name for name in _siblings(case, call.name) if _asked_for(case, step, call.name, name)), None)
            if other and not _used(case, other) and _answers_with(case, answer):
                here = Evidence(message=step.message, text=call.name, where="arguments")
                yield Finding("D3", f"calls {call.name}, where {other} bears the word asked for", (here,), silent=True)


def _siblings(case: Case, called: str) -> Iterator[str]:
    """The other tools offered that take the same arguments and share a word of the name."""
    schema = case.offered[called]
    for name, other in case.offered.items():
        same = all(set(schema.get(key, ())) == set(other.get(key, ())) for key in ("properties", "required"))
        if name != called and same and schema.get("properties") and _words(name) & _words(called):
            yield name


def _words(name: str) -> set[str]:
    return {part.lower() for part in _PART.findall(name)}


def _asked_for(case: Case, step: Step, called: str, other: str) -> bool:
    """Whether all that tells the other tool from the one called was asked for, and nothing that tells the one called."""
    wanted = {word for word in _words(other) - _words(called) if len(word) >= _SHORTEST}
    texts = [m.content for m in case.messages[: step.message] if m.role == "user"]
    said = [case.text(case.final)] if case.final else []
    own = _words(called) - _words(other)
    return bool(wanted) and any(
        all(_stands(word, text) for word in wanted)
        and not any(_stands(word, t) for t in (*texts, *said) for word in own)
        for text in (*texts, *said)
    )


def _stands(word: str, text: str) -> bool:
    """Whether a text has a word, maybe with an ending."""
    return bool(re.search(rf"\b{word}", text, re.IGNORECASE))


def _used(case: Case, name: str) -> bool:
    return any(call.name == name for step in case.steps for call in case.said(step).tool_calls)


def _answers_with(case: Case, answer: Message) -> bool:
    """Whether the final answer gives a figure of a result."""
    shown = {m.value for m in numbers(answer.content)}
    return case.final is not None and any(m.value in shown for m in claimed_numbers(case.text(case.final)))
