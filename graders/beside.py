# ruff: noqa: E501, SIM905  (word lists and patterns are data: broken up they cannot be read)
"""Which numbers a text gives under a name that a call has: right beside a word of it, or in its unit. Nothing where the text speaks of changes and spans."""

import re
from collections.abc import Iterator

from graders.numbers import Mention, numbers
from graders.units import unit_named

_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_LOOSE = frozenset(
    "number value amount count total max min num size limit page offset index step start end per unit units order item items level the for with from rate id code year month day "
    "new old current target first last top width_px version range score rank row line".split()
)
"""Words of a key that tell nothing of what its number is of."""
_PERSONS = frozenset("party guest guests people person persons passenger passengers adult adults pax traveler travelers traveller travellers".split())  # fmt: skip
CHANGES = re.compile(
    r"\b(?:more|less|fewer|higher|lower|increas\w+|decreas\w+|reduc\w+|rais\w+|another|extra|additional|add|plus|minus|by|double|triple|twice|half|halve|other|each|every|between|"
    r"instead|except|than|convert\w*|round\w*|(?:me|myself|us|I)\s+(?:and|plus)|(?:and|plus)\s+(?:me|myself|I|my\s+\w+)|my\s+\w+\s+and)\b",
    re.IGNORECASE,
)
"""Words of changes, shares and spans, from which another value may follow."""
_LINK = r"(?:\s+(?:of|is|are|was|to|at|equals?|about|around|the)\b|\s*[:=])*\s*(?:[$€£]\s?)?"


def beside(text: str, key: str) -> Iterator[Mention]:
    """The numbers that a text gives right beside a word of a key."""
    wanted = {w.lower() for w in _WORD.findall(key)} - _LOOSE
    wanted = {w for w in wanted if len(w) >= 3}
    units = {unit.name for w in _WORD.findall(key) if len(w) >= 2 and (unit := unit_named(w.lower())) is not None}
    if wanted & _PERSONS:
        wanted |= _PERSONS
    for m in numbers(text) if (wanted or units) and not CHANGES.search(text) else ():
        if m.glued or m.dated or m.kind == "ordinal" or re.match(r"\s?\d", text[m.end : m.end + 2]):  # "5 ft 10 in"
            continue
        before, behind = text[max(0, m.start - 40) : m.start], text[m.end - m.tail : m.end + 24]
        if m.unit and m.unit in units:
            yield m
            continue
        for word in wanted:
            if re.search(rf"\b{re.escape(word)}s?\b{_LINK}$", before, re.IGNORECASE) or re.match(
                rf"\s*-?{re.escape(word)}\b", behind, re.IGNORECASE
            ):
                yield m
                break
