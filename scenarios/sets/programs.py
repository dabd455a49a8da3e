"""A row of a code set as prompt, entry point, tests and solution, in the forms that public sets have.

Known beside `prompt`, `entry_point`, `solution` and `test`: lists of asserts with more of them apart (`challenge_test_list`), a test in
pieces (`test_start`), what stands behind a solution (`suffix`), tests that import the solution as a module, and a call with what it
gives (`code`, `input`, `output`). Other languages than Python, and tests that run code in a context of their own, are refused in words.
"""

import ast
import builtins
import re
import sys
from collections.abc import Iterator
from typing import Any, NamedTuple

from scenarios.sets.fields import Fields
from tools.trials import CodeProblem
from tools.trials.program import code_of as head_of

_PYTHON = re.compile(r"py(?:thon)?\s?3?(?:\.\d+)?", re.IGNORECASE)
_ELSE = re.compile(
    r"^(cpp|c\+\+|java|javascript|js|go|rust|php|ruby|swift|kotlin|typescript|ts|scala)/\d", re.IGNORECASE
)


class Code(NamedTuple):
    """What a row holds; `solution` may be empty. `before` lines of the test are not the row's own: what has to be set up for it."""

    problem: CodeProblem
    solution: str
    before: int = 0


def is_code(row: Fields) -> bool:
    """Whether a row is meant for a code problem, tested or not."""
    return (
        row.get("test") is not None
        or _is_call(row)
        or row.has("entry_point", "canonical_solution", "code_context", "test_start")
    )


def code_of(row: Fields) -> Code:
    """Reads a row. Raises ValueError."""
    _check_language(row)
    solution = row.text("program") + str(row.named.get("suffix") or "")
    if _is_call(row):
        return _called(row, solution)
    if row.get("test") is None:
        raise ValueError(
            "`code_context` runs code in a context of its own, which is not known here: give a `test` that defines `check(candidate)`"
            if row.has("code_context")
            else "no `test`: give Python that defines `check(candidate)`, or asserts; or inputs with outputs (`input_output`)"
        )
    test = _test(row)
    prompt = row.joined("prompt")
    solution = _headed(solution, prompt, row.named.get("code_prompt"))
    entry_point = (
        row.text("entry_point")
        or _told(row)
        or entry_point_of(solution, test)
        or entry_point_of(prompt + solution, test)
        or _lacking(test)
    )
    if not entry_point:
        raise ValueError(
            "no `entry_point`, and none that test and solution agree on: give the function's name as `entry_point`"
        )
    before = row.joined("setup")
    whole = _alone(f"{before}\n{test}" if before else test, solution)
    return Code(CodeProblem(prompt, entry_point, whole), solution, before.count("\n") + 1 if before else 0)


def _headed(solution: str, prompt: str, head: Any) -> str:
    """A solution that is a body alone, behind its head where the row has that in a field of its own and not in its prompt."""
    alone = solution[:1] in (" ", "\t") and isinstance(head, str) and not head_of(prompt)
    return f"{head.rstrip()}\n{solution}" if alone else solution


def _check_language(row: Fields) -> None:
    language = row.get("language")
    told = _ELSE.match(str(row.get("id") or ""))
    other = (
        told[1] if told else language if isinstance(language, str) and not _PYTHON.fullmatch(language.strip()) else None
    )
    if other and other.lower() not in ("en", "english", "zh", "natural"):
        raise ValueError(f"a program in {other}: only Python programs are tried here. Leave such rows out")


def _test(row: Fields) -> str:
    """The tests as one text: of pieces that go on a beginning, or of asserts, one a line."""
    tests, more = row.get("test"), row.get("more_tests")
    start = row.named.get("test_start")
    if isinstance(start, str) and isinstance(tests, list):
        return start + "".join(map(str, tests))
    parts = [*tests, *(more if isinstance(more, list) else [])] if isinstance(tests, list) else [row.text("test")]
    return "\n".join(map(str, parts))


