"""What the model is shown of hits and pages, and the structured form that goes into the record."""

import json
from collections.abc import Sequence

from tools.results import ToolOutput, failed
from tools.search.parts import parts_of
from tools.search.provider import Hit, Page


def shown_id(id: str) -> str:
    """An id as the model sees it: plain where it can be copied so, or else as a JSON string."""
    plain = id.isprintable() and id == id.strip() and not id.startswith('"') and ")" not in id
    return id if plain else json.dumps(id)


def ids_meant(shown: str) -> tuple[str, ...]:
    """The ids that a model may mean by what it wrote: read as a JSON string, as it stands, and without surrounding blanks."""
    return tuple(dict.fromkeys((*_unquoted(shown.strip()), shown, shown.strip())))


def _unquoted(shown: str) -> tuple[str, ...]:
    if not shown.startswith('"'):
        return ()
    try:
        return (str(json.loads(shown)),)
    except json.JSONDecodeError:
        return (shown.strip('"'),)


def results(query: str, hits: Sequence[Hit]) -> ToolOutput:
    """The observation of a search."""
    if not hits:
        return ToolOutput(f"No results for {query!r}. Try other or fewer words.", data={"query": query, "hits": []})
    entries = [f"{rank}. {hit.title} (id: {shown_id(hit.id)})\n{hit.snippet}" for rank, hit in enumerate(hits, 1)]
    data = {"query": query, "hits": [{"id": hit.id, "title": hit.title, "score": hit.score} for hit in hits]}
    return ToolOutput("\n\n".join(entries), data=data, untrusted=any(hit.untrusted for hit in hits))


def opened(page: Page, part: int) -> ToolOutput:
    """The observation of an opened page: the whole page where it is short, or the part asked for."""
    parts = parts_of(page.text)
    if not 1 <= part <= len(parts):
        have = f"has parts 1 to {len(parts)}" if len(parts) > 1 else "has one part"
        return failed("invalid_input", f"the page {have}; part {part} does not exist.", id=page.id, parts=len(parts))
    text = f"{page.title}\n\n{parts[part - 1].text.strip()}"
    if len(parts) > 1:
        text += f"\n\n[{_position(page.id, part, len(parts))}]"
    return ToolOutput(text, data={"id": page.id, "part": part, "parts": len(parts)}, untrusted=page.untrusted)


def unknown_page(id: str, near: Sequence[str]) -> ToolOutput:
    """The error for an id that does not exist. `near` are ids that do."""
    advice = f"Pages that may be meant: {', '.join(map(shown_id, near))}." if near else "Use an id from search results."
    return failed("not_found", f"there is no page with id {id!r}. {advice}", id=id, near=list(near))


def _position(id: str, part: int, of: int) -> str:
    if part == of:
        return f"part {part} of {of}, the last"
    return f"part {part} of {of}; for the next call open_page with id {shown_id(id)} and part {part + 1}"
