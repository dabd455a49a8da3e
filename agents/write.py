"""The write graph: a brief becomes a query, in a writer model's words.

    draft → check → draft     until the query reads back to exactly what the brief asks, at most `tries` times

The check is the family's reader; wordings that it does not understand are read back by a model, where there is one. A query that does not
read back is never used.
"""

import operator
import re
from functools import cache
from typing import Annotated, Any, Literal, NamedTuple, TypedDict

import orjson
from langchain_core.messages import AIMessage
from langchain_core.runnables import RunnableConfig
from langgraph.graph import END, START, StateGraph
from langgraph.graph.state import CompiledStateGraph
from langgraph.runtime import Runtime

from agents.asks import asks_of, same_asks
from agents.context import WriteContext
from agents.convert import from_langchain, to_langchain
from agents.prompts import READ_BACK, WRITER
from graders.critics.objects import without_reasoning
from scenarios.family import all_families
from scenarios.gates.form import misshapen
from traces.record import Message
from traces.task import Brief

Reader = Literal["family", "model"]


class WriteState(TypedDict, total=False):
    """The conversation with the writer; `query` is set once a draft has read back right."""

    brief: Brief
    messages: Annotated[list[Message], operator.add]
    query: str | None
    reader: Reader | None


class Worded(NamedTuple):
    """The query, None where no draft read back right; who read it back; and the whole conversation with the writer."""

    query: str | None
    reader: Reader | None
    messages: tuple[Message, ...]


WriteGraph = CompiledStateGraph[WriteState, WriteContext, WriteState, WriteState]


async def draft(state: WriteState, runtime: Runtime[WriteContext]) -> dict[str, Any]:
    """Ask the writer for a query."""
    opening = [] if state.get("messages") else _opening(state["brief"])
    said = [*state.get("messages", []), *opening]
    reply = await runtime.context.model.ainvoke(to_langchain(said), seed=runtime.context.seed)
    assert isinstance(reply, AIMessage), "a chat model answers with an assistant message"
    return {"messages": [*opening, from_langchain(reply, started=0.0, duration=0.0)]}


async def check(state: WriteState, runtime: Runtime[WriteContext]) -> dict[str, Any]:
    """Read the draft back and compare it with the brief; what differs goes to the writer."""
    query, brief, context = _said(state["messages"][-1].content), state["brief"], runtime.context
    found = all_families()[brief.family].read(query)
    if found == brief.ask:
        return {"query": query, "reader": "family"}
    if found is None and context.reader and not misshapen(query):
        found = await asks_of(query, context.examples, context.reader, context.seed + len(state["messages"]))
        if found is not None and same_asks(found, brief.ask):
            return {"query": query, "reader": "model"}
    complaint = READ_BACK.format(found=_json(found) if found else "nothing that could be read", wanted=_json(brief.ask))
    return {"messages": [Message(role="user", content=complaint, origin="forced")], "query": None}


def _said(text: str) -> str:
    """The query alone: without reasoning before it, and quotation marks around it."""
    plain = without_reasoning(text)
    quoted = re.fullmatch(r'"([^"]+)"|“([^”]+)”', plain, re.DOTALL)
    return (quoted[1] or quoted[2]).strip() if quoted else plain


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


async def write_query(brief: Brief, context: WriteContext) -> Worded:
    """Have a query written for the brief. Raises what a model raises."""
    config: RunnableConfig = {"recursion_limit": 2 * context.tries + 4}
    state = await build_write().ainvoke({"brief": brief}, config=config, context=context)
    return Worded(state.get("query"), state.get("reader"), tuple(state["messages"]))


def _opening(brief: Brief) -> list[Message]:
    return [
        Message(role="system", content=WRITER, origin="system"),
        Message(role="user", content=_json(brief.model_dump(mode="json")), origin="forced"),
    ]


def _json(value: object) -> str:
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()
