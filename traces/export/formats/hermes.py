"""Hermes: conversations with `<tools>`, `<tool_call>` and `<tool_response>` tags in text, for trainers that know no calls.

The system turn lists the tools; its sentence about them is ours, as nobody else says it. Results of one turn share a tool turn. JSON is
real JSON, each result with its function's name, so the canonical row can be had back but for call ids.
"""

from collections.abc import Iterator

from traces.export import checks
from traces.export.format import RowFormat
from traces.export.row import JSON, Row
from traces.export.text import dumps, said_text

_TOOLS = (
    "Functions you may call are given as JSON schemas between <tools> tags. To call one, write a JSON object with `name` and"
    " `arguments` between <tool_call> tags; its result comes back between <tool_response> tags.\n<tools>\n{tools}\n</tools>"
)
_SPEAKER = {"system": "system", "user": "human", "assistant": "gpt", "tool": "tool"}


class Hermes(RowFormat):
    name = "hermes"
    summary = "Conversations with calls and results as tagged text, as Hermes models are trained on."
    rules = {**checks.ALWAYS, "unmasked": checks.unmasked}
    features = {
        "id": "dtype: string",
        "conversations": "list: json",
        "repaired": "dtype: bool",
        "transforms": "list: string",
    }

    def line(self, row: Row) -> JSON:
        marks = {"repaired": row.repaired, "transforms": row.transforms}
        return {"id": row.id, "conversations": list(_turns(row)), **marks}


def _turns(row: Row) -> Iterator[JSON]:
    system = row.messages[0]["content"] if row.messages[0]["role"] == "system" else ""
    tools = _TOOLS.format(tools="\n".join(map(dumps, row.tools))) if row.tools else ""
    if system or tools:
        yield {"from": "system", "value": "\n\n".join(filter(None, (system, tools)))}
    results: list[str] = []
    for message in row.messages:
        if results and message["role"] != "tool":
            yield {"from": "tool", "value": "\n".join(results)}
            results = []
        if message["role"] == "tool":
            results.append(_result(message))
        elif message["role"] != "system":
            value = said_text(message) if message["role"] == "assistant" else message["content"]
            yield {"from": _SPEAKER[message["role"]], "value": value}


def _result(message: JSON) -> str:
    return f"<tool_response>\n{dumps({'name': message['name'], 'content': message['content']})}\n</tool_response>"
