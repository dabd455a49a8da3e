"""Snippets: the stretch of a page where the query's most telling words stand together, in their context."""

import re
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from tools.search.analysis import terms_of

SNIPPET_CHARACTERS = 260
SCANNED_CHARACTERS = 400_000
"""Words beyond this are not looked at: a snippet must not cost more than the search."""
_WORD = re.compile(r"[^\W_]+")
_SENTENCE_END = re.compile(r"[.!?。！？:]\s+|\n")


class _Match(NamedTuple):
    term: str
    start: int
    end: int


@lru_cache(maxsize=8192)
def _terms(word: str) -> tuple[str, ...]:
    return tuple(terms_of(word))


def snippet(text: str, weights: Mapping[str, int], size: int = SNIPPET_CHARACTERS) -> str:
    """About `size` characters of `text` round the heaviest terms that stand together; its beginning where none occurs.

    `weights` says how much it tells that a term occurs.
    """
    return _cut(text, _best_start(_matches(text, weights), weights, size), size)


def _matches(text: str, wanted: Mapping[str, int]) -> list[_Match]:
    # Stemming leaves a first letter as it is, so a look at it saves most words from being stemmed.
    initials = {letter for term in wanted for letter in (term[0], term[0].upper())}
    found: list[_Match] = []
    for match in _WORD.finditer(text, 0, SCANNED_CHARACTERS):
        word = match[0]
        if word[0] in initials or not word.isascii():
            found.extend(_Match(term, *match.span()) for term in _terms(word) if term in wanted)
    return found


def _best_start(matches: list[_Match], weights: Mapping[str, int], size: int) -> int:
    """Start of the window whose different terms weigh most, then with most matches; the earliest of equals."""
    best, best_start, first, weight = (0, 0), 0, 0, 0
    counts: Counter[str] = Counter()
    for last, match in enumerate(matches):
        weight += 0 if counts[match.term] else weights[match.term]
        counts[match.term] += 1
        while first < last and match.end - matches[first].start > size * 3 // 4:
            left = matches[first].term
            counts[left] -= 1
            weight -= 0 if counts[left] else weights[left]
            first += 1
        if (weight, last - first) > best:
            best, best_start = (weight, last - first), matches[first].start
    return best_start


def _cut(text: str, match: int, size: int) -> str:
    start = _sensible_start(text, match, size)
    end = min(len(text), start + size)
    if end < len(text):
        end = max(text.rfind(" ", start + size * 3 // 4, end), 0) or end
    shown = " ".join(text[start:end].split())
    return ("… " if start > 0 else "") + shown + (" …" if end < len(text) else "")


def _sensible_start(text: str, match: int, size: int) -> int:
    """The sentence's beginning where it is near, or else a word's, a little before the match."""
    if match + size // 3 < size:
        return 0
    earliest = match - size // 4
    ends = list(_SENTENCE_END.finditer(text, earliest, match))
    if ends:
        return ends[-1].end()
    space = text.find(" ", earliest, match)
    return space + 1 if space >= 0 else earliest
