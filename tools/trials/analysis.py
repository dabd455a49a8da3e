"""What static analysis says of a program, without running it: a linter for Python, the parser or compiler of every other language.

Python is read by ruff where that is installed (rules of errors only, no matter of style), else by the interpreter's own parser alone, which
sees no undefined names. The rest is read in a fresh sandbox session, by what `tools.sandbox.languages` names. No opinion is no complaint.
"""

import asyncio
import re
import shutil
import sys
from functools import cache
from pathlib import Path

from tools.sandbox.session import RunResult, SessionSource
from tools.trials.dialects import Returns, absent, whole
from tools.trials.foreign import programs_of

MOST = 6
"""Complaints that are told."""
SECONDS = 20.0
_RULES = "E9,F,B,PLE,PLW0127,RUF027"
"""Of ruff: syntax, undefined and unused names, likely mistakes. The rest is style."""
_PLACE = re.compile(r"^(?:vet: )?(?:\S*/)?(?:[Mm]ain\.\w+|-):(?: line )?(\d+)(?::\d+)?:?\s*")


async def python_complaints(code: str) -> tuple[str, ...]:
    """What a linter says of Python code, one complaint each, with its line."""
    try:
        compile(code, "solution.py", "exec", dont_inherit=True)
    except SyntaxError as error:
        return (f"`{_line(code, error.lineno or 0)}`: SyntaxError: {error.msg}",)
    except (ValueError, RecursionError, MemoryError) as error:
        return (f"the code cannot be read: {error}",)
    linter = ruff()
    return await _linted(linter, code) if linter else ()


@cache
def ruff() -> str | None:
    """Where ruff is: beside this interpreter, or on the path. None where it is not installed."""
    beside = Path(sys.executable).with_name("ruff")
    return str(beside) if beside.is_file() else shutil.which("ruff")


async def _linted(linter: str, code: str) -> tuple[str, ...]:
    """Run in isolation: no configuration of the machine, no cache, nothing written."""
    options = ("check", "--isolated", "--no-cache", "--quiet", "--output-format=concise", f"--select={_RULES}", "-")
    process = await asyncio.create_subprocess_exec(
        linter,
        *options,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        said, _ = await asyncio.wait_for(process.communicate(code.encode("utf-8", "replace")), SECONDS)
    except TimeoutError:
        process.kill()
        await process.wait()
        return ()
    return _lines(said.decode("utf-8", "replace"), code)


async def complaints(
    language: str, code: str, name: str, returns: Returns, sessions: SessionSource, arity: int = 0
) -> tuple[str, ...]:
    """What the parser or compiler of another language says. Empty where its toolchain is not here."""
    if absent(language) or language == "sql":  # a statement that does not parse fails at once, and says so itself
        return ()
    # Where a class needs a file of its name, a package its head, or an export a module, what will be run is read.
    source = whole(language, code, name, returns, arity) if language in ("java", "go", "javascript") else code
    programs = programs_of(sessions)
    session = await programs.open()
    try:
        result: RunResult = await session.check_program(language, source, SECONDS)
    finally:
        await programs.close()
    return _lines(f"{result.stdout}\n{result.stderr}", source) if result.limit is None else ()


def _lines(said: str, source: str) -> tuple[str, ...]:
    """The complaints that name a line of the source, each with that line. Where only the place is told, what follows says what is wrong."""
    lines, found = said.splitlines(), list[str]()
    for place, line in enumerate(lines):
        if where := _PLACE.match(line):
            what = line[where.end() :] or next((later for later in lines[place:] if "Error" in later), "")
            found.append(f"`{_line(source, int(where[1]))}`: {what}"[:240] if what else "")
    return tuple(one for one in dict.fromkeys(found) if one)[:MOST]


def _line(source: str, number: int) -> str:
    lines = source.splitlines()
    return lines[number - 1].strip()[:80] if 0 < number <= len(lines) else f"line {number}"
