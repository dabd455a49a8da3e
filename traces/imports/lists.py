"""The elements of a JSON list, cut out one after the other without reading them: a list of any length takes the memory of its longest row.

Only brackets and texts are looked at, so that an element that is no JSON breaks nothing but itself.
"""

import re
from collections.abc import Callable, Iterator

from traces.imports.errors import RowError

_NEXT = re.compile(rb'[^"\[\]{}]*+(?:"[^"\\]*+(?:\\.[^"\\]*+)*+"[^"\[\]{}]*+)*+([\[\]{}"])', re.DOTALL)
"""All up to the next bracket that stands in no text, or up to the quotation mark of a text whose end is not there yet."""
_READ = 1 << 20


def elements(read: Callable[[int], bytes]) -> Iterator[bytes]:
    """The elements of the list that a file begins with; `read` gives up to so many bytes more, and none at its end.

    Raises:
        RowError: the file ends before the list does, or goes on behind it. All elements before have been given.
    """
    held, place, since, depth = b"", 0, 0, 0
    while more := read(max(_READ, len(held) - since)):
        held, place, since = held[since:] + more, place - since, 0
        while found := _NEXT.match(held, place):
            mark, start, place = found[1], found.start(1), found.end()
            if mark == b'"':
                place = start
                break
            if depth == 0:
                since, depth = place, 1
            elif mark in (b"[", b"{"):
                if depth == 1:
                    yield from _between(held[since:start])
                    since = start
                depth += 1
            elif mark in (b"]", b"}") and depth > 1:
                depth -= 1
                if depth == 1:
                    yield held[since:place]
                    since = place
            elif mark == b"]":
                yield from _between(held[since:start])
                return _ended(held[place:], read)
    raise RowError("the file ends before its list does")


def _between(text: bytes) -> Iterator[bytes]:
    """Elements that are no objects."""
    return (found for piece in text.split(b",") if (found := piece.strip()))


def _ended(text: bytes, read: Callable[[int], bytes]) -> None:
    while not text or text.isspace():
        text = read(_READ)
        if not text:
            return
    raise RowError(f"the file goes on behind the end of its list: {text.strip()[:40].decode(errors='replace')!r}")
