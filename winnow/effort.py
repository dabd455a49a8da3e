"""Whether written queries are as hard as was asked: what their solving took, by the difficulty that the writer was told.

What the writer is told of a difficulty is how many calls of tools it takes (`agents.author.prompts.LEVELS`), so that is what is measured:
the calls of the shortest attempt at a task that was kept. Tasks that no attempt solved count in the rate alone.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from statistics import median
from typing import Any, NamedTuple

from traces.ledger import Ledger
from traces.rows import Filters, Row

CALLS: Mapping[int, tuple[int, int]] = {1: (1, 1), 2: (2, 3), 3: (3, 6), 4: (4, 10), 5: (6, 1_000)}
"""The fewest and the most calls that a difficulty stands for."""
_PAGE = 1_000


class Level(NamedTuple):
    """Tasks of one difficulty asked for. `calls` is the median over solved tasks; `as_asked` of these took as many as the level says."""

    tasks: int
    solved: int
    calls: float
    as_asked: int
    attempts: int
    kept: int


@dataclass(frozen=True)
class Effort:
    """By the difficulty asked for."""

    levels: Mapping[int, Level]

    @classmethod
    def of(cls, ledger: Ledger) -> "Effort":
        """Go through the rows of a run whose queries a model wrote."""
        found: defaultdict[int, list[Row]] = defaultdict(list)
        for row in _rows(ledger):
            if row.decision in ("keep", "reject"):
                found[row.difficulty].append(row)
        return cls({level: _level(level, rows) for level, rows in sorted(found.items())})

    def rows(self) -> list[tuple[str, ...]]:
        """As rows of a table."""
        return [
            (
                str(level),
                str(one.tasks),
                str(one.solved),
                f"{one.calls:g}" if one.solved else "",
                f"{one.as_asked / one.solved:.0%}" if one.solved else "",
                f"{one.kept / one.attempts:.0%}",
            )
            for level, one in self.levels.items()
        ]

    def facts(self) -> dict[str, Any]:
        """As data."""
        return {str(level): one._asdict() for level, one in self.levels.items()}


HEADS = ("asked", "tasks", "solved", "calls, median", "as asked", "keep rate")


def _rows(ledger: Ledger) -> Iterator[Row]:
    after = 0
    while page := ledger.page(Filters(final=True), after=after, limit=_PAGE):
        yield from page
        after = page[-1].id


def _level(level: int, rows: Iterable[Row]) -> Level:
    tasks: defaultdict[str, list[int]] = defaultdict(list)
    attempts = 0
    for row in rows:
        attempts += 1
        tasks[row.slot] += [row.calls] if row.decision == "keep" else []
    shortest = [min(calls) for calls in tasks.values() if calls]
    least, most = CALLS.get(level, (1, 1_000))
    fitting = sum(least <= calls <= most for calls in shortest)
    kept = sum(map(len, tasks.values()))
    return Level(len(tasks), len(shortest), median(shortest) if shortest else 0.0, fitting, attempts, kept)
