"""Lines of a calculation turned round: from the answer back to one of its inputs.

The input must stand in one place of the calculation, under operations each of which can be undone in one way only; then the
solution is the only one, and it is proven besides by putting it in.
"""

import ast
import re
from collections.abc import Sequence
from typing import NamedTuple

from scenarios.exact import evaluate
from scenarios.families._calculation import Line, joined
from scenarios.family import TruthError

_OPERATORS: dict[type[ast.operator], tuple[str, str]] = {
    # what undoes it for the left operand, and for the right one: {t} is the result, {o} the other operand
    ast.Add: ("{t} - {o}", "{t} - {o}"),
    ast.Sub: ("{t} + {o}", "{o} - {t}"),
    ast.Mult: ("{t} / {o}", "{t} / {o}"),
    ast.Div: ("{t} * {o}", "{o} / {t}"),
}
_AGAIN: dict[type[ast.operator], tuple[str, str]] = {
    ast.Add: ("{t} + {o}", "{t} + {o}"),
    ast.Sub: ("{t} - {o}", "{o} + {t}"),
    ast.Mult: ("{t} * {o}", "{t} * {o}"),
    ast.Div: ("{t} / {o}", "{o} * {t}"),
}


class Inverse(NamedTuple):
    """The lines that lead back, and the same with the last operation done again instead of undone."""

    lines: tuple[Line, ...]
    again: tuple[Line, ...]


def inverse(lines: Sequence[Line], hidden: str, given: str, what: str) -> Inverse:
    """The lines from the answer `given` to the number `hidden`, which is called `what`. Raises TruthError where there is no one way."""
    path = _path(lines, hidden)
    side = [n for n in range(len(lines)) if n not in path and _needed(n, path, lines)]
    place = {n: new for new, n in enumerate(side)}
    found = [_moved(lines[n], place) for n in side]
    target, again = given, ""
    for at, n in enumerate(reversed(path)):
        last = at == len(path) - 1
        wanted = hidden if last else f"[{path[len(path) - 2 - at]}]"
        tree = ast.parse(lines[n].expression, mode="eval").body
        target, again = _undone(tree, wanted, target, place)
        if target == given:
            continue
        name = what if last else lines[path[len(path) - 2 - at]].what
        found.append(Line(name, target))
        target = f"[{len(found) - 1}]"
    if not found or found[-1].what != what:
        raise TruthError(f"nothing is to be undone for {what}")
    return Inverse(tuple(found), (*found[:-1], Line(what, again)))


def _path(lines: Sequence[Line], hidden: str) -> list[int]:
    """The lines whose value turns on the hidden number, in order, the last one included."""
    if len(re.findall(rf"\b{hidden}\b", joined(lines))) != 1:
        raise TruthError("what is hidden stands in several places, or in none")
    path: list[int] = []
    for n, line in enumerate(lines):
        if hidden in line.expression or any(int(m) in path for m in re.findall(r"\[(\d+)\]", line.expression)):
            path.append(n)
    return path


def _needed(n: int, path: Sequence[int], lines: Sequence[Line]) -> bool:
    later = [m for m in range(n + 1, len(lines)) if f"[{n}]" in lines[m].expression]
    return any(m in path or _needed(m, path, lines) for m in later)


def _moved(line: Line, place: dict[int, int]) -> Line:
    return line._replace(expression=re.sub(r"\[(\d+)\]", lambda m: f"[{place[int(m[1])]}]", line.expression))


def _undone(tree: ast.expr, wanted: str, target: str, place: dict[int, int]) -> tuple[str, str]:
    """The expression of what is wanted, and the one with the innermost operation done again."""
    if ast.unparse(tree) == wanted:
        return target, target
    if not isinstance(tree, ast.BinOp) or type(tree.op) not in _OPERATORS:
        raise TruthError(f"{ast.unparse(tree)} cannot be undone in one way only")
    left = _holds(tree.left, wanted)
    inner, other = (tree.left, tree.right) if left else (tree.right, tree.left)
    told = _operand(other, place)
    if isinstance(tree.op, ast.Mult | ast.Div) and _is_nought(told):
        raise TruthError(f"{told} times anything is 0")
    undone, again = (forms[type(tree.op)][0 if left else 1] for forms in (_OPERATORS, _AGAIN))
    goal = target if re.fullmatch(r"\[\d+\]|[\d.]+", target) else f"({target})"
    done = undone.format(t=goal, o=told)
    if ast.unparse(inner) == wanted:
        return done, again.format(t=goal, o=told)
    return _undone(inner, wanted, done, place)


def _holds(tree: ast.expr, wanted: str) -> bool:
    return any(ast.unparse(node) == wanted for node in ast.walk(tree) if isinstance(node, ast.expr))


def _operand(tree: ast.expr, place: dict[int, int]) -> str:
    text = re.sub(r"\[(\d+)\]", lambda m: f"[{place[int(m[1])]}]", ast.unparse(tree))
    return f"({text})" if isinstance(tree, ast.BinOp | ast.UnaryOp) else text


def _is_nought(text: str) -> bool:
    return "[" not in text and evaluate(text) == 0
