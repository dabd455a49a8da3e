"""One line for every attempt, kept or not."""

import json
from pathlib import Path
from typing import Any

from tests.traces import samples
from tests.traces.imports.rows import read_one, searched
from traces.export import Options, export
from traces.ledger import Ledger, PutAttempt
from traces.record import Decision, Trajectory, Verdict, VerdictStatus


def verdict(step: int, status: VerdictStatus, code: str | None = None, grader: str = "g") -> Verdict:
    return Verdict(grader=grader, version="1", source="program", step=step, status=status, code=code, reason="\ud800")


def lines(folder: Path, *traces: Trajectory) -> list[dict[str, Any]]:
    with Ledger.create(folder / "ledger.sqlite") as ledger:
        ledger.commit(PutAttempt(f"s{n}", 0, [trace]) for n, trace in enumerate(traces))
        report = export(ledger, "verdicts", folder / "out")
    assert report.ok
    return [json.loads(line) for line in (folder / "out" / "verdicts.jsonl").read_text().splitlines()]


def test_every_attempt_has_a_line_with_its_own_id(tmp_path: Path) -> None:
    given = read_one(searched(id=17))
    made = samples.trace("lookup-0001-0", samples.ORDINARY)
    first, second = lines(tmp_path, given, made)
    assert (first["key"], first["id"]) == (given.key, 17)
    assert (second["key"], second["id"]) == ("lookup-0001-0", "lookup-0001-0")


def test_what_was_sent_back_has_a_line_too_and_says_where_it_is_disputed(tmp_path: Path) -> None:
    first = samples.trace("lookup-0001-0", samples.wrong(), outcome="repair", bad=1)
    assert first.decision is not None
    disputed = first.model_copy(update={"decision": first.decision.model_copy(update={"disputed": 1})})
    again = samples.trace("lookup-0001-0r1", repaired_from=first.key)
    with Ledger.create(tmp_path / "ledger.sqlite") as ledger:
        ledger.put_attempt("lookup-0001", 0, [disputed, again])
        export(ledger, "verdicts", tmp_path / "out")
        export(ledger, "verdicts", tmp_path / "where", Options(where="disputed"))
    both = [json.loads(line) for line in (tmp_path / "out" / "verdicts.jsonl").read_text().splitlines()]
    assert [(line["decision"], line.get("disputed")) for line in both] == [("repair", 4), ("keep", None)]
    (one,) = (tmp_path / "where" / "verdicts.jsonl").read_text().splitlines()
    assert json.loads(one) == both[0]


def test_steps_say_where_how_and_by_whom(tmp_path: Path) -> None:
    verdicts = (
        verdict(0, "pass"),
        verdict(0, "unscored", grader="h"),
        verdict(1, "pass"),
        verdict(1, "fail", "G1", "h"),
        verdict(1, "fail", "C1", "a"),
    )
    decision = Decision(outcome="reject", reasons=("bad \ud800",), codes=("C1", "G1"), first_bad_step=1)
    trace = read_one(searched(id="x")).model_copy(update={"verdicts": verdicts, "decision": decision})
    (line,) = lines(tmp_path, trace)
    assert line["decision"] == "reject"
    assert line["reasons"] == ["bad ?"]
    assert line["first_error"] == 3
    assert line["steps"] == [
        {"message": 1, "verdict": 1, "codes": [], "graders": []},
        {"message": 3, "verdict": -1, "codes": ["C1", "G1"], "graders": ["a", "h"]},
    ]


def test_undecided_and_broken_are_told_apart(tmp_path: Path) -> None:
    verdicts = (verdict(0, "unscored"), verdict(1, "error"), verdict(1, "pass", grader="h"))
    trace = read_one(searched()).model_copy(update={"verdicts": verdicts})
    (line,) = lines(tmp_path, trace)
    assert [step["verdict"] for step in line["steps"]] == [None, 0]
    assert line["first_error"] is None
    assert line["decision"] == "none"


def test_messages_are_counted_as_in_the_row(tmp_path: Path) -> None:
    turns = [{"from": "human", "value": "q"}, {"from": "gpt", "value": "a"}]
    trace = read_one({"conversations": turns, "system": "s"})
    assert [m.role for m in trace.messages] == ["system", "user", "assistant"]
    (line,) = lines(tmp_path, trace)
    assert [step["message"] for step in line["steps"]] == [1]


def test_what_people_noted_goes_with_it(tmp_path: Path) -> None:
    with Ledger.create(tmp_path / "ledger.sqlite") as ledger:
        trace = read_one(searched(id="x"))
        ledger.put_attempt("s", 0, [trace])
        ledger.add_note(trace.key, "made up", author="me", kind="bad", step=1)
        ledger.add_note(trace.key, "", author="you", kind="good")
        export(ledger, "verdicts", tmp_path / "out")
    (line,) = [json.loads(line) for line in (tmp_path / "out" / "verdicts.jsonl").read_text().splitlines()]
    assert line["notes"] == [
        {"message": line["steps"][1]["message"], "author": "me", "kind": "bad", "text": "made up"},
        {"message": None, "author": "you", "kind": "good", "text": ""},
    ]
