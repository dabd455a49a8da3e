"""O2: a neighbouring figure of the page is taken, in the answer or as an operand."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from agents.mutants.base import Mutation, Plant, Planted
from agents.mutants.figures import put, shuffled
from agents.mutants.scene import Asked, Scene, call_with, recalled, respoken
from scenarios.figures import Figure, figures


@dataclass(frozen=True)
class NeighbouringFigure(Mutation):
    """The right figure stands on the same page; the other is no value of the plan."""

    kind: ClassVar[str] = "neighbouring_figure"
    code: ClassVar[str] = "O2"

    def plants(self, scene: Scene, rng: random.Random) -> Iterator[Plant]:
        for asked in shuffled(scene.calls("calculator"), rng):
            yield from self._operand(scene, asked, rng)
        if scene.shown and not scene.calls("calculator", "python"):
            yield from self._answer(scene, rng)

    def _operand(self, scene: Scene, asked: Asked, rng: random.Random) -> Iterator[Plant]:
        text = asked.text("expression")
        for figure in shuffled(_read(text), rng):
            for other in neighbours(scene, figure, asked.step, rng)[:2]:
                new = put(text, figure, other.text.replace(",", ""))
                message = recalled(scene.said(asked.step), asked.place, call_with(asked.call, expression=new))
                yield Plant(
                    asked.step, (Planted(message, self.code, f"takes {other.text} for {figure.text}"),), "goes on"
                )

    def _answer(self, scene: Scene, rng: random.Random) -> Iterator[Plant]:
        text = scene.answer.content
        for figure in shuffled(_read(text), rng):
            for other in neighbours(scene, figure, scene.last, rng)[:2]:
                message = respoken(scene.answer, put(text, figure, other.text))
                yield Plant(scene.last, (Planted(message, self.code, f"takes {other.text} for {figure.text}"),), "ends")


def _read(text: str) -> list[Figure]:
    """Figures long enough to have been read somewhere: a divisor that counts things was not."""
    return [figure for figure in figures(text) if len(figure.digits) >= 3]


def neighbours(scene: Scene, figure: Figure, step: int, rng: random.Random) -> list[Figure]:
    """Other figures of three digits or more on a page that has this one, nearest first."""
    found: list[tuple[int, Figure]] = []
    wanted = {node.value for node in scene.oracle.plan} | {f.text.replace(",", "") for f in figures(scene.query)}
    for page in scene.shown:
        here = figures(page.content)
        mine = next((f for f in here if f.value == figure.value), None)
        if mine is None or scene.messages.index(page) > scene.steps[step].message:
            continue
        others = [f for f in here if len(f.digits) >= 3 and f.value != figure.value and str(f.value) not in wanted]
        found += [(abs(f.start - mine.start), f) for f in others if f.text.replace(",", "") not in wanted]
    nearest = [f for _, f in sorted(found, key=lambda pair: pair[0])[:6]]
    return shuffled(nearest, rng)
