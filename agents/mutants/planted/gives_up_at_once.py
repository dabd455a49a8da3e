"""O5: after one failure that another try could have mended, the agent gives up."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from agents.mutants.base import Mutation, Plant, Planted
from agents.mutants.planted.misfit import misfits
from agents.mutants.scene import Scene, call_of, failed, recalled, speak
from traces.record import Trajectory

_SAYS = (
    "I could not do this, because the tool failed.",
    "I'm sorry, the {tool} tool returned an error, so I am unable to answer this.",
    "The {tool} call did not work, so I cannot give you an answer.",
    "There was an error when I called {tool}, so I have to stop here.",
    "{tool} is not available right now. Please try again later.",
    "Sorry, something went wrong with the {tool} tool and I can't continue.",
    "I tried, but the call failed; I don't have an answer for you.",
    "The tool reported a problem with my request. I'm unable to complete this.",
    "Unfortunately I cannot help with this: the tool is not working.",
)


@dataclass(frozen=True)
class GivesUpAtOnce(Mutation):
    """The failing call is an error of form; giving up after it is the error meant here."""

    kind: ClassVar[str] = "gives_up_at_once"
    code: ClassVar[str] = "O5"

    def plants(self, scene: Scene, rng: random.Random) -> Iterator[Plant]:
        message = scene.said(0)
        if len(message.tool_calls) != 1 or scene.oracle.answer.kind in ("unknown", "free"):
            return
        call = message.tool_calls[0]
        arguments = rng.choice(misfits(dict(call.arguments), scene.offered[call.name], rng))
        spoilt = recalled(message, 0, call_of(call.name, arguments, call.id))
        first = Planted(spoilt, "F3", f"{call.name} is called with {', '.join(arguments) or 'nothing'}")
        answer = Planted(speak(rng.choice(_SAYS).format(tool=call.name)), self.code, "gives up after one failure")
        yield Plant(0, (first, answer), "ends")

    def confirmed(self, scene: Scene, plant: Plant, mutant: Trajectory) -> bool:
        return all(failed(mutant.messages[i]) for i in mutant.steps[0].observations)
