"""Tries the program of an answer on the oracle's tests: the one judgement that has to run something, so it is made once and recorded."""

from collections.abc import Sequence

from agents.context import AttemptContext
from tools.trials import CodeProblem, attempt
from traces.record import Execution, Message


async def tried(messages: Sequence[Message], context: AttemptContext) -> tuple[Execution, ...]:
    """What came of it; empty where the task asks for no program, or the last message is no answer.

    Raises SandboxError where the sandbox itself fails.
    """
    tests = context.task.oracle.tests if context.task.oracle else None
    last = messages[-1]
    if tests is None or last.role != "assistant" or last.tool_calls or context.env.sessions is None:
        return ()
    problem = CodeProblem(tests.prompt, tests.entry_point, tests.test)
    found = await attempt(problem, last.content, context.env.sessions)
    step = sum(m.role == "assistant" for m in messages) - 1
    return (Execution(step=step, **found._asdict()),)
