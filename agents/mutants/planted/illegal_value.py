"""F4: an argument of the right type with a value that the schema excludes."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from agents.mutants.base import Mutation, Plant, Planted
from agents.mutants.figures import shuffled
from agents.mutants.planted.broken_json import errors_at
from agents.mutants.scene import Scene, alone, call_with
from traces.record import Trajectory


@dataclass(frozen=True)
class IllegalValue(Mutation):
    """Below the minimum, above the maximum, or none of an enumeration."""

    kind: ClassVar[str] = "illegal_value"
    code: ClassVar[str] = "F4"

    def plants(self, scene: Scene, rng: random.Random) -> Iterator[Plant]:
        for asked in shuffled(scene.asked, rng):
            options = [
                (k, v) for k, s in scene.offered[asked.call.name]["properties"].items() for v in excluded(s, rng)
            ]
            if options:
                name, value = rng.choice(options)
                said = alone(scene.said(asked.step), call_with(asked.call, **{name: value}))
                yield Plant(asked.step, (Planted(said, self.code, f"{name} = {value!r}"),), "resumes", asked.step)

    def confirmed(self, scene: Scene, plant: Plant, mutant: Trajectory) -> bool:
        return "invalid_arguments" in errors_at(mutant, plant.at)


def excluded(schema: dict[str, Any], rng: random.Random) -> list[Any]:
    """Values of the right type that a property's schema excludes."""
    values: list[Any] = []
    if "minimum" in schema:
        values += [schema["minimum"] - 1, schema["minimum"] - rng.randint(2, 40)]
    if "maximum" in schema:
        values += [schema["maximum"] + 1, schema["maximum"] * rng.choice((2, 5, 10))]
    if "enum" in schema:
        values.append(f"{schema['enum'][0]}_")
    return values
