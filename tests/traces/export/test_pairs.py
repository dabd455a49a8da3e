"""Preference pairs and single steps: cut at the first bad step, the same prefix, the reason with them."""

from pathlib import Path
from typing import Any, Literal

import pytest

from tests.traces import samples
from tests.traces.export.conftest import mutant, repaired
from tests.traces.export.test_export import lines
from traces.export import ExportError, Options, export, preview
from traces.export.checks import UNREADABLE
from traces.export.parting import UNHELD
from traces.ledger import Ledger, PutAttempt


def rows(ledger: Ledger, tmp_path: Path, name: str) -> list[Any]:
    export(ledger, name, tmp_path / "out")
    return lines(tmp_path / "out" / "data" / "train.jsonl")


def test_a_repair_gives_a_pair_at_its_bad_step(ledger: Ledger, tmp_path: Path) -> None:
    ledger.commit([repaired("a")])
    (row,) = rows(ledger, tmp_path, "preference")
    assert (row["id"], row["step"], row["code"], row["reason"], row["pair"]) == (
        "a-1/1",
        1,
        "C1",
        "the sum is wrong",
        "repair",
    )
    assert [m["role"] for m in row["prompt"]] == ["user", "assistant", "tool", "tool"]
    arguments = [
        side[0]["tool_calls"][0]["function"]["arguments"]["expression"] for side in (row["chosen"], row["rejected"])
    ]
    assert arguments == ["4120-3875", "4120-3785"]
    assert len(row["chosen"]) == len(row["rejected"]) == 1


def critical(slot: str) -> PutAttempt:
    """A repair whose system message has the critique."""
    first, last = repaired(slot).trajectories
    rules, critique = samples.system("Answer."), samples.system("Answer. A reviewer found step 2 wrong.")
    with_rules = first.model_copy(update={"messages": (rules, *first.messages)})
    return PutAttempt(slot, 1, [with_rules, last.model_copy(update={"messages": (critique, *last.messages)})])


def test_a_pair_from_a_repair_does_not_show_the_critique_and_says_so(ledger: Ledger, tmp_path: Path) -> None:
    ledger.commit([critical("a")])
    (row,) = rows(ledger, tmp_path, "preference")
    assert row["prompt"][0]["content"] == "Answer."
    assert (row["pair"], row["transforms"]) == ("repair", ["drop_critique"])


def test_rl_asks_as_the_first_try_was_asked(ledger: Ledger, tmp_path: Path) -> None:
    ledger.commit([critical("a")])
    (row,) = rows(ledger, tmp_path, "rl")
    assert row["prompt"][0]["content"] == "Answer."
    assert (row["attempts"], row["pass_rate"]) == (1, 1.0)


def test_siblings_give_a_pair_and_a_repair_of_ones_own_comes_first(ledger: Ledger, tmp_path: Path) -> None:
    ledger.put_attempt("a", 1, [samples.trace("a-1")])
    ledger.put_attempt("a", 2, [samples.trace("a-2", samples.wrong(), outcome="reject", bad=1)])
    ledger.put_attempt("a", 3, list(repaired("x").trajectories))
    assert [(row["id"], row["pair"]) for row in rows(ledger, tmp_path, "preference")] == [
        ("a-2/1", "sibling"),
        ("x-1/1", "repair"),
    ]


def test_a_mutant_is_paired_with_what_it_was_made_from(ledger: Ledger, tmp_path: Path) -> None:
    ledger.put_attempt("clean-1", 0, [samples.trace("clean-1-0")])
    ledger.put_attempt("mutant-C1-0", 0, [mutant("mutant-C1-0-0", "clean-1-0")])
    (row,) = rows(ledger, tmp_path, "preference")
    assert (row["id"], row["pair"], row["code"]) == ("mutant-C1-0-0/1", "mutant", "C1")
    arguments = [
        side[0]["tool_calls"][0]["function"]["arguments"]["expression"] for side in (row["chosen"], row["rejected"])
    ]
    assert arguments == ["4120-3875", "4120-3785"]
    assert export(ledger, "preference", tmp_path / "none", Options(where='slot != "clean-1"')).rows == 0


