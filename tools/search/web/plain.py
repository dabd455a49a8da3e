"""Text from outside, made harmless to read: markup out, characters that hide or reorder text out, blanks set in order."""

import html
import re
from itertools import islice
from typing import NamedTuple

from tools.search.web.markup import Scanner, Tag, Text

MAX_TOKENS = 300_000
"""Tags and texts of a page that are read; an encyclopaedia's longest articles have a fifth of this."""
_KEPT_BLANK = "\ufdd0"
_BLANKS = re.compile(r"\s+")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    "\ufff0-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e0fff]"
)
"""Control and format characters, variation selectors and tags: none can be seen, and some carry text that only a model reads."""
_DROPPED = frozenset({"nav", "select", "button", "dialog", "object", "canvas", "audio", "video"})
_BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt"}
    | {"fieldset", "figcaption", "figure", "footer", "header", "hr", "html", "legend", "li", "main", "ol", "p", "pre"}
    | {"section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul"}
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_ENDED_BY_NEXT = frozenset({"p", "li", "td", "th", "tr", "dd", "dt"})
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "wbr"}
)
_QUOTED = re.compile(r""""[^"]*"|'[^']*'""")
_HIDDEN = re.compile(r"(?:^|\s)hidden(?=[\s=/]|$)", re.IGNORECASE)
_HIDDEN_VALUE = re.compile(
    r"""aria-hidden\s*=\s*["']?true|style\s*=\s*(?:"[^"]*|'[^']*)(?:display\s*:\s*none|visibility\s*:\s*hidden)""",
    re.IGNORECASE,
)


class Readable(NamedTuple):
    """What a page says."""

    title: str
    text: str


def clean(text: str) -> str:
    """The text without invisible characters, runs of blanks and more than one empty line."""
    text = _INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = re.sub(r"[^\S\n]+", " ", text)
    return re.sub(r" ?\n ?(?:\n ?)+", "\n\n", re.sub(r" ?\n ?", "\n", text)).strip()


def one_line(text: str, size: int) -> str:
    """A title or excerpt as providers send it: no tags, no entities, one line, at most `size` characters."""
    plain = " ".join(clean(readable(text).text).split())
    return plain if len(plain) <= size else plain[: size - 1].rstrip() + "…"


def readable(page: str) -> Readable:
    """Title and visible text of an HTML page."""
    reader = _Reader()
    for token in islice(Scanner(page), MAX_TOKENS):
        if isinstance(token, Text):
            reader.read_text(token.text)
        else:
            reader.read_tag(token)
    text = clean("".join(reader.pieces)).replace(_KEPT_BLANK, " ")
    return Readable(" ".join(clean(html.unescape(reader.title)).split()), text)


class _Reader:
    """Gathers visible text with line breaks where blocks begin and end."""

    def __init__(self) -> None:
        self.title = ""
        self.pieces: list[str] = []
        self._skipped = ""
        self._depth = 0
        self._verbatim = False

    def read_text(self, text: str) -> None:
        if not self._skipped:
            plain = html.unescape(text)
            self.pieces.append(plain.replace(" ", _KEPT_BLANK) if self._verbatim else _BLANKS.sub(" ", plain))

    def read_tag(self, tag: Tag) -> None:
        if self._skipped and not self._leaves(tag):
            return
        if tag.name == "title":
            self.title = self.title or tag.raw
        elif not tag.closing and self._is_hidden(tag):
            self._skipped, self._depth = tag.name, 1
        else:
            self.pieces.append(self._mark(tag))
        if tag.name == "pre":
            self._verbatim = not tag.closing

    def _leaves(self, tag: Tag) -> bool:
        """Whether what was passed over ends with this tag."""
        if self._skipped in _ENDED_BY_NEXT:
            ended = tag.name == self._skipped or (tag.closing and tag.name in _BLOCKS)
        else:
            self._depth += (tag.name == self._skipped) * (-1 if tag.closing else 1)
            ended = self._depth == 0
        self._skipped = "" if ended else self._skipped
        return ended

    def _is_hidden(self, tag: Tag) -> bool:
        if tag.name in _DROPPED:
            return True
        if not tag.attributes or tag.name in _VOID or tag.raw or tag.name in ("html", "body"):
            return False
        return bool(_HIDDEN.search(_QUOTED.sub("", tag.attributes)) or _HIDDEN_VALUE.search(tag.attributes))

    def _mark(self, tag: Tag) -> str:
        if tag.name in _HEADINGS:
            return "\n\n"
        if tag.name == "li" and not tag.closing:
            return "\n- "
        if tag.closing and tag.name in _ENDED_BY_NEXT:
            return "\n\n" if tag.name == "p" else ""
        if tag.name in ("td", "th"):
            return " | "
        if tag.name == "p" or tag.name in ("table", "blockquote"):
            return "\n\n"
        return "\n" if tag.name in _BLOCKS or tag.name == "br" else ""
