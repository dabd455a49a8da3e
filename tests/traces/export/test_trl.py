"""The TRL folder loads by its card and comes back deep-equal, whatever the order of rows."""

from pathlib import Path
from typing import Any

import pytest

from tests.traces import samples
from tests.traces.export.test_export import lines
from traces.export import Options, export, prove
from traces.export.written import conversations
from traces.ledger import Ledger


def test_splits_load_by_name(ledger: Ledger, tmp_path: Path, load: Any) -> None:
    for n in range(30):
        messages = (samples.user(f"Question {n}?"), *samples.ORDINARY[1:])
        ledger.put_attempt(f"s{n:02}", 1, [samples.trace(f"s{n:02}-1", messages)])
    report = export(ledger, "trl", tmp_path / "out", Options(test=0.3))
    loaded = load(str(tmp_path / "out"))
    assert {f"data/{name}.jsonl": part.num_rows for name, part in loaded.items()} == report.files


def test_rows_are_as_trl_wants_them(filled: Ledger, tmp_path: Path) -> None:
    export(filled, "trl", tmp_path / "out")
    rows = lines(tmp_path / "out" / "data" / "train.jsonl") + lines(tmp_path / "out" / "data" / "repaired-train.jsonl")
    assert [row["id"] for row in rows if row["repaired"]] == ["mended-1-1r1"]
    assert rows[4]["messages"][1]["reasoning_content"] == "I need both heights."
    for row in rows:
        assert not {"prompt", "completion", "labels", "images", "text"} & set(row)
        for message in row["messages"]:
            assert isinstance(message["content"], str)
            assert None not in message.values()
            for call in message.get("tool_calls", []):
                assert isinstance(call["function"]["arguments"], dict)
                assert len(call["id"]) == 9
                assert call["id"].isalnum()


def test_a_row_with_a_wrong_turn_is_written_turn_by_turn(ledger: Ledger, tmp_path: Path) -> None:
    ledger.put_attempt("a", 1, [samples.trace("a-1", bad=1)])
    ledger.put_attempt("b", 1, [samples.trace("b-1")])
    report = export(ledger, "trl", tmp_path / "out")
    assert (report.refused, report.files) == (0, {"data/turns-train.jsonl": 2, "data/train.jsonl": 1})
    (whole,) = lines(tmp_path / "out" / "data" / "train.jsonl")
    first, last = lines(tmp_path / "out" / "data" / "turns-train.jsonl")
    assert [(row["id"], row["turn"]) for row in (first, last)] == [("a-1/0", 0), ("a-1/2", 2)]
    for row, place in ((first, 1), (last, 6)):
        assert row["prompt"] == whole["messages"][:place]
        assert row["completion"] == [whole["messages"][place]]
        assert row["tools"] == whole["tools"]
        (told,) = conversations(row)  # as the checks of templates read it
        assert told["messages"] == whole["messages"][: place + 1]


@pytest.mark.usefixtures("load")
def test_turns_load_by_the_card(ledger: Ledger, tmp_path: Path) -> None:
    ledger.put_attempt("a", 1, [samples.trace("a-1", bad=1)])
    ledger.put_attempt("b", 1, [samples.trace("b-1", bad=0)])
    ledger.put_attempt("b", 2, [samples.trace("b-2")])
    export(ledger, "trl", tmp_path / "out")
    assert prove(tmp_path / "out") == []


def test_a_wrong_answer_is_still_refused(ledger: Ledger, tmp_path: Path) -> None:
    ledger.put_attempt("a", 1, [samples.trace("a-1", bad=2)])
    report = export(ledger, "trl", tmp_path / "out")
    assert (report.rows, report.by_rule) == (0, {"trained": 1})


def test_ids_that_a_server_repeats_are_told_apart(filled: Ledger, tmp_path: Path) -> None:
    export(filled, "trl", tmp_path / "out")
    (row,) = [r for r in lines(tmp_path / "out" / "data" / "train.jsonl") if r["id"] == "same-ids-1-1"]
    assert [m["tool_call_id"] for m in row["messages"] if m["role"] == "tool"] == ["c00000001", "c00000002"]
