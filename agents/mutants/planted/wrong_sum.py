"""C1: a calculation written out in a message that does not hold."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from agents.mutants.base import Mutation, Plant, Planted
from agents.mutants.figures import shuffled
from agents.mutants.scene import Scene, respoken
from scenarios.exact import grouped, plain, rounded
from scenarios.figures import figures
from traces.record import Trajectory

_FORMS = (
    "{a} {sign} {b} = {c}.", "Note that {a} {sign} {b} = {c}.", "{a} {sign} {b} is {c}.", "That is {a} {word} {b}, which equals {c}.",
    "{a} {word} {b} is {c}.", "\\({a} {tex} {b} = {c}\\)", "Check: {a} {sign} {b} = {c}.", "So {a} {sign} {b} gives {c}.",
)  # fmt: skip
_SIGNS = {
    "+": ("+", "plus", "+"),
    "-": ("-", "minus", "-"),
    "*": ("×", "times", "\\times"),
    "/": ("÷", "divided by", "\\div"),
}


@dataclass(frozen=True)
class WrongSum(Mutation):
    """Said beside a call or in the answer, about numbers known by then; off by a twentieth at least, so that no rounding excuses it."""

    kind: ClassVar[str] = "wrong_sum"
    code: ClassVar[str] = "C1"

    def plants(self, scene: Scene, rng: random.Random) -> Iterator[Plant]:
        for step in shuffled(range(len(scene.steps)), rng):
            # Not what is found out only later; and an answer that declines holds the seconds of an error at most.
            ends = step == scene.last and scene.oracle.answerable
            told = (scene.query, scene.answer.content) if ends else (scene.query,)
            given = [f.value for text in told for f in figures(text) if 2 < f.value < 10**9]
            if not given:
                continue
            a, b = rng.choice(given), rng.choice([*given, Fraction(rng.randint(3, 40))])
            said = sentence(a, b, rng)
            text = f"{scene.said(step).content} {said}".strip()
            then = "ends" if step == scene.last else "goes on"
            yield Plant(step, (Planted(respoken(scene.said(step), text), self.code, said),), then)  # type: ignore[arg-type]

    def confirmed(self, scene: Scene, plant: Plant, mutant: Trajectory) -> bool:
        return mutant.messages[mutant.steps[plant.at].message].content.endswith(plant.says[0].detail)


def sentence(a: Fraction, b: Fraction, rng: random.Random) -> str:
    """An equation on two numbers that does not hold, in one of the ways people write one."""
    sign = rng.choice("+-*/") if a > b else rng.choice("+*")
    right = {"+": a + b, "-": a - b, "*": a * b, "/": a / b}[sign]
    size = abs(right) or Fraction(1)
    off = size * rng.choice((7, 9, 13, 21, 30)) / 100
    wrong = right + off * rng.choice((1, -1))
    claimed = rounded(wrong, 0 if size >= 100 else 2)
    symbol, word, tex = _SIGNS[sign]
    show = rng.choice((grouped, plain))
    form = rng.choice([f for f in _FORMS if "tex" not in f or show is plain])
    return form.format(a=show(a), b=show(b), c=grouped(claimed), sign=symbol, word=word, tex=tex)
