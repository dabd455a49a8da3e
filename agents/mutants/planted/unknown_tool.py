"""F2: a tool is called that was not offered, by a name near to one that was, or one known from elsewhere."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from agents.mutants.base import Mutation, Plant, Planted
from agents.mutants.figures import shuffled
from agents.mutants.planted.broken_json import errors_at
from agents.mutants.scene import Scene, alone, call_of
from traces.record import Trajectory

_NAMES = {
    "search": ("web_search", "Search", "search_pages", "google", "functions.search", "retrieve"),
    "open_page": ("open_url", "open", "read_page", "openPage", "browse", "fetch"),
    "calculator": ("calc", "calculate", "wolfram_alpha", "math", "Calculator"),
    "python": ("python_interpreter", "run_code", "execute", "code_interpreter", "Python"),
}


@dataclass(frozen=True)
class UnknownTool(Mutation):
    """The tool says that it is not there, and the right one is called."""

    kind: ClassVar[str] = "unknown_tool"
    code: ClassVar[str] = "F2"

    def plants(self, scene: Scene, rng: random.Random) -> Iterator[Plant]:
        for asked in shuffled(scene.asked, rng):
            names = [n for n in _NAMES.get(asked.call.name, ("lookup", "browse")) if n not in scene.offered]
            call = call_of(rng.choice(names), asked.call.arguments, asked.call.id)
            said = alone(scene.said(asked.step), call)
            yield Plant(
                asked.step,
                (Planted(said, self.code, f"calls {call.name}, which is not offered"),),
                "resumes",
                asked.step,
            )

    def confirmed(self, scene: Scene, plant: Plant, mutant: Trajectory) -> bool:
        return "unknown_tool" in errors_at(mutant, plant.at)
