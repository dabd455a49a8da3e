"""A2: the agent goes for another thing than the one asked about, finds what it looks for there, and gives that for the answer."""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from agents.mutants.base import Mutation, Plant
from agents.mutants.figures import shuffled
from agents.mutants.outcome import answers_rightly
from agents.mutants.scene import Scene
from traces.record import Trajectory

_SHEETS = re.compile(r"^(?:Register of|Questions and answers|Notes|News|Letter|Memo)\b|[:,(0-9]")


@dataclass(frozen=True)
class OtherEntity(Mutation):
    """The other thing is one that the searches showed beside the right one. The teacher is told its name, the record keeps the query."""

    kind: ClassVar[str] = "other_entity"
    code: ClassVar[str] = "A2"

    def plants(self, scene: Scene, rng: random.Random) -> Iterator[Plant]:
        names = [str(n.args["name"]) for n in scene.oracle.plan if n.op == "lookup" and "name" in n.args]
        asked = [name for name in names if scene.query.count(name) == 1]
        kin = [hit for hit in hit_titles(scene) if not scene.query.count(hit) and not _SHEETS.search(hit)]
        for name in shuffled(asked, rng):
            alike = [hit for hit in kin if hit.split()[-1] == name.split()[-1] and hit not in names]
            for other in shuffled(alike, rng)[:2]:
                yield Plant(0, (), "goes on", mistaken=(name, other))

    def confirmed(self, scene: Scene, plant: Plant, mutant: Trajectory) -> bool:
        calls = mutant.messages[mutant.steps[0].message].tool_calls
        goes = any(plant.mistaken[1] in str(call.arguments) for call in calls)
        return goes and mutant.ending.kind == "answered" and not answers_rightly(mutant)


def hit_titles(scene: Scene) -> list[str]:
    """The titles of the pages that searches showed."""
    found = [
        hit["title"]
        for a in scene.calls("search")
        if a.observation.result
        for hit in a.observation.result.data.get("hits", [])
    ]
    return list(dict.fromkeys(map(str, found)))
