"""ms-swift's agent shape: each call a `tool_call` message, each result a `tool_response`, tools as a JSON string.

`loss: false` stands on every message of a turn that failed a verdict; of consecutive calls ms-swift reads the first flag, so they agree.
Text beside a call is an assistant message before it, which ms-swift joins to the call.
"""

from collections.abc import Iterator

from traces.export.format import RowFormat
from traces.export.row import JSON, Row
from traces.export.text import dumps


class MsSwift(RowFormat):
    name = "ms-swift"
    summary = "Messages with tool_call and tool_response roles and a loss flag for each, for ms-swift."
    lossy = "call ids are left out"
    features = {
        "id": "dtype: string",
        "messages": "list: json",
        "tools": "dtype: string",
        "repaired": "dtype: bool",
        "transforms": "list: string",
    }

    def line(self, row: Row) -> JSON:
        messages = [part for n, message in enumerate(row.messages) for part in _parts(message, n in row.wrong)]
        tools = dumps(row.tools) if row.tools else ""
        marks = {"repaired": row.repaired, "transforms": row.transforms}
        return {"id": row.id, "messages": messages, "tools": tools, **marks}


def _parts(message: JSON, wrong: bool) -> Iterator[JSON]:
    if message["role"] == "tool":
        yield {"role": "tool_response", "content": message["content"]}
        return
    flag = {"loss": False} if wrong else {}
    thought = message.get("reasoning_content")
    content = (f"<think>\n{thought}\n</think>\n\n" if thought else "") + message["content"]
    if content or "tool_calls" not in message:
        yield {"role": message["role"], "content": content, **flag}
    for call in message.get("tool_calls", ()):
        function = {"name": call["function"]["name"], "arguments": call["function"]["arguments"]}
        yield {"role": "tool_call", "content": dumps(function), **flag}
