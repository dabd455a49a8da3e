"""Other queries of a family with what they ask: by them a model reads a query back. No task of the run is among them."""

from dataclasses import dataclass, field

from agents.asks import Example
from scenarios.family import TruthError, all_families
from scenarios.world import World
from traces.task import Brief
from winnow.plan import seed_of

COUNT, TRIES = 3, 60


@dataclass
class Examples:
    """Made once for each kind of ask."""

    world: World
    seed: int
    _known: dict[tuple[str, str], tuple[Example, ...]] = field(default_factory=dict)

    def of(self, brief: Brief) -> tuple[Example, ...]:
        """A few queries of the brief's family and kind; fewer where the family rarely makes that kind."""
        kind = (brief.family, str(brief.ask.get("kind", "")))
        if kind not in self._known:
            self._known[kind] = self._made(brief)
        return tuple(one for one in self._known[kind] if one.asks != brief.ask)

    def _made(self, brief: Brief) -> tuple[Example, ...]:
        found: list[Example] = []
        for index in range(TRIES):
            if len(found) == COUNT:
                break
            try:
                other = all_families()[brief.family].item(self.world, seed_of(self.seed, "examples"), index)
            except TruthError:
                continue
            if other.brief and other.brief.ask.get("kind") == brief.ask.get("kind"):
                found.append(Example(other.query, other.brief.ask))
        return tuple(found)
