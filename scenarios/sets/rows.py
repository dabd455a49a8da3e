"""Reads a set of problems from a file (JSON Lines or JSON, also gzip or Zstandard), one row a problem.

Math: `problem`, `answer` (one, or a list of which any is right), optional `solution`. Code: `prompt`, `entry_point`, `solution`, `test`, or
inputs and outputs in the place of a test (`scenarios.sets.cases`).
`id` is optional; the usual other names of these fields are known too. Nothing is invented: a row that lacks something is a broken
row with its cause.
"""

import ast
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from scenarios.sets.cases import cases_of, has_cases
from scenarios.sets.solutions import final_answer
from tools.trials import CodeProblem
from traces.imports import rows
from traces.imports.errors import RowError

_FIELDS: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "task_id", "problem_id", "question_id", "unique_id", "idx", "index"),
    "problem": ("problem", "question", "query"),
    "answer": ("answer", "final_answer", "expected_answer", "answers"),
    "solution": ("solution", "canonical_solution", "reference_solution", "rationale", "code"),
    "prompt": ("prompt", "question_content", "text", "instruct_prompt", "description", "problem", "question"),
    "test": ("test", "tests", "test_list", "test_code"),
    "entry_point": ("entry_point", "function_name", "method_name"),
    "setup": ("test_setup_code", "test_imports"),
}


class MathRow(NamedTuple):
    """A math problem. `answers` are spellings of right answers, any one of which is right; none where nobody knows. `solution` may be
    empty."""

    id: str
    line: int
    problem: str
    answers: tuple[str, ...]
    solution: str


class CodeRow(NamedTuple):
    """A code problem with its tests and the reference solution, which may be empty."""

    id: str
    line: int
    problem: CodeProblem
    solution: str


class BrokenRow(NamedTuple):
    """A row that is no problem, and why."""

    id: str
    line: int
    why: str


Row = MathRow | CodeRow | BrokenRow


def read_set(path: Path) -> Iterator[Row]:
    """The problems of a file, in order, broken rows too. Raises SourceError where it cannot be read at all."""
    for number, raw in enumerate(rows(path), 1):
        try:
            value = raw.parsed()
        except RowError as error:
            yield BrokenRow(str(number), raw.line, str(error))
            continue
        if isinstance(value, dict):
            yield _row(value, raw.line, number)
        else:
            yield BrokenRow(str(number), raw.line, f"a {type(value).__name__}, not an object with fields")


def _row(value: dict[str, Any], line: int, number: int) -> Row:
    id = str(_field(value, "id") if _field(value, "id") is not None else number)
    try:
        if _field(value, "test") is not None:
            return _code(value, id, line)
        if has_cases(value):
            return _cased(value, id, line)
        if _of_code(value):
            raise ValueError(
                "no `test`: give Python that defines `check(candidate)`, or asserts; or inputs with outputs (`input_output`)"
            )
        return _math(value, id, line)
    except ValueError as error:
        return BrokenRow(id, line, str(error))


def _of_code(value: Mapping[str, Any]) -> bool:
    """Whether a row without a test is meant for a code problem all the same."""
    return any(
        key in value for key in (*_FIELDS["entry_point"], *_FIELDS["test"], "input_output", "canonical_solution")
    )


def _field(value: Mapping[str, Any], name: str) -> Any:
    return next((value[key] for key in _FIELDS[name] if value.get(key) not in (None, "", [])), None)


def _text(value: Mapping[str, Any], name: str) -> str:
    found = _field(value, name)
    if found is None:
        return ""
    if not isinstance(found, str):
        raise ValueError(f"`{name}` is a {type(found).__name__}, not text")
    return found


def _math(value: dict[str, Any], id: str, line: int) -> MathRow:
    problem, given, solution = _text(value, "problem"), _field(value, "answer"), _text(value, "solution")
    if not problem:
        raise ValueError("no `problem`")
    answers = [_spelt(each) for each in (given if isinstance(given, list) else [given]) if each is not None]
    if len(answers) == 1 and "####" in answers[0]:  # the whole solution stands where the answer should
        solution = solution or answers[0]
        answers = [final_answer(answers[0]) or ""]
    if not answers and solution and (found := final_answer(solution)):
        answers = [found]
    if given is not None and not any(answers):
        raise ValueError("no `answer`, and no `solution` that ends in one")
    return MathRow(id, line, problem, tuple(a for a in answers if a), solution)


def _spelt(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float | str):
        return str(value).strip()
    raise ValueError(f"`answer` is a {type(value).__name__}, not text or a number")


def _code(value: dict[str, Any], id: str, line: int) -> CodeRow:
    tests = _field(value, "test")
    test = "\n".join(map(str, tests)) if isinstance(tests, list) else _text(value, "test")
    setup = _field(value, "setup")
    before = "\n".join(map(str, setup)) if isinstance(setup, list) else setup or ""
    solution = _text(value, "solution")
    entry_point = _text(value, "entry_point") or _entry_point(solution, test)
    if not entry_point:
        raise ValueError("no `entry_point`, and none that test and solution agree on")
    problem = CodeProblem(_text(value, "prompt"), entry_point, f"{before}\n{test}" if before else test)
    return CodeRow(id, line, problem, solution)


def _cased(value: dict[str, Any], id: str, line: int) -> CodeRow:
    """A row whose tests are inputs and outputs. Of several solutions the first is taken."""
    solution = _first_solution(value)
    cases = cases_of(value, solution)
    starter = str(value.get("starter_code") or "").strip("\n")
    prompt = _text(value, "prompt") + (f"\n\nStart from this:\n\n```python\n{starter}\n```" if starter else "")
    return CodeRow(id, line, CodeProblem(prompt, cases.entry_point, cases.test), solution)


def _first_solution(value: Mapping[str, Any]) -> str:
    """The first of the solutions, which may be a list, a text, or a list in JSON; empty where there is none."""
    several = value.get("solutions")
    try:
        several = json.loads(several) if isinstance(several, str) and several.lstrip()[:1] == "[" else several
    except ValueError:
        raise ValueError("`solutions` is no list in JSON") from None
    if isinstance(several, list) and several:
        return str(several[0])
    return several if isinstance(several, str) and several else _text(value, "solution")


def _entry_point(solution: str, test: str) -> str:
    """The function of a solution that its test calls; the last one where it calls several."""
    try:
        defined = [name for node in ast.parse(solution).body for name in _defined(node)]
    except (SyntaxError, ValueError):
        return ""
    called = [name for name in defined if re.search(rf"\b{re.escape(name)}\s*\(", test)]
    return called[-1] if called else ""


def _defined(node: ast.stmt) -> list[str]:
    """The names that a statement of a solution defines as something to be called."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return [node.name]
    targets = node.targets if isinstance(node, ast.Assign) else []
    return [target.id for target in targets if isinstance(target, ast.Name)]
