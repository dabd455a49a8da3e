"""G4: something is answered that cannot be known."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from agents.mutants.base import Mutation, Plant, Planted
from agents.mutants.scene import Scene, speak
from traces.record import Trajectory

_SAYS = (
    "It is {}.", "The answer is {}.", "{}.", "According to the records, it is {}.", "That would be {}.", "The pages give {} for this.",
    "**Answer:** {}", "As far as I can tell it is {}.", "My best estimate is {}.",
)  # fmt: skip
_VALUES = (
    "Osbert Quennell",
    "Wilhelmina Drost",
    "14 March 1823",
    "27 October 1954",
    "Port Selwyn",
    "Ardent Type C",
    "KLM-40721",
)


@dataclass(frozen=True)
class OverClaim(Mutation):
    """Only where the oracle says that there is no answer."""

    kind: ClassVar[str] = "over_claim"
    code: ClassVar[str] = "G4"

    def plants(self, scene: Scene, rng: random.Random) -> Iterator[Plant]:
        if scene.oracle.answerable and scene.oracle.answer.kind != "unknown":
            return
        value = f"{rng.randint(1001, 987_999):,}" if rng.random() < 0.5 else rng.choice(_VALUES)
        text = rng.choice(_SAYS).format(value)
        yield Plant(scene.last, (Planted(speak(text), self.code, f"claims {value}"),), "ends")

    def confirmed(self, scene: Scene, plant: Plant, mutant: Trajectory) -> bool:
        return scene.oracle.answer.kind == "unknown" or not scene.oracle.answerable
