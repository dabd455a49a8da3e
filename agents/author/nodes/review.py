"""Has the writer read its own draft again, and rewrite it where something is wrong. Once: a second reading rarely finds more."""

from typing import Any

from langgraph.runtime import Runtime

from agents.author.asking import asked
from agents.author.forms import Complaint, read_review
from agents.author.prompts import REVIEW
from agents.author.state import AuthorContext, AuthorState
from traces.record import Message


async def review(state: AuthorState, runtime: Runtime[AuthorContext]) -> dict[str, Any]:
    """The query as it should be; the draft stays where the review cannot be read."""
    question = Message(role="user", content=REVIEW, origin="forced")
    seed = runtime.context.seed + 2
    found, said = await asked(runtime.context.writer, [*state["messages"], question], read_review, seed)
    if isinstance(found, Complaint):
        return {"messages": [question, *said]}
    return {"messages": [question, *said], "query": found.query, "rewritten": found.query != state["query"]}