def _told(row: Fields) -> str:
    """The function that a description of the test names."""
    told = row.named.get("test_info")
    first = told[0] if isinstance(told, list) and told else told
    return str(first.get("function_name") or "") if isinstance(first, dict) else ""


def _is_call(row: Fields) -> bool:
    """Whether a row is a function with one call and what that gives, each as Python."""
    return row.get("test") is None and all(isinstance(row.named.get(key), str) for key in ("code", "input", "output"))


def _called(row: Fields, solution: str) -> Code:
    defined = [name for node in _parsed(solution) for name in _defined(node)]
    if not defined:
        raise ValueError("`code` defines no function that `input` could be given to")
    test = f"assert {defined[-1]}({row.named['input']}) == {row.named['output']}"
    asked = f"Write a Python function for which {test.removeprefix('assert ')}."
    return Code(CodeProblem(row.text("prompt") or asked, defined[-1], test), solution)


def _alone(test: str, solution: str) -> str:
    """A test without its imports of the solution, which it finds without them."""
    own = {name for node in _parsed(solution) for name in _defined(node)}
    lines = test.splitlines(keepends=True)
    for node in _parsed(test):
        if (
            isinstance(node, ast.ImportFrom)
            and node.module
            and node.module.split(".")[0] not in sys.stdlib_module_names
            and {alias.name for alias in node.names} <= own
            and not any(alias.asname for alias in node.names)
        ):
            for place in range(node.lineno - 1, node.end_lineno or node.lineno):
                lines[place] = "\n"
    return "".join(lines)


def entry_point_of(solution: str, test: str) -> str:
    """The function of a solution that its test calls; the last one where it calls several."""
    defined = [name for node in _parsed(solution) for name in _defined(node)]
    called = [name for name in defined if re.search(rf"\b{re.escape(name)}\s*\(", test)]
    named = called or [name for name in defined if re.search(rf"\(\s*{re.escape(name)}\s*\)", test)]
    return named[-1] if named else ""


def _lacking(test: str) -> str:
    """The one function that a test calls without having it, or imports from a module `solution`; empty where there is not just one."""
    nodes = [node for statement in _parsed(test) for node in ast.walk(statement)]
    imports = [node for node in nodes if isinstance(node, ast.Import | ast.ImportFrom)]
    solution = [node for node in imports if isinstance(node, ast.ImportFrom) and node.module == "solution"]
    has = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    has |= {node.arg for node in nodes if isinstance(node, ast.arg)} | set(dir(builtins)) | {"candidate"}
    has |= {node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)}
    has |= {
        (alias.asname or alias.name).partition(".")[0]
        for node in imports
        if node not in solution
        for alias in node.names
    }
    called = {node.func.id for node in nodes if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    lacking = {alias.name for node in solution for alias in node.names if alias.name != "*"} | (called - has)
    return lacking.pop() if len(lacking) == 1 else ""


def _parsed(text: str) -> list[ast.stmt]:
    try:
        return ast.parse(text).body
    except (SyntaxError, ValueError):
        return []


def _defined(node: ast.stmt) -> Iterator[str]:
    """The names that a statement of a solution defines as something to be called."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        yield node.name
    for target in node.targets if isinstance(node, ast.Assign) else ():
        if isinstance(target, ast.Name):
            yield target.id


def first_solution(held: Any) -> str | None:
    """The first Python solution of `{"language": [...], "solution": [...]}`; None where a field is of another form.

    Languages are told by name, or by number, of which 3 is Python 3. Raises ValueError where no solution is in Python.
    """
    if not isinstance(held, dict) or not isinstance(held.get("solution"), list):
        return None
    languages = held.get("language")
    pairs = list(
        zip(
            languages if isinstance(languages, list) else ["python"] * len(held["solution"]),
            held["solution"],
            strict=False,
        )
    )
    for language, solution in pairs:
        if language == 3 or (isinstance(language, str) and _PYTHON.fullmatch(language.replace("_", "").strip())):
            return str(solution)
    if not pairs:
        return ""
    raise ValueError("none of the `solutions` is in Python 3: only Python programs are tried here. Leave such rows out")
