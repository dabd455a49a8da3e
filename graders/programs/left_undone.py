# ruff: noqa: E501  (patterns are data: broken up they cannot be read)
"""D5 by the user's own words: something was asked for, no call was made for it, and nothing that follows speaks of it.

Things were asked for alike, and calls were made for one and none for another: "the factorial of 5, 7 and 9" and calls for 5 and 7. Or a part of the request has a thing that
no call has, and the words of a tool that was never called: "and book a hotel for 4 nights" beside `hotel_book`. Or it has that tool's deed in so many words: "start the engine". Or a text in
quotation marks was to be sent or written, and stands nowhere.
Silent where a call runs code or searches in words of its own, about parts with a condition, deeds to which the instructions set bounds or that are only spoken of ("I might", "how do I", somebody else's
words), and where the answer asks something or says what was not done.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import ClassVar, NamedTuple

from graders.base import Case, Finding, Grader, LooksAt
from graders.calls import kind_of, leaves, only_reads
from graders.obligations import Told, asked_alike, figures_asked, names_asked
from graders.sentences import sentences
from graders.stance import stance
from graders.toolwords import named_in, stems, tool_words
from traces.record import Evidence, Step, ToolCall

_LONGEST = 1500
"""Characters of what a user asks for in one message; a longer one brings a text with it."""
_QUERY = re.compile(r"^(?:q|query|queries|question|text|input|expression|keywords?|search_?\w*)$", re.IGNORECASE)
_SENTENCE = r"[.?!;](?=[\s\"”]|$)|\n"
_PART = re.compile(rf"{_SENTENCE}|,?\s+\b(?:and|then|also|finally|lastly|after\s+that|additionally)\b", re.IGNORECASE)
_CONDITION = re.compile(
    r"\b(?:if|unless|whether|in\s+case|once|when|should|would\s+have|already|recently|instead|without|don'?t|not|no\s+need|functions?|tools?|budget|afford\w*|limit\w*|within|under|at\s+(?:most|least)|si|falls|wenn|quiz[áa]s?|tal\s+vez|talvez|vielleicht|peut-être|forse)\b",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"\?|n['’]t\b|\b(?:not|no|none|nothing|never|neither|nor|without|cannot|unable|impossible|unfortunately|sorry|however|but|only|yet|next|will|failed|error|refus\w+|declin\w+|skipp\w+|left|exclud\w+|exempt|barred|forbid\w*|prohibit\w*|prevent\w*|reject\w*|instead|already|because|since|polic(?:y|ies)|rules?|too|still|remains?|stays?)\b",
    re.IGNORECASE,
)
"""Words of an answer that leaves something open, and says so."""
_WANTS = re.compile(
    r"\b(?:please|provide|needs?|requires?|share|confirm\w*|verif\w*|let\s+me\s+know|could|would|may|can|first|before|welcome|glad|happy|help|assist)\b",
    re.IGNORECASE,
)
"""Words of an answer without a call that waits for the user."""
_ANOTHERS = re.compile(
    r"\b(?:how|why|what|when|where|who)\s+(?:do|does|did|can|could|would|should|to)\b|\b(?:do|does|did|should|must)\s+(?:I|we|you|they)\b|\b(?:I|we|she|he|they)(?:\s+(?:just|only|still|also|already))?(?:['’](?:ll|ve)|\s+(?:will|might|may|can|could|should|shall|did|do|does|have|had|has|am|are|was|were|plan\w*))\b(?!\s+(?:to\s+|be\s+)?(?:need|like|want|require|asking)\w*)"
    r"|['’](?:m|re)\s+(?:about|going|planning)\s+to\b|\b(?:myself|ourselves|themselves|herself|himself|later|maybe|perhaps)\b",
    re.IGNORECASE,
)
"""Words by which a deed is spoken of and not asked for: somebody else's, a later one, a question how it is done."""
_BOUNDS = re.compile(r"\b(?:not|never|no|only|cannot|unless|without|forbid\w*|prohibit\w*|refus\w+|den(?:y|ied))\b|n['’]t\b", re.IGNORECASE)  # fmt: skip
_QUOTE = re.compile(r"(?<![\w’'])[\"“‘'](?=\w).{1,300}?[\"”’'](?!\w)", re.DOTALL)
_BETWEEN = r"\s+(?:(?:the|a|an|my|our|your|this|that|its|up|on|to)\s+){0,2}(?:\w+\s+)?"


@dataclass(frozen=True)
class LeftUndone(Grader):
    """Judges the answer of each user turn by the calls made before it."""

    name: ClassVar[str] = "left_undone"
    version: ClassVar[str] = "2"
    looks_at: ClassVar[LooksAt] = "answers"
    codes: ClassVar[tuple[str, ...]] = ("D5",)

    def judge(self, case: Case, step: Step) -> Finding | None:
        turn, answer = case.turn(step), case.text(step)
        query = case.messages[turn].content
        made = [(s.message, c) for s in case.steps[: step.index] for c in case.said(s).tool_calls]
        calls = [c for place, c in made if place > turn]
        if not made or len(query) > _LONGEST or any(map(_in_own_words, calls)):
            return None
        if stance(answer) != "answers" or _OPEN.search(answer) or (not calls and _WANTS.search(answer)):
            return None
        shown = [m.content for m in case.messages[turn + 1 : step.message] if m.role == "tool"]
        given = Told(leaf for c in calls for leaf in leaves(c.arguments))
        told = Told([*(leaf for _, c in made for leaf in leaves(c.arguments)), *shown, answer])
        idle = tuple(_idle(case, {c.name for _, c in made}))
        left = (
            _unlike(query, given, told) or _uncalled(query, idle, told) or _deed(query, idle) or _wording(query, told)
        )
        return Finding("D5", left, (Evidence(message=step.message, text=answer[:200]),), silent=True) if left else None


