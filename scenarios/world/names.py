"""Invented names. Each is a bijective function of its number, so a million names are unique without being remembered.

A name is spelled from syllables; a short list of well-known real towns, firms and people is refused on top, see `KNOWN`.
"""

import re
from collections.abc import Callable
from math import gcd
from pathlib import Path

from scenarios.world.draws import Draw


def _of(spellings: str) -> tuple[str, ...]:
    return tuple(spellings.split())


_ONSETS = _of("B Br D Dr F Fl G Gr H J K Kr L M N Ost P Qu R S Sk T Tr V Vr Y Z")
_NUCLEI = _of("a e i o u ae ei ou")
_LINKS = _of("l r n m d v lm rn nd rv sk lt rz st gr dr kl br th zh")
_TAILS = _of(
    "ath een ik ova und esk irra olm uvar enta orin yk aum edra issen ovar ulda anz eth ombra ilk oss arn uzet"
)
_GIVEN_ENDS = _of("a o en is ela an ir una ek or ya eth im ossa ar ei")

KNOWN = frozenset((Path(__file__).parent / "known_names.txt").read_text(encoding="utf-8").split())
"""Well-known real names that the syllables could come near; compared word by word, whatever the case."""


class Speller:
    """Turns the numbers 0, 1, 2, ... into distinct words by a seeded walk through all spellings."""

    def __init__(self, *parts: tuple[str, ...], key: str) -> None:
        self._parts = parts
        self.space = 1
        for part in parts:
            self.space *= len(part)
        draw = Draw("spelling", key)
        self._step = self.space // 3 + draw.below(self.space // 3)
        while gcd(self._step, self.space) != 1:
            self._step += 1
        self._shift = draw.below(self.space)

    def word(self, number: int) -> str:
        rest = (number * self._step + self._shift) % self.space
        spelled = []
        for part in self._parts:
            rest, place = divmod(rest, len(part))
            spelled.append(part[place])
        return "".join(spelled)


def stems(key: str) -> Speller:
    """Words such as "Skelmedra": 27 x 8 x 20 x 24 = 103,680 of them, and as many again with a middle syllable."""
    return Speller(_ONSETS, _NUCLEI, _LINKS, _TAILS, key=key)


def long_stems(key: str) -> Speller:
    """Longer words for large worlds: 16.6 million."""
    return Speller(_ONSETS, _NUCLEI, _LINKS, _NUCLEI, _LINKS, _TAILS, key=key)


def given_names(key: str) -> Speller:
    """Words such as "Tourna": 27 x 8 x 20 x 16 = 69,120 of them."""
    return Speller(_ONSETS, _NUCLEI, _LINKS, _GIVEN_ENDS, key=key)


def is_known(name: str) -> bool:
    """Whether a word of the name is a well-known real one."""
    return not KNOWN.isdisjoint(name.lower().split())


_UNFIT = re.compile("nigr|fagr|nazi|hitl|shit|fuck|cunt|rape|anus|penis|porn|slut", re.IGNORECASE)


def is_unfit(name: str) -> bool:
    """Whether the syllables happen to spell something that no page should say."""
    return _UNFIT.search(name) is not None


def unknown_name(spell: Callable[[int], str], number: int, count: int) -> str:
    """The name of `number` among `count`. One that is well known or unfit is passed over for the next free number: names stay distinct."""
    while is_known(name := spell(number)) or is_unfit(name):
        number += count
    return name
