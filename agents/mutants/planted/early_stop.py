"""D5: the agent stops with part of the task open: it gives a value on the way for the answer, or says nothing at all."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from agents.mutants.base import Mutation, Plant, Planted
from agents.mutants.scene import Scene, speak
from scenarios.exact import grouped
from scenarios.figures import figures
from scenarios.stated import states
from traces.task import Answer, PlanNode

_SAYS = (
    "The answer is {}.",
    "That makes {}.",
    "{}.",
    "So the result is **{}**.",
    "It comes to {}, which is the answer.",
    "You get {}.",
    "{} is what I found.",
    "Answer: {}",
    "The result is {}. Anything else?",
    "After working it through: {}",
    "I make it {}.",
)


@dataclass(frozen=True)
class EarlyStop(Mutation):
    """Only values of the plan that were really shown before."""

    kind: ClassVar[str] = "early_stop"
    code: ClassVar[str] = "D5"

    def plants(self, scene: Scene, rng: random.Random) -> Iterator[Plant]:
        for node in reversed(scene.oracle.plan[:-1]):
            step = reached(scene, node)
            if step is not None and step < scene.last and "open" not in node.op:
                said = speak(rng.choice(_SAYS).format(told(node)))
                yield Plant(step, (Planted(said, self.code, f"stops at {node.args.get('what', node.id)}"),), "ends")
        if scene.last and rng.random() < 0.3:
            yield Plant(scene.last, (Planted(speak(""), self.code, "ends with an empty message"),), "ends")


def told(node: PlanNode) -> str:
    """A node's value for a reader."""
    try:
        return f"{grouped(node.value)} {node.unit}".strip()
    except ValueError:
        return node.value


def reached(scene: Scene, node: PlanNode) -> int | None:
    """The first step before which the node's value was shown; None where it never was."""
    for step in range(1, scene.last + 1):
        seen = [scene.messages[i].content for i in scene.steps[step - 1].observations]
        if any(shows(node.value, text) for text in seen):
            return step
    return None


def shows(value: str, text: str) -> bool:
    """Whether a text has a value in it, as a figure or as it is written."""
    try:
        return bool(figures(text)) and states(Answer(kind="number", value=value, tolerance="0.000001"), text)
    except ValueError:
        return states(Answer(kind="text", value=value), text)