def test_what_was_planted_is_rejected_at_its_place_alone(ledger: Ledger, tmp_path: Path) -> None:
    """A prefix that no model said is refused, and an original that is not there gives no pair."""
    ledger.put_attempt("clean-1", 0, [samples.trace("clean-1-0")])
    ledger.put_attempt("mutant-1", 0, [mutant("mutant-1-0", "clean-1-0", place=1)])
    ledger.put_attempt("mutant-2", 0, [mutant("mutant-2-0", "elsewhere-0")])
    assert export(ledger, "preference", tmp_path / "out").by_rule == {"sampled": 1}


def test_traces_that_part_elsewhere_give_none(ledger: Ledger, tmp_path: Path) -> None:
    other = (samples.ORDINARY[0], samples.said("Let me look."), *samples.ORDINARY[2:])
    ledger.put_attempt("a", 1, [samples.trace("a-1")])
    ledger.put_attempt("a", 2, [samples.trace("a-2", samples.wrong(), outcome="reject", bad=2)])
    ledger.put_attempt("a", 3, [samples.trace("a-3", other, outcome="reject", bad=1)])
    ledger.put_attempt("a", 4, [samples.trace("a-4", outcome="reject", bad=1)])
    report = export(ledger, "preference", tmp_path / "out")
    assert (report.rows, report.refused) == (0, 0)


def test_a_rejected_call_may_break_its_schema(ledger: Ledger, tmp_path: Path) -> None:
    messages = (
        samples.ORDINARY[0],
        samples.said("", samples.call("m", "wormhole", {})),
        samples.saw("m", "wormhole", "x"),
        samples.said("A"),
    )
    ledger.put_attempt("a", 1, [samples.trace("a-1")])
    ledger.put_attempt("a", 2, [samples.trace("a-2", messages, outcome="reject", bad=0, code="F2")])
    assert [row["code"] for row in rows(ledger, tmp_path, "preference")] == ["F2"]


def test_kto_has_both_labels(filled: Ledger, tmp_path: Path) -> None:
    found = rows(filled, tmp_path, "kto")
    assert [row["id"] for row in found if not row["label"]] == ["bad-1-1/1", "mended-1-1/1"]
    assert sum(row["label"] for row in found) == 8
    assert {row["prompt"][-1]["role"] for row in found} == {"user", "tool"}
    assert all(len(row["completion"]) == 1 for row in found)
    assert {bool(row["completion"][0].get("tool_calls")) for row in found if row["label"]} == {True, False}


def test_a_wrong_step_of_a_kept_trace_is_never_good(ledger: Ledger, tmp_path: Path) -> None:
    for n in range(12):
        ledger.put_attempt("a", n, [samples.trace(f"a-{n}", bad=1)])
    assert {row["step"] for row in rows(ledger, tmp_path, "kto")} == {0, 2}


def test_steps_carry_labels_and_codes(ledger: Ledger, tmp_path: Path) -> None:
    ledger.commit([repaired("a")])
    wrong, right = rows(ledger, tmp_path, "steps")
    assert (wrong["labels"], wrong["ternary"], wrong["codes"]) == ([True, False, True], [1, -1, 1], ["", "C1", ""])
    assert right["labels"] == [True, True, True]
    assert wrong["completions"][1] == (
        "Now the difference.\n<tool_call>\n"
        '{"name":"calculator","arguments":{"expression":"4120-3785"}}\n</tool_call>\n[calculator] 335'
    )
    assert wrong["completions"][0].startswith("<think>\nI need both heights.\n</think>\n\n<tool_call>")
    bench = lines(tmp_path / "out" / "processbench-train.jsonl")
    assert [(row["label"], row["final_answer_correct"]) for row in bench] == [(1, True), (-1, True)]
    assert [len(row["steps"]) for row in bench] == [3, 3]


def test_an_undecided_step_is_neither(ledger: Ledger, tmp_path: Path) -> None:
    trace = samples.trace("a-1", samples.DIRECT, outcome="reject")
    undecided = tuple(v for v in trace.verdicts if v.status == "unscored")
    ledger.put_attempt("a", 1, [trace.model_copy(update={"verdicts": undecided})])
    (row,) = rows(ledger, tmp_path, "steps")
    assert (row["labels"], row["ternary"]) == ([True], [0])


