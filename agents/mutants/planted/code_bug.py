"""C6: a program that computes something else: another comparison, operator, function or bound, or a step of the loop off."""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from agents.mutants.base import Mutation, Plant, Planted
from agents.mutants.figures import shuffled
from agents.mutants.scene import Scene, call_with, recalled

_CHANGES = (
    (r"<=", "<"), (r">=", ">"), (r"<(?!=)", "<="), (r">(?!=)", ">="), (r"==", "!="),
    (r"\bmax\(", "min("), (r"\bmin\(", "max("), (r"\bsum\(", "len("), (r"(?<=\)) \+ (?=\()", " - "), (r" \* ", " + "), (r" / ", " * "),
    (r"\+= 1\b", "+= 2"), (r"\brange\(1, ", "range("), (r"\brange\((\w+)\)", r"range(\1 - 1)"), (r" \+ 1\b", ""),
    (r"\[1\]\)$", "[0])"), (r"\[1:\]", "[2:]"), (r"\band\b", "or"), (r"(?<== )0\b(?=\n)", "1"),
    (r"\bmean\(", "median("), (r"reverse=True", "reverse=False"),
)  # fmt: skip


@dataclass(frozen=True)
class CodeBug(Mutation):
    """In code given to the interpreter. Figures of the task stay as they are: another figure would be another error."""

    kind: ClassVar[str] = "code_bug"
    code: ClassVar[str] = "C6"

    def plants(self, scene: Scene, rng: random.Random) -> Iterator[Plant]:
        for asked in shuffled(scene.calls("python"), rng):
            code = asked.text("code")
            places = [(m, new) for pattern, new in _CHANGES for m in re.finditer(pattern, code)]
            for m, new in shuffled(places, rng)[:4]:
                changed = code[: m.start()] + m.expand(new) + code[m.end() :]
                said = recalled(scene.said(asked.step), asked.place, call_with(asked.call, code=changed))
                yield Plant(
                    asked.step, (Planted(said, self.code, f"{m[0].strip()} became {m.expand(new).strip()}"),), "goes on"
                )
