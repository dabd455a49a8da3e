"""Whether a figure of an answer is worth the right one: in its unit or another, within its tolerance, in a reading it can have."""

import re
from fractions import Fraction
from functools import lru_cache

from graders.numbers import Mention
from graders.provenance import significant
from graders.units import UNITS, unit_named
from traces.task import Answer


def settled(mention: Mention, wanted: Fraction, *, points_group: bool = False) -> Mention:
    """A figure held against a whole number, in the readings it then can have: what is grouped by commas is no decimal,
    and "17.000" is 17 or, in a language that groups with points, 17,000, but never both."""
    if wanted.denominator != 1 or len(mention.readings) < 2 or mention.kind != "figure":
        return mention
    first, other = mention.readings[:2]
    if first.ulp >= 1:
        return mention._replace(readings=(first,))
    if first.value.denominator != 1:
        return mention
    return mention._replace(readings=(other if points_group else first,))


def groups_with_points(text: str) -> bool:
    """Whether a text writes its numbers as many languages but English do, by a figure that can mean nothing else or by its words."""
    return bool(_POINTED.search(text)) or len(_FOREIGN.findall(text)) >= 2


_POINTED = re.compile(r"(?<![\d.,])\d{1,3}(?:\.\d{3}){2,}(?![\d.])|\d\.\d{3},\d")
_FOREIGN = re.compile(
    r"\b(?:der|die|das|und|ist|sind|wie|viele|wird|beträgt|hat|el|los|las|cuántos|cuál|tiene|della|che|quanti|sono|são|quantos|tem|het|een|hoeveel)\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=512)
def value_of(text: str) -> Fraction:
    """The value of a figure of an oracle; reading it is dear beside comparing it."""
    return Fraction(text)


def number_agrees(answer: Answer, mention: Mention) -> bool:
    """Whether a mention has the value of the right answer, in its unit or another of the same kind, within its tolerance."""
    wanted, tolerance = value_of(answer.value), abs(value_of(answer.tolerance or "0"))
    percent = answer.unit.lower() in ("%", "percent", "per cent", "percentage points")
    for value, ulp in settled(mention, wanted).readings:
        for candidate, step in _in_unit(value, ulp, mention, answer.unit, percent):
            if candidate == wanted:
                return True
            slack = max(tolerance, abs(wanted) / 10**12, _rounding(wanted, tolerance, candidate, step))
            if abs(candidate - wanted) <= slack:
                return True
    return False


def _rounding(wanted: Fraction, tolerance: Fraction, given: Fraction, ulp: Fraction) -> Fraction:
    """What rounding excuses where the oracle names no tolerance and the value has no end."""
    endless = wanted.denominator > 1 and 10**12 % wanted.denominator
    return ulp / 2 if tolerance == 0 and endless and significant(given) >= 3 else Fraction(0)


def _in_unit(
    value: Fraction, ulp: Fraction, mention: Mention, unit: str, percent: bool
) -> list[tuple[Fraction, Fraction]]:
    if mention.percent:
        share = value / 100
        as_share = [(share, ulp / 100)] if unit == "" and share.denominator != 1 else []
        return [(value, ulp)] if percent else as_share
    wanted = unit_named(unit) if unit else None
    given = UNITS[mention.unit] if mention.unit else None
    if wanted and given:
        factor = given.factor / wanted.factor
        return [(value * factor, ulp * factor)] if given.dimension == wanted.dimension else []
    if percent and 0 < abs(value) < 1 and ulp < Fraction(1, 10):
        return [(value, ulp), (value * 100, ulp * 100)]
    return [(value, ulp)]
