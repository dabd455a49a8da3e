"""G3: the query asks for a form, and the answer has another. The demand is added to the query and the answer stays as it was, or the
answer breaks one of the demands that the query makes already."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from agents.mutants.base import Mutation, Plant, Planted
from agents.mutants.figures import shuffled
from agents.mutants.outcome import answers_rightly
from agents.mutants.scene import Scene, respoken
from scenarios.demands import KINDS, told
from traces.record import Trajectory
from traces.task import Demands

_ANY = (
    " Answer with JSON only.",
    " Reply only with valid JSON.",
    " Please give the result as JSON and nothing else: respond with JSON only.",
)
_BY_KIND = {
    "number": (" Answer with only the number.", " Reply with just the number.", " Give only the number."),
    "text": (" Answer in one word.", " Reply with a single word."),
    "boolean": (" Answer only yes or no.", " Reply only with yes or no."),
}


@dataclass(frozen=True)
class FormIgnored(Mutation):
    """Where a demand is added, only whole sentences as answers, which have none of the forms."""

    kind: ClassVar[str] = "form_ignored"
    code: ClassVar[str] = "G3"

    def plants(self, scene: Scene, rng: random.Random) -> Iterator[Plant]:
        if isinstance(scene.oracle.tests, Demands):
            for demand in shuffled(scene.oracle.tests.demands, rng):
                text = KINDS[demand.kind].spoil(scene.answer.content, demand.number, demand.text)
                message = respoken(scene.answer, text)
                yield Plant(scene.last, (Planted(message, self.code, f"breaks the demand to {told(demand)}"),), "ends")
            return
        if scene.oracle.answer.kind in ("number", "text", "boolean", "date"):
            added = rng.choice((*_ANY, *_BY_KIND.get(scene.oracle.answer.kind, ())))
            message = respoken(scene.answer, scene.answer.content)
            yield Plant(scene.last, (Planted(message, self.code, f"asked: {added.strip()}"),), "ends", demands=added)

    def confirmed(self, scene: Scene, plant: Plant, mutant: Trajectory) -> bool:
        if not plant.demands:
            return not answers_rightly(mutant)
        text = mutant.messages[-1].content
        return len(text.split()) >= 4 and not text.strip().startswith(("{", "["))
