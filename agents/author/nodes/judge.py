"""Asks another model whether a query can be answered with the tools it comes with, has one answer, and harms nobody."""

from typing import Any

from langgraph.runtime import Runtime

from agents.author.asking import asked
from agents.author.brief import question
from agents.author.forms import Complaint, Judgement, read_judgement
from agents.author.prompts import JUDGE
from agents.author.state import AuthorContext, VetState
from traces.record import Message


async def judge(state: VetState, runtime: Runtime[AuthorContext]) -> dict[str, Any]:
    """Why the query is refused, if it is. A judge that cannot be read refuses too: what nobody vouches for is not used."""
    if runtime.context.judge is None:
        return {"refused": None}
    seed = state["brief"]
    said = [
        Message(role="system", content=JUDGE, origin="system"),
        Message(role="user", content=question(state["query"], seed.tools, seed.passage), origin="forced"),
    ]
    found, _ = await asked(runtime.context.judge, said, read_judgement, runtime.context.seed + 4)
    return {"refused": _refusal(found)}


def _refusal(found: Judgement | Complaint) -> tuple[str, str] | None:
    if isinstance(found, Complaint):
        return "unjudged", f"the judge's reply: {found.text}"
    if not found.safe:
        return "unsafe", found.reason
    if not found.answerable:
        return "unanswerable", found.reason
    return None if found.one_answer else ("open_ended", found.reason)
