"""The loop in which a writer model puts something in words: draft, check, draft again with what was wrong, until a draft passes.

    draft → check → draft     at most `tries` times

A graph that drafts names its state, its opening messages and its check (`agents.write`, `agents.rephrase`).
"""

import operator
import re
from collections.abc import Awaitable, Callable, Sequence
from typing import Annotated, Any, TypedDict

from langchain_core.messages import AIMessage
from langchain_core.runnables import RunnableConfig
from langgraph.graph import END, START, StateGraph
from langgraph.graph.state import CompiledStateGraph
from langgraph.runtime import Runtime

from agents.context import WriteContext
from agents.convert import from_langchain, to_langchain
from graders.critics.objects import without_reasoning
from traces.record import Message


class DraftState(TypedDict, total=False):
    """The conversation with the writer, which begins with the opening; `query` is set once a draft has passed."""

    messages: Annotated[list[Message], operator.add]
    query: str | None


DraftGraph = CompiledStateGraph[Any, WriteContext, Any, Any]
Check = Callable[[Any, Runtime[WriteContext]], Awaitable[dict[str, Any]]]


def build_drafting(state: type[DraftState], check: Check) -> DraftGraph:
    """The compiled graph. `check` looks at the last message: it gives `query`, or `refused` by which the writer tries again."""
    graph: StateGraph[Any, WriteContext, Any, Any] = StateGraph(state, context_schema=WriteContext)
    graph.add_node("draft", draft)
    checking: Any = check  # the state stands in `state`, not in the node's signature
    graph.add_node("check", checking)
    graph.add_edge(START, "draft")
    graph.add_edge("draft", "check")
    graph.add_conditional_edges("check", after_check, ["draft", END])
    return graph.compile()


async def draft(state: DraftState, runtime: Runtime[WriteContext]) -> dict[str, Any]:
    """Ask the writer."""
    reply = await runtime.context.model.ainvoke(to_langchain(state["messages"]), seed=runtime.context.seed)
    assert isinstance(reply, AIMessage), "a chat model answers with an assistant message"
    return {"messages": [from_langchain(reply, started=0.0, duration=0.0)]}


async def after_check(state: DraftState, runtime: Runtime[WriteContext]) -> str:
    """Another draft, while tries are left."""
    drafts = sum(m.role == "assistant" for m in state["messages"])
    return END if state.get("query") or drafts >= runtime.context.tries else "draft"


def opening(system: str, user: str) -> list[Message]:
    """What a conversation with the writer begins with."""
    return [
        Message(role="system", content=system, origin="system"),
        Message(role="user", content=user, origin="forced"),
    ]


def refused(complaint: str) -> dict[str, Any]:
    """What a check gives where a draft does not pass."""
    return {"messages": [Message(role="user", content=complaint, origin="forced")], "query": None}


def last_draft(messages: Sequence[Message]) -> str:
    """The query alone: without reasoning before it, and quotation marks around it."""
    plain = without_reasoning(messages[-1].content)
    quoted = re.fullmatch(r'"([^"]+)"|“([^”]+)”', plain, re.DOTALL)
    return (quoted[1] or quoted[2]).strip() if quoted else plain


def limited(context: WriteContext) -> RunnableConfig:
    """The limit of the graph's own steps: two for each try, and some to spare."""
    return {"recursion_limit": 2 * context.tries + 4}
