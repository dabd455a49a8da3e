"""Runs a solution against its tests.

The solution runs in a session of its own and is only ever asked for results; the tests run in another, where a stub replays those
results as plain data. So a solution cannot read what is expected, nor report a success that is none. Tests that look at more than
values (printed output, patched names, objects of the solution's own classes) run beside it in one session: `together` says so, and
there a solution written to deceive could.
"""

import ast
import asyncio
import base64
import importlib.util
import json
import marshal
import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from tools.sandbox.session import RunResult, Session, SessionSource
from tools.trials import script
from tools.trials.program import (
    CodeProblem,
    ProgramError,
    code_of,
    sees_inside,
    test_form,
    void,
    whole_program,
    with_plain_entry,
)

SECONDS = 15.0
_BATCH = 200_000
"""Characters of arguments of calls that are made at once."""
_LONG = 500_000
"""Characters from which on they go in a file: the sandbox bounds the code of a call."""
_GIVEN, _TOLD = "given.json", "told.json"
_PASSES = 25
"""Passes over tests in which later calls depend on earlier results; such tests are rare, and longer chains run together."""


class Trial(NamedTuple):
    """Whether the tests passed; if not, `reason` says which line of the test and why. `calls` counts calls of the solution.

    `told` says what the solution did, and nothing of what was expected of it: the call and what came of it, with the line where it broke.
    It may go back to whoever wrote the solution; empty where that is not known apart from the tests.
    """

    passed: bool
    reason: str = ""
    calls: int = 0
    together: bool = False
    told: str = ""


class _Beside(Exception):
    """The tests cannot be kept apart from the solution."""


async def attempt(problem: CodeProblem, solution: str, sessions: SessionSource, seconds: float = SECONDS) -> Trial:
    """Try a solution on fresh sessions; `seconds` bounds each run. Raises SandboxError only where the sandbox itself fails."""
    try:
        problem, solution = with_plain_entry(problem, solution)
        seconds = max(seconds, script.SECONDS) if problem.entry_point == script.SCRIPT else seconds
        program = whole_program(problem, solution)
        form = test_form(problem.test)
    except ProgramError as error:
        return Trial(False, str(error), told=str(error))
    try:
        if sees_inside(problem):
            raise _Beside
        return await _apart(problem, program, form, sessions, seconds)
    except _Beside:
        return await _together(problem, program, form, sessions, seconds)


_WHATEVER = ("return None", "return 'nothing that anyone asked for'", "return -987654321.125")


async def tests_nothing(problem: CodeProblem, sessions: SessionSource) -> bool:
    """Whether a test passes whatever the solution gives: nothing, a text or a number that nobody asked for."""
    for body in _WHATEVER:
        if not (await attempt(problem, void(problem.entry_point, body), sessions)).passed:
            return False
    return True


async def _apart(problem: CodeProblem, program: str, form: str, sessions: SessionSource, seconds: float) -> Trial:
    opening = [asyncio.create_task(sessions.open()) for _ in range(2)]
    try:
        testing, solving = await asyncio.gather(*opening)
        return await _exchange(problem, program, form, testing, solving, seconds)
    finally:
        await _close(opening)


async def _close(opening: Sequence[asyncio.Task[Session]]) -> None:
    """Close what has been opened, and give up what has not."""
    for task in opening:
        task.cancel()
    opened = await asyncio.gather(*opening, return_exceptions=True)
    await asyncio.gather(*(session.close() for session in opened if not isinstance(session, BaseException)))


async def _exchange(
    problem: CodeProblem, program: str, form: str, testing: Session, solving: Session, seconds: float
) -> Trial:
    """Listen to the tests, ask the solution what they ask, replay its answers to them; again where an answer led to other questions."""
    broken, heard = await asyncio.gather(
        _load(solving, program, seconds), _listen(problem, form, testing, [], seconds, listening=True)
    )
    if broken:
        return Trial(False, broken, told=broken)
    known: list[dict[str, Any]] = []
    for number in range(_PASSES):
        if number:
            heard = await _listen(problem, form, testing, known, seconds, listening=False)
        if heard is None:
            raise _Beside
        if (
            number and heard["status"] == "failed" and _UNTOLD in heard["reason"]
        ):  # a test case reports whatever is raised
            return _untold(problem, heard["reason"].partition(_UNTOLD)[2].strip())
        if number and heard["status"] in ("passed", "failed"):
            passed, asked = heard["status"] == "passed", len(heard["asked"])
            told = "" if passed or not asked else _did(problem.entry_point, known[asked - 1]["answer"])
            return Trial(passed, heard["reason"], asked, told=told)
        if heard["status"] == "untold":
            return _untold(problem, heard["reason"])
        known = await _answered(problem, solving, known, heard["asked"], seconds)
        if (last := known[-1]["answer"] if known else {}).get("limit"):
            return Trial(False, last["limit"], len(known), told=last["limit"])
    raise _Beside


_UNTOLD = "Untold: "


def _did(name: str, answer: dict[str, Any]) -> str:
    """What the last call before a failing assert came to."""
    what = (
        f"raises {answer['raised'][0]}: {answer['said']}{answer['at']}"
        if "raised" in answer
        else f"gives {answer['shown']}"
        if "shown" in answer
        else f"gives a {answer['untold'].partition(' ')[0].rpartition('.')[2]}"
    )
    called = "the program" if name == script.SCRIPT else name
    return f"`{called}({answer['called']})` {what}"[:600]


