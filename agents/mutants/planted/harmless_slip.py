"""C7: a step is wrong, and the answer is right all the same, since what it gave is never used."""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from agents.mutants.base import Mutation, Plant, Planted
from agents.mutants.figures import put, said, shuffled
from agents.mutants.outcome import answers_rightly
from agents.mutants.planted.mistyped_number import mistyped
from agents.mutants.scene import Scene, alone, call_with, failed, respoken, texts
from scenarios.figures import figures
from scenarios.observed import numbers
from traces.record import Trajectory

_OTHER = {"+": "-", "-": "+", "*": "/", "/": "*"}
_TAKES = (
    "So the page gives {}.", "The figure is {}, then.", "I read {} there.", "That is {}.", "Noted: {}.", "We have {} now.",
    "The source says {}.", "It states {}.", "Found it: {}.",
)  # fmt: skip


@dataclass(frozen=True)
class HarmlessSlip(Mutation):
    """A sum with another operator or number, then made again as it should be; or a figure said wrongly and used rightly."""

    kind: ClassVar[str] = "harmless_slip"
    code: ClassVar[str] = "C7"

    def plants(self, scene: Scene, rng: random.Random) -> Iterator[Plant]:
        ways = [self._spoken(scene, rng), self._calculated(scene, rng)]
        for way in shuffled(ways, rng):
            yield from way

    def _calculated(self, scene: Scene, rng: random.Random) -> Iterator[Plant]:
        known = said(texts(scene.messages))
        for asked in shuffled(scene.calls("calculator"), rng)[:2]:
            text = asked.text("expression")
            options = [
                text[: m.start()] + _OTHER[m[0]] + text[m.end() :]
                for m in re.finditer(r"(?<=[\d)] )[-+*/](?= [\d(])", text)
            ]
            options += [put(text, f, mistyped(f, known, rng)) for f in figures(text) if len(f.digits) >= 3]
            for new in shuffled(options, rng)[:1]:
                wrong = alone(scene.said(asked.step), call_with(asked.call, expression=new))
                yield Plant(
                    asked.step,
                    (Planted(wrong, self.code, f"computes {new} for {text}, in vain"),),
                    "resumes",
                    asked.step,
                )

    def _spoken(self, scene: Scene, rng: random.Random) -> Iterator[Plant]:
        known = said(texts(scene.messages))
        for step in shuffled(range(1, scene.last), rng):
            shown = [scene.messages[i].content for i in scene.steps[step - 1].observations]
            values = {n.value for n in scene.oracle.plan}
            right = [
                f for text in shown for f in figures(text) if len(f.digits) >= 3 and f.text.replace(",", "") in values
            ]
            if right:
                new = mistyped(right[0], known, rng)
                message = scene.said(step)
                text = f"{rng.choice(_TAKES).format(new)} {message.content}".strip()
                yield Plant(
                    step, (Planted(respoken(message, text), self.code, f"says {new} for {right[0].text}"),), "goes on"
                )

    def confirmed(self, scene: Scene, plant: Plant, mutant: Trajectory) -> bool:
        observed = [mutant.messages[i] for i in mutant.steps[plant.at].observations]
        before = [scene.messages[i] for i in scene.steps[plant.at].observations]
        spoken = plant.then == "goes on"
        differs = spoken or [numbers(m.content) for m in observed] != [numbers(m.content) for m in before]
        return differs and not any(map(failed, observed)) and answers_rightly(mutant)
