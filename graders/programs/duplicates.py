"""P1: the same call again, with nothing new to be had from it.

A second try after a failure is no duplicate, a third is; another page, part or limit is another call; the same call in a later turn of
the user, or one that returned something new, is none either. Code counts only where it returned the same again.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, ClassVar

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


def same(one: ToolCall, other: ToolCall) -> bool:
    """Whether two calls are one in all but spelling."""
    return one.name == other.name and canonical(one) == canonical(other)


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
            earlier = [(s, case.answer_to(s, c)) for s, c in _before(case, step, place) if same(c, call)]
            if not earlier or _changes(case, step, call, earlier):
                continue
            answer = case.answer_to(step, call)
            first = _repeated(call, earlier, answer)
            if first is not None:
                where = "in the same message" if first == step else f"at step {first.index}"
                evidence = (
                    Evidence(message=step.message, text=canonical(call)[:200], where="arguments"),
                    Evidence(message=first.message, text=canonical(call)[:200], where="arguments"),
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
    later = (case.answer_to(s, c) for s in case.steps[step.index :] for c in case.said(s).tool_calls if same(c, call))
    given = {m.content for m in later if m is not None and not failed(m)}
    return last is not None and kind_of(call) == "other" and bool(given - {last.content})


_STATE = 400
"""Characters of a result that tells no more than how far something is."""
_GOES_ON = re.compile(
    r"\b(?:running|pending|queued|in[\s_-]progress|processing|waiting|starting|building|deploying|loading|not\s+(?:ready|finished|complete\w*)|"
    r"in\s+corso|läuft|en\s+cours|en\s+curso)\b",
    re.IGNORECASE,
)


def _before(case: Case, step: Step, place: int) -> Iterator[tuple[Step, ToolCall]]:
    turn = case.turn(step)
    for other in case.steps[: step.index]:
        if other.message > turn:
            for call in case.said(other).tool_calls:
                yield other, call
    for call in case.said(step).tool_calls[:place]:
        yield step, call


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
