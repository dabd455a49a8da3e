"""D3: words are given to a tool that works on something else: what was to be searched goes to the calculator or the interpreter."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from agents.mutants.base import Mutation, Plant, Planted
from agents.mutants.figures import shuffled
from agents.mutants.planted.broken_json import errors_at
from agents.mutants.scene import Scene, alone, call_of
from traces.record import Trajectory


@dataclass(frozen=True)
class ProseForATool(Mutation):
    """The tool fails, and the right one is called."""

    kind: ClassVar[str] = "prose_for_a_tool"
    code: ClassVar[str] = "D3"

    def plants(self, scene: Scene, rng: random.Random) -> Iterator[Plant]:
        tools = {"calculator": "expression", "python": "code"}
        for asked in shuffled(scene.calls("search"), rng):
            for tool in shuffled([t for t in tools if t in scene.offered], rng):
                form = rng.choice(("{}", "what is the {}", "find the {} for me", "the {} please"))
                call = call_of(tool, {tools[tool]: form.format(asked.text("query"))}, asked.call.id)
                said = alone(scene.said(asked.step), call)
                yield Plant(asked.step, (Planted(said, self.code, f"gives words to {tool}"),), "resumes", asked.step)

    def confirmed(self, scene: Scene, plant: Plant, mutant: Trajectory) -> bool:
        return any(errors_at(mutant, plant.at))
