"""Has the problem solved and tested several times, apart from one another and side by side."""

import asyncio
from collections.abc import Iterable
from typing import Any

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import HumanMessage, SystemMessage
from langgraph.runtime import Runtime

from agents.instruct.prompts import SOLVE, TEST, question
from agents.instruct.state import Candidate, InstructContext, InstructState
from tools.trials.program import unfenced
from tools.trials.tests_tried import without
from tools.trials.units import units_of


async def write(state: InstructState, runtime: Runtime[InstructContext]) -> dict[str, Any]:
    """Candidates that nobody ran yet, and the units of all tests that can be read."""
    context, posed = runtime.context, state["posed"]
    assert posed, "only what was posed is solved"
    seeds = range(context.seed, context.seed + context.solutions + context.tests)
    offices = [SOLVE] * context.solutions + [TEST] * context.tests
    # Seeds differ, and so does a revised problem; a server that heeds no seed has its temperature to tell candidates apart.
    texts = await asyncio.gather(
        *(_reply(context.model, office, question(posed), seed) for office, seed in zip(offices, seeds, strict=True))
    )
    solutions, tests = texts[: context.solutions], texts[context.solutions :]
    units = tuple(dict.fromkeys(unit for test in tests for unit in _units(test, posed.name)))
    refused = None if units else ("untested", "no test could be read")
    return {"candidates": [Candidate(text) for text in solutions], "units": units, "chosen": None, "refused": refused}


async def _reply(model: BaseChatModel, office: str, problem: str, seed: int) -> str:
    reply = await model.ainvoke([SystemMessage(office), HumanMessage(problem)], seed=seed)
    return str(reply.text)


def _units(test: str, name: str) -> Iterable[str]:
    """The units of one test; none where it is no Python."""
    try:
        return units_of(without(unfenced(test, "check"), name))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ()
