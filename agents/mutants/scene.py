"""A finished good trace as mutations look at it: its steps, what each said and was shown, and ways to write a changed message."""

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Any, NamedTuple

from traces.record import FunctionCall, Message, Step, ToolCall, Trajectory
from traces.task import Oracle


class Asked(NamedTuple):
    """One call of the trace and its place: step, position in the message, and the observation it got."""

    step: int
    place: int
    call: ToolCall
    observation: Message

    def text(self, argument: str) -> str:
        """An argument as text; empty where it is none."""
        value = self.call.arguments.get(argument, "")
        return value if isinstance(value, str) else ""


class Scene:
    """Readings of one trace. Every observation is there and in the order of its calls, as our own machinery records it."""

    def __init__(self, trace: Trajectory) -> None:
        self.trace = trace
        self.messages = trace.messages
        self.steps: tuple[Step, ...] = trace.steps
        assert trace.task.oracle, "only traces with a known truth are mutated"
        self.oracle: Oracle = trace.task.oracle
        self.query = trace.task.query

    @property
    def last(self) -> int:
        """The index of the step that answers."""
        return len(self.steps) - 1

    def said(self, step: int) -> Message:
        return self.messages[self.steps[step].message]

    @property
    def answer(self) -> Message:
        return self.said(self.last)

    @cached_property
    def asked(self) -> tuple[Asked, ...]:
        """Every call with its observation."""
        return tuple(self._asked())

    def _asked(self) -> Iterator[Asked]:
        for step in self.steps:
            observed = [self.messages[i] for i in step.observations]
            for place, (call, seen) in enumerate(zip(self.said(step.index).tool_calls, observed, strict=True)):
                yield Asked(step.index, place, call, seen)

    def calls(self, *tools: str) -> list[Asked]:
        """The calls of these tools that worked."""
        return [a for a in self.asked if a.call.name in tools and not failed(a.observation)]

    def before(self, step: int) -> list[str]:
        """Every text said or shown before a step."""
        return list(texts(self.messages[: self.steps[step].message]))

    @cached_property
    def everything(self) -> str:
        """All texts of the trace in one."""
        return "\n".join(texts(self.messages))

    @cached_property
    def offered(self) -> dict[str, dict[str, Any]]:
        """The parameters schema of each tool, by name."""
        return {t["function"]["name"]: t["function"]["parameters"] for t in self.trace.tools}

    @cached_property
    def shown(self) -> list[Message]:
        """The pages and hits that were shown."""
        return [a.observation for a in self.calls("search", "open_page")]

    def knows(self, word: str) -> bool:
        """Whether a word or id stands anywhere in the trace."""
        return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", self.everything) is not None


def texts(messages: tuple[Message, ...] | list[Message]) -> Iterator[str]:
    """What messages say, arguments of calls included."""
    for message in messages:
        yield message.content
        for call in message.tool_calls:
            yield from ([a] if isinstance(a := call.function.arguments, str) else map(str, a.values()))


def failed(observation: Message) -> bool:
    return observation.result is not None and observation.result.status == "error"


def repeats(trace: Trajectory) -> bool:
    """Whether a step that no label names makes a call that had worked once more, and gets the same."""
    labelled = {label.step for label in trace.labels}
    seen: set[tuple[str, str]] = set()
    for step in trace.steps:
        calls = trace.messages[step.message].tool_calls
        pairs = [(str(c.function), trace.messages[i].content) for c, i in zip(calls, step.observations, strict=True)]
        if step.index not in labelled and seen & set(pairs):
            return True
        seen |= {pair for pair, i in zip(pairs, step.observations, strict=True) if not failed(trace.messages[i])}
    return False


def speak(text: str, *calls: ToolCall) -> Message:
    """An assistant message that we put there, and so marked: no export trains on it."""
    return Message(role="assistant", content=text, origin="forced", tool_calls=calls)


def respoken(message: Message, text: str) -> Message:
    """A message of the trace in other words."""
    return message.model_copy(update={"content": text, "origin": "forced"})


def recalled(message: Message, place: int, call: ToolCall) -> Message:
    """A message of the trace with one of its calls replaced."""
    calls = (*message.tool_calls[:place], call, *message.tool_calls[place + 1 :])
    return message.model_copy(update={"tool_calls": calls, "origin": "forced"})


def alone(message: Message, call: ToolCall) -> Message:
    """A message of the trace with this call alone: what stood beside it is done once, when the step is made again as it should be."""
    return message.model_copy(update={"tool_calls": (call,), "origin": "forced"})


def call_with(call: ToolCall, **arguments: Any) -> ToolCall:
    """A call with some arguments replaced."""
    return call_of(call.name, {**call.arguments, **arguments}, call.id)


def call_of(tool: str, arguments: dict[str, Any] | str, id: str, error: str | None = None) -> ToolCall:
    return ToolCall(id=id, function=FunctionCall(name=tool, arguments=arguments), error=error)
