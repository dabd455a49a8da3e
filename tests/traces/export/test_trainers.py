"""The shapes of other trainers: read back, they say what the canonical row says; wrong turns are masked or the row refused."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.traces import samples
from tests.traces.export.test_export import lines
from traces.export import Options, export, preview
from traces.export.row import Row, canonical
from traces.ledger import Filters, Ledger


def written(ledger: Ledger, tmp_path: Path, name: str) -> list[tuple[Any, Row]]:
    """Each line with its canonical row."""
    export(ledger, name, tmp_path / "out")
    found = [
        line for file in ("train", "repaired-train") for line in lines(tmp_path / "out" / "data" / f"{file}.jsonl")
    ]
    rows = {stored.key: canonical(stored) for stored in ledger.stored(Filters("keep", final=True))}
    return [(line, rows[line["id"]]) for line in found]


def calls(message: dict[str, Any]) -> list[Any]:
    return [(call["function"]["name"], call["function"]["arguments"]) for call in message.get("tool_calls", [])]


def bare(row: Row) -> list[tuple[Any, ...]]:
    """A row's messages without ids."""
    return [
        (m["role"], m["content"], m.get("reasoning_content", ""), m.get("name", ""), calls(m)) for m in row.messages
    ]


def from_hermes(turn: dict[str, str]) -> list[tuple[Any, ...]]:
    value = turn["value"]
    if turn["from"] == "tool":
        results = [json.loads(text) for text in re.findall(r"<tool_response>\n(.*)\n</tool_response>", value)]
        return [("tool", result["content"], "", result["name"], []) for result in results]
    if turn["from"] == "human":
        return [("user", value, "", "", [])]
    made = [json.loads(text) for text in re.findall(r"<tool_call>\n(.*)\n</tool_call>", value)]
    value = re.sub(r"\n?<tool_call>\n.*\n</tool_call>", "", value)
    thought = re.match(r"<think>\n(.*?)\n</think>\n\n?", value, re.DOTALL)
    said = value[thought.end() :] if thought else value
    return [("assistant", said, thought[1] if thought else "", "", [(c["name"], c["arguments"]) for c in made])]


def test_hermes_reads_back(filled: Ledger, tmp_path: Path) -> None:
    for line, row in written(filled, tmp_path, "hermes"):
        system, *turns = line["conversations"]
        messages = [message for turn in turns for message in from_hermes(turn)]
        expected = bare(row)
        if expected[0][0] == "system":
            assert system["value"].startswith(expected.pop(0)[1])
        assert messages == expected
        offered = system["value"].split("<tools>\n")[1].split("\n</tools>")[0].split("\n")
        assert [json.loads(text) for text in offered] == list(row.tools)


def test_llamafactory_takes_turns_and_describes_its_files(filled: Ledger, tmp_path: Path) -> None:
    for line, row in written(filled, tmp_path, "llamafactory"):
        sides = [turn["from"] for turn in line["conversations"]]
        assert set(sides[::2]) <= {"human", "observation"}
        assert set(sides[1::2]) <= {"gpt", "function_call"}
        made = [
            json.loads(t["value"].split("</think>\n\n")[-1])
            for t in line["conversations"]
            if t["from"] == "function_call"
        ]
        assert [[(c["name"], c["arguments"]) for c in group] for group in made] == [
            calls(m) for m in row.messages if calls(m)
        ]
        assert json.loads(line["tools"]) == [tool["function"] for tool in row.tools]
        assert ("drop_text" in line["transforms"]) == any(m["content"] for m in row.messages if calls(m))
    info = json.loads((tmp_path / "out" / "dataset_info.json").read_text())
    assert {entry["file_name"] for entry in info.values()} == {"data/train.jsonl", "data/repaired-train.jsonl"}


def test_llamafactory_refuses_rows_out_of_turn(ledger: Ledger, tmp_path: Path) -> None:
    late = (*samples.ORDINARY[:4], samples.user("Quickly, please."), *samples.ORDINARY[4:])
    ledger.put_attempt("a", 1, [samples.trace("a-1", late)])
    assert export(ledger, "trl", tmp_path / "trl").rows == 1
    assert export(ledger, "llamafactory", tmp_path / "lf").by_rule == {"alternating": 1}


