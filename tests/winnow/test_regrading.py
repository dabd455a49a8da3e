"""A regrade is a new run: same traces, new verdicts, the old run untouched."""

import hashlib
from pathlib import Path
from typing import Any

import pytest

from tests.traces import samples
from tests.traces.imports.rows import searched, written
from traces.ledger import Ledger
from traces.record import Decision, Trajectory, Verdict
from winnow.folder import FolderError, RunFolder
from winnow.importing import Import
from winnow.judging import UnknownGrader
from winnow.origin import Origin
from winnow.regrading import Changes, Regrade


def made(folder: Path, **options: Any) -> Path:
    wrong = searched(id=2)
    wrong["messages"][-1]["content"] = "It is 2,841 metres high."
    Import([written(folder / "rows.jsonl", [searched(id=1), wrong])], folder / "run", **options).run()
    return folder / "run"


def contents(run: Path) -> dict[str, str]:
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in run.iterdir() if "-" not in p.name}


def stored(run: Path) -> list[Trajectory]:
    with Ledger.open(run / "ledger.sqlite", readonly=True) as ledger:
        assert ledger.verify() == []
        return list(ledger.trajectories())


def test_equal_graders_give_equal_verdicts_and_leave_the_run_alone(tmp_path: Path) -> None:
    run = made(tmp_path)
    before = contents(run)
    changes = Regrade(run, tmp_path / "again").run()
    assert contents(run) == before
    assert changes.decisions == []
    assert stored(tmp_path / "again") == stored(run)
    with (
        Ledger.open(run / "ledger.sqlite", readonly=True) as a,
        Ledger.open(tmp_path / "again" / "ledger.sqlite", readonly=True) as b,
    ):
        assert a.digest() == b.digest()


def test_what_was_not_judged_is_judged_later(tmp_path: Path) -> None:
    changes = Regrade(made(tmp_path, grade=False), tmp_path / "again").run()
    assert [(c.before, c.after) for c in changes.decisions] == [("none", "keep"), ("none", "reject")]


def test_named_graders_judge_alone_and_the_table_says_what_changed(tmp_path: Path) -> None:
    changes = Regrade(made(tmp_path), tmp_path / "again", ["schema", "answer"]).run()
    (change,) = changes.decisions
    assert (change.before, change.after, change.new) == ("reject", "keep", ())
    assert change.gone
    assert change.why
    assert changes.facts()["kept_after"] == 2
    assert {v.grader for t in stored(tmp_path / "again") for v in t.verdicts} == {"schema", "answer"}
    origin = RunFolder.open(tmp_path / "again").origin()
    assert origin is not None
    assert set(origin.graders) == {"schema", "answer"}
    assert origin.complete


def test_an_unknown_grader_is_named_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(UnknownGrader, match=r"no grader 'nope'.*schema"):
        Regrade(made(tmp_path), tmp_path / "again", ["nope"]).run()
    assert not (tmp_path / "again").exists()


def test_nothing_is_written_over(tmp_path: Path) -> None:
    run = made(tmp_path)
    with pytest.raises(FolderError, match="exists already"):
        Regrade(run, run).run()


def test_critics_verdicts_discards_errors_repairs_and_notes_are_carried_over(tmp_path: Path) -> None:
    folder = RunFolder.create_from(tmp_path / "run", Origin(kind="import", name="run", sources=()))
    critic = Verdict(grader="critic", version="2", source="critic", step=0, status="fail", code="O1", reason="ignored")
    sent = samples.trace("a-0", samples.ORDINARY, outcome="repair", bad=0)
    mended = samples.trace("a-0r1", samples.ORDINARY, repaired_from="a-0").model_copy(update={"verdicts": (critic,)})
    with Ledger.create(folder.ledger) as ledger:
        ledger.put_task("a", sent.task)
        ledger.put_discard("b", "truth", "two truths")
        ledger.put_attempt("a", 0, [sent, mended])
        ledger.put_attempt("c", 0, [], "the model is gone")
        ledger.add_note("a-0", "look here", author="me", step=1)
    Regrade(folder.path, tmp_path / "again").run()
    with Ledger.open(tmp_path / "again" / "ledger.sqlite", readonly=True) as new:
        assert new.slots() == {"a": "task", "b": "discard"}
        assert new.finished() == {("a", 0), ("c", 0)}
        assert [row.error for row in new.page() if row.slot == "c"] == ["the model is gone"]
        assert [note.text for note in new.notes()] == ["look here"]
        last = new.attempt("a-0r1")
        assert last is not None
        assert critic in last.verdicts
        assert last.decision is not None
        assert last.decision.outcome == "reject"
        assert "O1" in last.decision.codes
        assert [row.final for row in new.page() if row.slot == "a"] == [False, True]


def test_changes_name_codes_that_come_and_go() -> None:
    trace = samples.trace("a-0", samples.ORDINARY)
    fail = Verdict(grader="g", version="1", source="program", step=0, status="fail", code="C1", reason="slip")
    bad = trace.model_copy(update={"verdicts": (fail,), "decision": Decision(outcome="reject", reasons=("C1: slip",))})
    good = trace.model_copy(update={"verdicts": (), "decision": Decision(outcome="keep")})
    changes = Changes()
    changes.add(bad, good)
    changes.add(good, bad)
    assert [(c.before, c.after, c.gone, c.new, c.why) for c in changes.decisions] == [
        ("reject", "keep", ("C1",), (), "C1: slip"),
        ("keep", "reject", (), ("C1",), "C1: slip"),
    ]
    assert (changes.kept_before, changes.kept_after) == (1, 1)
