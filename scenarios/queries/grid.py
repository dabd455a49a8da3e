"""The grid that written queries are spread over: domain, tools needed, difficulty, language.

Cells below the floor are tried first, then whichever is furthest behind its weight; one at its cap is never tried. A draft that was thrown
away counts a third, so a cell in which nothing succeeds gets three times the tries of another, not all of them.
"""

import random
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from scenarios.queries.topics import Domain

NEEDS: Mapping[Domain, tuple[tuple[str, ...], ...]] = {
    "search": (("search",), ("search", "calculator"), ("search", "python")),
    "math": (("calculator",), ("python",)),
    "programming": (("python",), ("python", "search")),
}
"""The tools a query of a domain may need."""
_FAILED = 3


class Cell(NamedTuple):
    """A place in the grid."""

    domain: Domain
    needs: tuple[str, ...]
    difficulty: int
    language: str


def cells(
    domains: Mapping[Domain, float], tools: Collection[str], levels: Collection[int], languages: Mapping[str, float]
) -> dict[Cell, float]:
    """Every cell that these tools allow, with its weight."""
    return dict(_cells(domains, tools, levels, languages))


def _cells(
    domains: Mapping[Domain, float], tools: Collection[str], levels: Collection[int], languages: Mapping[str, float]
) -> Iterator[tuple[Cell, float]]:
    for domain, weight in domains.items():
        possible = [needs for needs in NEEDS[domain] if set(needs) <= set(tools)]
        for needs in possible:
            for level in levels:
                for language, share in languages.items():
                    if cell_weight := weight * share / len(possible):
                        yield Cell(domain, needs, level, language), cell_weight


@dataclass
class Grid:
    """What was asked of each cell so far, and what came of it. Equal histories give equal choices."""

    weights: Mapping[Cell, float]
    floor: int = 0
    cap: int | None = None
    seed: int = 0
    asked: Counter[Cell] = field(default_factory=Counter)
    accepted: Counter[Cell] = field(default_factory=Counter)
    failed: Counter[Cell] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self._order = sorted(self.weights)
        random.Random(f"grid {self.seed}").shuffle(self._order)

    def next(self) -> Cell | None:
        """The cell to try now, None where every cell is at its cap."""
        free = [cell for cell in self._order if self.cap is None or self._held(cell) < self.cap]
        behind = [cell for cell in free if self._held(cell) < self.floor and self.failed[cell] <= _FAILED * self.floor]
        chosen = min(behind or free, key=self._load, default=None)
        if chosen:
            self.asked[chosen] += 1
        return chosen

    def settle(self, cell: Cell, *, accepted: bool) -> None:
        """Note what came of a try."""
        (self.accepted if accepted else self.failed)[cell] += 1

    def _held(self, cell: Cell) -> int:
        """Accepted, or still under way."""
        return self.asked[cell] - self.failed[cell]

    def _load(self, cell: Cell) -> float:
        return (self._held(cell) + self.failed[cell] / _FAILED) / self.weights[cell]
