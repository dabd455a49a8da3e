"""The write graph: a brief becomes a query, in a writer model's words.

    draft → check → draft     until the query reads back to exactly what the brief asks, at most `tries` times

The check is the family's reader. A query that does not read back is never used.
"""

import operator
from functools import cache
from typing import Annotated, Any, TypedDict

import orjson
from langchain_core.messages import AIMessage
from langchain_core.runnables import RunnableConfig
from langgraph.graph import END, START, StateGraph
from langgraph.graph.state import CompiledStateGraph
from langgraph.runtime import Runtime

from agents.context import WriteContext
from agents.convert import from_langchain, to_langchain
from agents.prompts import READ_BACK, WRITER
from scenarios.family import all_families
from traces.record import Message
from traces.task import Brief


class WriteState(TypedDict, total=False):
    """The conversation with the writer; `query` is set once a draft has read back right."""

    brief: Brief
    messages: Annotated[list[Message], operator.add]
    query: str | None


WriteGraph = CompiledStateGraph[WriteState, WriteContext, WriteState, WriteState]


async def draft(state: WriteState, runtime: Runtime[WriteContext]) -> dict[str, Any]:
    """Ask the writer for a query."""
    opening = [] if state.get("messages") else _opening(state["brief"])
    said = [*state.get("messages", []), *opening]
    reply = await runtime.context.model.ainvoke(to_langchain(said), seed=runtime.context.seed)
    assert isinstance(reply, AIMessage), "a chat model answers with an assistant message"
    return {"messages": [*opening, from_langchain(reply, started=0.0, duration=0.0)]}


async def check(state: WriteState) -> dict[str, Any]:
    """Read the draft back and compare it with the brief; what differs goes to the writer."""
    query = state["messages"][-1].content.strip()
    brief = state["brief"]
    found = all_families()[brief.family].read(query)
    if found == brief.ask:
        return {"query": query}
    complaint = READ_BACK.format(found=_json(found) if found else "nothing that could be read", wanted=_json(brief.ask))
    return {"messages": [Message(role="user", content=complaint, origin="forced")], "query": None}


async def after_check(state: WriteState, runtime: Runtime[WriteContext]) -> str:
    """Another draft, while tries are left."""
    drafts = sum(m.role == "assistant" for m in state["messages"])
    return END if state.get("query") or drafts >= runtime.context.tries else "draft"


@cache
def build_write() -> WriteGraph:
    """The compiled graph; one for the whole process."""
    graph = StateGraph(WriteState, context_schema=WriteContext)
    graph.add_node("draft", draft)
    graph.add_node("check", check)
    graph.add_edge(START, "draft")
    graph.add_edge("draft", "check")
    graph.add_conditional_edges("check", after_check, ["draft", END])
    return graph.compile()


async def write_query(brief: Brief, context: WriteContext) -> tuple[str | None, tuple[Message, ...]]:
    """The query, or None where no draft read back right; and the whole conversation with the writer."""
    config: RunnableConfig = {"recursion_limit": 2 * context.tries + 4}
    state = await build_write().ainvoke({"brief": brief}, config=config, context=context)
    return state.get("query"), tuple(state["messages"])


def _opening(brief: Brief) -> list[Message]:
    return [
        Message(role="system", content=WRITER, origin="system"),
        Message(role="user", content=_json(brief.model_dump(mode="json")), origin="forced"),
    ]


def _json(value: object) -> str:
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()
