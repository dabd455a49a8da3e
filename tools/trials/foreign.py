"""Runs a program in another language on many inputs, in a fresh session, and compares what comes back with what the original gave.

The program only ever sees the inputs; the right results stay on the host. A program that prints on its own account does no harm,
since results stand behind a mark drawn afresh. SQL is tried in a plain interpreter session, the rest needs the compile profile.
"""

import json
import secrets
from collections.abc import Sequence
from typing import Any, NamedTuple

from tools.sandbox import LocalSession, LocalSessions, SessionSource
from tools.sandbox.session import RunResult, SandboxUnavailable
from tools.trials.dialects import Returns, absent, block, whole
from tools.trials.trial import Trial

SECONDS = 60.0
"""For compiling and all calls together; the sandbox bounds the memory and the CPU time too."""


class Example(NamedTuple):
    """A list that the program gets, and the JSON of what it has to give."""

    given: Sequence[int]
    right: str


class Port(NamedTuple):
    """What a program has to do: in which language, under which name, on which inputs."""

    language: str
    entry_point: str
    returns: Returns
    examples: tuple[Example, ...]
    arity: int = 0
    """So many whole numbers that the function takes; 0 where it takes the list itself."""


async def attempt_port(port: Port, answer: str, sessions: SessionSource, seconds: float = SECONDS) -> Trial:
    """Try the program of an answer. Raises SandboxUnavailable where this machine (or this back end) cannot run the language."""
    if why := absent(port.language):
        raise SandboxUnavailable(why)
    code = block(answer, port.language)
    found = await (_queried if port.language == "sql" else _called)(port, code, sessions, seconds)
    return found if isinstance(found, Trial) else _compared(port, found)


def programs_of(sessions: SessionSource) -> LocalSessions:
    """Sessions that compile and run programs, beside those of the interpreter. Raises SandboxUnavailable for hosted ones."""
    if sessions.name != "local":
        raise SandboxUnavailable(f"programs in other languages run in the local sandbox alone, not in {sessions.name}")
    return LocalSessions(profile="compile")


async def _called(port: Port, code: str, sessions: SessionSource, seconds: float) -> list[Any] | Trial:
    mark = secrets.token_hex(8)
    lines = [mark, *(" ".join(map(str, example.given)) for example in port.examples)]
    program = whole(port.language, code, port.entry_point, port.returns, port.arity)
    source = programs_of(sessions)
    session: LocalSession = await source.open()
    try:
        result = await session.run_program(port.language, program, "\n".join(lines) + "\n", timeout=seconds)
    finally:
        await source.close()
    told = [line.removeprefix(mark) for line in result.stdout.splitlines() if line.startswith(mark)]
    if len(told) < len(port.examples):
        return _failing(_ended(result, port, len(told)), len(told))
    return [_read(each) for each in told]


def _failing(what: str, calls: int = 0) -> Trial:
    """A failure whose words hold nothing of what was expected, and may be told to whoever wrote the program."""
    return Trial(False, what[:600], calls, told=what[:600])


def _ended(result: RunResult, port: Port, done: int) -> str:
    """Why a program gave fewer results than asked, in words."""
    if result.limit:
        return f"the program met the limit of {result.limit}"
    said = next((line.strip() for line in result.stderr.splitlines() if "rror" in line), result.stderr.strip())
    if result.error and result.error.name == "CompileError":
        return f"the program does not compile: {said}"[:600]
    given = list(port.examples[min(done, len(port.examples) - 1)].given)
    return f"the program ends at the call with {given}: {said or (result.error and result.error.message)}"[:600]


async def _queried(port: Port, code: str, sessions: SessionSource, seconds: float) -> list[Any] | Trial:
    session = await sessions.open()
    try:
        given = json.dumps([list(example.given) for example in port.examples])
        result = await session.run(_SQL.format(query=code, given=given, returns=port.returns), seconds)
    finally:
        await session.close()
    if result.limit:
        return _failing(f"the statement met the limit of {result.limit}")
    told = _read(result.stdout.splitlines()[-1]) if result.stdout else None
    if not isinstance(told, dict):
        raise SandboxUnavailable(f"the statement could not be tried: {result.error or result.stderr[:200]}")
    if "failed" in told:
        return _failing(f"the statement fails: {told['failed']}")
    given_back: list[Any] = told["given"]
    return given_back


_SQL = """
import json, sqlite3

def given_by(query, xs):
    with sqlite3.connect(":memory:") as db:
        db.execute("create table xs (i integer primary key, x integer not null)")
        db.executemany("insert into xs values (?, ?)", enumerate(xs))
        rows = db.execute(query).fetchall()
    if any(len(row) != 1 for row in rows):
        return f"rows of {{len(rows[0])}} columns"
    if {returns!r} == "list":
        return [row[0] for row in rows]
    return rows[0][0] if len(rows) == 1 else f"{{len(rows)}} rows"

try:
    told = {{"given": [given_by({query!r}, xs) for xs in json.loads({given!r})]}}
except (sqlite3.Error, sqlite3.Warning) as error:
    told = {{"failed": str(error)}}
print(json.dumps(told))
"""


def _read(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return f"no number and no list: {text.strip()[:80]}"


def _compared(port: Port, told: Sequence[Any]) -> Trial:
    for example, given in zip(port.examples, told, strict=True):
        if not _same(given, json.loads(example.right)):
            return _failing(f"gives {json.dumps(given)} for {list(example.given)}, unlike the original", len(told))
    return Trial(True, calls=len(told))


def _same(given: Any, right: Any) -> bool:
    """Equal by value; a truth value is no number, and a whole number may be written as 3.0."""
    if isinstance(given, list) and isinstance(right, list):
        return len(given) == len(right) and all(map(_same, given, right))
    return isinstance(given, bool) == isinstance(right, bool) and bool(given == right)