def _in_own_words(call: ToolCall) -> bool:
    """Whether a call says in words or code of its own what is wanted."""
    kind = kind_of(call)
    return kind == "code" or (kind != "other" and any(_QUERY.search(key) for key in call.arguments))


class _Idle(NamedTuple):
    """A tool that was offered and never called, and has a word of its own beside those that were."""

    name: str
    words: tuple[str, ...]

    @property
    def stems(self) -> frozenset[str]:
        return stems(" ".join(self.words))


def _idle(case: Case, called: set[str]) -> Iterator[_Idle]:
    known = frozenset[str]().union(*(stems(" ".join(tool_words(name))) for name in called))
    for name in case.offered:
        tool = _Idle(name, tool_words(name))
        if name not in called and len(tool.words) >= 2 and not tool.stems <= known and not _may_not(case, tool):
            yield tool


def _may_not(case: Case, tool: _Idle) -> bool:
    """Whether the instructions set bounds to the tool's deed: "salaries are never raised by chat". The agent may then be right to leave it."""
    rules = (s.text for m in case.messages if m.role == "system" for s in sentences(m.content) if "{" not in s.text)
    return any(_BOUNDS.search(rule) and named_in(stems(tool.words[0]), stems(rule)) for rule in rules)


def _unlike(query: str, given: Told, told: Told) -> str | None:
    """What was asked for as something else was for which calls were made."""
    for items in (figures_asked(query), names_asked(query)):
        for left, other in asked_alike(query, items):
            if given.as_value(other) and not told.has(left):
                return f"{left.text} was asked for as {other.text} was, and nothing was done for it"
    return None


def _uncalled(query: str, idle: tuple[_Idle, ...], told: Told) -> str | None:
    """A part of the request whose thing is nowhere, in the words of a tool that was never called."""
    left = [i for i in (*figures_asked(query), *names_asked(query)) if not told.has(i)]
    left = [i for i in left if i.quoted or not _is_quoted(query, i.start)]
    parts = [p for p in _parts(query, _PART) if _is_asked_for(p)]
    for item, part in ((i, p) for i in left for p in parts if p.holds(i.start)):
        for tool in idle:
            if len(tool.stems) >= 2 and tool.stems <= stems(part.text) and not stems(item.text) & tool.stems:
                return f"{item.text} was asked for, and {tool.name} was never called"
    return None


def _deed(query: str, idle: tuple[_Idle, ...]) -> str | None:
    """What a tool of two words does that was never called, asked for in these words: "start the engine"."""
    for tool in (t for t in idle if len(t.words) == 2 and not only_reads(t.name)):
        m = re.search(rf"\b{tool.words[0]}{_BETWEEN}{tool.words[1]}s?\b", query, re.IGNORECASE)
        if m and not _is_quoted(query, m.start()) and all(map(_is_asked_for, _holding(query, m.start()))):
            return f"asked to {m[0]}, and {tool.name} was never called"
    return None


def _is_quoted(query: str, place: int) -> bool:
    """Whether somebody else's words stand at a place of the request."""
    return any(q.start() < place < q.end() for q in _QUOTE.finditer(query))


def _wording(query: str, told: Told) -> str | None:
    """A text in quotation marks that is to be sent, posted or written down, and stands nowhere, nor most of its words in one place."""
    for item in (i for i in names_asked(query) if i.quoted and len(i.text.split()) >= _A_TEXT):
        before = query[max(0, item.start - _LEAD) : item.start]
        if _WRITES.search(before) and not _TO_FILL.search(item.text) and not told.has_most(item):
            return f"{item.text!r} was to be written, and stands nowhere"
    return None


_A_TEXT = 3
"""Words of a text that is to be written as it stands; what is shorter names something."""
_LEAD = 60
_WRITES = re.compile(
    r"\b(?:say(?:ing)?|stat(?:e|ing)|post(?:ing)?|tweet(?:ing)?|messag(?:e|ing)|convey(?:ing)?|writ(?:e|ing)|reply(?:ing)?|comment(?:ing)?|titled?|named?|labell?ed|content|text|caption|subject|"
    r"tell(?:ing)?|inform(?:ing)?|express(?:ing)?|jot|note|send(?:ing)?)\b",
    re.IGNORECASE,
)
_TO_FILL = re.compile(r"[{}<>\[\]]|_{2,}|\b[XYN]{1,3}\b|\.{3}|…")
"""Places of a text that are to be filled in."""


class _Part(NamedTuple):
    """A sentence or clause of what the user says."""

    start: int
    text: str

    def holds(self, place: int) -> bool:
        return self.start <= place < self.start + len(self.text)


_WHOLE = re.compile(_SENTENCE)


def _holding(query: str, place: int) -> list[_Part]:
    """The sentence of the request at a place."""
    return [p for p in _parts(query, _WHOLE) if p.holds(place)]


def _is_asked_for(part: _Part) -> bool:
    """Whether a part of the request asks for what it says: without a condition, and of the agent."""
    return not (_CONDITION.search(part.text) or _ANOTHERS.search(part.text))


@lru_cache(maxsize=64)
def _parts(query: str, ends: re.Pattern[str]) -> tuple[_Part, ...]:
    at = [0, *(m.start() for m in ends.finditer(query)), len(query)]
    return tuple(_Part(a, query[a:b]) for a, b in pairwise(at))
