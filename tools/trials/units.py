"""Takes tests apart into units that each demand one thing, and puts those that are wanted together again.

A unit is an assert, or a loop or block that holds one, with all that stands before it in its test and is needed to run it. So one wrong
assert among ten costs the other nine nothing, and one run tells of every unit whether it passes.
"""

import ast
import json
import re
import textwrap
from collections.abc import Iterator, Sequence

from tools.sandbox.session import SessionSource
from tools.trials.program import CodeProblem
from tools.trials.trial import Trial, attempt

MOST = 30
"""Units of one test that are taken."""
_FAILED = "units that fail: "


def units_of(test: str) -> tuple[str, ...]:
    """The units of a test, as code that names the solution `candidate` or by its own name. Raises SyntaxError for what is no Python."""
    module = ast.parse(test)
    checks = [node for node in module.body if isinstance(node, ast.FunctionDef) and _is_check(node)]
    outside = [node for node in module.body if node not in checks and not _is_call(node)]
    found = list(_cut(outside)) if not checks else []
    setting = [node for node in outside if not _demands(node)]
    for check in checks:
        found += [[*_needed(setting, unit), *_named(check), *unit] for unit in _cut(check.body)]
    texts = (ast.unparse(ast.Module(unit, [])) for unit in found)
    return tuple(dict.fromkeys(texts))[:MOST]


def _cut(body: Sequence[ast.stmt]) -> list[list[ast.stmt]]:
    before: list[ast.stmt] = []
    units = []
    for statement in body:
        if _demands(statement) and not isinstance(statement, ast.FunctionDef | ast.ClassDef):
            units.append([*before, statement])
        elif not _says(statement):
            before.append(statement)
    return units


def _needed(setting: Sequence[ast.stmt], unit: Sequence[ast.stmt]) -> Iterator[ast.stmt]:
    """What stands outside of a test, without imports that neither this unit nor the rest of that uses: one may not be installed."""
    others = [node for node in (*setting, *unit) if not isinstance(node, ast.Import | ast.ImportFrom)]
    used = {node.id for other in others for node in ast.walk(other) if isinstance(node, ast.Name)}
    for node in setting:
        if not isinstance(node, ast.Import | ast.ImportFrom) or _bound(node) & {*used, "*"}:
            yield node


def _bound(node: ast.Import | ast.ImportFrom) -> set[str]:
    return {alias.asname or alias.name.partition(".")[0] for alias in node.names}


def _named(check: ast.FunctionDef) -> list[ast.stmt]:
    """What a test calls the solution, where it is not `candidate`."""
    arguments = check.args.args
    if not arguments or arguments[0].arg == "candidate":
        return []
    return ast.parse(f"{arguments[0].arg} = candidate").body


def _is_check(node: ast.FunctionDef) -> bool:
    return node.name == "check" or node.name.startswith("test")


def _is_call(node: ast.stmt) -> bool:
    """A bare call such as `check(candidate)`, or the usual `if __name__ == ...`."""
    return (isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)) or (
        isinstance(node, ast.If) and "__name__" in ast.unparse(node.test)
    )


def _demands(statement: ast.stmt) -> bool:
    """Whether something has to hold here: an assert, an error that is raised, or a block such as `with raises(ValueError):`."""
    return any(
        isinstance(node, ast.Assert | ast.Raise) or (isinstance(node, ast.withitem) and "raises" in ast.unparse(node))
        for node in ast.walk(statement)
    )


def _says(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def joined(units: Sequence[str]) -> str:
    """One test that holds all units, as `check(candidate)`."""
    parts = [part for number, unit in enumerate(units) for part in _placed(number, unit)]
    return "\n".join(["def check(candidate):", *parts]) + "\n"


def _placed(number: int, unit: str) -> list[str]:
    """A unit of a single line as it is; a longer one in a function of its own, so that names do not meet."""
    if "\n" not in unit:
        return [f"    {unit}"]
    return [f"    def part_{number}():", textwrap.indent(unit, " " * 8), f"    part_{number}()"]


async def passing(
    name: str, units: Sequence[str], solution: str, sessions: SessionSource
) -> tuple[tuple[bool, ...], Trial]:
    """Which units a solution passes, from one run; none where it does not load or meets a limit. Raises SandboxError."""
    problem = CodeProblem("", name, _counted(units))
    trial = await attempt(problem, solution, sessions)
    if trial.passed:
        return (True,) * len(units), trial
    told = re.search(re.escape(_FAILED) + r"(\[[\d, ]*\])", trial.reason)
    failed = set(json.loads(told[1])) if told else set(range(len(units)))
    return tuple(number not in failed for number in range(len(units))), trial


def _counted(units: Sequence[str]) -> str:
    """A test that goes on after a failing unit and says in the end which failed."""
    lines = ["def check(candidate):", "    failed = []"]
    for number, unit in enumerate(units):
        lines += [f"    def part_{number}():", textwrap.indent(unit, " " * 8)]
        lines += ["    try:", f"        part_{number}()", "    except Exception:", f"        failed.append({number})"]
    lines.append(f"    assert not failed, {_FAILED!r} + str(failed)")
    return "\n".join(lines) + "\n"
