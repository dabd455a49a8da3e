"""Turns an exception of a node into an ending. It is infrastructure's fault, so it stays out of the rates of quality."""

from typing import Any

from langgraph.errors import NodeError
from langgraph.graph import END
from langgraph.types import Command

from agents.chat.keys import hide
from agents.state import AttemptState
from traces.record import Ending


async def fail(state: AttemptState, error: NodeError) -> Command[Any]:
    """End the round with what broke and where."""
    return Command(update={"ending": _broken(error)}, goto="grade")


async def ended(state: AttemptState, error: NodeError) -> Command[Any]:
    """The same, where nothing comes after."""
    return Command(update={"ending": _broken(error)}, goto=END)


def _broken(error: NodeError) -> Ending:
    kind = "model_error" if error.node == "think" else "error"
    detail = hide(f"{type(error.error).__name__}: {error.error}")
    return Ending(kind=kind, detail=f"{error.node}: {detail}"[:2000])
