"""P1: the calls of a step are made once more right after it, though they had worked."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from agents.mutants.base import Mutation, Plant, Planted
from agents.mutants.figures import shuffled
from agents.mutants.scene import Scene, call_of, speak
from traces.record import Trajectory

_SAYS = ("", "Let me run that once more.", "Again, to be sure.", "I will look at this again.", "Once more.")


@dataclass(frozen=True)
class RepeatedCall(Mutation):
    """One of the calls of the step, or all."""

    kind: ClassVar[str] = "repeated_call"
    code: ClassVar[str] = "P1"

    def plants(self, scene: Scene, rng: random.Random) -> Iterator[Plant]:
        for asked in shuffled(scene.calls(*scene.offered), rng):
            again = call_of(asked.call.name, dict(asked.call.arguments), f"{rng.getrandbits(36):09x}")
            later = rng.randint(asked.step + 1, min(scene.last, asked.step + 3))
            said = Planted(speak(rng.choice(_SAYS), again), self.code, f"makes the same call of {again.name} again")
            yield Plant(later, (said,), "resumes", later)

    def confirmed(self, scene: Scene, plant: Plant, mutant: Trajectory) -> bool:
        step = mutant.steps[plant.at]
        new, call = mutant.messages[step.observations[0]], mutant.messages[step.message].tool_calls[0]
        before = [a for a in scene.asked if a.step < plant.at and a.call.function == call.function]
        return any(a.observation.content == new.content for a in before)
