"""Cuts a long page into parts at paragraph, line, sentence or word ends, so that an observation stays small."""

from typing import NamedTuple

PART_CHARACTERS = 6000
_ENDS = ("\n\n", "\n", ". ", " ")


class Part(NamedTuple):
    """Part `number` of `of`, counted from 1."""

    text: str
    number: int
    of: int


def parts_of(text: str, size: int = PART_CHARACTERS) -> tuple[Part, ...]:
    """The parts of a text, at least one; joined they give the text again. A little overhang is not worth a part of its own."""
    pieces = []
    start = 0
    while len(text) - start > size + size // 4:
        end = _end(text, start, size)
        pieces.append(text[start:end])
        start = end
    pieces.append(text[start:])
    return tuple(Part(piece, number, len(pieces)) for number, piece in enumerate(pieces, 1))


def _end(text: str, start: int, size: int) -> int:
    for mark in _ENDS:
        found = text.rfind(mark, start + size // 2, start + size)
        if found >= 0:
            return found + len(mark)
    return start + size
