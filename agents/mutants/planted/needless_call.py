"""D1: a tool is called before an answer that needs none."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from agents.mutants.base import Mutation, Plant, Planted
from agents.mutants.figures import shuffled
from agents.mutants.scene import Scene, call_of, speak
from scenarios.figures import figures
from traces.record import Trajectory

_SAYS = ("", "Let me check that with a tool first.", "I'll look this up.", "One moment, I will make sure.")


@dataclass(frozen=True)
class NeedlessCall(Mutation):
    """Of whichever tools are offered; only in tasks where the oracle forbids calls."""

    kind: ClassVar[str] = "needless_call"
    code: ClassVar[str] = "D1"

    def plants(self, scene: Scene, rng: random.Random) -> Iterator[Plant]:
        for tool, arguments in shuffled(calls(scene, rng), rng) if scene.oracle.calls == "forbidden" else ():
            call = call_of(tool, arguments, f"{rng.getrandbits(36):09x}")
            said = Planted(speak(rng.choice(_SAYS), call), self.code, f"calls {tool} where none is needed")
            yield Plant(scene.last, (said,), "resumes", scene.last)

    def confirmed(self, scene: Scene, plant: Plant, mutant: Trajectory) -> bool:
        return scene.oracle.calls == "forbidden"


def calls(scene: Scene, rng: random.Random) -> list[tuple[str, dict[str, Any]]]:
    """Calls that fit their tools' schemas, about what the query says."""
    words = scene.query.split()
    numbers = [f.text.replace(",", "") for f in figures(scene.query)][:2] or ["1", "1"]
    made: dict[str, dict[str, Any]] = {
        "search": {"query": " ".join(words[-rng.randint(3, 8) :])},
        "calculator": {"expression": " + ".join(numbers)},
        "python": {"code": f"print({' + '.join(numbers)})"},
    }
    return [(tool, arguments) for tool, arguments in made.items() if tool in scene.offered]
