"""Asks the writer for a problem on the topic, and for a plainer one where nobody agreed on the first."""

from typing import Any

from langgraph.runtime import Runtime

from agents.author.asking import asked
from agents.author.forms import Complaint, read_posed
from agents.instruct.prompts import LEVELS, POSE, REVISE
from agents.instruct.state import InstructContext, InstructState, Posed, Topic
from traces.record import Message


async def pose(state: InstructState, runtime: Runtime[InstructContext]) -> dict[str, Any]:
    """The problem, or why none could be read."""
    opening = [
        Message(role="system", content=POSE, origin="system"),
        Message(role="user", content=_brief(state["topic"]), origin="forced"),
    ]
    return {**await _asked(opening, [], runtime.context), "revised": 0}


async def revise(state: InstructState, runtime: Runtime[InstructContext]) -> dict[str, Any]:
    """The problem once more, in the same conversation."""
    again = [Message(role="user", content=REVISE, origin="forced")]
    return {**await _asked(again, state["messages"], runtime.context), "revised": state["revised"] + 1}


def _brief(topic: Topic) -> str:
    return f"Topic: {topic.topic}\nLevel: {topic.level} of {len(LEVELS)}, {LEVELS[topic.level - 1]}"


async def _asked(asking: list[Message], before: list[Message], context: InstructContext) -> dict[str, Any]:
    found, said = await asked(context.model, [*before, *asking], read_posed, context.seed + len(before))
    if isinstance(found, Complaint):
        return {"messages": [*asking, *said], "posed": None, "refused": ("unreadable", f"the problem: {found.text}")}
    return {"messages": [*asking, *said], "posed": Posed(found.problem, found.name), "round": 0, "refused": None}
