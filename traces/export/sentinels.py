"""The twin of a row: every part that a chat template should print is replaced by a text or number that stands nowhere else.

What the template makes of a part can then be counted. Booleans, nulls, call ids and schemas stay as they are; empty texts stay empty,
because templates look whether there is one.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

from traces.export.row import JSON

MARK = re.compile(r"zq\d{5}qz|71\d{5}17")


@dataclass
class Twin:
    """`parts` has what each sentinel stands for, such as `result`; `places` the message it stands in (-1: the tools)."""

    messages: list[JSON] = field(default_factory=list)
    tools: list[JSON] = field(default_factory=list)
    parts: dict[str, str] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, line: Mapping[str, Any]) -> "Twin":
        """The twin of a line with OpenAI-shaped `messages` and `tools`."""
        twin = cls()
        twin.tools = [twin._tool(tool) for tool in line.get("tools") or ()]
        messages = line["messages"]
        last_user = max((n for n, message in enumerate(messages) if message["role"] == "user"), default=-1)
        twin.messages = [twin._message(message, place, last_user) for place, message in enumerate(messages)]
        return twin

    def _text(self, part: str, place: int) -> str:
        return self._keep(f"zq{len(self.parts):05}qz", part, place)

    def _number(self, part: str, place: int) -> int:
        return int(self._keep(f"71{len(self.parts):05}17", part, place))

    def _keep(self, mark: str, part: str, place: int) -> str:
        self.parts[mark], self.places[mark] = part, place
        return mark

    def _tool(self, tool: JSON) -> JSON:
        function = dict(tool["function"])
        function["name"] = self._text("tool", -1)
        if function.get("description"):
            function["description"] = self._text("description", -1)
        return tool | {"function": function}

    def _message(self, message: JSON, place: int, last_user: int) -> JSON:
        twin = dict(message)
        calls = message.get("tool_calls", ())
        if message["content"].strip():
            twin["content"] = self._text(_content_part(message), place)
        if message.get("reasoning_content"):
            twin["reasoning_content"] = self._text(
                "reasoning" if place > last_user else "reasoning of an earlier turn", place
            )
            twin |= {"thinking": twin["reasoning_content"]} if "thinking" in message else {}
        if calls:
            twin["tool_calls"] = [self._call(call, place) for call in calls]
        return twin

    def _call(self, call: JSON, place: int) -> JSON:
        function = call["function"]
        name, given = self._text("name", place), function["arguments"]
        if isinstance(given, str):  # as OpenAI's fine-tuning takes them
            arguments: Any = orjson.dumps(self._value(orjson.loads(given), place)).decode()
        else:
            arguments = self._value(given, place)
        return call | {"function": function | {"name": name, "arguments": arguments}}

    def _value(self, value: Any, place: int) -> Any:
        if isinstance(value, dict):
            return {self._text("argument", place): self._value(each, place) for each in value.values()}
        if isinstance(value, list):
            return [self._value(each, place) for each in value]
        if isinstance(value, bool) or value is None or value == "":
            return value
        return self._text("argument", place) if isinstance(value, str) else self._number("argument", place)


def _content_part(message: JSON) -> str:
    if message["role"] == "tool":
        return "result"
    if message["role"] == "assistant":
        return "text beside a call" if message.get("tool_calls") else "answer"
    return f"{message['role']} message"
