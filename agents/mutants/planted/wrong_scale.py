"""C2: units or scales are mixed up: an operand a thousand times too large, a percentage taken as it stands, an answer in another unit."""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from agents.mutants.base import Mutation, Plant, Planted
from agents.mutants.figures import put, shuffled, written
from agents.mutants.scene import Asked, Scene, call_with, recalled, respoken
from scenarios.figures import figures

_FACTORS = (
    Fraction(1000),
    Fraction(1, 1000),
    Fraction(100),
    Fraction(1, 100),
    Fraction(10),
    Fraction(1, 10),
    Fraction(60),
    Fraction(1, 60),
)
_CLOCK = (Fraction(60), Fraction(1, 60))


@dataclass(frozen=True)
class WrongScale(Mutation):
    """In a calculation, or in the answer's own words."""

    kind: ClassVar[str] = "wrong_scale"
    code: ClassVar[str] = "C2"

    def plants(self, scene: Scene, rng: random.Random) -> Iterator[Plant]:
        if rng.random() < 0.5:
            yield from self._answer(scene, rng)
        for asked in shuffled(scene.calls("calculator"), rng):
            for new in shuffled(list(misscaled(asked.text("expression"), rng)), rng)[:2]:
                yield self._operand(scene, asked, new)
        yield from self._answer(scene, rng)

    def _operand(self, scene: Scene, asked: Asked, new: str) -> Plant:
        message = recalled(scene.said(asked.step), asked.place, call_with(asked.call, expression=new))
        return Plant(asked.step, (Planted(message, self.code, f"computes {new}"),), "goes on")

    def _answer(self, scene: Scene, rng: random.Random) -> Iterator[Plant]:
        text = scene.answer.content
        if scene.oracle.answer.kind != "number":
            return
        for figure in shuffled([f for f in figures(text) if len(f.digits) >= 2], rng):
            new = written(figure.value * rng.choice(_fitting(scene.oracle.answer.unit, figure.value)), figure)
            if re.fullmatch(r"\d{1,3}\.\d{3}", new) and new.replace(".", "") == figure.text.replace(",", ""):
                continue  # 1.842 for 1,842 may be the same number, written as it is elsewhere
            yield Plant(
                scene.last,
                (Planted(respoken(scene.answer, put(text, figure, new)), self.code, f"says {new} for {figure.text}"),),
                "ends",
            )


def _fitting(unit: str, value: Fraction) -> Sequence[Fraction]:
    """By what an answer may come out wrong: a bare count has no minutes or hours in it, and stays whole."""
    if unit or value.denominator > 1:
        return _FACTORS
    return [factor for factor in _FACTORS if factor not in _CLOCK and (value * factor).denominator == 1]


def misscaled(expression: str, rng: random.Random) -> Iterator[str]:
    """The expression with a percentage that is not divided by a hundred, or an operand in another scale."""
    for m in re.finditer(r" / (?:100|60|1000|3600|24)\b", expression):
        yield expression[: m.start()] + expression[m.end() :]
    for figure in figures(expression):
        if len(figure.digits) >= 2:
            factor = rng.choice(("* 1000", "/ 1000", "* 100", "/ 100", "* 60", "/ 60"))
            yield put(expression, figure, f"({figure.text} {factor})")
