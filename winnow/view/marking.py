"""Text of a trace as HTML: escaped, invisible characters shown, spans of it marked.

The one way in which a trace's text reaches a page. Spans count characters of the raw text; they may overlap.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from html import escape
from itertools import pairwise
from typing import NamedTuple

from markupsafe import Markup

HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
"""What is not seen, or moves what is: control, escape and direction characters, tags, lone surrogates."""


class Span(NamedTuple):
    """A stretch `[start, end)` of a text. `css` are class names; `data` become `data-` attributes. A `mark` is evidence.

    `title` is told over it, `link` is a place on the same page, `anchor` makes it such a place.
    """

    start: int
    end: int
    css: str
    data: tuple[tuple[str, str], ...] = ()
    mark: bool = False
    title: str = ""
    link: str = ""
    anchor: str = ""


_FENCED = re.compile(r"^[ \t]*(```|~~~).*?(?:^[ \t]*\1[ \t]*$|\Z)|(?<!`)`[^`\n]+`(?!`)", re.MULTILINE | re.DOTALL)
_OPENS = r"(?:(?:async )?def \w+\(.*|class \w+.*:|@\w.*|from \S+ import .*|import \w.*|assert\b.*)"
_CODE_LINES = re.compile(rf"^{_OPENS}(?:\n\s*?(?:{_OPENS}|[ \t]+\S.*))+$", re.MULTILINE)


def coded(text: str) -> list[Span]:
    """Where a text shows code: between fences or backticks, or two lines or more of Python."""
    return [Span(*found.span(), "mono") for pattern in (_FENCED, _CODE_LINES) for found in pattern.finditer(text)]


def plain(text: str) -> str:
    """The text with what is invisible written out, for places that take no markup."""
    return HIDDEN.sub(lambda found: f"[U+{ord(found[0]):04X}]", text)


def markup(text: str, spans: Sequence[Span] = (), start: int = 0, end: int | None = None) -> Markup:
    """The part `[start, end)` of a text with its spans."""
    end = len(text) if end is None else min(end, len(text))
    inside = [s for s in spans if s.start < end and s.end > start and s.start < s.end]
    if not inside:
        return Markup(_shown(text[start:end]))
    cuts = sorted({start, end, *(max(start, s.start) for s in inside), *(min(end, s.end) for s in inside)})
    opening = sorted(inside, key=lambda s: s.start)
    return Markup("".join(_pieces(text, cuts, opening)))


def _pieces(text: str, cuts: Sequence[int], opening: Sequence[Span]) -> Iterable[str]:
    live: list[Span] = []
    upcoming = 0
    for a, b in pairwise(cuts):
        while upcoming < len(opening) and opening[upcoming].start <= a:
            live.append(opening[upcoming])
            upcoming += 1
        live = [s for s in live if s.end > a]
        yield _piece(_shown(text[a:b]), live, a, b)


def _piece(shown: str, live: Sequence[Span], at: int, end: int) -> str:
    if not live:
        return shown
    link = next((s.link for s in live if s.link), "")
    tag = "a" if link else "mark" if any(s.mark for s in live) else "span"
    told = {
        "class": " ".join(s.css for s in live),
        "href": link,
        "title": next((plain(s.title) for s in live if s.title), ""),
        # A span may be cut into pieces, and an id stands once.
        "id": next((s.anchor for s in live if s.anchor and s.start == at), ""),
        # Said once, behind the last piece.
        **{f"data-{key}": value for s in live if s.end <= end for key, value in s.data},
    }
    written = "".join(f' {name}="{escape(value, quote=True)}"' for name, value in told.items() if value)
    return f"<{tag}{written}>{shown}</{tag}>"


def _shown(text: str) -> str:
    escaped = escape(text, quote=True)
    return HIDDEN.sub(_visible, escaped) if HIDDEN.search(text) else escaped


def _visible(found: re.Match[str]) -> str:
    code = ord(found[0])
    name = unicodedata.name(found[0], "control character" if code < 0xA0 else "character").lower()
    return f'<span class="hidden-char" title="U+{code:04X} {name}">U+{code:04X}</span>'
