"""D5 without the oracle: an answer with a part of the question still open, as the words of the query tell.

A name in a list that nothing in the trace ever has; a mere figure where it was asked which of some named things; the figures themselves
where their average, total or difference was asked for; the first of two percentages where both follow each other; yes or no where it
was asked which or how many, or a name of the question where a figure was. Silent elsewhere.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from graders.asked import asked_for, neglected
from graders.base import Case, Finding, Grader, LooksAt
from graders.calls import kind_of, strings
from graders.claims import claimed_dates, claimed_numbers
from graders.headlines import answered
from graders.numbers import numbers
from graders.outcomes.words import plain_text
from graders.provenance import significant
from graders.stance import stance
from traces.record import Evidence, Step

_LISTED = re.compile(r"\s*(?:[,;]|\band\b|\bor\b|&)\s*(?:and\s+|or\s+)?(?:the\s+)?")
_WHICH = re.compile(
    r"\bwhich\s+(?:one|of)\b|\bidentify\s+the\s+one\b|\branked\b|\brank\s+(?:them|these)\b|\bwho\s+(?:was|is|has|came)\b",
    re.IGNORECASE,
)
_POINTS = re.compile(
    r"\b(?:neither|none|both|first|second|third|last|former|latter|all|they|option|same|equal)\b", re.IGNORECASE
)
_WHOLE = re.compile(
    r"\b(?:difference\s+in|average|mean\s+of|arithmetic\s+mean|spread|combined|sum\s+of|how\s+far\s+apart)\b",
    re.IGNORECASE,
)
_IN_TURN = re.compile(r"\b(?:then|afterwards|followed\s+by|and\s+after)\b", re.IGNORECASE)

_FIGURE = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True)
class PartLeftOut(Grader):
    """Judges the last step of traces of one user turn."""

    name: ClassVar[str] = "part_left_out"
    version: ClassVar[str] = "4"
    looks_at: ClassVar[LooksAt] = "answers"
    codes: ClassVar[tuple[str, ...]] = ("D5",)

    def judge(self, case: Case, step: Step) -> Finding | None:
        users = [m.content for m in case.messages if m.role == "user"]
        if step != case.final or len(users) != 1 or (case.outcome is not None and case.outcome.status == "right"):
            return None
        answer = case.text(step)
        if step.index == 0 or stance(answer) != "answers":
            return None
        for told in (_name, _choice, _whole, _part, _percentage, _sort):
            if reason := told(case, step, users[0], answer):
                return Finding("D5", reason, (Evidence(message=step.message, text=answer[:200]),), silent=True)
        return None


def _name(case: Case, step: Step, query: str, answer: str) -> str | None:
    """A name in a list that no call, observation or answer has, where all others of the query are dealt with."""
    asked = dict.fromkeys(asked_for(case, step))
    left = list(dict.fromkeys(neglected(case, step))) if len(asked) >= 2 else []
    if len(left) != 1 or not _in_a_list(query, left[0], tuple(asked)) or _one_of_two(query, left[0], answer, asked):
        return None
    said = plain_text("\n".join([answer, *(m.content for m in case.messages[: step.message] if m.role == "tool")]))
    others = plain_text(" ".join(n for n in asked if n != left[0])).split()
    own = [w for w in plain_text(left[0]).split() if w not in others]
    return None if not own or any(w in said for w in own) else f"{left[0]}, one of those asked about, is left out"


def _one_of_two(query: str, left: str, answer: str, asked: Iterable[str]) -> bool:
    """Whether the query offers a name beside another, of which the answer gives the other: "which is larger, Osk Hall or Tarn Hall?"."""
    said = plain_text(answer)
    others = (name for name in asked if name != left and plain_text(name) in said)
    return any(
        re.search(rf"{re.escape(a)}[\"'”’,]*\s+or\s+(?:the\s+)?[\"'“‘]*{re.escape(b)}", query)
        for name in others
        for a, b in ((name, left), (left, name))
    )


def _in_a_list(query: str, name: str, others: tuple[str, ...]) -> bool:
    """Whether only a comma or "and" stands between a name and another one."""
    at = query.find(name)
    return at >= 0 and any(
        (b := query.find(other)) >= 0
        and other != name
        and _LISTED.fullmatch(query[min(at + len(name), b + len(other)) : max(at, b)])
        for other in others
    )


def _choice(case: Case, step: Step, query: str, answer: str) -> str | None:
    """A short figure where one of several names is asked for."""
    asked = dict.fromkeys(asked_for(case, step))
    if len(asked) < 2 or not _WHICH.search(query) or len(answer.split()) > 12 or _POINTS.search(answer):
        return None
    if _ASKS_FIGURE.search(query):
        return None
    said = set(plain_text(answer).split())
    if not claimed_numbers(answer) or any(word in said for name in asked for word in plain_text(name).split()):
        return None
    return "gives a figure, where it was asked which one"


_ASKS_FIGURE = re.compile(
    r"\bhow\s+(?:many|much|old|long|far|tall|large|big|high|deep)\b|\bits\s+\w+|\b(?:only|just)\s+(?:the|a)\b|\bby\s+what\b",
    re.IGNORECASE,
)


def _whole(case: Case, step: Step, query: str, answer: str) -> str | None:
    """The parts alone, each as a page has it, where their average, total or difference is asked for."""
    asked = dict.fromkeys(asked_for(case, step))
    calls = [c for s in case.steps for c in case.said(s).tool_calls]
    if len(asked) < 2 or not _WHOLE.search(query) or any(kind_of(c) in ("calculator", "code", "other") for c in calls):
        return None
    if any(_WHOLE.search(m.content) for m in case.messages if m.role == "tool") or _one_by_one(query, asked):
        return None
    said, figures = plain_text(answer), claimed_numbers(answer)
    named = [n for n in asked if plain_text(n) in said]
    if len(named) < 2 or len({m.value for m in figures}) != len(named) or _WHOLE.search(answer.replace("total of", "")):
        return None
    sources = [case.knowledge.source(m.value, step.message) for m in figures]
    if not all(s is not None and case.messages[s.message].role == "tool" for s in sources):
        return None
    return "gives the parts, and not the whole that was asked for"


def _one_by_one(query: str, asked: Iterable[str]) -> bool:
    """Whether a query asks for a figure of each of its names: "the average rainfall in Osk and in Tarn"."""
    return bool(re.search(r"\b(?:each|respectively|individually)\b", query, re.IGNORECASE)) or any(
        re.search(rf"\band\s+(?:in|of|at|for|on|by)\s+(?:the\s+)?{re.escape(name)}", query) for name in asked
    )


_APART = re.compile(
    r"\b(?:apart|gap|differ\w*|range|spread|aggregate|altogether|in\s+total|on\s+average)\b", re.IGNORECASE
)


def _part(case: Case, step: Step, query: str, answer: str) -> str | None:
    """A single figure as a page has it, where what several named things come to was asked for."""
    asked = dict.fromkeys(asked_for(case, step))
    calls = [c for s in case.steps for c in case.said(s).tool_calls]
    if len(asked) < 2 or not (_WHOLE.search(query) or _APART.search(query)):
        return None
    if any(kind_of(c) in ("calculator", "code", "other") for c in calls) or _CHOOSES.search(query):
        return None
    figures, said = claimed_numbers(answer), plain_text(answer)
    if sum(plain_text(name) in said for name in asked) > 1:  # a sentence on each of them tells how they differ
        return None
    if (
        len(figures) != 1
        or significant(figures[0].value) < 3
        or any(_WHOLE.search(m.content) for m in case.messages if m.role == "tool")
    ):
        return None
    source = case.knowledge.source(figures[0].value, step.message)
    from_page = source is not None and source.kind == "observation"
    return "gives one of the parts, and not what they come to" if from_page else None


_CHOOSES = re.compile(
    r"\b(?:which|who|whose|highest|lowest|largest|smallest|greater|larger|bigger|most|least)\b", re.IGNORECASE
)


def _percentage(case: Case, step: Step, query: str, answer: str) -> str | None:
    """One of two percentages that follow each other, which no calculation has."""
    percents = {abs(m.value) for m in numbers(query) if m.percent}
    calls = [c for s in case.steps for c in case.said(s).tool_calls]
    if len(percents) != 2 or not _IN_TURN.search(query) or any(kind_of(c) != "calculator" for c in calls):
        return None
    used = {Fraction(f) for c in calls for t in strings(c.arguments) for f in _FIGURE.findall(t)} | {
        m.value for m in numbers(answer)
    }
    left = [p for p in percents if not used & {p, p / 100, 1 + p / 100, 1 - p / 100, 100 + p, 100 - p}]
    return f"{float(left[0]):g} % of the query is never used" if len(left) == 1 else None


_YES_NO = re.compile(r"(?:yes|no)\W*", re.IGNORECASE)
_ASKS_WHICH = re.compile(
    r"\b(?:what|which|who|whom|whose|where|when|how\s+(?:many|much|old|long|far|tall|large|big|high))\b", re.IGNORECASE
)
_ABOUT = re.compile(r"\b(?:what|how)\s+(?:about|if)\b", re.IGNORECASE)
"""What asks for nothing by itself."""
_ASKS_WHETHER = re.compile(
    r"(?:^|[.,;:?!\n]\s*|\b(?:and|or|but)\s+)(?:is|are|was|were|am|do|does|did|has|have|had|can|could|will|would|should|may|must)(?:n['’]t)?\b|"
    r"\b(?:whether|if|or\s+not|yes|no|true|false|claim|correct|confirm|verify|check)\b",
    re.IGNORECASE,
)
_ASKS_HOW_MANY = re.compile(
    r"\bhow\s+(?:many|old)\b|\b(?:what|which)\s+year\b|\bwhen\s+(?:was|were|did|is)\b[^?\n]{0,200}\b(?:born|die[ds]?|founded|established|released|published|built|opened?)\b",
    re.IGNORECASE,
)
_ASKS_WHO = re.compile(r"\b(?:who|whom|whose|which(?!\s+year))\b", re.IGNORECASE)
_FEW = 6
"""Words of an answer that gives its result alone."""


def _sort(case: Case, step: Step, query: str, answer: str) -> str | None:
    """An answer of another sort than was asked for: yes or no, or a name of the question, where neither can be meant."""
    told = (answered(answer) or answer).strip()
    if len(told.split()) > _FEW:
        return None
    if _YES_NO.fullmatch(told) and _ASKS_WHICH.search(_ABOUT.sub(" ", query)) and not _ASKS_WHETHER.search(query):
        return "answers yes or no, where neither was asked"
    if not _ASKS_HOW_MANY.search(query) or _ASKS_WHO.search(query) or claimed_numbers(told) or claimed_dates(told):
        return None
    given, said = set(plain_text(query).split()), plain_text(told).split()
    named = len(said) >= 2 and all(word[:1].isupper() for word in told.split())
    return "gives a name of the question, where a figure was asked for" if named and given.issuperset(said) else None
