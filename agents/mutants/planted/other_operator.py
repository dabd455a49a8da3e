"""C5: another operator in a calculation, so that it computes the wrong thing; what follows goes on with its result."""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from agents.mutants.base import Mutation, Plant, Planted
from agents.mutants.figures import shuffled
from agents.mutants.scene import Scene, call_with, recalled

_OTHER = {"+": "-", "-": "+", "*": "/", "/": "*"}


@dataclass(frozen=True)
class OtherOperator(Mutation):
    """In an expression given to the calculator."""

    kind: ClassVar[str] = "other_operator"
    code: ClassVar[str] = "C5"

    def plants(self, scene: Scene, rng: random.Random) -> Iterator[Plant]:
        for asked in shuffled(scene.calls("calculator"), rng):
            text = asked.text("expression")
            for m in shuffled(list(re.finditer(r"(?<=[\d)\w] )[-+*/](?= [\d(\w])", text)), rng):
                new = text[: m.start()] + _OTHER[m[0]] + text[m.end() :]
                said = recalled(scene.said(asked.step), asked.place, call_with(asked.call, expression=new))
                yield Plant(asked.step, (Planted(said, self.code, f"computes {new} for {text}"),), "goes on")