def _untold(problem: CodeProblem, what: str) -> Trial:
    """A result that cannot travel. One that says itself what it equals could pass for anything, unless the problem asks for its class."""
    name = what.partition(" ")[0].rpartition(".")[2]
    if what.endswith("compares as it likes") and not re.search(
        rf"\b{re.escape(name)}\b", problem.prompt + problem.test
    ):
        return Trial(False, f"a result is of the solution's own class {name}, which says itself what it equals")
    raise _Beside


async def _load(session: Session, program: str, seconds: float) -> str:
    """Define the solution in a fresh session. What is wrong, in words, where it does not even load."""
    result = await session.run(inside_code() + _EXEC.format(program=program), seconds)
    return _ended(result) if result.error or result.limit or result.closed else ""


_EXEC = "_winnow_space = {{'__name__': 'solution'}}\nexec(compile({program!r}, '<solution>', 'exec'), _winnow_space)"


async def _listen(
    problem: CodeProblem, form: str, session: Session, known: list[dict[str, Any]], seconds: float, *, listening: bool
) -> dict[str, Any] | None:
    """A pass over the tests; the first one, in a fresh session, only listens. None where the session could not tell of it."""
    given = (code_of(problem.prompt), problem.test, form, problem.entry_point, json.dumps(known), listening)
    _, told = await _ask(session, "run_test(*given)", given, seconds, first=inside_code() if listening else "")
    heard: dict[str, Any] | None = json.loads(told) if told is not None else None
    return heard


async def _ask(
    session: Session, call: str, given: Sequence[Any], seconds: float, *, first: str = ""
) -> tuple[RunResult, str | None]:
    """What a call of ours in a session gives, as a text; `given` stands for its arguments. What is long goes and comes in a file.

    `first` is what has to be carried out before it: a run of its own for that would cost as much as the call.
    """
    text = repr(list(given))
    if len(text) > _LONG:
        await session.put(_GIVEN, json.dumps(list(given)).encode())
        text = f"json_in({_GIVEN!r})"
    result = await session.run(f"{first}given = {text}\nin_short({call})", seconds)
    if result.value is None or result.omitted:
        return result, None
    told = _literal(result.value)
    try:
        return result, told if told != _TOLD else (await session.get(_TOLD)).decode()
    except (FileNotFoundError, UnicodeDecodeError):
        return result, None


async def _answered(
    problem: CodeProblem, session: Session, known: list[dict[str, Any]], asked: list[Any], seconds: float
) -> list[dict[str, Any]]:
    """The calls with their answers: those that are known, as far as the questions are the same, and the rest asked now."""
    same = next((i for i, (old, new) in enumerate(zip(known, asked, strict=False)) if old["call"] != new), None)
    kept = known[: min(len(known), len(asked)) if same is None else same]
    for calls in _batches(asked[len(kept) :]):
        function = f"answer(_winnow_space[{problem.entry_point!r}], *given)"
        result, told = await _ask(session, function, [json.dumps(calls)], seconds)
        if told is None:
            return [*kept, {"call": None, "answer": {"limit": _ended(result)}}]
        answers = json.loads(told)
        kept = kept + [{"call": call, "answer": told} for call, told in zip(calls, answers, strict=True)]
    return kept


def _batches(calls: Sequence[Any]) -> Iterator[list[Any]]:
    """Calls in groups whose arguments, and what comes back with them, fit into one answer."""
    group, size = list[Any](), 0
    for call in calls:
        size += len(json.dumps(call))
        if group and size > _BATCH:
            yield group
            group, size = [], len(json.dumps(call))
        group.append(call)
    yield group


async def _together(problem: CodeProblem, program: str, form: str, sessions: SessionSource, seconds: float) -> Trial:
    session = await sessions.open()
    try:
        if broken := await _load(session, program, seconds):
            return Trial(False, broken, together=True, told=broken)
        given = (problem.test, form, problem.entry_point)
        result, said = await _ask(session, "run_beside(_winnow_space, *given)", given, seconds)
        if said is None:
            return Trial(False, _ended(result), together=True, told=_ended(result))
        told = json.loads(said)
        return Trial(told["status"] == "passed", told["reason"], together=True)
    finally:
        await session.close()


def _ended(result: RunResult) -> str:
    """Why a run gave nothing, in words."""
    if result.limit:
        return f"the solution met the limit of {result.limit}"
    if result.error:
        return f"the solution raised {result.error.name}: {result.error.message}"[:600]
    return "the solution gives more than can be read" if result.omitted else "the solution ended the interpreter"


def _literal(value: str) -> str:
    """The text whose repr a session gave as its value."""
    return str(ast.literal_eval(value))


@cache
def inside_code() -> str:
    """Code that defines what is in `inside.py`: compiled, since both sessions of a trial would otherwise spend most of their time on
    that, and as text for an interpreter of another make.
    """
    source = (Path(__file__).parent / "inside.py").read_text(encoding="utf-8")
    compiled = marshal.dumps(compile(source, "<inside>", "exec", dont_inherit=True))
    return _DEFINE.format(
        magic=importlib.util.MAGIC_NUMBER, compiled=base64.b64encode(compiled).decode(), source=source
    )


_DEFINE = """import base64 as _base64, importlib.util as _util, marshal as _marshal
_same = _util.MAGIC_NUMBER == {magic!r}
exec(_marshal.loads(_base64.b64decode({compiled!r})) if _same else compile({source!r}, "<inside>", "exec"))
"""
