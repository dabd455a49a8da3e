"""F1: the arguments of a call are no JSON; the tool says so, and the call is made again as it should be."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import orjson

from agents.mutants.base import Mutation, Plant, Planted
from agents.mutants.figures import shuffled
from agents.mutants.scene import Scene, alone, call_of
from traces.record import Trajectory


@dataclass(frozen=True)
class BrokenJson(Mutation):
    """Cut off, unquoted, with a bracket or a comma too many, or as Python writes it."""

    kind: ClassVar[str] = "broken_json"
    code: ClassVar[str] = "F1"

    def plants(self, scene: Scene, rng: random.Random) -> Iterator[Plant]:
        for asked in shuffled(scene.asked, rng):
            text = spoilt(orjson.dumps(asked.call.arguments).decode(), rng)
            call = call_of(asked.call.name, text, asked.call.id, "invalid JSON")
            said = alone(scene.said(asked.step), call)
            detail = f"the arguments of {asked.call.name} are no JSON"
            yield Plant(asked.step, (Planted(said, self.code, detail),), "resumes", asked.step)

    def confirmed(self, scene: Scene, plant: Plant, mutant: Trajectory) -> bool:
        return "malformed_call" in errors_at(mutant, plant.at)


def spoilt(text: str, rng: random.Random) -> str:
    """JSON that no longer is any."""
    ways = (
        text[: rng.randint(max(2, len(text) // 2), len(text) - 1)],
        text[:-1] + ",}",
        text + "}",
        text.replace('"', "'"),
        text.replace('":', '" ', 1),
        text[1:],
        f"arguments: {text}",
    )
    return rng.choice(ways)


def errors_at(trace: Trajectory, step: int) -> list[str | None]:
    """The kinds of error that the calls of a step met."""
    return [r.error for i in trace.steps[step].observations if (r := trace.messages[i].result)]
