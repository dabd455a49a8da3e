"""What a task family is. One file in `scenarios/families/`, one class, no registry.

Four roles that never mix: the *oracle* (in `item`) computes truth on the world's tables, twice; the *writer* (`write`) words a brief;
the *reader* (`read`) gets the plan back from a wording, by anyone; the *policy* (`solve`) works from what was read and what tools return.
"""

import random
from abc import ABC, abstractmethod
from collections.abc import Mapping
from functools import cache
from pkgutil import iter_modules
from typing import Any, ClassVar

from scenarios import families
from scenarios.policy import Mind, Policy
from scenarios.world import World
from traces.parts import part
from traces.task import Brief, Task

Ask = dict[str, Any]
"""What is asked, as JSON: the plan in a person's terms (names and attributes, never ids). Equal asks compare equal."""


class Family(ABC):
    """A kind of task. Instances are stateless."""

    name: ClassVar[str]
    summary: ClassVar[str]
    """One line for `winnow families list`."""
    harder: ClassVar[str] = ""
    """What the difficulty of its tasks says, in a few words."""
    needs: ClassVar[Mapping[str, float]] = {}
    """World knobs this family cannot do without, with the least value of each; its `item` calls `require` first."""

    def require(self, world: World) -> None:
        """Raise TruthError where the world lacks a knob this family needs."""
        knobs = getattr(world, "config", None)
        for knob, least in self.needs.items():
            if getattr(knobs, knob, 0) < least:
                raise TruthError(
                    f"{self.name} needs a world with {knob} of {least} or more: "
                    f"set world.knobs.{knob} in the scenario, or leave {self.name} out of its families"
                )

    @abstractmethod
    def item(self, world: World, seed: int, index: int) -> Task:
        """Make task `index`, from (world, seed, index) alone. `query` is this family's own wording of the brief.

        Raises:
            TruthError: the two truth paths disagree, so the item must be thrown away.
        """

    def steps(self, ask: Ask) -> int:
        """Steps that a program takes for an ask, where the plan's expressions do not tell; 0 where they do."""
        return 0

    def settled(self, task: Task) -> Mapping[str, str]:
        """Steps of the plan that do not matter once another is known: the thing has failed a condition already."""
        return {}

    @abstractmethod
    def write(self, brief: Brief, rng: random.Random) -> str:
        """Word the brief as a user would: persona, style and language as the brief says."""

    @abstractmethod
    def read(self, query: str) -> Ask | None:
        """The ask a wording carries, or None where this family does not recognise it."""

    @abstractmethod
    def solve(self, ask: Ask, mind: Mind) -> Policy:
        """Solve what was read, with the tools `mind` has."""


class TruthError(Exception):
    """Two independent computations of a task's truth disagree, or its premises do not hold. The item is discarded and counted."""

    stage = "truth"
    """What it is counted under."""


class Absent(TruthError):
    """This machine lacks what the task needs, such as a compiler; elsewhere the same seed and index give a task."""


class NoProblem(TruthError):
    """A row of a problem set that holds no problem which could be posed and judged."""

    stage = "row"


@cache
def all_families() -> dict[str, Family]:
    """Every family by name, found in `scenarios/families/`. Raises BrokenPart."""
    found: dict[str, Family] = {}
    for module in sorted(m.name for m in iter_modules(families.__path__) if not m.name.startswith("_")):
        for value in vars(part(families.__name__, module)).values():
            if isinstance(value, type) and issubclass(value, Family) and value.__module__.endswith(f".{module}"):
                found[value.name] = value()
    return found
