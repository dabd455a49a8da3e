"""The continuing graph: a recorded beginning is gone on with by a model, to an answer or a limit.

    resume → think ⇄ act      until an answer, or a limit

The nodes are those of the attempt graph. Nothing is graded: what is asked is only whether the answer comes out right.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

from langchain_core.runnables import RunnableConfig
from langgraph.graph import END, START, StateGraph
from langgraph.graph.state import CompiledStateGraph
from langgraph.runtime import Runtime

from agents.calling import call_tool
from agents.context import AttemptContext
from agents.nodes.act import INTERPRETER, act
from agents.nodes.fail import ended
from agents.nodes.think import think
from agents.state import AttemptState
from graders.base import Case
from traces.record import Ending, Message, Usage

ContinueGraph = CompiledStateGraph[AttemptState, AttemptContext, AttemptState, AttemptState]


class Continued(NamedTuple):
    """How a continuation ended. `messages` are all, those it began with too."""

    messages: tuple[Message, ...]
    ending: Ending
    usage: Usage
    right: bool
    """Whether its answer was found right; what could not be told is not right."""


async def resume(state: AttemptState, runtime: Runtime[AttemptContext]) -> dict[str, Any]:
    """Run the interpreter's earlier cells again, so that what they left is there."""
    for message in state["messages"]:
        for call in message.tool_calls:
            if call.name == INTERPRETER and not call.malformed:
                await call_tool(call, runtime.context)
    return {"usage": Usage(), "ending": None, "labels": []}


async def after_thinking(state: AttemptState) -> str:
    """Calls go to the tools; an answer or an ending is the end."""
    return END if state.get("ending") else "act"


async def after_acting(state: AttemptState) -> str:
    """Back to the model, unless a tool could not do its work."""
    return END if state.get("ending") else "think"


@cache
def build_continue() -> ContinueGraph:
    """The compiled graph; one for the whole process."""
    graph = StateGraph(AttemptState, context_schema=AttemptContext)
    graph.add_node("resume", resume)
    graph.add_node("think", think, error_handler=ended)
    graph.add_node("act", act, error_handler=ended)
    graph.add_edge(START, "resume")
    graph.add_edge("resume", "think")
    graph.add_conditional_edges("think", after_thinking, ["act", END])
    graph.add_conditional_edges("act", after_acting, ["think", END])
    return graph.compile()


async def continue_from(beginning: Sequence[Message], context: AttemptContext) -> Continued:
    """Go on from recorded messages, the last of them an observation or the query, with the context's model, tools and seed."""
    config: RunnableConfig = {"recursion_limit": 2 * context.limits.turns + 8, "run_name": f"{context.key}+"}
    opening: AttemptState = {"messages": list(beginning)}
    try:
        state = await build_continue().ainvoke(opening, config=config, context=context)
    finally:
        await context.env.close()
    ending = state.get("ending") or Ending(kind="error", detail="the graph ended without an ending")
    case = Case(tuple(state["messages"]), context.schemas, ending, context.task)
    outcome = case.outcome if ending.kind == "answered" else None
    return Continued(case.messages, ending, state["usage"], outcome is not None and outcome.status == "right")
