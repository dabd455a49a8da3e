"""Transforms are marked, keep every word, and leave rows alone that do not need them."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.traces import samples
from tests.traces.export.test_export import lines
from tests.traces.imports.rows import SEARCH, searched
from traces.export import ExportError, Options, all_formats, checks, export
from traces.export.format import RowFormat
from traces.export.row import canonical
from traces.export.transforms import rename_reasoning, serialise_parallel
from traces.ledger import Ledger
from winnow.importing import Import


def test_one_call_a_turn(ledger: Ledger, tmp_path: Path) -> None:
    ledger.put_attempt("a", 1, [samples.trace("a-1", bad=0)])
    row = canonical(next(ledger.stored()))
    split = serialise_parallel(row)
    assert [m["role"] for m in split.messages] == ["user", *["assistant", "tool"] * 3, "assistant"]
    assert all(len(m.get("tool_calls", ())) <= 1 for m in split.messages)
    assert [m["tool_call_id"] for m in split.messages if m["role"] == "tool"] == ["c00000001", "c00000002", "c00000003"]
    assert split.messages[1]["reasoning_content"] == "I need both heights."
    assert split.wrong == {1, 3}
    assert split.transforms == ("serialise_parallel",)
    assert checks.check(split, checks.ALWAYS) == []
    assert serialise_parallel(split) is split


def test_reasoning_under_both_names(filled: Ledger) -> None:
    rows = {stored.key: canonical(stored) for stored in filled.stored()}
    assert rename_reasoning(rows["ordinary-1-1"]).messages[1]["thinking"] == "I need both heights."
    assert rename_reasoning(rows["direct-1-1"]) is rows["direct-1-1"]


@pytest.mark.parametrize(
    "name", [n for n, f in all_formats().items() if issubclass(f, RowFormat) and "transforms" in f.features]
)
def test_rows_are_marked(filled: Ledger, tmp_path: Path, name: str) -> None:
    export(filled, name, tmp_path / "out", Options(transforms=("serialise_parallel",)))
    marks = {row["id"]: row["transforms"] for row in lines(tmp_path / "out" / "data" / "train.jsonl")}
    assert "serialise_parallel" in marks["ordinary-1-1"]
    assert "serialise_parallel" not in marks["direct-1-1"]


def test_unknown_transforms_are_named() -> None:
    with pytest.raises(ExportError, match="Known are drop_tool_prompt, serialise_parallel"):
        Options(transforms=("serialize",))


def test_a_transform_hides_no_fault(ledger: Ledger, tmp_path: Path) -> None:
    stray = (*samples.ORDINARY[:4], samples.saw("nobody", "search", "lost"), *samples.ORDINARY[4:])
    ledger.put_attempt("a", 1, [samples.trace("a-1", stray)])
    report = export(ledger, "trl", tmp_path / "out", Options(transforms=("serialise_parallel",)))
    assert report.by_rule == {"order": 1, "ids": 1}


def listing_tools(offered: Any) -> Any:
    """An imported trace whose system message lists the tools in tags, as Hermes' prompt does."""
    row = searched(tools=offered)
    told = f"You may call functions.\n<tools>\n{json.dumps(SEARCH)}\n</tools>"
    row["messages"].insert(0, {"role": "system", "content": told})
    return row


@pytest.mark.parametrize("offered", [None, [SEARCH]])
@pytest.mark.parametrize("name", ["hermes", "trl"])
def test_a_list_of_tools_in_a_prompt_is_left_out_where_asked(tmp_path: Path, name: str, offered: Any) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(json.dumps(listing_tools(offered)))
    Import([path], tmp_path / "run").run()
    with Ledger.open(tmp_path / "run" / "ledger.sqlite", readonly=True) as ledger:
        refused = export(ledger, name, tmp_path / "plain")
        assert "--transform drop_tool_prompt" in refused.words()
        mended = export(ledger, name, tmp_path / "mended", Options(transforms=("drop_tool_prompt",)))
    assert (mended.rows, mended.refused) == (1, 0)
    (row,) = lines(tmp_path / "mended" / "data" / "train.jsonl")
    assert row["transforms"] == ["drop_tool_prompt"]
    assert "You may call functions" not in json.dumps(row)
