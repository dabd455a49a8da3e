"""Session traces for the Hub's viewer: a file for each kept trajectory, its header, then one message a line.

They are to be looked at and shared; `datasets` takes such files for session logs, not for rows, so level 1 has nothing to prove. No
timestamps are written, so that equal runs give equal bytes. The header also has the tools that were offered and what kind of task it
was, which the viewer passes over. Wrong turns are told there by their numbers.
"""

import re
from collections.abc import Iterator, Mapping
from hashlib import blake2b

import orjson

from traces.export import checks
from traces.export.format import Format, Group, Line, Refused
from traces.export.parting import said
from traces.export.report import ExportReport
from traces.export.row import JSON, Row, canonical
from traces.ledger import Filters

_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")


class HFTraces(Format):
    name = "hf-traces"
    summary = "Session traces that the Hub shows in its viewer, one file a session."
    reads = Filters("keep", final=True)
    picks = True
    logs = True
    plain = True
    tags = ("agent-traces",)

    def lines(self, group: Group) -> Iterator[Line | Refused]:
        for stored in group:
            row = canonical(stored)
            if found := checks.check(row, checks.ALWAYS):
                yield Refused(row.id, found)
                continue
            file = f"{self._config(row)}{self.options.split(row.query)}/{_plain(row.id)}.jsonl"
            yield Line(file, _header(row))
            model = stored.plain["lineage"]["model"]
            yield from (Line(file, {"type": "message", "message": _message(m, model)}) for m in row.messages)

    def _config(self, row: Row) -> str:
        return "repaired-" if row.repaired else ""

    def configs(self, report: ExportReport) -> Mapping[str, Mapping[str, list[str]]]:
        found: dict[str, dict[str, list[str]]] = {}
        folders = {file.split("/")[0] for file in report.files}
        for folder in sorted(folders, key=lambda name: ("-" in name, not name.endswith("train"))):
            *prefix, split = folder.split("-")
            found.setdefault(prefix[0] if prefix else "default", {})[split] = [f"{folder}/*.jsonl"]
        return found


def _plain(key: str) -> str:
    """A file name for a key; one that is no plain name gets letters of its own, so that no two are alike."""
    if _PLAIN.fullmatch(key):
        return key
    mark = blake2b(key.encode(errors="replace"), digest_size=6).hexdigest()
    return f"{re.sub(r'[^A-Za-z0-9._-]', '-', key)[:80].lstrip('.-')}~{mark}"


def _header(row: Row) -> JSON:
    wrong = [turn for turn, place in enumerate(said(row)) if place in row.wrong]
    about = {"family": row.family, "difficulty": row.difficulty, "repaired": row.repaired, "wrong": wrong}
    name = " ".join(row.query.split())[:120]
    return {"type": "session", "harness": "winnow", "id": row.id, "name": name, "tools": row.tools, **about}


def _message(message: JSON, model: str) -> JSON:
    out = {"role": message["role"], "content": message["content"]}
    if "reasoning_content" in message:
        out["reasoningContent"] = message["reasoning_content"]
    if "tool_calls" in message:
        out["toolCalls"] = [_call(call) for call in message["tool_calls"]]
    if message["role"] == "tool":
        out |= {"toolCallId": message["tool_call_id"], "name": message["name"]}
    return out | {"model": model} if message["role"] == "assistant" else out


def _call(call: JSON) -> JSON:
    function = call["function"]
    arguments = orjson.dumps(function["arguments"]).decode()
    return {"id": call["id"], "function": {"name": function["name"], "arguments": arguments}}
