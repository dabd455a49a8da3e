"""A3: a search drops what the thing is called, or what is wanted of it, and so cannot find what is needed."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from agents.mutants.base import Mutation, Plant, Planted
from agents.mutants.outcome import answers_rightly
from agents.mutants.scene import Asked, Scene, alone, call_with, failed
from traces.record import Trajectory
from traces.task import PlanNode

_BARE = (
    "{label}", "the {label}", "{label} list", "what is the {label}", "{label} of the {last}", "{last} {label}", "{last}",
    "find {label}", "{label} information", "{label} in the register", "{label}?", "facts and figures", "{last} facts",
)  # fmt: skip


@dataclass(frozen=True)
class BareSearch(Mutation):
    """Before the search as it should be. What it shows is about other things: no page that tells the fact, and never the name."""

    kind: ClassVar[str] = "bare_search"
    code: ClassVar[str] = "A3"

    def plants(self, scene: Scene, rng: random.Random) -> Iterator[Plant]:
        for asked in scene.calls("search")[:2]:
            node = _about(scene, asked)
            if node is not None and node.evidence:
                for form in rng.sample(_BARE, 3):
                    words = form.format(label=node.args["attribute"], last=str(node.args["name"]).split()[-1].lower())
                    said = alone(scene.said(asked.step), call_with(asked.call, query=words))
                    yield Plant(
                        asked.step, (Planted(said, self.code, f"searches for {words!r} alone"),), "resumes", asked.step
                    )

    def confirmed(self, scene: Scene, plant: Plant, mutant: Trajectory) -> bool:
        seen = [mutant.messages[i] for i in mutant.steps[plant.at].observations]
        wanted = [n for n in scene.oracle.plan if n.op == "lookup"]
        found = any(word in m.content for m in seen for n in wanted for word in (*n.evidence, str(n.args.get("name"))))
        return not found and not any(map(failed, seen)) and answers_rightly(mutant)


def _about(scene: Scene, asked: Asked) -> PlanNode | None:
    """The fact that a search is for."""
    query = asked.text("query")
    return next(
        (
            n
            for n in scene.oracle.plan
            if n.op == "lookup" and str(n.args.get("name")) in query and "attribute" in n.args
        ),
        None,
    )
