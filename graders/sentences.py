"""Where the sentences of a text begin and end: at a full stop, question or exclamation mark with space behind it, and at the end of a line.

The point of a decimal, an address, a shortening ("5 p.m. on Monday"), an initial or a title before a name is no end; full-width marks are
one. A heading, a list mark and a row of a table are sentences of their own. Not read: sentences that run over several lines.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

_END = r"\n|[。！？]|[.!?…]+[\"'”’»)\]*_`]*(?=\s|$)"
_ENDS = re.compile(_END)
_PARTS = re.compile(_END + r"|[;；](?=\s|$)")
_NO_END = re.compile(r"(?:\b[A-Z]|\b(?:St|Dr|Mr|Mrs|Ms|Jr|Sr|Prof|vs|No|Nr|ca?|approx))\.$")
_GOES_ON = re.compile(r"[^\S\n]+[^\W\d_A-Z]")
"""What follows the point of a shortening: a small letter."""


class Sentence(NamedTuple):
    """A sentence with the mark that ends it, and its place in the text."""

    text: str
    start: int
    end: int


@lru_cache(maxsize=64)
def sentences(text: str, *, semicolons: bool = False) -> tuple[Sentence, ...]:
    """The sentences of a text in order, without blank lines; `semicolons`: parts that these set apart count for themselves."""
    return tuple(
        Sentence(text[start:end], start, end)
        for start, end in _spans(text, _PARTS if semicolons else _ENDS)
        if not text[start:end].isspace()
    )


def sentence_at(text: str, place: int, *, semicolons: bool = False) -> Sentence:
    """The sentence that has a place of a text."""
    found = sentences(text, semicolons=semicolons)
    index = bisect_right(found, place, key=lambda sentence: sentence.start) - 1
    return found[index] if index >= 0 and place < found[index].end else Sentence("", place, place)


def _spans(text: str, marks: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    start = 0
    for m in marks.finditer(text):
        if m[0] == "." and (_NO_END.search(text, max(start, m.start() - 8), m.end()) or _GOES_ON.match(text, m.end())):
            continue
        yield start, m.end()
        start = m.end()
    if start < len(text):
        yield start, len(text)
