"""The self-check of a problem set: every row's own reference must pass what a model's solution will have to pass.

A math reference is held against its own answer and arithmetic; a code reference is executed against its tests, in fresh sandbox sessions.
"""

import asyncio
import re
from collections.abc import AsyncIterator, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from graders.references import faults
from scenarios.sets import BrokenRow, CodeRow, MathRow, Row, read_set
from tools.sandbox import LocalSessions
from tools.sandbox.session import SandboxError, SandboxUnavailable, SessionSource
from tools.trials import ProgramError, Trial, attempt, tests_nothing
from tools.trials.program import test_form
from winnow.machine import MachineError

_AT_ONCE = 4
"""Rows in flight: enough to keep two cores busy while sessions open."""


class Checked(NamedTuple):
    """Whether a row's own reference passes; None where it has none that could be tried. `reason` says why not."""

    id: str
    line: int
    ok: bool | None
    reason: str = ""


async def check_set(path: Path) -> AsyncIterator[Checked]:
    """Check every row, in the order of the file.

    Raises:
        SourceError: the file cannot be read.
        MachineError: this machine cannot run code, and the set has some.
    """
    sessions = LocalSessions()
    try:
        for group in _groups(read_set(path)):
            for checked in await asyncio.gather(*(_check(row, sessions) for row in group)):
                yield checked
    except SandboxUnavailable as error:
        raise MachineError(str(error)) from error
    finally:
        await sessions.close()


def _groups(rows: Iterable[Row]) -> Iterator[list[Row]]:
    source = iter(rows)
    while group := list(islice(source, _AT_ONCE)):
        yield group


async def failing(row: Row, sessions: SessionSource) -> str:
    """Why a row's own reference fails, with its line; empty where it does not, and where the sandbox gives no answer."""
    try:
        checked = await _check(row, sessions)
    except SandboxError:
        return ""
    return f"line {row.line}: {checked.reason}" if checked.ok is False else ""


async def _check(row: Row, sessions: SessionSource) -> Checked:
    match row:
        case BrokenRow(id, line, why):
            return Checked(id, line, False, why)
        case MathRow():
            return await asyncio.to_thread(_mathematics, row)
        case CodeRow():
            ok, reason = await _code(row, sessions)
            return Checked(row.id, row.line, ok, reason)


def _mathematics(row: MathRow) -> Checked:
    """What is found wrong with a row. Where a check itself breaks, nothing is shown to be wrong, and the row passes with a note of it."""
    found: list[str] = []
    note = ""
    try:
        found.extend(faults(row.problem, row.answers, row.solution))
    except Exception as error:  # the boundary of a row: one odd text must not cost all the others
        note = f"not checked to its end: {type(error).__name__}: {error}"
    if not found and not row.answers:
        return Checked(row.id, row.line, None, _UNANSWERED)
    return Checked(row.id, row.line, not found, "; ".join(dict.fromkeys(found)) or note)


async def _code(row: CodeRow, sessions: SessionSource) -> tuple[bool | None, str]:
    """Of a row without a solution the tests alone are looked at."""
    if row.solution:
        tried = await attempt(row.problem, row.solution, sessions)
        if not tried.passed:
            return False, in_words(row, tried)
    else:
        try:
            test_form(row.problem.test)
        except ProgramError as error:
            return False, in_words(row, Trial(False, str(error)))
    if await tests_nothing(row.problem, sessions):
        return False, "the test passes whatever the solution gives"
    return (True, "") if row.solution else (None, _UNSOLVED)


_LINE = re.compile(r"^line (\d+) of the test: (.*)", re.DOTALL)
_NO_TEST = re.compile(r"^(the test is no Python: .*) \(line (\d+)\)$", re.DOTALL)


def in_words(row: CodeRow, tried: Trial) -> str:
    """Why a row's solution does not pass, by what stands in the row: what it did, and the line of the test that it fails."""
    where, said, did = "", tried.reason, tried.told
    lines = row.problem.test.splitlines()
    if (found := _LINE.match(said)) and 0 < (place := int(found[1])) <= len(lines):
        where, said = f"{_line(row, place)}, `{lines[place - 1].strip()[:160]}`", found[2]
    elif found := _NO_TEST.match(said):
        return f"{found[1]} ({_line(row, int(found[2]))})"
    if "does not define" in said:
        return f"{said}: `entry_point` has to be the name of what is tested"
    if "ModuleNotFoundError" in said:
        said = f"{said}: code is run where that is not installed, here and in a run"
    elif said != did and said in did:  # what it did is why
        said = ""
    told = ": ".join(filter(None, (where, said)))
    first = "" if did in ("", tried.reason) or said.startswith("case ") else did  # a case says itself what came of it
    return "; ".join(filter(None, (first, told)))


def _line(row: CodeRow, place: int) -> str:
    """A line of a test by its place in what is the row's own."""
    return (
        f"line {place - row.before} of the test"
        if place > row.before
        else f"line {place} of what is set up for the test"
    )


_UNANSWERED = "no `answer`, and no `solution` that ends in one"
_UNSOLVED = "no `solution`"
"""Why a row has nothing to try. Neither is a fault: both fields may be left out."""
