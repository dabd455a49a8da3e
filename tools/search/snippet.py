"""Snippets: the stretch of a page where most of the query's words stand, in their context."""

import re
from collections.abc import Collection
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


@lru_cache(maxsize=1 << 16)
def _terms(word: str) -> tuple[str, ...]:
    return tuple(terms_of(word))


def snippet(text: str, terms: Collection[str], size: int = SNIPPET_CHARACTERS) -> str:
    """About `size` characters of `text`, chosen to show as many different `terms` as possible; its beginning where none occurs."""
    start = _best_start(_matches(text, frozenset(terms)), size)
    return _cut(text, start, size)


def _matches(text: str, wanted: frozenset[str]) -> list[_Match]:
    found: list[_Match] = []
    for match in _WORD.finditer(text, 0, SCANNED_CHARACTERS):
        found.extend(_Match(term, *match.span()) for term in _terms(match[0]) if term in wanted)
    return found


def _best_start(matches: list[_Match], size: int) -> int:
    """Start of the window with most different terms, then most matches; the earliest of equals."""
    best, best_start, first = (0, 0), 0, 0
    counts: dict[str, int] = {}
    for last, match in enumerate(matches):
        counts[match.term] = counts.get(match.term, 0) + 1
        while first < last and match.end - matches[first].start > size * 3 // 4:
            _forget(counts, matches[first].term)
            first += 1
        if (len(counts), last - first) > best:
            best, best_start = (len(counts), last - first), matches[first].start
    return best_start


def _forget(counts: dict[str, int], term: str) -> None:
    counts[term] -= 1
    if not counts[term]:
        del counts[term]


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
