"""F3: arguments that do not have the shape the tool's schema asks for: one missing, renamed, too many, or of another type."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from agents.mutants.base import Mutation, Plant, Planted
from agents.mutants.figures import shuffled
from agents.mutants.planted.broken_json import errors_at
from agents.mutants.scene import Scene, alone, call_of
from traces.record import Trajectory

_RENAMED = ("input", "text", "value", "arg", "params", "q", "page_id", "source", "formula")
_EXTRA: dict[str, Any] = {
    "language": "en",
    "format": "text",
    "verbose": True,
    "precision": 4,
    "timeout": 10,
    "reason": "to be sure",
}


@dataclass(frozen=True)
class Misfit(Mutation):
    """Read off the schema that travels with the trace."""

    kind: ClassVar[str] = "misfit"
    code: ClassVar[str] = "F3"

    def plants(self, scene: Scene, rng: random.Random) -> Iterator[Plant]:
        for asked in shuffled(scene.asked, rng):
            schema = scene.offered[asked.call.name]
            arguments = rng.choice(misfits(dict(asked.call.arguments), schema, rng))
            call = call_of(asked.call.name, arguments, asked.call.id)
            said = alone(scene.said(asked.step), call)
            detail = f"{asked.call.name} is called with {', '.join(arguments) or 'nothing'}"
            yield Plant(asked.step, (Planted(said, self.code, detail),), "resumes", asked.step)

    def confirmed(self, scene: Scene, plant: Plant, mutant: Trajectory) -> bool:
        return "invalid_arguments" in errors_at(mutant, plant.at)


def misfits(arguments: dict[str, Any], schema: dict[str, Any], rng: random.Random) -> list[dict[str, Any]]:
    """The arguments in shapes the schema does not allow."""
    needed = rng.choice(schema["required"])
    rest = {k: v for k, v in arguments.items() if k != needed}
    names = [n for n in _RENAMED if n not in schema["properties"]]
    extra = rng.choice([n for n in _EXTRA if n not in schema["properties"]])
    mistyped = rng.choice(([arguments[needed]], {"value": arguments[needed]}, None, 7))
    return [
        rest,
        {rng.choice(names): arguments[needed], **rest},
        {**arguments, extra: _EXTRA[extra]},
        {**arguments, needed: mistyped},
    ]
