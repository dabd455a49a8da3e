# ruff: noqa: E501  (patterns are data: broken up they cannot be read)
"""C1: a difference, or a change in per cent, that the two figures of the same sentence do not have.

"Founded in 1969, the other in 1978, a difference of 11 years"; "from 21,534 to 23,257, up 9.5%". Each figure may have been rounded, years may be
one apart. Silent where a result that was shown gives the figure, where the sentence has other figures too, or speaks of rates a year.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import ClassVar

from graders.base import Case, Finding, Grader, LooksAt
from graders.claims import claimed_numbers
from graders.numbers import Mention, plain
from graders.provenance import trailing
from graders.sentences import Sentence, sentences
from traces.record import Step

_BEFORE = re.compile(
    r"\b(?:differen(?:ce|tial)|gap|margin|increase|decrease|rise|drop|growth|decline|Differenz|Unterschied|diferencia|différence|diferença|differenza)\s+(?:of|is|was|von|de|di|:)\s*(?:about\s+|roughly\s+|around\s+|approximately\s+)?[*~$€£≈+]*$",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"\**\s*(?:\w+\s+){0,2}?(?:earlier|later|older|younger|apart|before|after|(?:more|less|fewer|higher|lower|longer|shorter|taller|heavier|lighter|bigger|larger|smaller|faster|slower|cheaper|better|worse)\s+than)\b",
    re.IGNORECASE,
)
_GROWTH = re.compile(
    r"\b(?:increas\w+|decreas\w+|gr[eo]w\w*|growth|r[io]se|fell|drop\w*|declin\w+|up|down)\s+(?:of|by)?\s*(?:about\s+|roughly\s+|around\s+|approximately\s+|or\s+)*[*~≈+]*$",
    re.IGNORECASE,
)
_RATED = re.compile(
    r"\b(?:annual\w*|per|a|each|every|average|yearly|monthly|CAGR|compound\w*|twice|times|double|half|third|quarter|months?|days?|weeks?|respectively|another|further|additional)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class ToldDifference(Grader):
    """Judges the answers, sentence by sentence."""

    name: ClassVar[str] = "told_difference"
    version: ClassVar[str] = "3"
    looks_at: ClassVar[LooksAt] = "answers"
    codes: ClassVar[tuple[str, ...]] = ("C1",)

    def judge(self, case: Case, step: Step) -> Iterator[Finding]:
        text = case.text(step)
        if step not in case.answers:
            return
        claims = claimed_numbers(text)
        for sentence in sentences(text, semicolons=True) if len(claims) >= 3 else ():
            inside = [m for m in claims if sentence.start <= m.start < sentence.end and _counts(text, m)]
            for m in inside if len(inside) in (3, 4) else ():
                wanted = _percentage(text, sentence, m, inside) if m.percent else _difference(text, sentence, m, inside)
                if wanted is not None and not _shown(case, step, m):
                    here = case.here(step, m.text, m.start, m.end)
                    yield Finding(
                        "C1", f"says {m.text.strip()}, where the two figures are {wanted} apart", (here,), silent=True
                    )


def _counts(text: str, m: Mention) -> bool:
    """A figure, or a difference told in words."""
    return m.kind == "figure" or (m.kind == "word" and (m.unit == "yr" or _BEHIND.match(text, m.end) is not None))


def _shown(case: Case, step: Step, m: Mention) -> bool:
    """Whether a result has the figure itself."""
    if m.percent and abs(m.value) in case.knowledge.percents:
        return True
    source = case.knowledge.source(m.value, step.message) if abs(m.value) > 20 or m.value.denominator > 1 else None
    return source is not None and source.kind in ("observation", "query")


def _difference(text: str, sentence: Sentence, m: Mention, inside: list[Mention]) -> str | None:
    """How far the two other figures lie apart, where that is told and wrong."""
    others = [n for n in inside if n is not m and not n.percent]
    if (
        len(inside) != 3
        or len(others) != 2
        or not _told_as_difference(text, m)
        or _from_a_third(text, sentence, m, inside)
    ):
        return None
    a, b = others
    if (
        a.unit != b.unit
        or (m.unit and not a.unit and not _is_year(a))
        or (a.unit and m.unit and a.unit != m.unit)
        or _RATED.search(text[max(sentence.start, m.start - 12) : m.start])
    ):
        return None
    years = all(_is_year(n) for n in others)
    if years != (m.unit == "yr") or (not years and any(_is_year(n) for n in others)):
        return None
    apart = abs(abs(a.value) - abs(b.value))
    slack = Fraction(1) if years else sum((trailing(n.value, n.ulp) for n in (m, a, b)), Fraction(0)) / 2
    return None if abs(apart - abs(m.value)) <= slack else plain(apart)


def _told_as_difference(text: str, m: Mention) -> bool:
    return bool(_BEFORE.search(text[max(0, m.start - 48) : m.start]) or _BEHIND.match(text, m.end))


_THIRD = re.compile(r"(?:the|its|their|his|her|an?)\s+(?=\w)", re.IGNORECASE)
_NAME = re.compile(r"(?:[A-Z][\w'’-]*\s?)+|\w+")
_POINTS = re.compile(
    r"(?:that|this|it|its|those|he|she|they|the|former|latter|first|second|other|previous)\b", re.IGNORECASE
)


def _from_a_third(text: str, sentence: Sentence, m: Mention, inside: list[Mention]) -> bool:
    """Whether a difference is told from something of which the sentence has no figure: "12 years after the fire"."""
    link = _BEHIND.match(text, m.end)
    if link is None or any(n.start > m.start for n in inside) or not link[0].endswith(("after", "before", "than")):
        return False
    rest = text[link.end() : sentence.end].lstrip(" *")
    other = _NAME.match(_THIRD.sub("", rest, count=1))
    if other is None or _POINTS.fullmatch(other[0].strip()):
        return False
    said = text[sentence.start : m.start].casefold()
    return not all(word.casefold() in said for word in other[0].split())


def _is_year(m: Mention) -> bool:
    return m.value.denominator == 1 and 1000 <= m.value <= 2100 and m.text.strip().isdigit() and not m.unit


def _percentage(text: str, sentence: Sentence, m: Mention, inside: list[Mention]) -> str | None:
    """By how many per cent one of two figures differs from the other, where that is told of them and fits no pair of the sentence."""
    others = [n for n in inside if n is not m]
    if not _GROWTH.search(text[max(0, m.start - 40) : m.start]) or any(
        n.percent or not n.value or n.unit == "yr" for n in others
    ):
        return None
    figures = [n for n in others if not _is_year(n)]
    if (
        not 2 <= len(figures) <= 3
        or len({n.unit for n in figures}) > 1
        or _RATED.search(text[sentence.start : m.end + 24])
    ):
        return None
    if any(_fits(m, a, b) or _fits(m, b, a) for a, b in combinations(figures, 2)):
        return None
    less, great = sorted(abs(n.value) for n in figures)[-2:]
    return f"{float(great / less - 1) * 100:.3g} %"


def _fits(m: Mention, a: Mention, b: Mention) -> bool:
    """Whether `a` over `b`, or their distance over `b`, may be the percentage, with what rounding leaves open."""
    room = (trailing(a.value, a.ulp) / abs(a.value) + trailing(b.value, b.ulp) / abs(b.value)) / 2 * 100
    ratio = abs(a.value) / abs(b.value) * 100
    slack = max(m.ulp, Fraction(1, 10)) + room * max(ratio / 100, Fraction(1))
    return any(abs(abs(m.value) - wanted) <= slack for wanted in (ratio, abs(ratio - 100)))
