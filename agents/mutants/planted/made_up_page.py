"""A1: a page is opened by an id that nothing ever showed."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from agents.mutants.base import Mutation, Plant, Planted
from agents.mutants.scene import Scene, call_of, speak
from traces.record import Trajectory

_FORMS = ("d{:07d}", "doc-{}", "page_{}", "{}", "wiki/{}", "town-{}", "p{:05d}#1", "https://pages.example.org/{}")
_SAYS = ("", "I'll open the page on this.", "Opening the page directly.", "I know the page for this.")


@dataclass(frozen=True)
class MadeUpPage(Mutation):
    """Before a search or between two; a page may even be there under that id."""

    kind: ClassVar[str] = "made_up_page"
    code: ClassVar[str] = "A1"

    def plants(self, scene: Scene, rng: random.Random) -> Iterator[Plant]:
        if "open_page" not in scene.offered or not scene.calls("search"):
            return
        for _ in range(3):
            form = rng.choice(_FORMS)
            id = form.format(rng.randint(1, 1999) if ":07" in form else rng.randint(10_000, 99_999))
            call = call_of("open_page", {"id": id}, f"{rng.getrandbits(36):09x}")
            at = rng.randint(0, scene.last)
            said = Planted(speak(rng.choice(_SAYS), call), self.code, f"opens {id}, which nothing showed")
            if not scene.knows(id):
                yield Plant(at, (said,), "resumes", at)

    def confirmed(self, scene: Scene, plant: Plant, mutant: Trajectory) -> bool:
        id = str(plant.says[0].message.tool_calls[0].arguments["id"])
        return all(id not in text for text in (*scene.before(plant.at), scene.query))
