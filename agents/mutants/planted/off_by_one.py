"""C4: a count or a date in the answer is off by one."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import ClassVar

from agents.mutants.base import Mutation, Plant, Planted
from agents.mutants.figures import put, shuffled, written
from agents.mutants.scene import Scene, respoken
from scenarios.figures import figures
from scenarios.stated import date_forms

_COUNTING = ("count", "days", "run")
"""Steps of a plan that count: things in rows, days between dates, rounds of a simulation."""
_TIMES = ("minutes", "hours", "days", "weeks", "months", "years")


@dataclass(frozen=True)
class OffByOne(Mutation):
    """Counts that were computed, and dates."""

    kind: ClassVar[str] = "off_by_one"
    code: ClassVar[str] = "C4"

    def plants(self, scene: Scene, rng: random.Random) -> Iterator[Plant]:
        answer, text = scene.oracle.answer, scene.answer.content
        by = rng.choice((1, -1))
        counts = scene.oracle.plan[-1].op in _COUNTING or answer.unit in _TIMES
        if answer.kind == "number" and counts and Fraction(answer.value).denominator == 1:
            for figure in shuffled([f for f in figures(text) if f.value == Fraction(answer.value)], rng):
                yield self._plant(scene, put(text, figure, written(figure.value + by, figure)))
        elif answer.kind == "date" and len(answer.value) == 10:
            other = date_forms((date.fromisoformat(answer.value) + timedelta(days=by)).isoformat())
            for form, wrong in zip(date_forms(answer.value), other, strict=True):
                if form in text:
                    yield self._plant(scene, text.replace(form, wrong))

    def _plant(self, scene: Scene, text: str) -> Plant:
        return Plant(scene.last, (Planted(respoken(scene.answer, text), self.code, f"answers {text[:120]!r}"),), "ends")
