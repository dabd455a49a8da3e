"""C3: a value on the way is rounded before it is used, so that the answer is off by more than its own rounding."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from agents.mutants.base import Mutation, Plant, Planted
from agents.mutants.figures import put, said, shuffled
from agents.mutants.scene import Asked, Scene, call_with, recalled
from scenarios.exact import fixed
from scenarios.figures import Figure, figures


@dataclass(frozen=True)
class RoundedWrong(Mutation):
    """Only values that a tool came to: a figure of the query that is changed would be another error. The answer must show it."""

    kind: ClassVar[str] = "rounded_wrong"
    code: ClassVar[str] = "C3"

    def plants(self, scene: Scene, rng: random.Random) -> Iterator[Plant]:
        given = said([scene.query])
        for asked in shuffled(scene.calls("calculator"), rng):
            text = asked.text("expression")
            computed = [
                f for f in figures(text) if f.places >= 2 and f.value not in given and _came_up(scene, asked, f)
            ]
            for figure in shuffled(computed, rng):
                for new in shuffled(_roundings(figure), rng):
                    call = call_with(asked.call, expression=put(text, figure, new))
                    message = recalled(scene.said(asked.step), asked.place, call)
                    yield Plant(
                        asked.step,
                        (Planted(message, self.code, f"rounds {figure.text} to {new} on the way"),),
                        "goes on",
                    )


def _roundings(figure: Figure) -> list[str]:
    """What somebody would round a figure to: none is more than a twentieth off."""
    rounded = [fixed(figure.value, places) for places in range(min(figure.places, 4))]
    return [text for text in rounded if abs(Fraction(text) - figure.value) * 20 <= abs(figure.value)]


def _came_up(scene: Scene, asked: Asked, figure: Figure) -> bool:
    """Whether a calculation before had this result."""
    results = [a.observation.content for a in scene.calls("calculator", "python") if a.step < asked.step]
    return figure.value in said(results)
