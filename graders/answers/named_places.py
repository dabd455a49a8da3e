"""Where a sentence names a short answer: word by word, or by one of its capitalised names in another form; and its namesakes.

Limits: a name of more than twelve words is not looked for; of a sentence twelve names are compared.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from graders.answers.spellings import stemmed
from graders.names import folded
from graders.number_words import SMALL
from graders.wording import ARTICLES, ORDINALS, TITLES, Compare


class Place(NamedTuple):
    """Where a sentence names something, `[start, end)`."""

    start: int
    end: int


_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|&")


class _Word(NamedTuple):
    text: str
    start: int
    end: int


_POSSESSIVES = frozenset(["my", "your", "our", "his", "her", "its", "their"])


def _words(text: str, *, inflected: bool = False) -> Iterator[_Word]:
    """The words that tell a name, folded, ordinals and number words as figures, without articles and "'s".

    Where `inflected`, without the endings of plain words: "planting trees" as "planted trees".
    """
    for m in _WORD.finditer(text):
        word = folded(re.sub(r"['’]s$", "", m[0]))
        plain = re.sub(r"(?<=\d)(?:st|nd|rd|th)$|(?<=[a-z](?:sh|ch))(?:wo)?m[ae]n$", "", word)
        plain = ORDINALS.get(plain, str(SMALL[plain]) if plain in SMALL else "and" if plain == "&" else plain)
        if (plain not in _POSSESSIVES and plain not in ARTICLES) or (len(m[0]) == 1 and m[0].isupper()):
            yield _Word(
                stemmed(plain) if inflected and (m[0].islower() or not m.start()) else plain, m.start(), m.end()
            )


def named(sentence: str, short: str, *, inflected: bool = False) -> Iterator[Place]:
    """Where the words of the short answer stand, in order and with nothing between them."""
    wanted = [word.text for word in _words(short, inflected=inflected)]
    while len(wanted) > 1 and wanted[0] in TITLES - {"st", "saint"}:
        wanted = wanted[1:]
    said = list(_words(sentence, inflected=inflected))
    if not wanted or len(wanted) > 12:
        return
    orders = [wanted]
    if len(wanted) == 2 and wanted[0].isdigit() != wanted[1].isdigit():
        orders.append(wanted[::-1])  # "season 3" and "the third season"
    begins, whole = {0: 0}, ""
    for at, word in enumerate(said):
        whole += word.text
        begins[len(whole)] = at + 1
    for order in orders:
        joined = "".join(order)
        at = whole.find(joined)
        while at >= 0:
            first, behind = begins.get(at), begins.get(at + len(joined))
            if first is not None and behind is not None and behind > first:
                place = Place(said[first].start, said[behind - 1].end)
                if not re.match(r"[.,]\d", sentence[place.end :]) and not re.search(
                    r"\d[.,]$", sentence[: place.start]
                ):
                    yield place
            at = whole.find(joined, at + 1)


def has_namesake(sentence: str, short: str, compare: Compare) -> bool:
    """Whether a sentence has other names of the same kind, and no more: "Columbia Records" for "Capitol Records"."""
    wanted = {word.text for word in _words(short)}
    if len(wanted) < 2 or short.islower():
        return False
    names = [
        m[0]
        for m in list(NAME.finditer(sentence))[:MOST_NAMES]
        if " " in m[0]
        and len(m[0]) <= _LONGEST
        and wanted & (said := {word.text for word in _words(m[0])} - {"of"})
        and said - wanted
    ]
    return bool(names) and all(compare(name, short) == "different" for name in names)


def counted_otherwise(sentence: str, short: str) -> bool:
    """Whether a sentence has another number of the same thing: "the third season" for "season 2"."""
    wanted = [word.text for word in _words(short)]
    if len(wanted) != 2 or wanted[0].isdigit() == wanted[1].isdigit():
        return False
    noun = next(word for word in wanted if not word.isdigit())
    said = [word.text for word in _words(sentence)]
    return (
        any(noun in pair and any(word.isdigit() for word in pair) for pair in pairwise(said)) and said.count(noun) == 1
    )


NAME = re.compile(
    r"[A-ZÀ-Þ][\w'’.-]*(?<![.'’])\.?(?:\s+(?:(?:of|de|van|von|da|di|la|der|del|the|and|&)\s+){0,2}[A-ZÀ-Þ][\w'’-]*(?:\.(?=\s[A-Z]))?)*"
)


MOST_NAMES = 12
"""Names of a sentence that are compared."""


_LONGEST = 80
"""Characters of a name."""


_FURTHER = re.compile(r",\s+[A-ZÀ-Þ][\w'’.-]*(?:\s+[A-ZÀ-Þ][\w'’-]*)*")
"""Where something lies: "University of California, Los Angeles"."""


def named_alike(sentence: str, short: str, compare: Compare) -> Iterator[Place]:
    """The names of a sentence that are the short answer in another form."""
    if not short[:1].isupper() and short[:4].lower() != "the ":
        return
    for m in list(NAME.finditer(sentence))[:MOST_NAMES]:
        further = _FURTHER.match(sentence, m.end()) if "," in short else None
        name = (m[0] + (further[0] if further else "")).removeprefix("The ")
        whole = 2 * len(name.split()) >= len(short.split()) or short.endswith(f" {name}")
        if whole and 2 < len(name) <= min(_LONGEST, len(sentence) - 9) and compare(name, short) == "equal":
            end = m.end() + (further.end() - further.start() if further else 0)
            yield Place(end - len(name), end)
