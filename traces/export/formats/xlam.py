"""xLAM / APIGen rows: a query and the calls that answer it at once, `tools` and `answers` as JSON strings.

One turn only. A row is the first step, where it calls; everything that follows is left out.
"""

from collections.abc import Iterator

from traces.export import checks
from traces.export.format import RowFormat
from traces.export.row import JSON, Row
from traces.export.text import dumps


def _calls_first(row: Row) -> Iterator[str]:
    first = next((n for n, message in enumerate(row.messages) if message["role"] == "assistant"), None)
    if first is None or "tool_calls" not in row.messages[first]:
        yield "the first step calls nothing, and this format has a place for calls alone"
    elif first in row.wrong:
        yield "the first step failed a verdict"


class XLAM(RowFormat):
    name = "xlam"
    summary = "Single-turn function calling: query, tools and answers."
    lossy = "only the calls of the first step are kept, without results, answer, reasoning and system message"
    rules = {**checks.ALWAYS, "calls_first": _calls_first}
    features = {"id": "dtype: string", "query": "dtype: string", "tools": "dtype: string", "answers": "dtype: string"}

    def line(self, row: Row) -> JSON:
        calls = next(message["tool_calls"] for message in row.messages if message["role"] == "assistant")
        answers = [{"name": c["function"]["name"], "arguments": c["function"]["arguments"]} for c in calls]
        tools = [tool["function"] for tool in row.tools]
        return {"id": row.id, "query": row.query, "tools": dumps(tools), "answers": dumps(answers)}
