"""Asks a model whether two answers say the same, where programs cannot tell."""

import orjson
from langchain_core.language_models import BaseChatModel

from agents.author.asking import asked
from agents.author.forms import Complaint, read_same
from agents.journal import raise_halt
from agents.prompts import SAME
from graders.agreement import same_answer
from graders.wording import Verdict
from traces.record import Message


async def same(one: str, other: str, query: str, judge: BaseChatModel | None, seed: int) -> Verdict:
    """By programs first; `judge` is None where nobody is asked. What cannot be read, or asked, is undecided."""
    verdict = same_answer(one, other, query)
    if verdict != "undecided" or judge is None:
        return verdict
    shown = orjson.dumps({"query": query, "first": one, "second": other}, option=orjson.OPT_INDENT_2).decode()
    said = [
        Message(role="system", content=SAME, origin="system"),
        Message(role="user", content=shown, origin="forced"),
    ]
    try:
        found, _ = await asked(judge, said, read_same, seed)
    except Exception:  # the boundary of the judge's model: it costs its own opinion
        raise_halt()
        return "undecided"
    if isinstance(found, Complaint) or found is None:
        return "undecided"
    return "equal" if found else "different"
