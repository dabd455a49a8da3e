"""Functions that a problem defines, put in where its solution applies them: with f(x) = x - 3, "f(b+1)" is "((b+1) - 3)".

Only a function that the problem defines once, for all values, by an expression in its variable alone, and whose letter the solution does
not define otherwise.
"""

import re
from collections import defaultdict

from graders.expressions import expression

_DEFINED = re.compile(
    r"(?<![a-zA-Z\\'])([a-zA-Z])\s*\(\s*([a-z])\s*\)\s*=\s*([^$=]+?)\s*(?:,?\s*\\?\]|\$|\\\))(?!\$?\s*(?:for|when|if|where)\b)"
)
_APPLIED = r"(?<![a-zA-Z\\'^_]){name}\s*(?:\\left\s*)?\("
_ONCE = 12
"""Applications that are put in, one within another too."""


def put_in(problem: str, solution: str) -> str:
    """The solution with the problem's functions worked out where they are applied."""
    found: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for name, variable, body in _DEFINED.findall(problem):
        found[name].add((variable, body.strip().rstrip(".,;")))
    for name, bodies in found.items():
        if len(bodies) == 1:
            ((variable, body),) = bodies
            read = expression(body)
            if read and read.names <= {variable} and not _redefined(name, variable, body, solution):
                solution = _worked_out(solution, name, variable, body)
    return solution


def _redefined(name: str, variable: str, body: str, solution: str) -> bool:
    """Whether the solution says of the function's letter what the problem does not."""
    return any(
        one == name and (other != variable or _bare(told) != _bare(body))
        for one, other, told in _DEFINED.findall(solution)
    )


def _bare(text: str) -> str:
    return re.sub(r"[\s.,;]", "", text)


def _worked_out(solution: str, name: str, variable: str, body: str) -> str:
    opening = re.compile(_APPLIED.format(name=re.escape(name)))
    for _ in range(_ONCE * len(opening.findall(solution))):
        applied = list(opening.finditer(solution))
        if not applied:
            break
        m = applied[-1]  # the innermost of a nest is the last to begin
        end = _closing(solution, m.end())
        argument = solution[m.end() : end - 1].removesuffix("\\right").strip()
        if end == 0 or "," in argument or "$" in argument or len(solution) > 20_000:
            break
        value = re.sub(rf"(?<![a-zA-Z\\]){variable}(?![a-zA-Z])", lambda _, a=argument: f"({a})", body)  # type: ignore[misc]
        solution = f"{solution[: m.start()]}({value}){solution[end:]}"
    return solution


def _closing(text: str, start: int) -> int:
    """Behind the bracket that closes the one before `start`; 0 where none does."""
    depth = 1
    for at in range(start, len(text)):
        depth += (text[at] == "(") - (text[at] == ")")
        if not depth:
            return at + 1
    return 0
