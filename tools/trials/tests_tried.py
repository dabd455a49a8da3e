"""Tries tests that a model wrote: they have to pass on a right program, and to fail on wrong ones.

The tests run where the solutions of `trial` run, each program in a fresh session of its own with the tests; what is right and what is
wrong about a program they cannot see. Tests that look into a program's source, or that fail whatever they are given, gain nothing.
"""

import ast
import asyncio
from typing import NamedTuple

from tools.sandbox.session import SessionSource
from tools.trials.program import CodeProblem, unfenced
from tools.trials.trial import Trial, attempt

ABREAST = 4
"""Programs tried at once."""


class Suspects(NamedTuple):
    """A right program, wrong ones that differ from it in one place, and the least share of them that tests have to find out."""

    entry_point: str
    reference: str
    mutants: tuple[str, ...]
    least: float


async def attempt_tests(suspects: Suspects, answer: str, sessions: SessionSource) -> Trial:
    """What the tests of an answer are worth: passed where they pass the right program and kill enough of the wrong ones."""
    test = without(unfenced(answer, "check"), suspects.entry_point)
    problem = CodeProblem("", suspects.entry_point, test)
    first = await attempt(problem, suspects.reference, sessions)
    if not first.passed:
        said = f"the tests fail on a right program: {first.reason}"
        return Trial(False, said, first.calls, first.together, said)
    gate = asyncio.Semaphore(ABREAST)

    async def killed(mutant: str) -> bool:
        async with gate:
            return not (await attempt(problem, mutant, sessions)).passed

    count = sum(await asyncio.gather(*map(killed, suspects.mutants)))
    enough = count >= suspects.least * len(suspects.mutants)
    said = "" if enough else f"the tests find out {count} of {len(suspects.mutants)} wrong programs"
    return Trial(enough, said, len(suspects.mutants), first.together, said)


def without(test: str, name: str) -> str:
    """The tests without a definition of what they test, which models like to write once more, and would then test instead."""
    try:
        module = ast.parse(test)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return test
    kept = [node for node in module.body if not (isinstance(node, ast.FunctionDef) and node.name == name)]
    return test if len(kept) == len(module.body) else ast.unparse(ast.Module(kept, []))
