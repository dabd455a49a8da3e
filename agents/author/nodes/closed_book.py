"""Has the solver's model try the query without tools. Where every try gives the same answer, no tool is needed and the query is refused.

A try that gives no answer, or another one, settles it: the rest is not asked.
"""

from typing import Any

from langgraph.runtime import Runtime

from agents.author.asking import asked
from agents.author.forms import Complaint, read_answer
from agents.author.prompts import CLOSED_BOOK
from agents.author.state import AuthorContext, VetState
from graders.answers import compared
from traces.record import Message


async def closed_book(state: VetState, runtime: Runtime[AuthorContext]) -> dict[str, Any]:
    """Why the query is refused, if it is."""
    context = runtime.context
    if context.bare is None or not context.closed_book:
        return {}
    first = ""
    for number in range(context.closed_book):
        answer = await _answer(state["query"], context, number)
        if not answer or (first and await compared(answer, first) != "equal"):
            return {}
        first = first or answer
    tries = "one try" if context.closed_book == 1 else f"{context.closed_book} of {context.closed_book} tries"
    return {"refused": ("closed_book", f"{tries} without tools say {first}"[:300])}


async def _answer(query: str, context: AuthorContext, number: int) -> str:
    said = [
        Message(role="system", content=CLOSED_BOOK, origin="system"),
        Message(role="user", content=query, origin="forced"),
    ]
    assert context.bare is not None, "only asked where there is a model"
    found, _ = await asked(context.bare, said, read_answer, context.seed + 6 + 2 * number)
    return "" if isinstance(found, Complaint) else found
