"""Session traces: a file a session, which reads back as the canonical row; names of files are safe and differ."""

import json
from pathlib import Path
from typing import Any

from tests.traces import samples
from tests.traces.export.test_export import lines
from traces.export import Options, export
from traces.export.row import JSON, canonical
from traces.ledger import Filters, Ledger

_NAMES = {"reasoningContent": "reasoning_content", "toolCallId": "tool_call_id"}


def back(message: JSON) -> JSON:
    """A message of the viewer's as the canonical row has it."""
    out = {_NAMES.get(key, key): value for key, value in message.items() if key not in ("toolCalls", "model")}
    if "toolCalls" in message:
        out["tool_calls"] = [_call(call) for call in message["toolCalls"]]
    return out


def _call(call: JSON) -> JSON:
    function = call["function"]
    return {**call, "type": "function", "function": {**function, "arguments": json.loads(function["arguments"])}}


def test_sessions_read_back(filled: Ledger, tmp_path: Path) -> None:
    export(filled, "hf-traces", tmp_path / "out")
    rows = [canonical(stored) for stored in filled.stored(Filters("keep", final=True))]
    assert len(rows) == len(list((tmp_path / "out").rglob("*.jsonl"))) == 8
    for row in rows:
        folder = "repaired-train" if row.repaired else "train"
        header, *messages = lines(tmp_path / "out" / folder / f"{row.id}.jsonl")
        assert (header["type"], header["harness"], header["id"]) == ("session", "winnow", row.id)
        assert header["tools"] == list(row.tools)
        assert [back(line["message"]) for line in messages] == list(row.messages)
        assert {line["type"] for line in messages} == {"message"}
        assert "timestamp" not in json.dumps(messages)
        assert all(("model" in line["message"]) == (line["message"]["role"] == "assistant") for line in messages)


def test_odd_keys_have_files_of_their_own(ledger: Ledger, tmp_path: Path) -> None:
    keys = ["../a/b", "../a-b", "a b", "a?b", "..", "é" * 300]
    for n, key in enumerate(keys):
        ledger.put_attempt(f"s{n}", 1, [samples.trace(key)])
    export(ledger, "hf-traces", tmp_path / "out")
    found = sorted((tmp_path / "out" / "train").iterdir())
    assert len(found) == len(keys)
    assert {lines(path)[0]["id"] for path in found} == set(keys)


def test_more_sessions_than_files_can_be_open(ledger: Ledger, tmp_path: Path) -> None:
    for n in range(80):
        ledger.put_attempt(f"s{n:02}", 1, [samples.trace(f"s{n:02}-1", samples.DIRECT)])
    report = export(ledger, "hf-traces", tmp_path / "out")
    assert len(report.files) == 80
    assert "and 60 files more" in report.words()
    assert all(n == 4 for n in report.files.values())


def test_the_card_names_the_files_of_each_split(ledger: Ledger, tmp_path: Path) -> None:
    for n in range(20):
        messages = (samples.user(f"Question {n}?"), *samples.ORDINARY[1:])
        ledger.put_attempt(f"s{n:02}", 1, [samples.trace(f"s{n:02}-1", messages)])
    export(ledger, "hf-traces", tmp_path / "out", Options(test=0.3))
    head: Any = (tmp_path / "out" / "README.md").read_text().split("---")[1]
    assert "- agent-traces" in head
    assert "    path: train/*.jsonl\n  - split: test\n    path: test/*.jsonl" in head
    assert "dataset_info" not in head
