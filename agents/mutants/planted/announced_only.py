"""G6: an action is announced, and the trace ends there."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from agents.mutants.base import Mutation, Plant, Planted
from agents.mutants.scene import Scene, respoken

_SAYS = {
    "search": ("Let me search for that.", "I'll look this up now.", "I will search for it and get back to you."),
    "open_page": ("I'll open the page to read it in full.", "Let me open that page.", "Next I will read the page."),
    "calculator": (
        "Let me calculate that.",
        "I'll work this out with the calculator.",
        "Now I will compute the result.",
    ),
    "python": (
        "I'll write a short program for this.",
        "Let me run some code to find out.",
        "I will compute this in Python.",
    ),
}
_OTHERS = (
    "Let me find that out with the tool.",
    "I'll call the tool for this.",
    "I will use the tool and then tell you.",
)
"""For any other tool."""


@dataclass(frozen=True)
class AnnouncedOnly(Mutation):
    """The message of a step without its calls."""

    kind: ClassVar[str] = "announced_only"
    code: ClassVar[str] = "G6"

    def plants(self, scene: Scene, rng: random.Random) -> Iterator[Plant]:
        if scene.last:
            step = rng.randrange(scene.last)
            message = scene.said(step)
            text = rng.choice(_SAYS.get(message.tool_calls[0].name, _OTHERS))
            said = respoken(message, text).model_copy(update={"tool_calls": ()})
            yield Plant(step, (Planted(said, self.code, "announces an action and stops"),), "ends")
