"""Tries programs on the oracle's tests: the one judgement that has to run something, so it is made once and recorded.

Tried are the program of the answer, and each that a call of the interpreter defined on the way, so it is known where a wrong one began.
The program that a query gives, to be looked into or mended, is nobody's mistake and not tried.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from agents.context import AttemptContext
from tools.sandbox.session import SessionSource
from tools.trials import CodeProblem, Example, Port, Trial, attempt, attempt_port, tests_tried
from tools.trials.analysis import complaints, python_complaints
from tools.trials.dialects import block
from tools.trials.program import definitions, unfenced
from traces.record import Execution, Message, ToolCall, Trajectory, steps_of
from traces.task import Calls, Demands, Suspects, Tests

Tried = Tests | Calls | Suspects
_MOST = 12
"""Different programs of one attempt that are tried; the answer's is always among them."""


async def tried(
    messages: Sequence[Message], context: AttemptContext, known: Mapping[str, Trial] = {}
) -> tuple[Execution, ...]:
    """What came of each step's program; empty where the task asks for none. `known` programs need no trial.

    Raises SandboxError where the sandbox itself fails.
    """
    tests = context.task.oracle.tests if context.task.oracle else None
    if tests is None or isinstance(tests, Demands) or context.env.sessions is None:
        return ()
    chosen, found = _chosen(messages, tests), dict(known)
    for _, text in chosen:
        found[text] = found.get(text) or await trial_of(tests, text, context.env.sessions)
    executions = [Execution(step=step, **found[text]._asdict()) for step, text in chosen]
    if executions and not executions[-1].passed:
        said = await analysed(tests, chosen[-1][1], context.env.sessions)
        executions[-1] = executions[-1].model_copy(update={"analysis": said})
    return tuple(executions)


async def analysed(tests: Tried, text: str, sessions: SessionSource) -> tuple[str, ...]:
    """What static analysis says of the program of an answer."""
    if isinstance(tests, Calls):
        code = block(text, tests.language)
        return await complaints(tests.language, code, tests.entry_point, tests.returns, sessions, tests.arity)
    return await python_complaints(unfenced(text, "check" if isinstance(tests, Suspects) else tests.entry_point))


def trials(trace: Trajectory) -> dict[str, Trial]:
    """What is known from a trace of the programs in it."""
    tests = trace.task.oracle.tests if trace.task.oracle else None
    if tests is None or isinstance(tests, Demands):
        return {}
    tried_there = zip(_chosen(trace.messages, tests), trace.executions, strict=True)
    return {text: Trial(**each.model_dump(exclude={"step", "analysis"})) for (_, text), each in tried_there}


def _chosen(messages: Sequence[Message], tests: Tried) -> list[tuple[int, str]]:
    """The programs to try, each with its step."""
    *before, last = [*_programs(messages, tests)] or [(-1, "")]
    return [*before[: _MOST - 1], last] if last[0] >= 0 else []


async def trial_of(tests: Tried, text: str, sessions: SessionSource) -> Trial:
    """What came of one program."""
    match tests:
        case Tests():
            return await attempt(CodeProblem(tests.prompt, tests.entry_point, tests.test), text, sessions)
        case Calls():
            examples = tuple(Example(case.given, case.right) for case in tests.cases)
            return await attempt_port(
                Port(tests.language, tests.entry_point, tests.returns, examples, tests.arity), text, sessions
            )
        case Suspects():
            told = tests_tried.Suspects(tests.entry_point, tests.reference, tests.mutants, tests.least)
            return await tests_tried.attempt_tests(told, text, sessions)


def _programs(messages: Sequence[Message], tests: Tried) -> Iterator[tuple[int, str]]:
    """Each step that wrote the program in a call, and the answer, whatever it says."""
    name = "check" if isinstance(tests, Suspects) else tests.entry_point
    given = {d for m in messages if m.role == "user" for d in definitions(m.content, name)}
    for step in steps_of(list(messages)):
        said = messages[step.message]
        for call in said.tool_calls:
            code = _ported(call, tests) if isinstance(tests, Calls) else _python(call, name, given)
            if code:
                yield step.index, code
        if not said.tool_calls:
            yield step.index, said.content


def _python(call: ToolCall, name: str, given: set[str]) -> str:
    """The code of a call that defines the function otherwise than the query does; else nothing."""
    code = call.arguments.get("code", call.arguments.get("source"))
    defines = rf"^[ \t]*(?:async\s+)?(?:def|class)\s+{re.escape(name)}\b"
    wrote = isinstance(code, str) and re.search(defines, code, re.MULTILINE) and not definitions(code, name) & given
    return str(code) if wrote else ""


def _ported(call: ToolCall, tests: Calls) -> str:
    """The program of a call in the language asked for; of SQL the last statement, since a table had to be made first."""
    source = call.arguments.get("source")
    if not isinstance(source, str) or call.arguments.get("language") != tests.language:
        return ""
    if tests.language == "sql":
        statements = [part for part in source.split(";") if part.strip()]
        return statements[-1] if statements else ""
    return source if re.search(rf"\b{re.escape(tests.entry_point)}\b", source) else ""
