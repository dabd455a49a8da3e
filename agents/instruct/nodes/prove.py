"""Asks what the chosen tests are worth: whether they find out programs that differ from the chosen solution in one place."""

import asyncio
import random
from typing import Any

from langgraph.runtime import Runtime

from agents.instruct.state import InstructContext, InstructState
from tools.trials import CodeProblem, attempt
from tools.trials.mutation import mutants_of
from tools.trials.program import whole_program
from tools.trials.units import joined

LEAST = 0.7
"""The least share of mutants that tests have to find out. Some mutants do the same as the solution, so all of them are not asked for."""
MOST = 8
"""Mutants that are tried."""
SECONDS = 5.0
"""For a mutant, some of which never end."""


async def prove(state: InstructState, runtime: Runtime[InstructContext]) -> dict[str, Any]:
    """The share, and a refusal where it is too small."""
    posed, chosen, context = state["posed"], state["chosen"], runtime.context
    assert posed, "only what was posed is proven"
    assert chosen, "and only what was chosen"
    test = joined([state["units"][one] for one in chosen.tests])
    problem = CodeProblem("", posed.name, test)
    solution = whole_program(problem, state["candidates"][chosen.solutions[0]].text)
    mutants = mutants_of(solution, posed.name, MOST, random.Random(context.seed))
    tried = await asyncio.gather(*(attempt(problem, mutant.code, context.sessions, SECONDS) for mutant in mutants))
    killed = sum(not trial.passed for trial in tried)
    share = killed / len(mutants) if mutants else 0.0
    why = f"the tests find out {killed} of {len(mutants)} mutants"
    return {"killed": round(share, 3), "refused": None if share >= LEAST else ("weak_tests", why)}