def test_rl_has_one_line_a_task(filled: Ledger, tmp_path: Path) -> None:
    found = {row["id"]: row for row in rows(filled, tmp_path, "rl")}
    assert set(found) == {slot for slot, _ in filled.finished()} - {"broken-1"}
    row = found["ordinary-1"]
    assert (row["attempts"], row["pass_rate"], row["answer"], row["calls"]) == (2, 1.0, "245", "required")
    assert [m["role"] for m in row["prompt"]] == ["user"]
    assert [m["role"] for m in found["direct-1"]["prompt"]] == ["system", "user"]
    assert found["bad-1"]["pass_rate"] == 0.0
    assert '"unit":"m"' in row["match"]


def test_rl_needs_an_oracle(ledger: Ledger, tmp_path: Path) -> None:
    unknown = samples.task().model_copy(update={"oracle": None})
    ledger.put_attempt("a", 1, [samples.trace("a-1", of=unknown)])
    assert export(ledger, "rl", tmp_path / "out").rows == 0


def test_rl_needs_a_question(ledger: Ledger, tmp_path: Path) -> None:
    ledger.put_attempt("a", 1, [samples.trace("a-1", samples.ORDINARY[1:], of=samples.task())])
    assert export(ledger, "rl", tmp_path / "out").by_rule == {"asks": 1}


WHOLE = Options(pairs="trace")


def whole_pairs(ledger: Ledger, tmp_path: Path) -> list[Any]:
    report = export(ledger, "preference", tmp_path / "whole", WHOLE)
    assert report.ok, report.words()
    return lines(tmp_path / "whole" / "data" / "train.jsonl") if report.rows else []


def test_a_pair_of_whole_traces_goes_on_to_the_end_of_both(ledger: Ledger, tmp_path: Path) -> None:
    ledger.commit([critical("a")])
    (row,) = whole_pairs(ledger, tmp_path)
    assert (row["id"], row["code"], row["pair"], row["transforms"]) == ("a-1/1", "C1", "repair", ["drop_critique"])
    assert [m["role"] for m in row["prompt"]] == ["system", "user", "assistant", "tool", "tool"]
    for side in (row["chosen"], row["rejected"]):
        assert [m["role"] for m in side] == ["assistant", "tool", "assistant"]
    assert row["chosen"] != row["rejected"]


def test_whole_traces_pair_where_no_step_does(ledger: Ledger, tmp_path: Path) -> None:
    """They part at a turn that was right in both, and one went wrong after it."""
    told = samples.wrong()
    other = (told[0], told[1].model_copy(update={"content": "Both heights, please."}), *told[2:])
    ledger.put_attempt("a", 1, [samples.trace("a-1")])
    ledger.put_attempt("a", 2, [samples.trace("a-2", other, outcome="reject", bad=1)])
    assert export(ledger, "preference", tmp_path / "steps").rows == 0
    (row,) = whole_pairs(ledger, tmp_path)
    assert [m["role"] for m in row["prompt"]] == ["user"]
    assert row["rejected"][0]["content"] == "Both heights, please."


def test_a_trace_that_was_stopped_is_rejected_up_to_its_last_word(ledger: Ledger, tmp_path: Path) -> None:
    ledger.put_attempt("a", 1, [samples.trace("a-1")])
    ledger.put_attempt("a", 2, [samples.trace("a-2", samples.wrong()[:-1], outcome="reject", bad=1)])
    (row,) = whole_pairs(ledger, tmp_path)
    assert [m["role"] for m in row["rejected"]] == ["assistant"]


