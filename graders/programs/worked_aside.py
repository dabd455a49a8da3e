# ruff: noqa: E501  (patterns are data)
"""C1: a figure whose own bracket shows how it comes about, and comes to something else: "48% (190/500)", "€165.49 (99.99 + 55.50)".

Also the other way round, "190 of 500 (48%)", and "up 37.5 % (from 48.20 to 61.45)". The bracket has to hold nothing but that; "81 points, 37 behind Osk (108)" is told likewise.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from graders.base import Case, Finding, Grader, LooksAt
from graders.claims import claimed_numbers
from graders.numbers import Mention, numbers, plain
from traces.record import Step

_F = r"[$€£¥]?\s?\d[\d,]*(?:\.\d+)?"
_SHARE = re.compile(
    rf"\**\s?\(\**\s?(?P<a>{_F})\s?(?:/|of(?:\s+the)?|out\s+of|von|de|sur)\s?(?P<b>{_F})(?:\s+[a-z]+)?\s?\**\)",
    re.IGNORECASE,
)
_CHANGE = re.compile(
    rf"\**[^()\n.;!?%\d]{{0,24}}(?:\b(?:19|20)\d\d)?\s?\(\**\s?(?:from\s+|von\s+|de\s+)?(?P<a>{_F})\s?(?:→|->|to|auf|à|a)\s?(?P<b>{_F})\s?\**\)",
    re.IGNORECASE,
)
_SUM = re.compile(rf"\**\s?\(\**\s?(?P<sum>{_F}(?:\s?\+\s?{_F}){{1,6}})\s?\**\)")
_OF = re.compile(
    rf"(?P<a>{_F})\s+(?:out\s+)?of\s+(?:the\s+)?(?P<b>{_F})(?:\s+[a-z]+)?\s?\(\**(?:about\s+|roughly\s+|~|≈\s?)?$",
    re.IGNORECASE,
)
_LEAD = re.compile(
    rf"(?<![\d.,])(?P<a>{_F})\s?(?P<unit>[A-Za-z]{{1,12}})\**\s?\(\**(?:(?:about|around|roughly|nearly|some)\s+|[~≈]\s?)?$"
)
_WHOLE = re.compile(
    rf"\**\s+of\s+(?:(?:the|its|a|your)\s+)?(?:(?:total|full|whole)\s+)?\**(?P<b>{_F})\s?(?P<unit>[A-Za-z]{{1,12}})\b"
)
_AHEAD = re.compile(rf"(?<![\d.,])(?P<a>{_F})(?:\s[a-z]+)?\**,\s\**$")
_BEHIND = re.compile(
    rf"\**\s(?:[a-z]+\s)?(?:behind|ahead\sof|(?:more|less|fewer|higher|lower)\sthan|above|below|short\sof)\s[^().;!?\d\n]{{1,40}}\s\((?P<b>{_F})(?:\s[a-z]+)?\)"
)

_HEDGED = re.compile(
    r"(?:about|around|approximately|approx\.|roughly|nearly|almost|some|over|under|~|≈|etwa|rund|environ|unos|circa)\s*\**$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class WorkedAside(Grader):
    """Judges every message, as arithmetic does."""

    name: ClassVar[str] = "worked_aside"
    looks_at: ClassVar[LooksAt] = "steps"
    codes: ClassVar[tuple[str, ...]] = ("C1",)

    def judge(self, case: Case, step: Step) -> Iterator[Finding]:
        text = case.said(step).content
        if "(" not in text:
            return
        for m in claimed_numbers(text):
            wanted = _share(text, m) if m.percent else _added(text, m) or _apart(text, m)
            if wanted is not None:
                here = case.here(step, m.text, m.start, m.end)
                yield Finding(
                    "C1",
                    f"says {m.text.strip()}, where the bracket beside it comes to {plain(wanted)}",
                    (here,),
                    silent=True,
                )


def _value(text: str) -> Fraction | None:
    found = [n for n in numbers(text) if not n.glued]
    return abs(found[0].value) if len(found) == 1 and len(found[0].readings) == 1 else None


def _share(text: str, m: Mention) -> Fraction | None:
    """The percentage that the two figures beside one make, where it is another."""
    at = _SHARE.match(text, m.end) or _part(text, m) or _OF.search(text[max(0, m.start - 60) : m.start])
    change = None if at else _CHANGE.match(text, m.end)
    found = at or change
    if found is None:
        return None
    a, b = _value(found["a"]), _value(found["b"])
    if not a or not b or (at and a > b):
        return None
    wanted = (b / a - 1) * 100 if change else a / b * 100
    # A change may also be told as what is left, or as a multiple.
    options = [abs(wanted), b / a * 100] if change else [wanted]
    slack = max(
        m.ulp, Fraction(1, 10), abs(m.value) / (10 if _HEDGED.search(text[max(0, m.start - 20) : m.start]) else 50)
    )
    return None if any(abs(o - abs(m.value)) <= slack for o in options) else abs(wanted)


def _apart(text: str, m: Mention) -> Fraction | None:
    """The distance of two figures about one that is told as it, and is another: "81 points, 37 behind the leader Osk (108)"."""
    lead, other = _AHEAD.search(text[max(0, m.start - 40) : m.start]), _BEHIND.match(text, m.end)
    if lead is None or other is None or m.kind != "figure" or m.dated or m.glued:
        return None
    a, b = _value(lead["a"]), _value(other["b"])
    if a is None or b is None or len(m.readings) > 1 or a == abs(m.value):
        return None
    return None if abs(abs(a - b) - abs(m.value)) <= m.ulp else abs(a - b)


def _part(text: str, m: Mention) -> re.Match[str] | None:
    """A figure with its share of another behind it: "9.1 GB (about 65% of the 14 GB on the disk)". Both need one unit."""
    before = text[max(0, m.start - 40) : m.start]
    lead, whole = _LEAD.search(before), _WHOLE.match(text, m.end)
    if lead is None or whole is None or lead["unit"].casefold() != whole["unit"].casefold():
        return None
    return re.fullmatch(rf"(?P<a>{_F}) (?P<b>{_F})", f"{lead['a']} {whole['b']}")


def _added(text: str, m: Mention) -> Fraction | None:
    """The sum that stands in brackets behind a figure, where it is another."""
    found = _SUM.match(text, m.end)
    if found is None or m.dated or m.glued or len(m.readings) > 1:
        return None
    parts = [_value(part) for part in found["sum"].split("+")]
    if None in parts:
        return None
    total = sum((part for part in parts if part is not None), Fraction(0))
    slack = max(m.ulp, Fraction(1, 100), abs(m.value) / 200)
    scales = (1, 10**3, 10**6, 10**9) if any(map(str.isalpha, m.text)) else (1,)  # "97 million (36 + 61.3)"
    return None if any(abs(total * scale - abs(m.value)) <= slack for scale in scales) else total
