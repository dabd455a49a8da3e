# ruff: noqa: E501  (patterns are data)
"""O1 for what was looked for: an answer says that a quoted text does not occur, and the search of the turn for that very text shows it.

Silent where the answer says so of a place ("in summary.txt") that neither the search nor what it found has: there it may well be missing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from graders.base import Case, Finding, Grader, LooksAt
from graders.calls import failed, strings
from graders.records import loaded
from graders.sentences import sentences
from traces.record import Evidence, Message, Step

_ABSENT = re.compile(
    r"\b(?:does|do|did|is|are|was|were|could|can)(?:\s+not|n['’]t)\b[^.!?\n]{0,40}?\b(?:occur|appear|find|found|present|contain|exist|include|mention)\w*\b|\b(?:no|zero)\s+(?:occurrences?|matches|matching|mentions?|instances?)\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"['\"‘“`*]{1,2}([^'\"’”`*\n]{2,60})['\"’”`*]{1,2}")
_ELSEWHERE = re.compile(r"\b(?:other|else|another|elsewhere|besides|only|but|except|however|although|any\s+more|again)\b", re.IGNORECASE)  # fmt: skip


@dataclass(frozen=True)
class ToldAbsent(Grader):
    """Judges the answer of each user turn by the calls of that turn."""

    name: ClassVar[str] = "told_absent"
    version: ClassVar[str] = "2"
    looks_at: ClassVar[LooksAt] = "answers"
    codes: ClassVar[tuple[str, ...]] = ("O1",)

    def judge(self, case: Case, step: Step) -> Iterator[Finding]:
        text = case.text(step)
        if step not in case.answers or not _ABSENT.search(text):
            return
        shown = dict(_shown(case, step))
        for sentence in sentences(text) if shown else ():
            m = _ABSENT.search(sentence.text)
            missed = {q[1] for q in _QUOTED.finditer(sentence.text)} & shown.keys()
            if m and len(missed) == 1 and not _ELSEWHERE.search(sentence.text):
                what = missed.pop()
                if _of_a_place(case, step, sentence.text[m.end() :], shown[what]):
                    continue
                start = sentence.start + m.start()
                there = Evidence(message=case.messages.index(shown[what]), text=shown[what].content[:160])
                here = case.here(step, m[0], start, start + len(m[0]))
                reason = f"says of {what!r} {m[0]!r}, and the search for it shows it"
                yield Finding("O1", reason, (here, there), silent=True)


def _shown(case: Case, step: Step) -> Iterator[tuple[str, Message]]:
    """What calls of the turn looked for by itself, with the result that has it among what was found."""
    turn = case.turn(step)
    for earlier in (s for s in case.steps if turn < s.message < step.message):
        for call in case.said(earlier).tool_calls:
            answer = case.answer_to(earlier, call)
            if answer is None or failed(answer):
                continue
            found = _found(loaded(answer.content))
            yield from ((text, answer) for text in strings(call.arguments) if any(text in each for each in found))


_PLACE = re.compile(
    r"\s+(?:in|on|at|within|under|from|for)\s+(?!(?:the|this|that|these|those|your|any|it|our|all|there)\b)[`'\"*]*([^,;!?`'\"*\n]{2,40})"
)


def _of_a_place(case: Case, step: Step, behind: str, answer: Message) -> bool:
    """Whether what is said to be missing is so in a named place, of which neither the calls of the turn nor the result tell."""
    m = _PLACE.match(behind)
    calls = (c for s in case.steps if case.turn(step) < s.message < step.message for c in case.said(s).tool_calls)
    told = "\n".join([answer.content, *(text for c in calls for text in strings(c.arguments))]).casefold()
    return m is not None and m[1].strip(" .").casefold() not in told


def _found(body: Any) -> list[str]:
    """The texts in the lists of a result: what is outside of them may repeat what was asked."""
    if isinstance(body, dict):
        return [text for value in body.values() if isinstance(value, dict | list) for text in _found(value)]
    return strings(body) if isinstance(body, list) else []