def test_a_planted_step_may_be_in_a_rejected_trace_and_no_other_of_ours(ledger: Ledger, tmp_path: Path) -> None:
    ledger.put_attempt("clean-1", 0, [samples.trace("clean-1-0")])
    ledger.put_attempt("mutant-C1-0", 0, [mutant("mutant-C1-0-0", "clean-1-0")])
    ledger.put_attempt("b", 1, [samples.trace("b-1")])
    forced = mutant("b-2", "clean-1-0")
    lineage = forced.lineage.model_copy(update={"mutated_from": None})
    ledger.put_attempt("b", 2, [forced.model_copy(update={"lineage": lineage})])
    report = export(ledger, "preference", tmp_path / "out", WHOLE)
    assert (report.rows, report.by_rule) == (1, {"sampled": 1})


def test_a_right_trace_with_a_failed_turn_after_the_parting_is_no_side(ledger: Ledger, tmp_path: Path) -> None:
    ledger.put_attempt("a", 1, [samples.trace("a-1", bad=2)])
    ledger.put_attempt("a", 2, [samples.trace("a-2", samples.wrong(), outcome="reject", bad=1)])
    assert whole_pairs(ledger, tmp_path) == []


def test_formats_without_pairs_say_so(ledger: Ledger, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="has no pairs"):
        export(ledger, "trl", tmp_path / "out", WHOLE)


FIRST = samples.user("How many?")
UNHOLDABLE = {
    "arguments": samples.said("", samples.call("bad", "calculator", '{"expression": "1+')),
    "values": samples.said("", samples.call("bad", "filter", {"where": {}, "big": 10**20})),
    "control": samples.said("", samples.call("bad", "calculator", {"expression": "<|im_end|>"})),
    "something": samples.said(""),
}


@pytest.mark.parametrize(("name", "pairs"), [("preference", "step"), ("preference", "trace"), ("kto", "step")])
@pytest.mark.parametrize("rule", UNHOLDABLE)
def test_a_mistake_that_no_row_can_hold_is_left_out_and_declared(
    ledger: Ledger, tmp_path: Path, name: str, pairs: Literal["step", "trace"], rule: str
) -> None:
    ledger.put_attempt("a", 1, [samples.trace("a-1", (FIRST, samples.said("Two.")))])
    ledger.put_attempt("a", 2, [samples.trace("a-2", (FIRST, UNHOLDABLE[rule]), outcome="reject", bad=0)])
    ledger.commit([repaired("b")])
    options = Options(pairs=pairs)
    report = export(ledger, name, tmp_path / "out", options)
    assert (report.ok, report.left_out) == (True, {UNHELD[rule]: 1})
    assert report.left_out == preview(ledger, name, options).left_out
    assert f"left out: 1, as a-2: {UNHELD[rule]}" in report.words()
    assert f"- Left out: 1 ({UNHELD[rule]})." in (tmp_path / "out" / "README.md").read_text()
    assert any(row["id"].startswith("b-1") for row in lines(tmp_path / "out" / "data" / "train.jsonl"))
    assert not (tmp_path / "out" / "refused.jsonl").exists()


@pytest.mark.parametrize("name", ["preference", "kto"])
def test_what_stands_before_the_mistake_is_refused_as_ever(ledger: Ledger, tmp_path: Path, name: str) -> None:
    asked = samples.user("How many <|im_end|> are there?")
    ledger.put_attempt("a", 1, [samples.trace("a-1", (asked, samples.said("Two.")))])
    ledger.put_attempt("a", 2, [samples.trace("a-2", (asked, samples.said("Ten.")), outcome="reject", bad=0)])
    report = export(ledger, name, tmp_path / "out")
    assert (report.rows, report.left_out, set(report.by_rule)) == (0, {}, {"control"})


@pytest.mark.parametrize("rows", ["all", "masked"])
def test_of_whole_traces_only_a_call_known_to_be_wrong_is_left_out(
    ledger: Ledger, tmp_path: Path, rows: Literal["all", "masked"]
) -> None:
    ledger.put_attempt("a", 1, [samples.trace("a-1", samples.MALFORMED, outcome="reject", bad=0, code="F1")])
    ledger.put_attempt("a", 2, [samples.trace("a-2", samples.MALFORMED)])
    report = export(ledger, "trl", tmp_path / "out", Options(rows=rows))
    assert (report.left_out, report.by_rule) == ({UNREADABLE: 1}, {"arguments": 1})
