"""D2: the answer is given at once, from the head, right or not, where it had to be looked up or computed with a tool."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from agents.mutants.base import Mutation, Plant, Planted
from agents.mutants.planted.wrong_answer import others
from agents.mutants.scene import Scene, respoken
from traces.record import Trajectory


@dataclass(frozen=True)
class FromTheHead(Mutation):
    """Half of the time the answer is even right: it is the missing call that is wrong."""

    kind: ClassVar[str] = "from_the_head"
    code: ClassVar[str] = "D2"

    def plants(self, scene: Scene, rng: random.Random) -> Iterator[Plant]:
        if scene.last and scene.oracle.calls == "required":
            texts = [scene.answer.content, *list(others(scene, scene.answer.content, rng))[:1]]
            said = respoken(scene.answer, rng.choice(texts))
            yield Plant(0, (Planted(said, self.code, "answers without a call"),), "ends")

    def confirmed(self, scene: Scene, plant: Plant, mutant: Trajectory) -> bool:
        return scene.oracle.calls == "required" and len(mutant.steps) == 1
