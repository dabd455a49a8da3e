"""What is wrong with a scenario file: every problem at once, each with its place, what was found and what is allowed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True)
class Problem:
    """One thing wrong. `place` is `file:line:column`, the file alone, or the flag that said it; `path` is dotted."""

    place: str
    path: str
    what: str
    allowed: str = ""
    nearest: str = ""

    def __str__(self) -> str:
        where = f"{self.place}: {self.path}: " if self.path else f"{self.place}: "
        allowed = f"; allowed: {self.allowed}" if self.allowed else ""
        nearest = f"; did you mean {self.nearest!r}?" if self.nearest else ""
        return "".join(
            char if char.isprintable() else ascii(char)[1:-1] for char in where + self.what + allowed + nearest
        )


class ScenarioError(Exception):
    """A scenario that cannot be used. Its text is one line for each of its `problems`, in the order of the file."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def nearest(found: object, known: Sequence[str]) -> str:
    """The known name most like what was found, or nothing where none is like it."""
    close = get_close_matches(str(found), known, n=1, cutoff=0.6)
    return close[0] if close and close[0] != found else ""


def shown(value: object, limit: int = 60) -> str:
    """A value as a message names it: its kind and, where it is short, itself."""
    match value:
        case None:
            return "nothing"
        case bool():
            return "true" if value else "false"
        case str():
            return repr(value if len(value) <= limit else value[:limit] + "...")
        case dict():
            return "a mapping" if value else "an empty mapping"
        case list() | tuple():
            return "a list" if value else "an empty list"
    return str(value)
