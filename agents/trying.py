"""Tries programs on the oracle's tests: the one judgement that has to run something, so it is made once and recorded.

Tried are the program of the answer, and each that a call of the interpreter defined on the way, so it is known where a wrong one began.
The program that a query gives, to be looked into or mended, is nobody's mistake and not tried.
"""

import re
from collections.abc import Iterator, Sequence

from agents.context import AttemptContext
from tools.trials import CodeProblem, Trial, attempt
from tools.trials.program import definitions
from traces.record import Execution, Message, steps_of

_MOST = 12
"""Different programs of one attempt that are tried; the answer's is always among them."""


async def tried(messages: Sequence[Message], context: AttemptContext) -> tuple[Execution, ...]:
    """What came of each step's program; empty where the task asks for none. Raises SandboxError where the sandbox itself fails."""
    tests = context.task.oracle.tests if context.task.oracle else None
    if tests is None or context.env.sessions is None:
        return ()
    problem = CodeProblem(tests.prompt, tests.entry_point, tests.test)
    *before, last = [*_programs(messages, tests.entry_point)] or [(-1, "")]
    chosen = [*before[: _MOST - 1], last] if last[0] >= 0 else []
    known: dict[str, Trial] = {}
    for _, text in chosen:
        known[text] = known.get(text) or await attempt(problem, text, context.env.sessions)
    return tuple(Execution(step=step, **known[text]._asdict()) for step, text in chosen)


def _programs(messages: Sequence[Message], name: str) -> Iterator[tuple[int, str]]:
    """Each step that defines the function in a call, and the answer, whatever it says."""
    given = {d for m in messages if m.role == "user" for d in definitions(m.content, name)}
    defines = re.compile(rf"^[ \t]*(?:async\s+)?(?:def|class)\s+{re.escape(name)}\b", re.MULTILINE)
    for step in steps_of(list(messages)):
        said = messages[step.message]
        for call in said.tool_calls:
            code = call.arguments.get("code")
            if isinstance(code, str) and defines.search(code) and not definitions(code, name) & given:
                yield step.index, code
        if not said.tool_calls:
            yield step.index, said.content
