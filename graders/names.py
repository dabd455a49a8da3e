"""Names in text: runs of capitalised words, and words compared without case, accents and endings."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple


class Name(NamedTuple):
    """A name in a text, `[start, end)`; `opens` where it begins a sentence, a line or a quotation, so that its capital may mean nothing."""

    start: int
    end: int
    text: str
    opens: bool


_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_NAME = re.compile(
    r"(?<![\w@/#.])[A-ZÀ-ÖØ-Þ][\w'’]*(?:[-.][A-ZÀ-ÖØ-Þ]?[\w'’]+)*(?:\s+(?:(?:of|de|del|della|di|du|da|dos|la|le|van|von|der|den|the|and|&|y|und)\s+){0,2}"
    r"[A-ZÀ-ÖØ-Þ][\w'’]*(?:[-.][A-ZÀ-ÖØ-Þ]?[\w'’]+)*)*"
)
_OPENS = re.compile(r"(?:^|[.!?:;\n|•*#>(\[\"“”‘’'—–/]|\d[.)]|- )[\s*_`\"“(\[]*$")


_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ı": "i"})
"""Letters that Unicode does not take apart into one without an accent."""


@lru_cache(maxsize=8192)
def folded(word: str) -> str:
    """A word without case, accents and the possessive."""
    if word.isascii():
        plain = word.lower()
    else:
        bare = unicodedata.normalize("NFKD", word.casefold().translate(_LETTERS))
        plain = "".join(c for c in bare if not unicodedata.combining(c))
    for ending in ("'s", "’s"):
        plain = plain.removesuffix(ending)
    return plain


@lru_cache(maxsize=512)
def words(text: str) -> frozenset[str]:
    """The different words of a text, folded. What stands between blanks is taken once, and most of it is a word as it is."""
    pieces = set(text.split())
    whole = {piece for piece in pieces if piece.isalnum()}
    return frozenset(map(folded, whole.union(_WORD.findall(" ".join(pieces - whole)))))


def has_any(text: str, hints: Iterable[str]) -> bool:
    """Whether a text has any of these, which are in small letters: a cheap look before a costly one."""
    return any(map(_small(text).__contains__, hints))


@lru_cache(maxsize=16)
def _small(text: str) -> str:
    return text.lower()


OTHER_LETTERS = re.compile(r"[\u0370-\u1fff\u3040-\ud7af]")
"""A letter or sign of another script than the Latin one, in which names are written otherwise."""


@lru_cache(maxsize=512)
def names(text: str) -> tuple[Name, ...]:
    """The names of a text in order."""
    return tuple(
        Name(m.start(), m.end(), m[0], bool(_OPENS.search(text[max(0, m.start() - 8) : m.start()]) or m.start() == 0))
        for m in _NAME.finditer(text)
    )
