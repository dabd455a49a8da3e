"""C6: a program that computes something else: another comparison, operator, function or bound, or a step of the loop off."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from agents.mutants.base import Mutation, Plant, Planted
from agents.mutants.figures import shuffled
from agents.mutants.programs import bugs, first_written, handed_over, rewritten
from agents.mutants.scene import Scene, call_with, recalled


@dataclass(frozen=True)
class CodeBug(Mutation):
    """In code given to the interpreter."""

    kind: ClassVar[str] = "code_bug"
    code: ClassVar[str] = "C6"

    def plants(self, scene: Scene, rng: random.Random) -> Iterator[Plant]:
        if scene.oracle.answer.kind == "program":
            yield from self._in_the_program(scene, rng)
            return
        for asked in shuffled(scene.calls("python"), rng):
            for changed, detail in bugs(asked.text("code"), rng, 4):
                said = recalled(scene.said(asked.step), asked.place, call_with(asked.call, code=changed))
                yield Plant(asked.step, (Planted(said, self.code, detail),), "goes on")

    def _in_the_program(self, scene: Scene, rng: random.Random) -> Iterator[Plant]:
        """Where a program is asked for: in the call that first tries it, and in all that repeats it."""
        program = handed_over(scene)
        start = first_written(scene, program) if program else None
        if start is not None:
            for changed, detail in bugs(program, rng, 6):
                yield Plant(start, rewritten(scene, start, program, changed, self.code, detail), "ends")
