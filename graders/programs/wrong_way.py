"""C5 without the oracle: a calculation that no question can mean by the words of this one.

A percentage multiplied by a hundred inside "1 + p * 100"; a discount added, or a growth taken off; 32 added on the way from Fahrenheit to
Celsius; one of several looked-up parts of a total or average taken off the others.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from graders.asked import asked_for
from graders.base import Case, Finding, Grader, LooksAt
from graders.calls import kind_of, strings
from graders.figures import Source
from graders.numbers import numbers, plain
from traces.record import Evidence, Step

_SHARE = re.compile(r"\b1\s*([+-])\s*(\d+(?:\.\d+)?)\s*([*/])\s*100(?![\d.])")
_DISCOUNT = re.compile(
    r"\b(?:discount|knock\w*\s+off|price\s+cut|rebate)\b\s*(?:of\s+)?(?:about\s+)?$|\b(?:minus|less|deduct\w*|subtract\w*)\s+(?:an?\s+|the\s+|another\s+)?$",
    re.IGNORECASE,
)
_DISCOUNTED = re.compile(r"\s*(?:\w+\s+)?(?:discount|off\b|rebate)", re.IGNORECASE)
_GROWTH = re.compile(
    r"\b(?:grow(?:s|n|th)?|grew|ris(?:e|es|en)|rose|increas\w+|gain\w*)\b[^.!?\d]{0,12}$", re.IGNORECASE
)
_CELSIUS = re.compile(r"\+\s*32\s*\)\s*\*\s*5\s*/\s*9")
_SUM = re.compile(r"\b(?:average|mean|sum|total|combined|add\s+up|altogether)\b", re.IGNORECASE)
_LESS = re.compile(
    r"\b(?:net|after|less|minus|without|excluding|except|subtract\w*|differ\w*|refund\w*|return\w*|deduct\w*|remain\w*|left|spread|than|both|overlap\w*|union|either)\b",
    re.IGNORECASE,
)
_TERMS = re.compile(r"\(?\s*\d+(?:\.\d+)?(?:\s*[+-]\s*\d+(?:\.\d+)?){2,}\s*\)?(?:\s*/\s*\d+)?\s*")


@dataclass(frozen=True)
class WrongWay(Grader):
    """Looks at what calculators and programs are given."""

    name: ClassVar[str] = "wrong_way"
    version: ClassVar[str] = "4"
    looks_at: ClassVar[LooksAt] = "calculations"
    codes: ClassVar[tuple[str, ...]] = ("C5",)

    def judge(self, case: Case, step: Step) -> Iterator[Finding]:
        calls = [c for c in case.said(step).tool_calls if kind_of(c) in ("calculator", "code")]
        if not calls or (case.outcome is not None and case.outcome.status == "right"):
            return
        query = "\n".join(m.content for m in case.messages[: step.message] if m.role == "user")
        for text in (re.sub(r"(?<=\d),(?=\d{3})", "", t) for c in calls for t in strings(c.arguments)):
            for reason in (
                _share(query, text),
                _factor(query, text),
                _celsius(text),
                _taken_off(case, step, query, text),
                _added(case, step, query, text),
            ):
                if reason:
                    here = Evidence(message=step.message, text=text[:200], where="arguments")
                    yield Finding("C5", reason, (here,), silent=True)


def _share(query: str, text: str) -> str | None:
    """What is wrong with a percentage of the query inside "1 + p / 100"."""
    percents = [m for m in numbers(query) if m.percent]
    for sign, figure, operator in _SHARE.findall(text):
        given = [m for m in percents if m.value == Fraction(figure)]
        if operator == "*" and given and Fraction(figure) >= 1:
            return f"multiplies {figure} % by a hundred"
        if operator == "/" and len(given) == 1 and sign == _turned(query, given[0].start, given[0].end):
            return f"takes {figure} % the other way than the query says"
    return None


_FACTOR = re.compile(r"(?<!\*)\*\s*(?P<behind>[01]?\.\d+)(?![\d.])|(?<![\w.])(?P<ahead>[01]?\.\d+)\s*\*(?!\*)")


def _factor(query: str, text: str) -> str | None:
    """What is wrong with "* 1.1", where ten per cent are to come off."""
    percents = [m for m in numbers(query) if m.percent]
    factors = {Fraction(m["behind"] or m["ahead"]) for m in _FACTOR.finditer(text)}
    for factor in sorted(factors):
        if 2 - factor in factors:  # up by so much, and down by as much
            continue
        given = [p for p in percents if p.value and abs(factor - 1) == p.value / 100]
        sign = _turned(query, given[0].start, given[0].end) if len(given) == 1 else ""
        if sign and sign == ("+" if factor > 1 else "-"):
            return f"multiplies by {plain(factor)}, where {given[0].text.strip()} go the other way by the query"
    return None


def _turned(query: str, start: int, end: int) -> str:
    """The sign that a percentage cannot have by the words about it; empty where they do not tell."""
    before = query[max(0, start - 40) : start]
    if _DISCOUNT.search(before) or _DISCOUNTED.match(query, end):
        return "+"
    return "-" if _GROWTH.search(before) else ""


def _celsius(text: str) -> str | None:
    return "adds 32 on the way to Celsius" if _CELSIUS.search(text) else None


_DIFFERENCE = re.compile(
    r"\b(?:apart|gap|differ\w*|spread|how\s+(?:much|many)\s+(?:more|less|fewer|larger|longer|older|higher|taller|heavier)|exceed\w*)\b",
    re.IGNORECASE,
)
_PLUS = re.compile(r"\(?\s*(\d+(?:\.\d+)?)\s*\+\s*(\d+(?:\.\d+)?)\s*\)?")


def _added(case: Case, step: Step, query: str, text: str) -> str | None:
    """Two looked-up figures added, where their difference was asked for and nothing else."""
    terms = _PLUS.fullmatch(text.strip())
    if (
        terms is None
        or not _DIFFERENCE.search(query)
        or _SUM.search(query)
        or len(dict.fromkeys(asked_for(case, step))) != 2
    ):
        return None
    sources = [case.knowledge.source(Fraction(t), step.message) for t in terms.groups()]
    looked_up = all(s is not None and s.kind == "observation" and not _on_a_side(case, s) for s in sources)
    return "adds up what the difference of was asked for" if looked_up else None


_SIDE = re.compile(r"[-−–]\s?$|\b(?:below|minus|under)\b", re.IGNORECASE)
_OF_A_SIDE = re.compile(r"[\s\d.'′″°]*(?:[NSEW]|BCE?|AD|CE|north|south|east|west|below)\b")


def _on_a_side(case: Case, source: Source) -> bool:
    """Whether a figure lies on one side of nought, as "18 below" and "21.3 S" do: two that lie apart are their sum apart."""
    text = case.messages[source.message].content
    behind = _OF_A_SIDE.match(text[source.end : source.end + 12])
    return bool(behind or _SIDE.search(text[max(0, source.start - 12) : source.start + 1]))


def _taken_off(case: Case, step: Step, query: str, text: str) -> str | None:
    """One of three parts or more of a total that is taken off the others, where nothing in the query is negative."""
    if not _TERMS.fullmatch(text) or not ("+" in text and "-" in text) or not _SUM.search(query) or _LESS.search(query):
        return None
    terms = [Fraction(f) for f in re.findall(r"\d+(?:\.\d+)?", text.partition("/")[0])]
    sources = [case.knowledge.source(t, step.message) for t in terms]
    if len(dict.fromkeys(asked_for(case, step))) != len(terms) and text.partition("/")[2].strip() != str(len(terms)):
        return None
    looked_up = all(s is not None and case.messages[s.message].role == "tool" for s in sources)
    return "takes a part of the total off the others" if looked_up else None
