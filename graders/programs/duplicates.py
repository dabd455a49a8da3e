"""P1: the same call again, with nothing new to be had from it.

A second try after a failure is no duplicate, a third is; another page, part or limit is another call; the same call in a later turn of
the user, or one that returned something new, is none either. Code counts only where it returned the same again.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, ClassVar, NamedTuple

from graders.base import Case, Finding, Grader, LooksAt
from graders.calls import failed, kind_of
from graders.names import folded
from traces.base import json_bytes
from traces.record import Evidence, Message, Step, ToolCall


@lru_cache(maxsize=1024)
def _plain_query(text: str) -> str:
    return " ".join(sorted(folded(w) for w in text.replace('"', " ").replace("?", " ").split()))


def canonical(call: ToolCall) -> str:
    """A call's name and arguments in one spelling: keys sorted, numbers by value, search words in any order and case."""
    kind = kind_of(call)
    arguments: dict[str, Any] = {}
    for key, value in call.arguments.items():
        if isinstance(value, str):
            value = (
                _plain_query(value)
                if kind == "search"
                else " ".join(value.split())
                if kind != "code"
                else value.strip()
            )
        elif isinstance(value, float) and value.is_integer():
            value = int(value)
        arguments[key] = value
    return call.name + json_bytes(arguments, ordered=True).decode()


class Made(NamedTuple):
    """A call where it was made: the step, and its place among the calls of that."""

    step: Step
    place: int
    call: ToolCall


def spelling(case: Case, call: ToolCall) -> str:
    """The one spelling of a call of the trace."""
    return case.once(_spellings)[id(call)]


def _spellings(case: Case) -> dict[int, str]:
    return {id(call): canonical(call) for step in case.steps for call in case.said(step).tool_calls}


def alike(case: Case, call: ToolCall) -> list[Made]:
    """The calls of the trace that are this one in all but spelling, itself among them, in their order."""
    return case.once(_by_spelling)[call.name, spelling(case, call)]


def _by_spelling(case: Case) -> dict[tuple[str, str], list[Made]]:
    found: defaultdict[tuple[str, str], list[Made]] = defaultdict(list)
    for step in case.steps:
        for place, call in enumerate(case.said(step).tool_calls):
            found[call.name, spelling(case, call)].append(Made(step, place, call))
    return found


@dataclass(frozen=True)
class Duplicates(Grader):
    """Compares each call with those before it in the same user turn, and with its neighbours in the same message."""

    name: ClassVar[str] = "duplicates"
    version: ClassVar[str] = "3"
    looks_at: ClassVar[LooksAt] = "calls"
    codes: ClassVar[tuple[str, ...]] = ("P1",)

    def judge(self, case: Case, step: Step) -> Iterator[Finding]:
        for place, call in enumerate(case.said(step).tool_calls):
            if call.malformed:
                continue
            earlier = [(made.step, case.answer_to(made.step, made.call)) for made in _before(case, step, place, call)]
            if not earlier or _changes(case, step, call, earlier):
                continue
            answer = case.answer_to(step, call)
            first = _repeated(call, earlier, answer)
            if first is not None:
                where = "in the same message" if first == step else f"at step {first.index}"
                evidence = (
                    Evidence(message=step.message, text=spelling(case, call)[:200], where="arguments"),
                    Evidence(message=first.message, text=spelling(case, call)[:200], where="arguments"),
                )
                yield Finding(
                    "P1",
                    f"{call.name} was called with the same arguments {where}; nothing new could come of it",
                    evidence,
                )


def _changes(case: Case, step: Step, call: ToolCall, earlier: list[tuple[Step, Message | None]]) -> bool:
    """Whether what the call gives is still to change: it says that it goes on, or the same call gave something else later."""
    last = earlier[-1][1]
    if last is not None and len(last.content) <= _STATE and _GOES_ON.search(last.content):
        return True
    later = (case.answer_to(m.step, m.call) for m in alike(case, call) if m.step.index >= step.index)
    given = {m.content for m in later if m is not None and not failed(m)}
    return last is not None and kind_of(call) == "other" and bool(given - {last.content})


_STATE = 400
"""Characters of a result that tells no more than how far something is."""
_GOES_ON = re.compile(
    r"\b(?:running|pending|queued|in[\s_-]progress|processing|waiting|starting|building|deploying|loading|not\s+(?:ready|finished|complete\w*)|"
    r"in\s+corso|läuft|en\s+cours|en\s+curso)\b",
    re.IGNORECASE,
)


def _before(case: Case, step: Step, place: int, call: ToolCall) -> list[Made]:
    """The same call, made before in the same user turn."""
    turn, here = case.turn(step), (step.index, place)
    return [
        m for m in alike(case, call) if (m.step.index, m.place) < here and (m.step.message > turn or m.step == step)
    ]


def _repeated(call: ToolCall, earlier: list[tuple[Step, Message | None]], answer: Message | None) -> Step | None:
    """The earlier step that this call repeats in vain, or None where it may have had reason."""
    failures = [s for s, m in earlier if m is not None and failed(m)]
    done = [(s, m) for s, m in earlier if m is None or not failed(m)]
    if not done:
        return failures[0] if len(failures) >= 2 else None
    step, message = done[-1]
    same = message is None or answer is None or failed(answer) or message.content == answer.content
    if kind_of(call) == "code" and (message is None or answer is None):
        return None
    return step if same else None
