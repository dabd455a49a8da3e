"""G5: a task is declined or given up that can be solved."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from agents.mutants.base import Mutation, Plant, Planted
from agents.mutants.scene import Scene, speak

_SAYS = (
    "I cannot help with that.", "I'm sorry, but I am unable to answer this.", "I don't have enough information to answer that.",
    "Unfortunately, this cannot be determined from the available information.", "I could not find the answer.",
    "I was not able to find this information.", "As an AI I cannot do this.", "There is no reliable information on this, so I can't say.",
    "I'm afraid I can't answer that with certainty.", "This information is not available to me.",
)  # fmt: skip


@dataclass(frozen=True)
class OverRefusal(Mutation):
    """At once, or after some of the work."""

    kind: ClassVar[str] = "over_refusal"
    code: ClassVar[str] = "G5"

    def plants(self, scene: Scene, rng: random.Random) -> Iterator[Plant]:
        if scene.oracle.answerable and scene.oracle.answer.kind not in ("unknown", "free"):
            step = rng.randint(0, scene.last)
            yield Plant(step, (Planted(speak(rng.choice(_SAYS)), self.code, f"gives up at step {step}"),), "ends")
