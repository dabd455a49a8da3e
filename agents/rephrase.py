"""The rephrase graph: a problem of the user's own is put in other words by a writer model.

    draft → check → draft     until nothing that matters was lost or added, at most `tries` times

The check is of the text: the same numbers, as often; the same formulas; other words. What it cannot see, attempts will: the answer that
is held right is the old problem's, so a problem that has become another is solved by nobody.
"""

import operator
import re
from collections import Counter
from functools import cache
from typing import Annotated, Any, TypedDict

from langchain_core.messages import AIMessage
from langchain_core.runnables import RunnableConfig
from langgraph.graph import END, START, StateGraph
from langgraph.graph.state import CompiledStateGraph
from langgraph.runtime import Runtime

from agents.context import WriteContext
from agents.convert import from_langchain, to_langchain
from agents.prompts import REPHRASE, REPHRASE_AGAIN
from graders.numbers import numbers
from traces.record import Message

_FORMULA = re.compile(r"\$(?!\s)[^$]+?(?<!\s)\$(?!\d)|\\\(.+?\\\)|\\\[.+?\\\]", re.DOTALL)


class RephraseState(TypedDict, total=False):
    """The conversation with the writer; `query` is set once a draft has passed."""

    problem: str
    messages: Annotated[list[Message], operator.add]
    query: str | None


RephraseGraph = CompiledStateGraph[RephraseState, WriteContext, RephraseState, RephraseState]


async def draft(state: RephraseState, runtime: Runtime[WriteContext]) -> dict[str, Any]:
    """Ask the writer for other words."""
    opening = [] if state.get("messages") else _opening(state["problem"])
    said = [*state.get("messages", []), *opening]
    reply = await runtime.context.model.ainvoke(to_langchain(said), seed=runtime.context.seed + len(said))
    assert isinstance(reply, AIMessage), "a chat model answers with an assistant message"
    return {"messages": [*opening, from_langchain(reply, started=0.0, duration=0.0)]}


async def check(state: RephraseState) -> dict[str, Any]:
    """Hold the draft against the problem; what differs goes to the writer."""
    query = state["messages"][-1].content.strip()
    fault = changed(state["problem"], query)
    if not fault:
        return {"query": query}
    return {
        "messages": [Message(role="user", content=REPHRASE_AGAIN.format(fault=fault), origin="forced")],
        "query": None,
    }


def changed(problem: str, query: str) -> str:
    """What a rewording has lost or added, in words; empty where it has the same figures and formulas in other words."""
    if _letters(problem) == _letters(query):
        return "it uses the very same words"
    if len(query) > 3 * len(problem) + 200:
        return "it is far longer than the problem"
    had, has = _figures(problem), _figures(query)
    if lost := had - has:
        return f"it lacks {', '.join(map(str, lost))}"
    if added := has - had:
        return f"it adds {', '.join(map(str, added))}"
    formulas = [_squeezed(one) for one in _FORMULA.findall(problem)]
    if missing := [one for one in formulas if one not in _squeezed(query)]:
        return f"it lacks the formula {missing[0]}"
    return ""


def _letters(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _figures(text: str) -> Counter[str]:
    return Counter(str(mention.value) for mention in numbers(text))


async def after_check(state: RephraseState, runtime: Runtime[WriteContext]) -> str:
    """Another draft, while tries are left."""
    drafts = sum(m.role == "assistant" for m in state["messages"])
    return END if state.get("query") or drafts >= runtime.context.tries else "draft"


@cache
def build_rephrase() -> RephraseGraph:
    """The compiled graph; one for the whole process."""
    graph = StateGraph(RephraseState, context_schema=WriteContext)
    graph.add_node("draft", draft)
    graph.add_node("check", check)
    graph.add_edge(START, "draft")
    graph.add_edge("draft", "check")
    graph.add_conditional_edges("check", after_check, ["draft", END])
    return graph.compile()


async def rephrase(problem: str, context: WriteContext) -> tuple[str | None, tuple[Message, ...]]:
    """The problem in other words, or None where no draft passed; and the whole conversation with the writer."""
    config: RunnableConfig = {"recursion_limit": 2 * context.tries + 4}
    state = await build_rephrase().ainvoke({"problem": problem}, config=config, context=context)
    return state.get("query"), tuple(state["messages"])


def _opening(problem: str) -> list[Message]:
    return [
        Message(role="system", content=REPHRASE, origin="system"),
        Message(role="user", content=problem, origin="forced"),
    ]
