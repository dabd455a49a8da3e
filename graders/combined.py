# ruff: noqa: E501  (patterns are data)
"""Values of arguments that follow from two figures of the user's: "two adults and one child", "2000 pounds at 1.4 dollars".

Sums count of persons alone, products and quotients of anything, and degrees of one scale stand for those of the other.
"""

import re
from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations

from graders.numbers import Mention, numbers
from graders.provenance import OTHER_DEGREES

_KINDS = r"(?:adults?|child(?:ren)?|kids?|infants?|bab(?:y|ies)|toddlers?|teen\w*|seniors?|people|persons?|guests?|friends?|parents?|others?)\b"
_PERSONS = re.compile(r"\W{0,2}" + _KINDS, re.IGNORECASE)
_ONE = re.compile(r"\b(?:one|an?)\s+(?:\w+\s+)?" + _KINDS, re.IGNORECASE)


def follows_from_figures(value: Fraction, said: Mention, told: Sequence[str]) -> bool:
    """Whether a value follows from the one that the user gave for it and another one of the user's."""
    found = [m for text in told for m in numbers(text) if not m.glued and not m.dated]
    persons = [abs(m.value) for text in told for m in numbers(text) if _PERSONS.match(text, m.end - m.tail)]
    persons += [Fraction(1) for text in told for _ in _ONE.finditer(text)]
    if len(persons) > 1 and any(sum(some) == value for n in (2, 3) for some in combinations(persons, n)):
        return True
    own, others = abs(said.value), {abs(m.value) for m in found} - {abs(said.value), Fraction(0), Fraction(1)}
    if any(_near(abs(value), result) for other in others for result in (own * other, own / other)):
        return True
    degrees = OTHER_DEGREES.get(said.unit)
    return degrees is not None and abs(degrees[0](said.value) - value) <= 1


def _near(one: Fraction, other: Fraction) -> bool:
    return abs(one - other) <= other / 1000
