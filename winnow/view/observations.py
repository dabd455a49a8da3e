"""An observation as a page shows it: its text with what is a table as a table, how the call ended, and pictures it holds."""

import base64
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from markupsafe import Markup

from traces.record import Artifact, Message, ToolResult
from winnow.show import ended
from winnow.view.marking import Span, markup
from winnow.view.tables import Cell, Kind, Table, tables

LONG = 6000
"""Characters of an observation that are shown at once; the rest opens on demand, up to the cap."""
CAP = 400_000
_WIDEST = 500
"""Characters of a cell; all of it stands in the text."""
_PICTURES = ("image/png", "image/jpeg")
_HEAD = re.compile(r"^\d+\. (.+?)(?: \(id: [^)\n]*\))?$", re.MULTILINE)


class Grid(NamedTuple):
    """A table: cells as markup, and of each column what they are."""

    head: list[Markup]
    rows: list[list[Markup]]
    kinds: list[Kind]
    more: int
    beside: Markup


class Seen(NamedTuple):
    """An observation. `head` is its beginning, in turns as text and as tables; `raw` all of that as text, where it has a table.

    `marked` where something is marked in that text and cannot be in the table.
    """

    head: list[Markup | Grid]
    raw: Markup
    marked: bool
    rest: Markup
    failed: bool
    ended: str
    files: list[str]
    duration: float
    size: int
    untrusted: bool
    pictures: list[str]


def seen(message: Message, marks: Sequence[Span]) -> Seen:
    """What a tool said, with marks of evidence and of origins where they stand."""
    text, result = message.content, message.result
    spans = [*marks, *_structure(text, result)]
    found = tables(text, LONG) if len(text) <= CAP else []
    cut = min(len(text), LONG)
    parsed = bool(found) and found[0].head[0].start < 0
    # A place that is linked to stands once on a page: in the table, where its cells are stretches of the text.
    bare = spans if parsed else [span._replace(anchor="") for span in spans]
    return Seen(
        head=list(_parts(text, spans, found, max(cut, found[-1].end if found else 0))),
        raw=markup(text, bare, 0, cut) if found else Markup(""),
        marked=parsed and any(span.mark for span in spans),
        rest=markup(text, spans, LONG, CAP) if len(text) > LONG else Markup(""),
        failed=result is not None and result.status == "error",
        ended=ended(result),
        files=[f"{one.name} ({one.size:,} bytes)" for one in result.artifacts] if result else [],
        duration=message.duration or (result.duration if result else 0.0),
        size=len(text),
        untrusted=result is not None and result.untrusted,
        pictures=_pictures(result.artifacts) if result else [],
    )


def _parts(text: str, spans: Sequence[Span], found: Sequence[Table], end: int) -> Iterator[Markup | Grid]:
    at = 0
    for table in found:
        if text[at : table.start].strip():
            yield markup(text, spans, at, table.start)
        yield _grid(text, spans, table)
        at = table.end
    if text[at:end].strip() or not found:
        yield markup(text, spans, at, end)


def _grid(text: str, spans: Sequence[Span], table: Table) -> Grid:
    def shown(cell: Cell) -> Markup:
        if cell.start < 0:
            return markup(cell.text, end=_WIDEST)
        return markup(text, spans, cell.start, cell.start + min(len(cell.text), _WIDEST))

    rows = [[shown(cell) for cell in row] for row in table.rows]
    return Grid([shown(cell) for cell in table.head], rows, table.kinds, table.more, markup(table.beside, end=_WIDEST))


def _structure(text: str, result: ToolResult | None) -> list[Span]:
    """The heads of search hits, and what a program wrote to stderr, where they stand in the text."""
    data = result.data if result and isinstance(result.data, dict) else {}
    hits = data.get("hits")
    titles = {str(hit.get("title")) for hit in hits if isinstance(hit, dict)} if isinstance(hits, list) else set()
    heads = [Span(*found.span(), "hit") for found in _HEAD.finditer(text) if found[1] in titles]
    errors = data.get("stderr")
    if not isinstance(errors, str) or not errors.strip() or (at := text.rfind(errors)) < 0:
        return heads
    return [*heads, Span(at, at + len(errors), "stderr")]


def _pictures(artifacts: Sequence[Artifact]) -> list[str]:
    """Figures as data addresses; only what is a picture by its type, and base64 by its form."""
    found = [a for a in artifacts if a.media_type in _PICTURES and a.encoding == "base64" and a.content]
    return [f"data:{a.media_type};base64,{base64.b64encode(base64.b64decode(a.content or '')).decode()}" for a in found]
