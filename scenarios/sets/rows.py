"""Reads a set of problems from a file (`scenarios.sets.files`), one row a problem.

Math: `problem`, `answer` (one, or a list of which any is right), optional `solution`. Code: `prompt`, `entry_point`, `solution`, `test`, or
inputs and outputs in the place of a test (`scenarios.sets.cases`).
`id` is optional; the usual other names of these fields are known too (`scenarios.sets.fields`). Nothing is invented: a row that lacks
something is a broken row with its cause.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from scenarios.sets.cases import cases_of, has_cases
from scenarios.sets.fields import Fields
from scenarios.sets.files import found_in
from scenarios.sets.mathematics import math_of
from scenarios.sets.programs import code_of, first_solution, is_code
from scenarios.sets.wrapped import unwrapped
from tools.trials import CodeProblem


class MathRow(NamedTuple):
    """A math problem. `answers` are spellings of right answers, any one of which is right; none where nobody knows. `solution` may be
    empty."""

    id: str
    line: int
    problem: str
    answers: tuple[str, ...]
    solution: str


class CodeRow(NamedTuple):
    """A code problem with its tests and the reference solution, which may be empty. `before`: lines that precede its own test."""

    id: str
    line: int
    problem: CodeProblem
    solution: str
    before: int = 0


class BrokenRow(NamedTuple):
    """A row that is no problem, and why."""

    id: str
    line: int
    why: str


Row = MathRow | CodeRow | BrokenRow


def read_set(path: Path) -> Iterator[Row]:
    """The problems of a file, in order, broken rows too. Raises SourceError where it cannot be read at all."""
    for number, (line, value, broken) in enumerate(found_in(path), 1):
        if broken := broken or _unwritable(value):
            yield BrokenRow(str(number), line, broken)
        elif isinstance(value, dict):
            yield _row(value, line, number)
        else:
            what = "null" if value is None else f"a {type(value).__name__}"
            yield BrokenRow(str(number), line, f"{what}, not an object with fields")


def _unwritable(value: Any) -> str:
    """Why no database and no file can hold what a row says; empty where they can."""
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        return f"half of a surrogate pair ({error.object[error.start]!a}), as a text has that was cut within a sign: mend it"
    return ""


def _row(given: dict[str, Any], line: int, number: int) -> Row:
    value = unwrapped(given)
    row = Fields(value)
    id = str(row.get("id") if row.get("id") is not None else number)
    try:
        if row.get("test") is None and has_cases(value):
            return _cased(row, value, id, line)
        if is_code(row):
            return CodeRow(id, line, *code_of(row))
        return MathRow(id, line, *math_of(row))
    except ValueError as error:
        said = str(error)
        return BrokenRow(id, line, f"{said}. {_fields(given)}" if said.startswith("no `") else said)


_MOST = 12
"""Names of a row's fields that are told where one is missing."""


def _fields(value: Mapping[str, Any]) -> str:
    names = [f"`{str(name)[:40]}`" for name in value]
    more = f" and {len(names) - _MOST} more" if len(names) > _MOST else ""
    return f"The row has {', '.join(names[:_MOST])}{more}" if names else "The row has no fields"


def _cased(row: Fields, value: Mapping[str, Any], id: str, line: int) -> CodeRow:
    """A row whose tests are inputs and outputs. Of several solutions the first is taken."""
    solution = _first_solution(row, value)
    cases = cases_of(value, solution)
    starter = str(value.get("starter_code") or "").strip("\n")
    prompt = row.text("prompt") + (f"\n\nStart from this:\n\n```python\n{starter}\n```" if starter else "")
    return CodeRow(id, line, CodeProblem(prompt, cases.entry_point, cases.test), solution)


def _first_solution(row: Fields, value: Mapping[str, Any]) -> str:
    """The first of the solutions, which may be a list, a text, a list in JSON, or lists by language; empty where there is none."""
    several = value.get("solutions")
    try:
        several = json.loads(several) if isinstance(several, str) and several.lstrip()[:1] == "[" else several
    except ValueError:
        raise ValueError("`solutions` is no list in JSON") from None
    if (found := first_solution(several)) is not None:
        return found
    if isinstance(several, list) and several:
        return str(several[0])
    return several if isinstance(several, str) and several else row.text("program")
