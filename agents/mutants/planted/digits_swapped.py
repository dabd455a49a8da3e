"""O2: a figure of the page is misread by a digit, or by two that are swapped."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from agents.mutants.base import Mutation, Plant, Planted
from agents.mutants.figures import put, said, shuffled
from agents.mutants.planted.mistyped_number import mistyped
from agents.mutants.scene import Scene, respoken, texts
from scenarios.figures import figures


@dataclass(frozen=True)
class DigitsSwapped(Mutation):
    """In an answer whose figure was looked up, not computed."""

    kind: ClassVar[str] = "digits_swapped"
    code: ClassVar[str] = "O2"

    def plants(self, scene: Scene, rng: random.Random) -> Iterator[Plant]:
        if scene.calls("calculator", "python") or not scene.shown:
            return
        known = said(texts(scene.messages))
        for figure in shuffled([f for f in figures(scene.answer.content) if len(f.digits) >= 3], rng):
            new = mistyped(figure, known, rng)
            message = respoken(scene.answer, put(scene.answer.content, figure, new))
            yield Plant(scene.last, (Planted(message, self.code, f"reads {new} for {figure.text}"),), "ends")
