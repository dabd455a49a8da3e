"""A1: a number in a calculation or a program that nobody gave: two digits swapped, one changed, or another one altogether."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from agents.mutants.base import Mutation, Plant, Planted
from agents.mutants.figures import fresh, put, said, shuffled
from agents.mutants.scene import Scene, call_with, recalled, texts
from scenarios.figures import Figure, figures
from traces.record import ToolCall


@dataclass(frozen=True)
class MistypedNumber(Mutation):
    """Numbers of three digits or more, so that the new one cannot be a constant."""

    kind: ClassVar[str] = "mistyped_number"
    code: ClassVar[str] = "A1"

    def plants(self, scene: Scene, rng: random.Random) -> Iterator[Plant]:
        known = said(texts(scene.messages))
        for asked in shuffled(scene.calls("calculator", "python"), rng):
            argument = "expression" if asked.call.name == "calculator" else "code"
            text = asked.text(argument)
            for figure in shuffled([f for f in figures(text) if len(f.digits) >= 3], rng)[:2]:
                new = mistyped(figure, known, rng)
                call: ToolCall = call_with(asked.call, **{argument: put(text, figure, new)})
                message = recalled(scene.said(asked.step), asked.place, call)
                yield Plant(asked.step, (Planted(message, self.code, f"{new} for {figure.text}"),), "goes on")


def mistyped(figure: Figure, known: frozenset[Fraction], rng: random.Random) -> str:
    """The number with a slip of the fingers in it, or a fresh one."""
    text, places = figure.text, [i for i, c in enumerate(figure.text) if c.isdigit()]
    for at in shuffled(range(1, len(places)), rng):
        i, j = places[at - 1], places[at]
        swapped = text[:i] + text[j] + text[i + 1 : j] + text[i] + text[j + 1 :]
        if text[i] != text[j] and text[j] != "0" and Fraction(swapped.replace(",", "")) not in known:
            return swapped
    return fresh(figure, known, rng)
