"""D4: a page is opened in the same message as the search that is to give its id."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from agents.mutants.base import Mutation, Plant, Planted
from agents.mutants.figures import shuffled
from agents.mutants.scene import Scene
from traces.record import Trajectory


@dataclass(frozen=True)
class TooEarly(Mutation):
    """A search step and the step that opens what it showed become one."""

    kind: ClassVar[str] = "too_early"
    code: ClassVar[str] = "D4"

    def plants(self, scene: Scene, rng: random.Random) -> Iterator[Plant]:
        for opened in shuffled(scene.calls("open_page"), rng):
            search = opened.step - 1
            if search < 0 or any(c.name != "search" for c in scene.said(search).tool_calls):
                continue
            if any(opened.text("id") in text for text in scene.before(search)):
                continue
            both = (*scene.said(search).tool_calls, *scene.said(opened.step).tool_calls)
            said = scene.said(search).model_copy(update={"tool_calls": both, "origin": "forced"})
            yield Plant(
                search,
                (Planted(said, self.code, f"opens {opened.text('id')} beside the search"),),
                "resumes",
                opened.step + 1,
            )

    def confirmed(self, scene: Scene, plant: Plant, mutant: Trajectory) -> bool:
        first = mutant.steps[plant.at]
        return len(first.observations) == len(mutant.messages[first.message].tool_calls) > 1
