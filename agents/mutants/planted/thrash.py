"""P3: the same two calls again and again, back and forth; the second round is already one of repeats."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar

from agents.mutants.base import Mutation, Plant, Planted
from agents.mutants.scene import Scene, call_of, speak
from traces.record import Trajectory


@dataclass(frozen=True)
class Thrash(Mutation):
    """Two calls of different steps that worked, run through twice more before the answer."""

    kind: ClassVar[str] = "thrash"
    code: ClassVar[str] = "P3"

    def plants(self, scene: Scene, rng: random.Random) -> Iterator[Plant]:
        single = [a for a in scene.calls(*scene.offered) if len(scene.said(a.step).tool_calls) == 1]
        pairs = [(a, b) for a, b in pairwise(single) if b.step == a.step + 1]
        pairs = [(a, b) for a, b in pairs if a.call.function != b.call.function]
        if not pairs:
            return
        pair = rng.choice(pairs)
        at = pair[1].step + 1
        calls = [call_of(a.call.name, dict(a.call.arguments), f"{rng.getrandbits(36):09x}") for a in (*pair, *pair)]
        codes = ("P1", "P1", "P1", self.code)
        says = [Planted(speak("", call), code, f"{call.name} again") for call, code in zip(calls, codes, strict=True)]
        yield Plant(at, tuple(says), "resumes", at)

    def confirmed(self, scene: Scene, plant: Plant, mutant: Trajectory) -> bool:
        calls = [mutant.messages[s.message].tool_calls[0].function for s in mutant.steps[plant.at - 2 : plant.at + 4]]
        return len({str(call) for call in calls}) == 2
