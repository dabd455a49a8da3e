"""Asks the writer for a query from the seed."""

from typing import Any

from langgraph.runtime import Runtime

from agents.author.asking import asked
from agents.author.brief import brief
from agents.author.forms import Complaint, read_draft
from agents.author.prompts import AUTHOR
from agents.author.state import AuthorContext, AuthorState
from traces.record import Message


async def draft(state: AuthorState, runtime: Runtime[AuthorContext]) -> dict[str, Any]:
    """The first draft, or why nothing could be read."""
    opening = [
        Message(role="system", content=AUTHOR, origin="system"),
        Message(role="user", content=brief(state["brief"]), origin="forced"),
    ]
    found, said = await asked(runtime.context.writer, opening, read_draft, runtime.context.seed)
    if isinstance(found, Complaint):
        return {"messages": [*opening, *said], "refused": ("unreadable", f"the draft: {found.text}")}
    return {"messages": [*opening, *said], "query": found, "refused": None}
