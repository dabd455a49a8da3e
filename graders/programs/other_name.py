"""A2 at the step itself: a call goes for another thing than the one asked about, which no call of the trace ever names.

Three things must come together: a name of the query that no call, and no page opened, has; a name in a search that nothing said
before; and that the two are of a kind, as their last words say ("Upper Tarn", "Lower Tarn"). Silent where the answer is known to be right.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher, get_close_matches
from typing import ClassVar

from graders.base import Case, Finding, Grader
from graders.calls import kind_of, strings
from graders.names import folded, names
from graders.outcome import plain_text
from traces.record import Evidence, Step


@dataclass(frozen=True)
class OtherName(Grader):
    """Looks at searches and opened pages. A shorter or longer form of a name that was asked about is no other name."""

    name: ClassVar[str] = "other_name"
    codes: ClassVar[tuple[str, ...]] = ("A2",)

    def judge(self, case: Case, step: Step) -> Iterator[Finding]:
        calls = [c for c in case.said(step).tool_calls if kind_of(c) in ("search", "open")]
        if not calls or (case.outcome is not None and case.outcome.status == "right"):
            return
        strangers = [n for c in calls for text in strings(c.arguments) for n in _named(text) if _new(case, step, n)]
        for stranger in dict.fromkeys(strangers):
            if asked := next((a for a in _neglected(case, step) if _akin(a, stranger)), None):
                here = Evidence(message=step.message, text=stranger, where="arguments")
                yield Finding("A2", f"goes for {stranger}, where {asked} was asked about", (here,), silent=True)


def _named(text: str) -> tuple[str, ...]:
    """The names of two words or more in a text, without articles."""
    found = (part.removeprefix("The ") for n in names(text) for part in _CONNECTED.split(n.text))
    return tuple(name for name in found if len(name.split()) >= 2)


_CONNECTED = re.compile(r"\s+(?:and|und|et|y|&)\s+(?:the\s+)?")


def _new(case: Case, step: Step, name: str) -> bool:
    """Whether no word but the last of a name stood anywhere before."""
    return not any(case.knowledge.word(word, step.message) for word in name.split()[:-1])


def _neglected(case: Case, step: Step) -> Iterator[str]:
    """The names that the user gave and that no call of the trace has, nor a page that was opened."""
    done = plain_text(" ".join(_told(case))).split()
    for message in case.messages[: step.message]:
        for name in _named(message.content) if message.role == "user" else ():
            if not any(
                word.isupper() or get_close_matches(folded(word), done, 1, _ONE_NAME) for word in name.split()[:-1]
            ):
                yield name


def _told(case: Case) -> Iterator[str]:
    for step in case.steps:
        for call in case.said(step).tool_calls:
            yield from strings(call.arguments)
            answer = case.answer_to(step, call)
            if answer is not None and kind_of(call) == "open":
                yield answer.content.partition("\n")[0]


def _akin(asked: str, other: str) -> bool:
    """Whether two names end alike and are no spellings of one."""
    if folded(asked.split()[-1]) != folded(other.split()[-1]):
        return False
    return SequenceMatcher(None, plain_text(asked), plain_text(other)).ratio() < _ONE_NAME


_ONE_NAME = 0.85
