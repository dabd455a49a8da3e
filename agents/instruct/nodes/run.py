"""Runs every candidate on every test, each candidate in fresh sandbox sessions."""

import asyncio
from typing import Any

from langgraph.runtime import Runtime

from agents.instruct.state import Candidate, InstructContext, InstructState
from tools.trials.units import passing


async def run(state: InstructState, runtime: Runtime[InstructContext]) -> dict[str, Any]:
    """The candidates with what they pass."""
    posed, units = state["posed"], state["units"]
    assert posed, "only what was posed is run"

    async def tried(candidate: Candidate) -> Candidate:
        passed, trial = await passing(posed.name, units, candidate.text, runtime.context.sessions)
        return Candidate(candidate.text, passed, trial)

    return {"candidates": list(await asyncio.gather(*map(tried, state["candidates"])))}
