"""Cuts HTML into text and tags in one pass, in time that grows with its length whatever the page does.

The standard library's parser takes minutes for some pages of 64 KiB that are made to hurt; here every search
that fails ends the page or is not made again.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

RAW = frozenset(
    {
        "script",
        "style",
        "textarea",
        "title",
        "xmp",
        "iframe",
        "noembed",
        "noframes",
        "noscript",
        "template",
        "svg",
        "math",
    }
)
"""Elements whose content is taken as it stands up to their end tag, or passed over."""
_NAME = re.compile(r"/?[a-zA-Z][^\s/>]{0,40}")
_QUOTED_TAG = re.compile(r"""[^>"']*+(?:"[^"]*+"[^>"']*+|'[^']*+'[^>"']*+)*+>""")


class Text(NamedTuple):
    """Characters between tags, entities not yet replaced."""

    text: str


class Tag(NamedTuple):
    """A tag. `raw` is the content of a raw element, which has been passed over up to its end tag."""

    name: str
    attributes: str = ""
    closing: bool = False
    raw: str = ""


class Scanner:
    """One pass over a page."""

    def __init__(self, html: str) -> None:
        self._html = html
        self._quotes_pair_up = True

    def __iter__(self) -> Iterator[Text | Tag]:
        position, html = 0, self._html
        while position < len(html):
            start = html.find("<", position)
            if start != position:
                yield Text(html[position : start if start >= 0 else len(html)])
            if start < 0:
                return
            token, position = self._at(start)
            if token is not None:
                yield token

    def _at(self, start: int) -> tuple[Text | Tag | None, int]:
        """The token at a "<", and where it ends."""
        name = _NAME.match(self._html, start + 1)
        if name:
            return self._tag(name)
        if self._html.startswith("<!--", start):
            return None, self._after("-->", start + 2)
        if self._html[start + 1 : start + 2] in ("!", "?", "/"):
            return None, self._after(">", start)
        return Text("<"), start + 1

    def _tag(self, found: re.Match[str]) -> tuple[Tag, int]:
        end = self._tag_end(found.end())
        name = found[0].lower()
        if name.startswith("/"):
            return Tag(name[1:], closing=True), end
        attributes = self._html[found.end() : min(end - 1, found.end() + 2000)]
        if name not in RAW or attributes.endswith("/"):
            return Tag(name, attributes), end
        close = re.compile(rf"</{name}(?![^\s/>])", re.IGNORECASE).search(self._html, end)
        content_end = close.start() if close else len(self._html)
        return Tag(name, attributes, raw=self._html[end:content_end]), content_end

    def _tag_end(self, position: int) -> int:
        """Behind the tag's ">", reading over quoted values; once quotes do not pair up, they mean nothing in this page."""
        if self._quotes_pair_up:
            found = _QUOTED_TAG.match(self._html, position)
            if found:
                return found.end()
            self._quotes_pair_up = False
        return self._after(">", position)

    def _after(self, mark: str, position: int) -> int:
        found = self._html.find(mark, position)
        return found + len(mark) if found >= 0 else len(self._html)
