"""A2 at the step itself: a call goes for another thing than the one asked about, which no call of the trace ever names.

Three things must come together: a name of the query that no call, and no page opened, has; a name in a search that nothing said
before; and that the two are of a kind, as their last words say ("Upper Tarn", "Lower Tarn"). Silent where the answer is known to be
right, and, where nothing is known of it, if the query asks for what something is based on or was called before: that may well be
another of its kind.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import ClassVar

from graders.asked import asked_for, named, neglected
from graders.base import Case, Finding, Grader, LooksAt
from graders.calls import kind_of, strings
from graders.names import folded
from graders.outcomes.words import plain_text
from traces.record import Evidence, Step

_ONE_SPELLING = 0.75
"""How alike the distinguishing parts of two spellings of one name are at least: "Stephen" and "Steven" are, two made-up names are not."""


_RELATED = re.compile(
    r"\b(?:based\s+(?:up)?on|adapt\w*|remakes?|remade|originals?|originally|prequels?|sequels?|spin-?offs?|versions?|predecessors?|successors?|"
    r"succeed\w*|replac\w*|former(?:ly)?|previous(?:ly)?|renamed|also\s+(?:known|called)|known\s+as|named\s+after|translat\w*|parent|sister|twin|rival|"
    r"neighbou?r\w*|counterparts?|inspired)\b",
    re.IGNORECASE,
)
"""What leads from a thing to another one that may bear a like name."""


@dataclass(frozen=True)
class OtherName(Grader):
    """Looks at searches and opened pages. A shorter or longer form of a name that was asked about is no other name."""

    name: ClassVar[str] = "other_name"
    version: ClassVar[str] = "4"
    looks_at: ClassVar[LooksAt] = "calls"
    codes: ClassVar[tuple[str, ...]] = ("A2",)

    def judge(self, case: Case, step: Step) -> Iterator[Finding]:
        calls = [c for c in case.said(step).tool_calls if kind_of(c) in ("search", "open")]
        if not calls or not asked_for(case, step) or (case.outcome is not None and case.outcome.status == "right"):
            return
        if case.outcome is None and any(_RELATED.search(text) for text in case.asked(step)):
            return
        strangers = [n for c in calls for text in strings(c.arguments) for n in named(text) if _new(case, step, n)]
        for stranger in dict.fromkeys(strangers):
            if asked := next((a for a in neglected(case, step) if _akin(a, stranger)), None):
                here = Evidence(message=step.message, text=stranger, where="arguments")
                yield Finding("A2", f"goes for {stranger}, where {asked} was asked about", (here,), silent=True)


def _new(case: Case, step: Step, name: str) -> bool:
    """Whether no word but the last of a name stood anywhere before."""
    return not any(case.knowledge.word(word, step.message) for word in name.split()[:-1])


def _akin(asked: str, other: str) -> bool:
    """Whether two names end alike and are no spellings of one: what they share at the end makes no two names alike."""
    *first, last = asked.split()
    *second, ending = other.split()
    if folded(last) != folded(ending):
        return False
    return SequenceMatcher(None, plain_text(" ".join(first)), plain_text(" ".join(second))).ratio() < _ONE_SPELLING
