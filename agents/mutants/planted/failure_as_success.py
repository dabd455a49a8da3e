"""O4: a call failed, and the answer speaks of its result as if it had worked."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from agents.mutants.base import Mutation, Plant, Planted
from agents.mutants.planted.misfit import misfits
from agents.mutants.scene import Scene, call_of, failed, recalled, respoken
from traces.record import Trajectory

_CLAIMS = {
    "calculator": ("The calculator gives this result.", "The calculation worked.", "The calculator confirms it."),
    "python": (
        "The code ran fine.",
        "The script printed it.",
        "I ran the code successfully.",
        "As the output shows, that is it.",
    ),
    "search": ("The search returned this.", "As the page shows, that is it.", "The search confirms it."),
    "open_page": ("The page says so.", "The page confirms it.", "I successfully opened the page."),
}
_OTHERS = ("The tool gives this result.", "The call worked.", "As the result shows, that is it.")
"""For any other tool."""


@dataclass(frozen=True)
class FailureAsSuccess(Mutation):
    """The first call of the trace is spoilt, which is an error of its own, and nothing else is tried."""

    kind: ClassVar[str] = "failure_as_success"
    code: ClassVar[str] = "O4"

    def plants(self, scene: Scene, rng: random.Random) -> Iterator[Plant]:
        message = scene.said(0)
        if len(message.tool_calls) != 1 or not scene.oracle.answerable:  # an answer that declines speaks of no success
            return
        call = message.tool_calls[0]
        arguments = rng.choice(misfits(dict(call.arguments), scene.offered[call.name], rng))
        spoilt = recalled(message, 0, call_of(call.name, arguments, call.id))
        answer = respoken(scene.answer, f"{scene.answer.content} {rng.choice(_CLAIMS.get(call.name, _OTHERS))}")
        first = Planted(spoilt, "F3", f"{call.name} is called with {', '.join(arguments) or 'nothing'}")
        yield Plant(0, (first, Planted(answer, self.code, f"reports a result of {call.name}, which failed")), "ends")

    def confirmed(self, scene: Scene, plant: Plant, mutant: Trajectory) -> bool:
        return all(failed(mutant.messages[i]) for i in mutant.steps[0].observations)
