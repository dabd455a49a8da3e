# ruff: noqa: E501  (patterns are data: broken up they cannot be read)
"""Figures that were shown in another notation: an amount in cents, data in bytes, a telephone number with other gaps, a few figures by their mean.

Each is asked with the case, the answer's text, the number and the message before which things count as known, as in `accounts`.
"""

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from graders.numbers import Mention, numbers
from graders.provenance import trailing
from graders.readings import Reading
from graders.sentences import sentence_at

if TYPE_CHECKING:
    from graders.base import Case

_MINOR = re.compile(r"cents?\b|pence|centimes?|minor|_ct\b|\bct\b|paise|rappen|céntimos", re.IGNORECASE)
_IN_MINOR = re.compile(r"\b(?:in|as)\s+(?:\w+\s+){0,2}(?:cents|pence|centimes|paise|minor)\b", re.IGNORECASE)


def in_minor_units(case: "Case", value: Fraction, before: int) -> bool:
    """Whether an amount was shown in cents, as the field ("price_cents": 1450), the tool's description or the instructions say."""
    source = case.knowledge.source(value * 100, before)
    if source is None:
        return False
    shown = case.messages[source.message].content
    return bool(_MINOR.search(shown[max(0, source.start - 40) : source.end + 12])) or case.once(_tells_minor_units)


def _tells_minor_units(case: "Case") -> bool:
    told = (m.content for m in case.messages if m.role == "system")
    return any(_IN_MINOR.search(text) for text in (*told, *map(str, case.tools)))


def told_in_minor_units(case: "Case", text: str, mention: Mention, before: int) -> bool:
    """Whether an amount was shown in cents, or follows from one that was: 40 kWh at 22.9 ct."""
    if in_minor_units(case, mention.value, before):
        return True
    if not any(m.role == "tool" and _MINOR.search(m.content) for m in case.messages[:before]):
        return False
    cents = mention._replace(readings=tuple(Reading(r.value * 100, r.ulp * 100) for r in mention.readings), unit="")
    return case.knowledge.link(cents, before) is not None


_RUN = re.compile(r"[+(]?\d[\d\s().-]{5,24}\d")
_APART = re.compile(r"(?<=\d)[\s().-]+(?=\d)")


def grouped(case: "Case", text: str, mention: Mention, before: int) -> bool:
    """Whether a figure is part of a telephone or account number that was shown with other gaps: "+47 22 33 44 55" for "+4722334455"."""
    run = next((m for m in _RUN.finditer(text) if m.start() <= mention.start < m.end()), None)
    digits = re.sub(r"\D", "", run[0]) if run else ""
    return len(digits) >= _NUMBER and any(
        digits in _APART.sub("", m.content) for m in case.messages[:before] if m.role != "assistant"
    )


_NUMBER = 7
"""Digits of a telephone number at least."""
_BYTES = re.compile(r"\s?(?P<scale>[kKMGT])(?P<binary>i?)B\b")


def in_bytes(case: "Case", text: str, mention: Mention, before: int) -> bool:
    """Whether an amount of data was shown in bytes: 700 MiB for 734003200. People write MB for MiB too."""
    m = _BYTES.match(text, mention.end - mention.tail) or _BYTES.match(text, mention.end)
    if m is None:
        return False
    power = " KMGT".index(m["scale"].upper())
    bases = (1024,) if m["binary"] else (1000, 1024)
    return any(
        case.knowledge.near(
            abs(mention.value) * base**power, max(mention.ulp, mention.value / 1000) * base**power / 2, before
        )
        for base in bases
    )


_MEAN = re.compile(r"\b(?:averag\w*|mean|moyenne|media|Durchschnitt\w*|im\s+Mittel)\b", re.IGNORECASE)
_SUM = re.compile(
    r"\b(?:total\w*|sum|add(?:s|ed)?\s+up|altogether|together|combined|in\s+all|insgesamt|au\s+total|en\s+total)\b",
    re.IGNORECASE,
)
_SEVERAL = range(3, 13)


def sum_of_a_result(case: "Case", text: str, mention: Mention, before: int) -> bool:
    """Whether a number is told as a total, and is that of all amounts in its unit that a result has: the stages of a way."""
    if not mention.unit or not _SUM.search(sentence_at(text, mention.start).text):
        return False
    slack = trailing(abs(mention.value), mention.ulp) / 2
    for message in (m for m in case.messages[:before] if m.role == "tool"):
        parts = [abs(n.value) for n in numbers(message.content) if n.unit == mention.unit]
        if len(parts) in _SEVERAL and abs(sum(parts, Fraction(0)) - abs(mention.value)) <= slack:
            return True
    return False


_TIMES = re.compile(r"(?<![\w.,])(\d{1,3})\s?[×x*]\s?[$€£]?\s?$")


def added_beside(case: "Case", text: str, mention: Mention, before: int) -> bool:
    """Whether an amount is what known ones behind it in its sentence come to: "€149 for two (2 × €58.50) and a child (€32)"."""
    if not mention.unit:
        return False
    end, total, count = sentence_at(text, mention.start).end, Fraction(0), 0
    for m in numbers(text):
        if mention.end <= m.start < end and m.unit == mention.unit:
            times = _TIMES.search(text[max(0, m.start - 8) : m.start])
            total, count = total + abs(m.value) * (int(times[1]) if times else 1), count + 1
            if not case.knowledge.holds(m.value, before):
                return False
    return count > 1 and abs(total - abs(mention.value)) <= mention.ulp / 2


def mean_of_a_result(case: "Case", text: str, mention: Mention, before: int) -> bool:
    """Whether a number is told as an average, and is that of all figures of one unit or size that a result has: the prices of a few listings."""
    if not _MEAN.search(text[sentence_at(text, mention.start).start : mention.start]):
        return False
    slack = trailing(abs(mention.value), mention.ulp) / 2
    for message in (m for m in case.messages[:before] if m.role == "tool"):
        alike = [
            abs(n.value)
            for n in numbers(message.content)
            if not n.glued and not n.dated and mention.value / 5 <= abs(n.value) <= mention.value * 5
        ]
        if len(alike) in _SEVERAL and abs(sum(alike, Fraction(0)) / len(alike) - abs(mention.value)) <= slack:
            return True
    return False
