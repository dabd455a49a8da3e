"""G1: the answer adds a number, date or name that nothing supports."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from agents.mutants.base import Mutation, Plant, Planted
from agents.mutants.figures import fresh, said
from agents.mutants.scene import Scene, respoken, texts
from scenarios.figures import Figure
from scenarios.phrases import followed
from traces.record import Trajectory

_WITH_FIGURE = (
    "That is up from {} the year before.", "The average of its kind is {}.", "The year before it was {}.", "In all, {} people were asked.",
    "Its neighbour has {}.", "| previous | {} |", "This compares with **{}** in the region.", "Experts had put it at {}.",
)  # fmt: skip
_WITH_NAME = (
    "It was first recorded by {}.",
    "The figure comes from {}.",
    "{} has confirmed this.",
    "The work was led by {}.",
)
_WITH_PLACE = ("It lies close to {}.", "The same is told of {}.", "The papers are kept in {}.")
_WITH_DATE = ("It was last checked on {}.", "The record was entered on {}.", "This has been so since {}.")
_NAMES = (
    "Osbert Quennell",
    "Wilhelmina Drost",
    "Tancred Ivory",
    "Ingolf Haverkamp",
    "Ottoline Prew",
)
_PLACES = ("Port Selwyn", "Ombersley", "Nether Quarrow")


@dataclass(frozen=True)
class Frill(Mutation):
    """The answer itself stays right. What is added stands nowhere in the trace."""

    kind: ClassVar[str] = "frill"
    code: ClassVar[str] = "G1"

    def plants(self, scene: Scene, rng: random.Random) -> Iterator[Plant]:
        if not scene.last:
            return
        for _ in range(3):
            added, detail = frill(scene, rng)
            message = respoken(scene.answer, followed(scene.answer.content, added))
            yield Plant(scene.last, (Planted(message, self.code, detail),), "ends")

    def confirmed(self, scene: Scene, plant: Plant, mutant: Trajectory) -> bool:
        return not scene.knows(plant.says[0].detail.removeprefix("adds "))


def frill(scene: Scene, rng: random.Random) -> tuple[str, str]:
    """A sentence with something nobody gave, and what that is."""
    known = said(texts(scene.messages))
    figure = fresh(Figure(0, 7, "1,234,567" if rng.random() < 0.5 else "48213", Fraction(48213)), known, rng)
    day = f"{rng.randint(1, 28)} {rng.choice(('March', 'June', 'October'))} {rng.randint(1701, 1799)}"
    named = rng.choice(
        ((_WITH_NAME, rng.choice(_NAMES)), (_WITH_NAME, rng.choice(_NAMES)), (_WITH_PLACE, rng.choice(_PLACES)))
    )
    form, what = rng.choice(((_WITH_FIGURE, figure), (_WITH_FIGURE, figure), (_WITH_DATE, day), named))
    return rng.choice(form).format(what), f"adds {what}"
