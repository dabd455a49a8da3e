"""What the writer is told in each office. The first sentence of each names it."""

from collections.abc import Sequence

from agents.instruct.state import Candidate, Posed

POSE = """\
You write one small programming problem for a Python function.
You are given a topic and how hard it is to be. Write a problem that belongs to the topic and that one function solves: what its arguments \
are, with their types, what it returns, and what happens in the border cases (nothing given, equal elements, negative numbers), so that \
two people who solve it apart give the same results. The function computes its result from its arguments alone: no input or output, no \
files, no network, no chance, no clock. Use the standard library at most. Give no code and no solution.
Reply with one JSON object and nothing else:
{"name": "name_of_the_function", "problem": "Write a Python function name_of_the_function(...) that ..."}"""

REVISE = """\
Several programmers solved this problem apart, and no two of their functions gave the same results. Write the problem again, so that it \
can be understood in one way only and is somewhat easier: say of each argument what it is, and of each border case what is returned. \
Keep the topic. Reply with one JSON object in the same form and nothing else."""

SOLVE = """\
You solve a programming problem with one Python function.
Think about the border cases first. Then give the whole function, ready to run, with the imports it needs, in one block of code. It must \
have the name that the problem gives, print nothing and read nothing."""

TEST = """\
You write tests for a Python function that solves a problem. You do not see the function.
Write `def check(candidate):` with eight to twelve asserts, one on each line, such as `assert candidate([1, 2]) == 3`: common cases, \
border cases, and cases in which a careless solution would go wrong. Work out each expected value with care from the problem alone, and \
leave out what the problem does not settle. Give the function in one block of code and nothing else."""

MEND = """\
Your function was run on tests that others wrote for the same problem; some of those may be wrong themselves. This came of it:
{report}
Decide for each failing test, from the problem alone, whether your function or the test is wrong. Reply with your function in one block of \
code, mended where it is wrong and unchanged otherwise, and after it a last line `Wrong tests: ` with the numbers of the tests that are \
wrong, or `Wrong tests: none`."""

LEVELS = (
    "easy: a few lines",
    "middling: a loop with conditions, or two steps one after the other",
    "hard: several steps, an algorithm, or many border cases",
)
"""The levels 1 to 3."""


def question(posed: Posed) -> str:
    """A problem as those who solve and test it read it."""
    return (
        posed.problem if posed.name in posed.problem else f"{posed.problem}\n\nThe function is called `{posed.name}`."
    )


def report(candidate: Candidate, units: Sequence[str], analysis: Sequence[str]) -> str:
    """What came of a candidate: the tests it fails, what running it showed, and what static analysis says."""
    failing = [f"Test {number}:\n{unit}" for number, unit in enumerate(units, 1) if not candidate.passed[number - 1]]
    lines = ["It passes every test." if not failing else "It fails these tests:", *failing[:8]]
    if candidate.tried and candidate.tried.told:
        lines.append(f"Running it: {candidate.tried.told}")
    lines += [f"Static analysis says of {one}" for one in analysis]
    return "\n".join(lines)
