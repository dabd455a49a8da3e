# ruff: noqa: E501  (patterns are data: broken up they cannot be read)
"""C1: a total, an average or a difference that the parts beside it in the answer do not come to, and a figure with another's noun (O2).

"The average is 428,159 readings, from 856,905 (A), 21,778 (B) and 140,873 (C)". Only where each part was observed and there are as many as things
asked about. "348,855,797 crossings" where the page has as many crowns, and crossings of another number.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import ClassVar

from graders.asked import asked_for
from graders.base import Case, Finding, Grader, LooksAt
from graders.claims import brief, claimed_numbers
from graders.numbers import Mention, magnitude, numbers, plain
from graders.provenance import significant, trailing
from traces.record import Step

_IS = r"\b[^.!?\n\d]{0,70}?(?:\b(?:is|was|are|comes?\s+to|amounts?\s+to|makes|equals)\b|[:=])\s*(?:about\s+|exactly\s+|roughly\s+)?[*$€£(]*$"
_KINDS = (
    ("difference", re.compile(r"\b(?:difference|spread|range|gap)" + _IS + r"|\bexceeds?\b[^.!?\n\d]*\bby\s+[*$€£]*$", re.IGNORECASE)),
    ("mean", re.compile(r"\b(?:average|mean)" + _IS, re.IGNORECASE)),
    ("sum", re.compile(r"\b(?:total|sum|combined|altogether)" + _IS, re.IGNORECASE)),
)  # fmt: skip
_NOUNS = re.compile(r"\**(?:[\s-]+([a-z]{3,}))(?:\s+([a-z]{3,}))?(?:\s+([a-z]{3,}))?")


@dataclass(frozen=True)
class ToldWhole(Grader):
    """Judges the answer of each user turn."""

    name: ClassVar[str] = "told_whole"
    looks_at: ClassVar[LooksAt] = "answers"
    codes: ClassVar[tuple[str, ...]] = ("C1", "O2")

    def judge(self, case: Case, step: Step) -> Iterator[Finding]:
        if step not in case.answers or (case.outcome is not None and case.outcome.status == "right"):
            return
        text = case.text(step)
        claims = [m for m in claimed_numbers(text) if m.kind == "figure"]
        # All other figures have to be the parts, one for each that was asked for: in most answers there is none to look for.
        wanted = len(claims) - 1 if len(claims) > 2 and len(claims) - 1 == len(set(asked_for(case, step))) else 0
        for m in claims if wanted else ():
            if told := _whole(case, step, text, m, claims):
                yield Finding(
                    "C1",
                    f"says {m.text.strip()}, and the parts beside it come to {told}",
                    (case.here(step, m.text, m.start, m.end),),
                    silent=True,
                )
        if brief(text):
            yield from _misnamed(case, step, text, [m for m in claims if significant(m.value) >= 3])


def _whole(case: Case, step: Step, text: str, m: Mention, claims: list[Mention]) -> str | None:
    """What the parts come to, where a figure is told as their whole and is not."""
    kind = next((kind for kind, pattern in _KINDS if pattern.search(text[max(0, m.start - 160) : m.start])), None)
    parts = [n for n in claims if n is not m and n.unit == m.unit and not n.percent]
    if kind is None or m.percent or len(parts) != len(claims) - 1:
        return None
    sources = [case.knowledge.source(n.value, step.message) for n in parts]
    if not all(s is not None and s.kind == "observation" for s in sources):
        return None
    values = [abs(n.value) for n in parts]
    whole = {
        "sum": sum(values, Fraction(0)),
        "mean": sum(values, Fraction(0)) / len(values),
        "difference": max(values) - min(values),
    }[kind]
    slack = max(sum((n.ulp for n in parts), trailing(m.value, m.ulp)) / 2, whole / 1000)
    return None if abs(whole - abs(m.value)) <= slack else plain(whole)


def _misnamed(case: Case, step: Step, text: str, claims: list[Mention]) -> Iterator[Finding]:
    """Figures told of a thing that the results count by another number, while they count something else by this one."""
    shown = [m.content for m in case.messages[: step.message] if m.role != "assistant"]
    for m, nouns in ((m, nouns) for m in claims if (nouns := _nouns(text, m))):
        # Few texts have the very word, so that most need not be read for their figures.
        counted = {value for t in shown if nouns[0] in t for value, other in _named(t) if other[:1] == nouns[:1]}
        if not counted - {abs(m.value)}:
            continue
        own = [other for t in shown for value, other in _named(t) if value == abs(m.value)]
        if own and all(own) and not any(set(nouns) & set(other) for other in own):
            reason = f"says {m.text.strip()} {nouns[0]}, where that is the number of {own[0][0]}"
            yield Finding("O2", reason, (case.here(step, m.text, m.start, m.end),), silent=True)


@lru_cache(maxsize=512)
def _named(text: str) -> tuple[tuple[Fraction, tuple[str, ...]], ...]:
    """The figures of a text with the words behind each."""
    return tuple((magnitude(m.value), _nouns(text, m)) for m in numbers(text))


def _nouns(text: str, m: Mention) -> tuple[str, ...]:
    """The words right behind a figure, without their plural; none behind a unit, which other graders compare."""
    found = None if m.unit or m.percent or m.glued or m.dated else _NOUNS.match(text, m.end)
    return tuple(word.removesuffix("s") for word in found.groups() if word) if found else ()
