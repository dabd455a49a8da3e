"""What a critic is shown of a trace: everything up to the step it judges, as plain text in which each part has a place to quote from.

    Step 2, call 1 of search [2.call1]:
    | {"query": "harbour dues of Velmora"}

Lines of the trace begin with `| `, so no text in it can pass for a heading. Steps count from 1 here. A view that would be longer than asked
is cut in the middle of the longest parts before the judged step, and says so; evidence is checked against the parts uncut.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

import orjson

from graders.base import Case
from graders.notices import without_notices
from traces.base import json_bytes
from traces.record import Message, Step, ToolCall

BAR = "| "
JUDGE = "Judge step {step} alone."
LEAST = 400
"""Characters that are left of a part however much is cut."""
INSTRUCTIONS, TOOLS = "Instructions", "Tools offered, one JSON schema a line"


class Part(NamedTuple):
    """One part of a trace: its place, what it is, its text, and where it stands in the record (`message` -1: nowhere)."""

    place: str
    what: str
    text: str
    message: int
    where: Literal["content", "arguments", "reasoning"] = "content"


@dataclass(frozen=True)
class View:
    """A step with all that came before it. `longest`: how many characters the text may have, about."""

    case: Case
    step: Step
    longest: int = 60_000

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """Every part, uncut, in order; the last are those of the step that is judged."""
        return tuple(_parts(self.case, self.step))

    @cached_property
    def text(self) -> str:
        """The text a critic reads."""
        limit = _limit(self.parts, self.longest)
        said = [f"{part.what} [{part.place}]:\n{_barred(_cut(part, limit, self.own))}" for part in self.parts]
        return "\n\n".join([*said, JUDGE.format(step=self.step.index + 1)])

    @property
    def own(self) -> str:
        """What the places of the judged step begin with."""
        return f"{self.step.index + 1}."


def _parts(case: Case, step: Step) -> Iterator[Part]:
    if case.tools:
        yield Part("tools", TOOLS, "\n".join(orjson.dumps(tool).decode() for tool in case.tools), -1)
    steps = {one.message: one for one in case.steps}
    end = max((step.message, *step.observations)) + 1
    asked = 0
    for place, message in enumerate(case.messages[:end]):
        if message.role == "system":
            yield Part("instructions", INSTRUCTIONS, without_notices(message.content), place)
        elif message.role == "user":
            asked += 1
            name = "query" if asked == 1 else f"query{asked}"
            yield Part(name, "The user's message", message.content, place)
        elif place in steps:
            yield from _step(case, steps[place], message)


def _step(case: Case, step: Step, said: Message) -> Iterator[Part]:
    """An assistant message: its text, then each call with its result. An answer to no call comes last."""
    number = step.index + 1
    if said.content or not said.tool_calls:
        yield Part(f"{number}.text", f"Step {number}, the assistant's words", said.content, step.message)
    told = set[int]()
    for count, call in enumerate(said.tool_calls, 1):
        broken = ", malformed" if call.malformed else ""
        yield Part(
            f"{number}.call{count}",
            f"Step {number}, call {count} of {call.name}{broken}",
            _arguments(call),
            step.message,
            "arguments",
        )
        answer = case.answer_to(step, call)
        place = next((i for i in step.observations if case.messages[i] is answer and i not in told), None)
        if place is not None:
            told.add(place)
            yield _result(number, count, case.messages[place], place)


def _result(number: int, count: int, answer: Message, place: int) -> Part:
    failed = answer.result is not None and answer.result.status == "error"
    what = f"Step {number}, {'error from' if failed else 'result of'} call {count}"
    return Part(f"{number}.result{count}", what, answer.content, place)


def _arguments(call: ToolCall) -> str:
    """The arguments as they were sent; code stands as code, so that it can be read and quoted."""
    if isinstance(call.function.arguments, str):
        return call.function.arguments
    code = call.arguments.get("code")
    if isinstance(code, str) and len(call.arguments) == 1:
        return code
    try:
        return json_bytes(call.arguments).decode()
    except TypeError:
        return str(call.arguments)


def _barred(text: str) -> str:
    return "\n".join(f"{BAR}{line}" for line in text.split("\n"))


def _limit(parts: Sequence[Part], longest: int) -> int:
    """The most characters of a part with which the whole is short enough; never under `LEAST`."""
    limit = max((len(part.text) for part in parts), default=0)
    while limit > LEAST and sum(min(len(part.text), limit) for part in parts) > longest:
        limit = max(LEAST, limit * 3 // 4)
    return limit


def _cut(part: Part, limit: int, own: str) -> str:
    """The text, or its two ends. What the assistant itself said or called in the judged step is never cut."""
    kept_whole = part.place.startswith(own) and ".result" not in part.place
    if len(part.text) <= limit or kept_whole or part.place == "tools":
        return part.text
    half = limit // 2
    left_out = len(part.text) - 2 * half
    return f"{part.text[:half]}\n[... {left_out:,} characters left out ...]\n{part.text[-half:]}"
