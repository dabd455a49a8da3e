"""Numbers with their units, and ratios."""

import re
from fractions import Fraction
from itertools import pairwise

from graders.answers.kinds import Quantity, Ratio
from graders.numbers import Mention, numbers
from graders.units import UNITS

_HEDGE = re.compile(
    r"^(?:about|around|approximately|approx\.?|roughly|nearly|almost|circa|ca\.|c\.|~|≈|\\approx|a\s+total\s+of|exactly|some|only|just|in\s+total|rund|etwa|environ)\s*",
    re.IGNORECASE,
)
_SIGN = re.compile(r"^(?:minus|negative)\s+", re.IGNORECASE)


_BEFORE = re.compile(r"(\d{1,4})\s*b\.?\s?c\.?(?:\s?e\.?)?", re.IGNORECASE)
_AFTER = re.compile(r"^a\.?\s?d\.?\s+(?=\d{1,4}$)|(?<=\d)\s*(?:a\.\s?d\.?|ad|c\.\s?e\.?|ce)$", re.IGNORECASE)


def read_quantity(text: str) -> Quantity | None:
    plain = _HEDGE.sub("", text).strip()
    if re.match(r"one\s", plain, re.IGNORECASE) and not any(m.start == 0 for m in numbers(plain)):
        plain = f"1{plain[3:]}"
    plain = re.sub(r"^(?:(?:in|since|by|the)\s+)?(?:the\s+)?(?:year\s+)?(?=\d{4}$)", "", plain, flags=re.IGNORECASE)
    if era := _BEFORE.fullmatch(plain):
        return Quantity(Fraction(-int(era[1])), Fraction(1))
    plain = _AFTER.sub("", plain)
    negative = bool(_SIGN.match(plain))
    plain = re.sub(r"^([-−+])\s+(?=[\d.$€£])", r"\1", _SIGN.sub("", plain))
    found = [m for m in numbers(plain) if not m.glued]
    if not found or found[0].start != 0 or found[0].kind == "ordinal":
        return None
    if len(found) > 1:
        return _compound(plain, found)
    m = found[0]
    noun = re.sub(r"^/\s*", "per ", plain[m.end :].strip(" .,"))
    if (
        m.dated
        or not re.fullmatch(r"(?:(?:\b(?:[^\W\d_]+|[²³/])[\s-]?){1,4})?", noun)
        or (noun and not m.unit and len(noun) == 1)
    ):
        return None
    sign = -1 if negative else 1
    first = m.readings[0]
    other = m.readings[1].value * sign if len(m.readings) > 1 else None
    return Quantity(first.value * sign, first.ulp, m.unit, m.percent, noun.lower(), other)


def _compound(text: str, found: list[Mention]) -> Quantity | None:
    """ "5 ft 3 in", "2 hours and 30 minutes": units of one dimension, larger first."""
    dimension = UNITS[found[0].unit].dimension if found[0].unit else ""
    if not dimension or any(not m.unit or UNITS[m.unit].dimension != dimension for m in found):
        return None
    gaps = [text[a.end : b.start].strip(" ,").lower() for a, b in pairwise(found)]
    if any(gap not in ("", "and", "und", "et", "y") for gap in gaps) or text[found[-1].end :].strip(" ."):
        return None
    smallest = found[-1].unit
    total = sum((m.value * UNITS[m.unit].factor for m in found), Fraction(0)) / UNITS[smallest].factor
    return Quantity(total, found[-1].ulp, smallest)


def read_ratio(text: str) -> Ratio | None:
    m = re.fullmatch(
        r"(\d+(?:\.\d+)?)((?:\s*:\s*\d+(?:\.\d+)?)+|\s+(?:to|in|out\s+of|zu|sur)\s+\d+(?:\.\d+)?)", text.strip()
    )
    if m:
        terms = [Fraction(t) for t in re.findall(r"\d+(?:\.\d+)?", text)]
        return Ratio(tuple(t / terms[-1] for t in terms)) if terms[-1] else None
    return None
