"""JSONL as OpenAI's fine-tuning takes it: arguments as JSON strings, `weight` 0 on turns that failed a verdict.

Reasoning is left out, as OpenAI's chat messages have no place for it. No key beside theirs is written, so a repaired row is known
by its file. The card declares the columns; a row without tools has none of theirs, and `datasets` reads null there.
"""

import orjson

from traces.export.format import RowFormat
from traces.export.row import JSON, Row


class OpenAI(RowFormat):
    name = "openai"
    summary = "OpenAI fine-tuning: messages, tools and parallel_tool_calls, one JSONL."
    plain = True
    chat = True
    lossy = "reasoning is left out"
    features = {"messages": "list: json", "tools": "list: json", "parallel_tool_calls": "dtype: bool"}
    file = "{split}.jsonl"
    repaired_file = "repaired-{split}.jsonl"

    def line(self, row: Row) -> JSON:
        messages = [_message(message, place in row.wrong) for place, message in enumerate(row.messages)]
        line: JSON = {"messages": messages}
        if row.tools:
            line |= {"tools": list(row.tools), "parallel_tool_calls": True}
        return line


def _message(message: JSON, wrong: bool) -> JSON:
    out = {key: value for key, value in message.items() if key not in ("reasoning_content", "tool_calls", "name")}
    if "tool_calls" in message:
        out["tool_calls"] = [_call(call) for call in message["tool_calls"]]
    return out | {"weight": 0} if wrong else out


def _call(call: JSON) -> JSON:
    function = call["function"]
    return call | {"function": {"name": function["name"], "arguments": orjson.dumps(function["arguments"]).decode()}}
