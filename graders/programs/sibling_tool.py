"""D3 without the oracle: a tool is called where one beside it, with the same arguments, bears the very words that were asked for.

`count_days` for working days, `net_weight` for the gross weight. Only where the word that says which kind stands right before the noun, as
in the name, in the query or in what the answer says of the result; nothing there tells of the tool that was called; the other was never
used; and the answer gives a figure of the result.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from graders.base import Case, Finding, Grader, LooksAt
from graders.calls import failed, kind_of_name
from graders.claims import claimed_numbers
from graders.numbers import numbers
from traces.record import Evidence, Message, Step

_PART = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_DENIED = re.compile(r"\b(?:not|no|only|just|besides|without|excluding|rather|instead|than|n't)\b", re.IGNORECASE)
_SHORTEST = 4
"""Letters of a word in a tool's name that says what it does."""


@dataclass(frozen=True)
class SiblingTool(Grader):
    """Judges calls that worked; silent about searching, calculating and running code, which serve for anything."""

    name: ClassVar[str] = "sibling_tool"
    version: ClassVar[str] = "2"
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
    """The other tools offered that take the same arguments."""
    schema = case.offered[called]
    for name, other in case.offered.items():
        same = all(set(schema.get(key, ())) == set(other.get(key, ())) for key in ("properties", "required"))
        if name != called and same and schema.get("properties"):
            yield name


def _words(name: str) -> list[str]:
    return [part.lower() for part in _PART.findall(name)]


def _asked_for(case: Case, step: Step, called: str, other: str) -> bool:
    """Whether all that tells the other tool from the one called was asked for, and nothing that tells the one called."""
    texts = [m.content for m in case.messages[: step.message] if m.role == "user"]
    texts += [case.text(case.final)] if case.final else []
    mine, others = _words(called), _words(other)
    wanted = [place for place, word in enumerate(others) if word not in mine]
    own = {word for word in mine if word not in others}
    if not wanted or any(_stands(word, text) for word in own for text in texts):
        return False
    return any(all(_bears(others, place, mine, text) for place in wanted) for text in texts)


def _bears(name: Sequence[str], place: int, shared: Collection[str], text: str) -> bool:
    """Whether a text has a word of a name right before the one that both names share, as the name has it: a word that says which kind."""
    word, noun = name[place], name[place + 1] if place + 1 < len(name) else ""
    if len(word) < _SHORTEST or noun not in shared:
        return False
    found = re.finditer(rf"\b{word}\w{{0,3}}[\s-]+{noun.removesuffix('s')}", text, re.IGNORECASE)
    return any(not _DENIED.search(text[max(0, m.start() - 24) : m.start()]) for m in found)


def _stands(word: str, text: str) -> bool:
    """Whether a text has a word, maybe with an ending."""
    return bool(re.search(rf"\b{word}", text, re.IGNORECASE))


def _used(case: Case, name: str) -> bool:
    return any(call.name == name for step in case.steps for call in case.said(step).tool_calls)


def _answers_with(case: Case, answer: Message) -> bool:
    """Whether the final answer gives a figure of a result."""
    shown = {m.value for m in numbers(answer.content)}
    return case.final is not None and any(m.value in shown for m in claimed_numbers(case.text(case.final)))
