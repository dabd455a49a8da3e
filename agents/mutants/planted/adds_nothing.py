"""P2: a step that adds nothing: the same pages by a search in other words, the same page again, the same sum turned round."""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from agents.mutants.base import Mutation, Plant, Planted
from agents.mutants.figures import shuffled
from agents.mutants.outcome import answers_rightly
from agents.mutants.scene import Asked, Scene, call_of, failed, speak
from scenarios.observed import numbers
from traces.record import Message, Trajectory

_SAYS = {
    "search": ("", "Let me put this another way.", "I'll search for it in other words.", "Perhaps another wording helps.",
               "Searching again."),
    "open_page": ("", "I'll read that page again from the top.", "Let me go back to that page.", "Once more to the page itself."),
    "calculator": ("", "Let me write this the other way round.", "To be on the safe side, the same thing again.", "Now with brackets.",
                   "The same in another form."),
}  # fmt: skip
_OTHER_WORDS = (
    "{} information",
    "about {}",
    "find {}",
    "{} please",
    "details: {}",
    "{} page",
    "{} facts",
    "look up {}",
)
_OTHER_FORM = ("({})", "({}) + 0", "1 * ({})", "({}) / 1", "0 + ({})")


@dataclass(frozen=True)
class AddsNothing(Mutation):
    """Not the very same call (that is P1), and nothing comes of it that was not there before."""

    kind: ClassVar[str] = "adds_nothing"
    code: ClassVar[str] = "P2"

    def plants(self, scene: Scene, rng: random.Random) -> Iterator[Plant]:
        for asked in shuffled(scene.calls(*_SAYS), rng):
            arguments = _again(asked, rng)
            if arguments is not None:
                call = call_of(asked.call.name, arguments, f"{rng.getrandbits(36):09x}")
                at = rng.randint(asked.step + 1, min(scene.last, asked.step + 2))
                said = Planted(
                    speak(rng.choice(_SAYS[call.name]), call), self.code, f"{call.name} again in another form"
                )
                yield Plant(at, (said,), "resumes", at)

    def confirmed(self, scene: Scene, plant: Plant, mutant: Trajectory) -> bool:
        step = mutant.steps[plant.at]
        new, call = mutant.messages[step.observations[0]], mutant.messages[step.message].tool_calls[0]
        before = [
            a for a in scene.asked if a.step < plant.at and a.call.name == call.name and not failed(a.observation)
        ]
        told = not failed(new) and _nothing_new(call.name, new, [a.observation for a in before])
        return told and answers_rightly(mutant)


def _again(asked: Asked, rng: random.Random) -> dict[str, Any] | None:
    """The arguments of the same call in another form."""
    if asked.call.name == "search":
        return {"query": rng.choice(_OTHER_WORDS).format(asked.text("query")), "limit": rng.choice((2, 3))}
    if asked.call.name == "open_page":
        return None if "part" in asked.call.arguments else {"id": asked.text("id"), "part": 1}
    text = asked.text("expression")
    turned = re.fullmatch(r"([\d.]+) ([+*]) ([\d.]+)", text)
    return {"expression": f"{turned[3]} {turned[2]} {turned[1]}" if turned else rng.choice(_OTHER_FORM).format(text)}


def _nothing_new(tool: str, new: Message, before: list[Message]) -> bool:
    if tool == "search":
        shown = {id for m in before for id in _ids(m)}
        return bool(_ids(new)) and shown.issuperset(_ids(new))
    if tool == "open_page":
        return any(m.content == new.content for m in before)
    return any(numbers(m.content)[-1:] == numbers(new.content)[-1:] for m in before)


def _ids(message: Message) -> list[str]:
    return [str(hit["id"]) for hit in message.result.data.get("hits", [])] if message.result else []
