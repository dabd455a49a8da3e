"""Opens a round: what the solver is told, and the query. From the second round on a reviewer's note stands with the instructions."""

from typing import Any

from langgraph.runtime import Runtime
from langgraph.types import Overwrite

from agents.context import AttemptContext
from agents.journal import current
from agents.prompts import NOTE, SOLVER
from agents.state import AttemptState
from graders.base import Case
from graders.critique import critique
from traces.record import Message, Usage


async def begin(state: AttemptState, runtime: Runtime[AttemptContext]) -> dict[str, Any]:
    """Lay the opening messages; nothing of an earlier round is carried over but the critique of it."""
    context = runtime.context
    rounds = state.get("trajectories", [])
    if rounds:
        await context.env.close()  # the next call opens a fresh interpreter: nothing of the earlier round is in it
        if work := current():
            work.to_rerun.clear()
    note = NOTE.format(critique=critique(rounds[-1].verdicts, Case.of(rounds[-1]))) if rounds else ""
    more = f"\n{context.instructions.strip()}" if context.instructions else ""
    opening = [
        Message(role="system", content=SOLVER + more + note, origin="system"),
        Message(role="user", content=context.task.query, origin="user"),
    ]
    return {
        "messages": Overwrite(opening),
        "labels": Overwrite([]),
        "usage": Usage(),
        "ending": None,
        "verdicts": (),
        "criticism": Overwrite([]),
        "decision": None,
    }