def test_ms_swift_reads_back(filled: Ledger, tmp_path: Path) -> None:
    for line, row in written(filled, tmp_path, "ms-swift"):
        made = [json.loads(m["content"]) for m in line["messages"] if m["role"] == "tool_call"]
        assert [(c["name"], c["arguments"]) for c in made] == [call for m in row.messages for call in calls(m)]
        assert [m["content"] for m in line["messages"] if m["role"] == "tool_response"] == [
            m["content"] for m in row.messages if m["role"] == "tool"
        ]
        assert json.loads(line["tools"]) == list(row.tools)


def test_axolotl_keeps_the_canonical_messages(filled: Ledger, tmp_path: Path) -> None:
    for line, row in written(filled, tmp_path, "axolotl"):
        assert line["messages"] == list(row.messages)
    assert "message_field_training: train" in (tmp_path / "out" / "axolotl.yaml").read_text()


def test_xlam_has_the_first_calls(filled: Ledger, tmp_path: Path) -> None:
    report = export(filled, "xlam", tmp_path / "out")
    assert report.by_rule == {"calls_first": 1}
    row = next(line for line in lines(tmp_path / "out" / "data" / "train.jsonl") if line["id"] == "ordinary-1-1")
    assert json.loads(row["answers"]) == [
        {"name": "search", "arguments": {"query": "height of Mount Orlan"}},
        {"name": "search", "arguments": {"query": "height of Mount Besk", "limit": 1}},
    ]


@pytest.mark.parametrize(("name", "flag"), [("axolotl", ("train", False)), ("ms-swift", ("loss", False))])
def test_wrong_turns_are_masked(ledger: Ledger, tmp_path: Path, name: str, flag: tuple[str, bool]) -> None:
    ledger.put_attempt("a", 1, [samples.trace("a-1", bad=1)])
    export(ledger, name, tmp_path / "out")
    (line,) = lines(tmp_path / "out" / "data" / "train.jsonl")
    masked = [message for message in line["messages"] if message.get(flag[0]) is flag[1]]
    assert masked
    assert all("4120-3875" in json.dumps(m) or m["content"] == "Now the difference." for m in masked)
    assert sum(flag[0] in message for message in line["messages"]) == len(masked)


@pytest.mark.parametrize("name", ["hermes", "llamafactory"])
def test_where_no_turn_can_be_masked_the_row_is_refused(ledger: Ledger, tmp_path: Path, name: str) -> None:
    ledger.put_attempt("a", 1, [samples.trace("a-1", bad=1)])
    assert export(ledger, name, tmp_path / "out").by_rule == {"unmasked": 1}


ALL_WRONG = samples.trace("c-1", samples.DIRECT, outcome="reject", bad=0)


@pytest.mark.parametrize("name", ["axolotl", "ms-swift", "openai", "trl", "hermes"])
def test_masked_rows_with_nothing_to_train_are_left_out_and_counted(ledger: Ledger, tmp_path: Path, name: str) -> None:
    ledger.put_attempt("a", 1, [samples.trace("a-1")])
    ledger.put_attempt("c", 1, [ALL_WRONG])
    report = export(ledger, name, tmp_path / "out", Options(rows="masked"))
    assert (report.rows, report.refused, report.left_out) == (1, 0, {"every turn failed a verdict": 1})
    assert "left out: 1, as c-1: every turn failed a verdict" in report.words()
    assert preview(ledger, name, Options(rows="masked")).left_out == report.left_out


@pytest.mark.parametrize("name", ["axolotl", "ms-swift", "openai"])
def test_of_masked_rows_right_turns_before_a_wrong_answer_are_trained(
    ledger: Ledger, tmp_path: Path, name: str
) -> None:
    ledger.put_attempt("a", 1, [samples.trace("a-1", outcome="reject", bad=2)])
    assert export(ledger, name, tmp_path / "out", Options(rows="masked")).rows == 1
