"""C3: the answer is rounded to the wrong last digit, or a value on the way is rounded before it is used."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from agents.mutants.base import Mutation, Plant, Planted
from agents.mutants.figures import put, shuffled, written
from agents.mutants.scene import Scene, respoken
from scenarios.figures import figures
from scenarios.stated import states_answer
from traces.record import Trajectory


@dataclass(frozen=True)
class RoundedWrong(Mutation):
    """Two units of the last place at most."""

    kind: ClassVar[str] = "rounded_wrong"
    code: ClassVar[str] = "C3"

    def plants(self, scene: Scene, rng: random.Random) -> Iterator[Plant]:
        text, answer = scene.answer.content, scene.oracle.answer
        if (
            answer.kind != "number"
            or Fraction(answer.value).denominator == 1
            or not scene.calls("calculator", "python")
        ):
            return
        for figure in shuffled([f for f in figures(text) if f.places], rng):
            last = Fraction(1, 10**figure.places)
            exact = Fraction(answer.value)
            truncated = exact - exact % last
            for value in shuffled([truncated, truncated + last, figure.value + 2 * last, figure.value - 2 * last], rng):
                message = respoken(scene.answer, put(text, figure, written(value, figure)))
                yield Plant(scene.last, (Planted(message, self.code, f"rounds to {written(value, figure)}"),), "ends")

    def confirmed(self, scene: Scene, plant: Plant, mutant: Trajectory) -> bool:
        exact = Fraction(scene.oracle.answer.value)
        near = [
            f
            for f in figures(mutant.messages[-1].content)
            if f.places and 0 < abs(f.value - exact) <= Fraction(2, 10**f.places)
        ]
        return bool(near) and not states_answer(mutant.task, mutant.messages[-1].content)
