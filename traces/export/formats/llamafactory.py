"""LLaMA-Factory's ShareGPT shape with `function_call` and `observation` turns, and the `dataset_info.json` that describes it.

Its reader wants user or observation turns and model turns strictly in turn, drops a row that differs, drops text beside a call, and
has no mask for a turn: rows with a wrong turn or out of turn are refused here, rows that lose text are marked `drop_text`.
"""

from collections.abc import Iterator, Mapping

from traces.export import checks
from traces.export.format import RowFormat
from traces.export.report import ExportReport
from traces.export.row import JSON, Row
from traces.export.text import dumps
from traces.ledger import Counts


def _alternating(row: Row) -> Iterator[str]:
    sides = [turn["from"] in ("gpt", "function_call") for turn in _turns(row)]
    if any(model != (place % 2 == 1) for place, model in enumerate(sides)):
        yield "user and model do not take turns"


class LlamaFactory(RowFormat):
    name = "llamafactory"
    summary = "ShareGPT turns with function_call and observation, and dataset_info.json, for LLaMA-Factory."
    plain = True
    lossy = "text beside a call is left out (the row is marked drop_text), and so are call ids and the names of results"
    rules = {**checks.ALWAYS, "unmasked": checks.unmasked, "alternating": _alternating}
    features = {
        "id": "dtype: string",
        "conversations": "list: json",
        "tools": "dtype: string",
        "system": "dtype: string",
        "repaired": "dtype: bool",
        "transforms": "list: string",
    }

    def line(self, row: Row) -> JSON:
        loses = any(m["content"].strip() for m in row.messages if "tool_calls" in m)
        return {
            "id": row.id,
            "conversations": list(_turns(row)),
            "tools": dumps([tool["function"] for tool in row.tools]) if row.tools else "",
            "system": row.messages[0]["content"] if row.messages[0]["role"] == "system" else "",
            "repaired": row.repaired,
            "transforms": [*row.transforms, *(["drop_text"] if loses else [])],
        }

    def extra_files(self, report: ExportReport, counts: Counts) -> Mapping[str, str]:
        sets = {_set_name(file): _info(file) for file in sorted(report.files)}
        return {**super().extra_files(report, counts), "dataset_info.json": dumps(sets) + "\n"}


def _set_name(file: str) -> str:
    return "winnow_" + file.rsplit("/", 1)[-1].removesuffix(".jsonl").replace("-", "_")


def _info(file: str) -> JSON:
    return {
        "file_name": file,
        "formatting": "sharegpt",
        "columns": {"messages": "conversations", "tools": "tools", "system": "system"},
        "tags": {
            "role_tag": "from",
            "content_tag": "value",
            "user_tag": "human",
            "assistant_tag": "gpt",
            "observation_tag": "observation",
            "function_tag": "function_call",
        },
    }


def _turns(row: Row) -> Iterator[JSON]:
    results: list[str] = []
    for message in row.messages:
        if results and message["role"] != "tool":
            yield {"from": "observation", "value": "\n</tool_response>\n<tool_response>\n".join(results)}
            results = []
        if message["role"] == "tool":
            results.append(message["content"])
        elif message["role"] == "user":
            yield {"from": "human", "value": message["content"]}
        elif message["role"] == "assistant":
            yield _said(message)


def _said(message: JSON) -> JSON:
    thought = message.get("reasoning_content")
    before = f"<think>\n{thought}\n</think>\n\n" if thought else ""
    if "tool_calls" not in message:
        return {"from": "gpt", "value": before + message["content"]}
    calls = [
        {"name": call["function"]["name"], "arguments": call["function"]["arguments"]} for call in message["tool_calls"]
    ]
    return {"from": "function_call", "value": before + dumps(calls)}
