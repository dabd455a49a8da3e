"""From messages as read to messages as recorded: calls without an id get one, results are matched to calls by id, else by order."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from traces.imports.calls import Call
from traces.imports.messages import Said
from traces.record import FunctionCall, Message, Origin, Role, ToolCall, ToolResult

_ORIGIN: dict[Role, Origin] = {"assistant": "sampled", "tool": "tool", "user": "user", "system": "system"}


@dataclass
class _Open:
    """A call, and whether something answered it."""

    call: ToolCall
    answered: bool = False


def linked(said: Sequence[Said]) -> tuple[Message, ...]:
    """The messages, one for each that was read. A result that belongs to no call is kept as it is."""
    taken = {call.id for one in said for call in one.calls if call.id}
    every: dict[str, list[_Open]] = {}
    latest: list[_Open] = []
    messages = []
    for one in said:
        if one.role == "tool":
            messages.append(_result(one, every, latest))
            continue
        calls = tuple(_calls(one, len(messages), taken))
        if calls:
            latest = [_Open(call) for call in calls]
            for each in latest:
                every.setdefault(each.call.id, []).append(each)
        messages.append(_message(one, calls))
    return tuple(messages)


def _message(said: Said, calls: tuple[ToolCall, ...]) -> Message:
    if said.role != "assistant":
        return Message(role=said.role, content=said.content, origin=_ORIGIN[said.role], name=said.name)
    return Message(
        role="assistant",
        content=said.content,
        origin="sampled",
        tool_calls=calls,
        name=said.name,
        reasoning=said.reasoning or None,
    )


def _calls(said: Said, index: int, taken: set[str]) -> Iterator[ToolCall]:
    for number, call in enumerate(said.calls):
        yield ToolCall(id=call.id or _new_id(index, number, taken), function=_function(call), error=call.error)


def _function(call: Call) -> FunctionCall:
    return FunctionCall(name=call.name, arguments=call.arguments)


def _new_id(index: int, number: int, taken: set[str]) -> str:
    id = f"call-{index}-{number}"
    while id in taken:
        id += "x"
    taken.add(id)
    return id


def _result(said: Said, every: dict[str, list[_Open]], latest: list[_Open]) -> Message:
    found = _by_id(said, every) or _by_order(said, every, latest)
    if found:
        found.answered = True
    return Message(
        role="tool",
        content=said.content,
        origin="tool",
        tool_call_id=found.call.id if found else said.answers,
        name=said.name or (found.call.name if found else None) or None,
        result=ToolResult(status="error", error=said.error) if said.failed else None,
    )


def _by_id(said: Said, every: dict[str, list[_Open]]) -> _Open | None:
    found = every.get(said.answers or "", [])
    return next((each for each in reversed(found) if not each.answered), None)


def _by_order(said: Said, every: dict[str, list[_Open]], latest: list[_Open]) -> _Open | None:
    """The next call of the last step that waits for a result, of the name that the result bears if one does."""
    if said.answers in every:
        return None
    waiting = [each for each in latest if not each.answered]
    named = [each for each in waiting if each.call.name == said.name]
    return next(iter(named or waiting), None)
