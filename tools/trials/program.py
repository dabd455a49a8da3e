"""Puts a solution and its tests together as programs. Nothing is run here.

Problems come in the usual forms: the prompt may be the head of the function (its signature and docstring) or plain words; the solution
may be the whole function, its body alone, either inside a fence of Markdown, or a whole program (entry point `__main__`); the tests may
define `check(candidate)`, `test_*` functions or `unittest` cases, or be bare asserts.
"""

import ast
import re
import textwrap
from collections.abc import Iterator
from typing import Literal, NamedTuple

from tools.trials.script import SCRIPT, as_function

TestForm = Literal["check", "unittest", "functions", "asserts"]


class CodeProblem(NamedTuple):
    """What a solution is tried on. `prompt` may be empty; `test` is Python that names the solution `candidate` or `entry_point`."""

    prompt: str
    entry_point: str
    test: str


class ProgramError(ValueError):
    """A solution or a test from which no program can be made; the message says why."""


_BOUND = re.compile(r"(\w+)\(\)\.(\w+)")
_ALIAS = "bound_method"


def with_plain_entry(problem: CodeProblem, solution: str) -> tuple[CodeProblem, str]:
    """A problem whose entry point is a method of a fresh object ("Solution().add") with that method under a name of its own."""
    bound = _BOUND.fullmatch(problem.entry_point)
    if not bound:
        return problem, solution
    program = _GIVEN + whole_program(problem._replace(entry_point=bound[1]), solution)
    return CodeProblem("", _ALIAS, problem.test), f"{program}\n{_ALIAS} = {problem.entry_point}\n"


_GIVEN = """import bisect, collections, functools, heapq, itertools, math, operator, random, re, string
from bisect import *
from collections import *
from functools import *
from heapq import *
from itertools import *
from math import *
from operator import *
from typing import *
from builtins import *
"""
"""What platforms that ask for a class `Solution` have imported before it; built-in names stand before those of the modules."""


def void(entry_point: str, body: str) -> str:
    """A solution that does one and the same thing whatever it is given."""
    if entry_point == SCRIPT:
        return f"print({body.removeprefix('return ')})\n"
    if bound := _BOUND.fullmatch(entry_point):
        return f"class {bound[1]}:\n    def {bound[2]}(self, *_, **__):\n        {body}\n"
    return f"def {entry_point}(*_, **__):\n    {body}\n"


_FENCE = re.compile(r"^```[\w+-]*[ \t]*\n(.*?)^```", re.MULTILINE | re.DOTALL)


def unfenced(text: str, name: str) -> str:
    """The code of a text: the last fenced block that defines `name`, else the longest one; the text itself where it has no fence."""
    blocks: list[str] = _FENCE.findall(text)
    defining = [
        block for block in blocks if re.search(rf"^\s*(?:async\s+)?(?:def|class)\s+{re.escape(name)}\b", block, re.M)
    ]
    return defining[-1] if defining else max(blocks, key=len, default=text)


def whole_program(problem: CodeProblem, solution: str) -> str:
    """A module that defines the entry point. Raises ProgramError."""
    code = unfenced(solution, problem.entry_point)
    if problem.entry_point == SCRIPT:
        if _parsed(code) is None or not code.strip():
            raise ProgramError(_why(code, [code], SCRIPT) if code.strip() else "the solution is empty")
        return as_function(code)
    head = code_of(problem.prompt)
    candidates = [*_combined(problem.prompt, head, code)]
    complete = next((text for text in candidates if _defines(text, problem.entry_point)), None)
    if complete is None:
        raise ProgramError(_why(code, candidates, problem.entry_point))
    return complete


def _combined(prompt: str, head: str, code: str) -> Iterator[str]:
    """The ways in which a solution may go on from its prompt, the likeliest first."""
    if _MID_LINE.search(prompt):
        yield prompt + code
    yield f"{head}\n{code}" if head else code
    yield prompt + code
    body = textwrap.indent(textwrap.dedent(code.strip("\n")), "    ")
    yield f"{prompt.rstrip()}\n{body}\n"
    yield code


_MID_LINE = re.compile(r"\n[ \t]+\S[^\n]*[ \t]\Z")
"""A prompt that ends within a line: "    return "."""


def code_of(prompt: str) -> str:
    """The prompt where it is the head of a program; empty where it is words, some of which Python could read too."""
    module = _parsed(prompt)
    parts = module.body if module else []
    return prompt if any(isinstance(part, _PARTS) for part in parts) else ""


_PARTS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)


