"""F1: a call written out as text instead of made, so that it never runs and the text stands as the answer."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import orjson

from agents.mutants.base import Mutation, Plant, Planted
from agents.mutants.figures import shuffled
from agents.mutants.scene import Scene, respoken

_DIALECTS = (
    '<tool_call>\n{{"name": "{name}", "arguments": {arguments}}}\n</tool_call>',
    '```json\n{{"name": "{name}", "arguments": {arguments}}}\n```',
    '[TOOL_CALLS] [{{"name": "{name}", "arguments": {arguments}}}]',
    "<function={name}>{arguments}</function>",
    "Action: {name}\nAction Input: {arguments}",
)


@dataclass(frozen=True)
class CallInText(Mutation):
    """In one of five dialects."""

    kind: ClassVar[str] = "call_in_text"
    code: ClassVar[str] = "F1"

    def plants(self, scene: Scene, rng: random.Random) -> Iterator[Plant]:
        for asked in shuffled(scene.asked, rng):
            message = scene.said(asked.step)
            arguments = orjson.dumps(asked.call.arguments).decode()
            text = rng.choice(_DIALECTS).format(name=asked.call.name, arguments=arguments)
            said = respoken(message, f"{message.content}\n{text}".strip()).model_copy(update={"tool_calls": ()})
            yield Plant(asked.step, (Planted(said, self.code, f"writes a call of {asked.call.name} as text"),), "ends")
