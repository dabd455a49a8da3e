"""The write graph: a brief becomes a query, in a writer model's words.

    draft → check → draft     until the query reads back to exactly what the brief asks, at most `tries` times

The check is the family's reader; wordings that it does not understand are read back by a model, where there is one. A query that does not
read back is never used.
"""

from functools import cache
from typing import Any, Literal, NamedTuple

import orjson
from langgraph.runtime import Runtime

from agents.asks import asks_of, same_asks
from agents.context import WriteContext
from agents.drafting import DraftGraph, DraftState, build_drafting, last_draft, limited, opening, refused
from agents.prompts import READ_BACK, WRITER
from scenarios.family import all_families
from scenarios.gates.form import misshapen
from traces.record import Message
from traces.task import Brief

Reader = Literal["family", "model"]


class WriteState(DraftState, total=False):
    """Of a draft that passed: who read it back."""

    brief: Brief
    reader: Reader | None


class Worded(NamedTuple):
    """The query, None where no draft read back right; who read it back; and the whole conversation with the writer."""

    query: str | None
    reader: Reader | None
    messages: tuple[Message, ...]


async def check(state: WriteState, runtime: Runtime[WriteContext]) -> dict[str, Any]:
    """Read the draft back and compare it with the brief; what differs goes to the writer."""
    query, brief, context = last_draft(state["messages"]), state["brief"], runtime.context
    found = all_families()[brief.family].read(query)
    if found == brief.ask:
        return {"query": query, "reader": "family"}
    if found is None and context.reader and not misshapen(query):
        found = await asks_of(query, context.examples, context.reader, context.seed + len(state["messages"]))
        if found is not None and same_asks(found, brief.ask):
            return {"query": query, "reader": "model"}
    complaint = READ_BACK.format(found=_json(found) if found else "nothing that could be read", wanted=_json(brief.ask))
    return refused(complaint)


@cache
def build_write() -> DraftGraph:
    """The compiled graph; one for the whole process."""
    return build_drafting(WriteState, check)


async def write_query(brief: Brief, context: WriteContext) -> Worded:
    """Have a query written for the brief. Raises what a model raises."""
    shown = [{"query": one.query, "asks": one.asks} for one in context.examples]
    asked = brief.model_dump(mode="json") | ({"examples": shown} if shown else {})
    given: WriteState = {"brief": brief, "messages": opening(WRITER, _json(asked))}
    state = await build_write().ainvoke(given, config=limited(context), context=context)
    return Worded(state.get("query"), state.get("reader"), tuple(state["messages"]))


def _json(value: object) -> str:
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()
