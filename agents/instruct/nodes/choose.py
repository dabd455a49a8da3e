"""Chooses the best pair of solutions and tests by who passes what (`graders.pairing`). More than half of the solutions have to agree."""

from typing import Any

from agents.instruct.state import InstructState
from graders.pairing import pairing


async def choose(state: InstructState) -> dict[str, Any]:
    """The pair; where there is none, why the problem would be given up now."""
    candidates = state["candidates"]
    chosen = pairing([candidate.passed for candidate in candidates], least=len(candidates) // 2 + 1)
    if chosen and chosen.tests:
        return {"chosen": chosen, "refused": None}
    passed = max((sum(candidate.passed) for candidate in candidates), default=0)
    why = f"most of {len(candidates)} solutions do not agree; the best passes {passed} of {len(state['units'])} tests"
    return {"chosen": None, "refused": ("disagreement", why)}
