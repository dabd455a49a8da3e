"""Text that comes in pieces. Nearly all servers send what is new; a few send all there is so far, every time.

Which of the two it is shows at the third piece at the latest, so at most one piece is held back, and only where it repeats all before it.
"""

import re
from typing import Literal

_TELLING = 8
"""So many characters do not repeat by chance."""
_SURROGATE = re.compile("[\ud800-\udfff]")


def sound(text: str) -> str:
    """Text without lone surrogates: halves that belong together are put together, others replaced, as UTF-8 cannot hold them."""
    if text.isascii() or not _SURROGATE.search(text):
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


class Growing:
    """`add` gives what is new in a piece, `end` what was still held back; `text` is all of it."""

    def __init__(self) -> None:
        self.text = ""
        self._held = ""
        self._half = ""
        self._pieces = 0
        self._mode: Literal["open", "new", "whole"] = "open"

    def add(self, piece: str, *, last: bool = False) -> str:
        """Take a piece. `last` marks one that comes with the end, where some servers say all of it once more."""
        piece, self._half = self._half + piece, ""
        if "\ud800" <= piece[-1:] <= "\udbff":  # the first half of a pair
            piece, self._half = piece[:-1], piece[-1]
        if not piece:
            return ""
        repeats = last and piece == self.text and len(piece) >= _TELLING and self._pieces > 1
        self._pieces += 1
        return "" if repeats else self._grow(self._new(piece))

    def end(self) -> str:
        """What was held back, once nothing more comes."""
        held, self._held = self._held, ""
        if held and len(self.text) >= _TELLING:
            held = held[len(self.text) :]
        half, self._half = self._half, ""
        return self._grow(held + half)

    def _grow(self, new: str) -> str:
        new = sound(new)
        self.text += new
        return new

    def _new(self, piece: str) -> str:
        held, self._held = self._held, ""
        if self._mode == "whole":
            return piece[len(self.text) :] if piece.startswith(self.text) else piece
        if self._mode == "new" or not self.text:
            return piece
        if held and piece.startswith(held) and piece != held:
            self._mode = "whole"
            return piece[len(self.text) :]
        if not held and piece.startswith(self.text) and len(set(piece.strip())) > 2:
            self._held = piece
            return ""
        self._mode = "new"
        return held + piece
