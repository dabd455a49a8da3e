"""O1: the answer gives another figure than the last computation came to."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from agents.mutants.base import Mutation, Plant, Planted
from agents.mutants.figures import fresh, put, said, shuffled, written
from agents.mutants.scene import Scene, respoken, texts
from scenarios.figures import figures


@dataclass(frozen=True)
class IgnoredResult(Mutation):
    """A figure somewhat off the result, as if it had been guessed before, or one from nowhere."""

    kind: ClassVar[str] = "ignored_result"
    code: ClassVar[str] = "O1"

    def plants(self, scene: Scene, rng: random.Random) -> Iterator[Plant]:
        if scene.oracle.answer.kind == "program" or not any(
            a.step == scene.last - 1 for a in scene.calls("calculator", "python")
        ):
            return
        text, known = scene.answer.content, said(texts(scene.messages))
        for figure in shuffled(figures(text), rng):
            near = figure.value * rng.choice((93, 96, 104, 108, 115)) / 100
            guess = written(near - near % 1 if figure.value >= 1000 else near, figure)
            new = guess if rng.random() < 0.6 else fresh(figure, known, rng)
            yield Plant(
                scene.last,
                (Planted(respoken(scene.answer, put(text, figure, new)), self.code, f"says {new} for {figure.text}"),),
                "ends",
            )
