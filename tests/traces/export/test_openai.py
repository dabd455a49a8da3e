"""OpenAI's shape: arguments as strings that hold the same values, weight 0 where a turn is wrong, nothing they do not know."""

import json
from pathlib import Path

from tests.traces import samples
from tests.traces.export.test_export import lines
from traces.export import export
from traces.export.row import canonical
from traces.ledger import Filters, Ledger


def test_rows_say_the_same_as_the_canonical_ones(filled: Ledger, tmp_path: Path) -> None:
    export(filled, "openai", tmp_path / "out")
    written = lines(tmp_path / "out" / "train.jsonl") + lines(tmp_path / "out" / "repaired-train.jsonl")
    rows = [canonical(stored) for stored in filled.stored(Filters("keep", final=True))]
    rows.sort(key=lambda row: row.repaired)
    for line, row in zip(written, rows, strict=True):
        assert set(line) == {"messages", "tools", "parallel_tool_calls"}
        assert line["tools"] == list(row.tools)
        assert [m["content"] for m in line["messages"]] == [m["content"] for m in row.messages]
        calls = [[c["function"]["arguments"] for c in m.get("tool_calls", [])] for m in line["messages"]]
        assert [[json.loads(a) for a in group] for group in calls] == [
            [c["function"]["arguments"] for c in m.get("tool_calls", [])] for m in row.messages
        ]
        assert {key for m in line["messages"] for key in m} <= {"role", "content", "tool_calls", "tool_call_id"}


def test_a_wrong_turn_weighs_nothing(ledger: Ledger, tmp_path: Path) -> None:
    ledger.put_attempt("a", 1, [samples.trace("a-1", bad=1)])
    ledger.put_attempt("b", 1, [samples.trace("b-1", samples.DIRECT, tools=())])
    export(ledger, "openai", tmp_path / "out")
    masked, plain = lines(tmp_path / "out" / "train.jsonl")
    assert [m.get("weight") for m in masked["messages"]] == [None, None, None, None, 0, None, None]
    assert set(plain) == {"messages"}


def test_the_golden_line(ledger: Ledger, tmp_path: Path) -> None:
    ledger.put_attempt("a", 1, [samples.trace("a-1", tools=(samples.CLOCK,), messages=GOLDEN_TRACE)])
    export(ledger, "openai", tmp_path / "out")
    assert (tmp_path / "out" / "train.jsonl").read_text() == GOLDEN


GOLDEN_TRACE = (
    samples.user("What time is it?"),
    samples.said("", samples.call("call_x", "clock", {}), reasoning="Look."),
    samples.saw("call_x", "clock", "12:00"),
    samples.said("Noon."),
)
GOLDEN = (
    '{"messages":[{"role":"user","content":"What time is it?"},{"role":"assistant","content":"","tool_calls":[{"id":"c00000001",'
    '"type":"function","function":{"name":"clock","arguments":"{}"}}]},{"role":"tool","content":"12:00","tool_call_id":"c00000001"},'
    '{"role":"assistant","content":"Noon."}],"tools":[{"type":"function","function":{"name":"clock","description":"The clock.",'
    '"parameters":{"type":"object","properties":{},"required":[],"additionalProperties":false}}}],"parallel_tool_calls":true}\n'
)