def _parsed(text: str) -> ast.Module | None:
    try:
        return ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def definitions(text: str, name: str) -> set[str]:
    """Every definition of a function in a text or its fenced blocks, in one spelling."""
    modules = filter(None, map(_parsed, [text, *_FENCE.findall(text)]))
    nodes = (node for module in modules for node in ast.walk(module))
    return {ast.unparse(n) for n in nodes if isinstance(n, ast.FunctionDef | ast.ClassDef) and n.name == name}


def _defines(text: str, name: str) -> bool:
    """Whether a module defines a name with something in it: more than a docstring or a placeholder."""
    module = _parsed(text)
    return module is not None and any(_binds(node, name) for node in reversed(module.body))


def _binds(node: ast.stmt, name: str) -> bool:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return node.name == name and not all(_idle(inner) for inner in node.body)
    if isinstance(node, ast.ClassDef):
        return node.name == name
    targets = node.targets if isinstance(node, ast.Assign) else []
    imported = node.names if isinstance(node, ast.Import | ast.ImportFrom) else []
    return any(isinstance(t, ast.Name) and t.id == name for t in targets) or any(
        (alias.asname or alias.name) == name for alias in imported
    )


def _idle(node: ast.stmt) -> bool:
    return isinstance(node, ast.Pass) or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))


def _why(code: str, candidates: list[str], name: str) -> str:
    """What is wrong with the solution as it stands; the ways of joining it to the prompt are our guesses, not its faults."""
    if module := next(filter(None, map(_parsed, candidates)), None):
        others = dict.fromkeys(
            node.name for node in module.body if isinstance(node, _PARTS[:3]) and _binds(node, node.name)
        )
        return f"the solution does not define {name}" + (f", but {', '.join(others)}" if others else "")
    try:
        ast.parse(textwrap.dedent(code))
    except SyntaxError as error:
        return f"the solution is no Python: {error.msg} (line {error.lineno})"
    except (ValueError, RecursionError, MemoryError) as error:
        return f"the solution cannot be read: {error}"
    return f"the solution is only a body, and the prompt does not end in a head for it, such as `def {name}(...):`"


def test_form(test: str) -> TestForm:
    """How a test is written. Raises ProgramError for one that is no Python or tests nothing."""
    try:
        module = ast.parse(test)
    except SyntaxError as error:
        raise ProgramError(f"the test is no Python: {error.msg} (line {error.lineno})") from None
    except (ValueError, RecursionError, MemoryError) as error:
        raise ProgramError(f"the test is no Python: {error}") from None
    functions = {node.name for node in module.body if isinstance(node, ast.FunctionDef)}
    if not any(_tests(node) for node in ast.walk(module)):
        raise ProgramError("the test asserts nothing")
    if "check" in functions:
        return "check"
    if any(
        isinstance(node, ast.ClassDef) and any("TestCase" in ast.unparse(b) for b in node.bases) for node in module.body
    ):
        return "unittest"
    return "functions" if any(name.startswith("test") for name in functions) else "asserts"


def _tests(node: ast.AST) -> bool:
    """Whether something is demanded here: an assert, a raise, or a call such as `self.assertEqual` or `np.testing.assert_allclose`."""
    if isinstance(node, ast.Assert | ast.Raise):
        return True
    if not isinstance(node, ast.Call):
        return False
    called = (
        node.func.attr
        if isinstance(node.func, ast.Attribute)
        else node.func.id
        if isinstance(node.func, ast.Name)
        else ""
    )
    return called.startswith(("assert", "raises", "fail"))


_SEES = re.compile(
    r"\b(?:redirect_stdout|redirect_stderr|capsys|capfd|StringIO|sys\.std\w+|patch|mock|Mock|MagicMock|monkeypatch|inspect|getsource|"
    r"globals|locals|open|__dict__|__name__|__doc__|__annotations__)\b|\bid\(|\bis\s+(?:not\s+)?(?!not\b|None\b|True\b|False\b)\w"
)


def sees_inside(problem: CodeProblem) -> bool:
    """Whether a test looks at more than values: output, source, patched names, identity. Such a test has to run beside the solution."""
    return bool(_SEES.search(_without_texts(problem.test)))


class _Emptied(ast.NodeTransformer):
    def visit_Constant(self, node: ast.Constant) -> ast.Constant:
        return ast.Constant("") if isinstance(node.value, str) else node


def _without_texts(test: str) -> str:
    """A test with its texts emptied: what it only gives or expects, it does not look at."""
    module = _parsed(test)
    return ast.unparse(_Emptied().visit(module)) if module and _SEES.search(test) else test
