"""D6: everything needed is there, and the agent goes on searching, reading and calculating before it answers."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from agents.mutants.base import Mutation, Plant, Planted
from agents.mutants.figures import shuffled
from agents.mutants.outcome import answers_rightly
from agents.mutants.planted.other_entity import hit_titles
from agents.mutants.scene import Scene, call_of, failed, speak
from scenarios.figures import figures
from traces.record import Trajectory

_SAYS = (
    "", "", "While I am at it, let me look at a few more things.", "Before I answer, I'd like to read a bit more.",
    "For completeness I will also check this.", "Let me gather some more background.", "There may be more to it; I'll keep looking.",
    "One more thing to look at.", "I have the result, but let me explore further.", "Let me also see what else there is.",
    "Just out of interest:", "I'll dig a little deeper first.", "Perhaps the user would like to know this too.",
)  # fmt: skip
_ASIDE = (
    "history of {}",
    "{} news",
    "who works for {}",
    "everything about {}",
    "opinions on {}",
    "{} pictures",
    "{} compared with others",
)


@dataclass(frozen=True)
class Overrun(Mutation):
    """One to three calls about something that nobody asked, right before an answer that stays as it was."""

    kind: ClassVar[str] = "overrun"
    code: ClassVar[str] = "D6"

    def plants(self, scene: Scene, rng: random.Random) -> Iterator[Plant]:
        if not scene.last or scene.oracle.calls != "required" or scene.oracle.answer.kind in ("unknown", "free"):
            return
        for _ in range(3):
            idle = shuffled(list(_idle(scene, rng)), rng)[: rng.randint(1, 3)]
            calls = [call_of(tool, arguments, f"{rng.getrandbits(36):09x}") for tool, arguments in idle]
            says = tuple(
                Planted(speak(rng.choice(_SAYS), call), self.code, f"goes on with {call.name} though all is there")
                for call in calls
            )
            if says:
                yield Plant(scene.last, says, "resumes", scene.last)

    def confirmed(self, scene: Scene, plant: Plant, mutant: Trajectory) -> bool:
        extra = mutant.steps[plant.at : plant.at + len(plant.says)]
        worked = not any(failed(mutant.messages[i]) for step in extra for i in step.observations)
        return worked and answers_rightly(mutant)


def _idle(scene: Scene, rng: random.Random) -> Iterator[tuple[str, dict[str, Any]]]:
    """Calls that bring nothing for the task: other things' pages, other questions about the same thing, sums on what was asked."""
    nodes = scene.oracle.plan
    needed = {page for node in nodes for page in node.evidence}
    names = [str(node.args["name"]) for node in nodes if "name" in node.args]
    titles = [t for t in hit_titles(scene) if not any(name in t for name in names)]
    if "search" in scene.offered:
        for title in titles[:4]:
            yield "search", {"query": title}
        for name in dict.fromkeys(names):
            yield "search", {"query": rng.choice(_ASIDE).format(name)}
        if not names:
            yield "search", {"query": " ".join(scene.query.split()[: rng.randint(3, 6)])}
    if "open_page" in scene.offered:
        opened = {a.text("id") for a in scene.calls("open_page")}
        for id in [id for id in _shown_ids(scene) if id not in needed | opened][:4]:
            yield "open_page", {"id": id}
    given = [f.text.replace(",", "") for f in figures(scene.query) if len(f.digits) > 1]
    for figure in given[:2] if "calculator" in scene.offered else ():
        yield "calculator", {"expression": rng.choice(("{} * 2", "{} / 7", "sqrt({})", "{} ** 2")).format(figure)}


def _shown_ids(scene: Scene) -> list[str]:
    found = [
        hit["id"]
        for a in scene.calls("search")
        if a.observation.result
        for hit in a.observation.result.data.get("hits", [])
    ]
    return list(dict.fromkeys(map(str, found)))
