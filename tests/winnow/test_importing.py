"""Imports become runs like any other: judged, listed, exported, whatever breaks on the way."""

import gc
import json
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

from graders.base import all_graders
from tests.traces.imports.rows import SEARCH, call, openai, searched, written
from tests.winnow.command import winnow
from traces.export import export
from traces.imports import Raw, SourceError, read
from traces.imports.trace import slot_of
from traces.ledger import Ledger, PutAttempt, PutTask
from traces.puts import ready
from traces.record import Trajectory
from winnow.commands.import_ import progress
from winnow.folder import FolderError, RunFolder
from winnow.import_worker import Chunk, Numbered, start, work
from winnow.importing import Came, Import
from winnow.judging import graders_named, judged


def imported(folder: Path, *rows: object, **options: Any) -> tuple[Came, dict[str, Trajectory]]:
    """The outcome and the trajectories by key."""
    came = Import([written(folder / "rows.jsonl", rows)], folder / "run", **options).run()
    with Ledger.open(folder / "run" / "ledger.sqlite", readonly=True) as ledger:
        assert ledger.verify() == []
        return came, {trace.key: trace for trace in ledger.trajectories()}


def one(folder: Path, row: object) -> Trajectory:
    (trace,) = imported(folder, row)[1].values()
    return trace


def wrong(**fields: Any) -> dict[str, Any]:
    row = searched(**fields)
    row["messages"][-1]["content"] = "It is 2,841 metres high."
    return row


def test_a_right_trace_is_kept_and_a_wrong_one_is_not(tmp_path: Path) -> None:
    came, traces = imported(tmp_path, searched(tools=[SEARCH]), wrong(tools=[SEARCH]))
    assert came.imported == 2
    first, second = traces.values()
    assert first.decision is not None
    assert first.decision.outcome == "keep", first.decision.reasons
    assert second.decision is not None
    assert second.decision.outcome == "reject"
    assert second.decision.first_bad_step == 1
    assert set(first.lineage.graders) == set(all_graders())


def test_a_reference_decides_over_the_answer(tmp_path: Path) -> None:
    _, traces = imported(tmp_path, searched(reference="2481"), searched(reference=["1,066", "1,067"]))
    outcomes = [trace.decision and trace.decision.outcome for trace in traces.values()]
    assert outcomes == ["keep", "reject"]


def test_a_reference_alone_makes_no_grader_of_the_way_fail(tmp_path: Path) -> None:
    """Nothing is known of a plan: no call needed, none forbidden, no value to be missed."""
    answer = {
        "messages": [{"role": "user", "content": "Capital of France?"}, {"role": "assistant", "content": "Paris."}]
    }
    rows = [searched(reference="Mount Tarn"), searched(reference="17"), answer | {"reference": "Lyon"}]
    _, traces = imported(tmp_path, *rows)
    for trace in traces.values():
        failing = {v.grader for v in trace.verdicts if v.status == "fail" and v.source == "oracle"}
        assert failing == {"answer"}


def test_what_a_reference_does_not_tell_is_not_passed(tmp_path: Path) -> None:
    """Of the right and the wrong answer alike: of the way there, and of whether tools were needed, nobody knows."""
    _, traces = imported(tmp_path, searched(reference="2481"), searched(reference="17"))
    for trace in traces.values():
        said = {(v.grader, v.step): v.status for v in trace.verdicts}
        assert {said[grader, step.index] for grader in ("plan_values", "needed_calls") for step in trace.steps} == {
            "unscored"
        }
        assert said["sourcing", trace.steps[-1].index] == "unscored"


def test_graders_that_miss_something_say_so(tmp_path: Path) -> None:
    trace = one(tmp_path, searched())
    unscored = {v.grader: v.reason for v in trace.verdicts if v.status == "unscored"}
    assert {"schema", "unknown_tool", "answer"} <= unscored.keys()
    assert all(unscored.values())
    assert trace.decision is not None
    assert trace.decision.outcome == "keep"


def test_broken_rows_are_listed_and_stop_nothing(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text("\n".join([json.dumps(searched()), "{oops", '{"messages": []}', json.dumps(searched())]))
    came = Import([path], tmp_path / "run").run()
    assert (came.rows, came.imported) == (4, 2)
    assert [(b.file, b.line) for b in came.broken] == [("rows.jsonl", 2), ("rows.jsonl", 3)]
    listed = [json.loads(line) for line in (tmp_path / "run" / "broken.jsonl").read_text().splitlines()]
    assert listed == [b._asdict() for b in came.broken]
    origin = RunFolder.open(tmp_path / "run").origin()
    assert origin is not None
    assert (origin.kind, origin.complete, origin.rows, origin.broken) == ("import", True, 4, 2)


def test_several_files_are_one_run(tmp_path: Path) -> None:
    files = [written(tmp_path / f"{n}.jsonl", [searched(id=n)]) for n in range(3)]
    Import(files, tmp_path / "run").run()
    with Ledger.open(tmp_path / "run" / "ledger.sqlite", readonly=True) as ledger:
        sources = [trace.lineage.imported for trace in ledger.trajectories()]
    assert [(s.file, s.id) for s in sources if s] == [("0.jsonl", 0), ("1.jsonl", 1), ("2.jsonl", 2)]


def test_workers_make_the_same_run(tmp_path: Path) -> None:
    path = written(tmp_path / "rows.jsonl", [searched(id=n) for n in range(150)])
    digests = []
    for workers in (1, 2):
        Import([path], tmp_path / str(workers), workers=workers).run()
        with Ledger.open(tmp_path / str(workers) / "ledger.sqlite", readonly=True) as ledger:
            digests.append(ledger.digest())
            assert [row.key for row in ledger.page(limit=1000)] == [f"row-{n:07}-0" for n in range(150)]
    assert digests[0] == digests[1]


def test_without_grading_nothing_is_decided(tmp_path: Path) -> None:
    trace = next(iter(imported(tmp_path, searched(), grade=False)[1].values()))
    assert trace.verdicts == ()
    assert trace.decision is None


def test_what_exists_is_not_written_over(tmp_path: Path) -> None:
    path = written(tmp_path / "rows.jsonl", [searched()])
    with pytest.raises(FolderError, match="exists already"):
        Import([path], tmp_path).run()


def test_an_import_that_was_broken_off_or_brought_nothing_is_begun_anew(tmp_path: Path) -> None:
    path, run = written(tmp_path / "rows.jsonl", [{"x": 1}]), tmp_path / "run"
    Import([path], run).run()

    def stop(came: Came) -> None:
        raise KeyboardInterrupt

    written(path, [searched(), searched()])
    with pytest.raises(KeyboardInterrupt):
        Import([path], run, tell=stop).run()
    assert "(interrupted)" in winnow("status", run).stdout
    assert Import([path], run).run().imported == 2
    with pytest.raises(FolderError, match="exists already"):
        Import([path], run).run()


def test_an_import_that_goes_on_or_shares_its_folder_is_left_alone(tmp_path: Path) -> None:
    path, run = written(tmp_path / "rows.jsonl", [searched()]), tmp_path / "run"

    def twice(came: Came) -> None:
        with pytest.raises(FolderError, match="exists already"):
            Import([path], run).run()
        assert "(under way)" in winnow("status", run).stdout
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Import([path], run, tell=twice).run()
    (run / "mine.txt").write_text("mine")
    with pytest.raises(FolderError, match="exists already"):
        Import([path], run).run()


def test_a_missing_file_leaves_no_run_behind(tmp_path: Path) -> None:
    good = written(tmp_path / "rows.jsonl", [searched()])
    with pytest.raises(SourceError, match=r"none\.jsonl"):
        Import([good, tmp_path / "none.jsonl"], tmp_path / "run").run()
    assert not (tmp_path / "run").exists()


def test_odd_rows_are_judged_without_a_grader_breaking(tmp_path: Path) -> None:
    long = searched()
    long["messages"][2]["content"] = "Mount Orlan is 2,481 metres high. " * 6_000
    turns = [{"role": role, "content": f"{role} {n}"} for n in range(60) for role in ("user", "assistant")]
    orphan = openai({"role": "tool", "tool_call_id": "x", "content": "whose?"})
    nameless = openai({"role": "assistant", "tool_calls": [call("", "{oops"), 3]})
    _, traces = imported(tmp_path, long, {"messages": turns}, orphan, nameless)
    assert len(traces) == 4
    broken = {(v.grader, v.reason) for trace in traces.values() for v in trace.verdicts if v.status == "error"}
    assert not broken


def test_an_import_is_exported_like_any_run(tmp_path: Path) -> None:
    imported(tmp_path, searched(id=1, tools=[SEARCH]), wrong(id=2, tools=[SEARCH]))
    with Ledger.open(tmp_path / "run" / "ledger.sqlite", readonly=True) as ledger:
        assert export(ledger, "openai", tmp_path / "openai").rows == 1
        assert export(ledger, "verdicts", tmp_path / "verdicts").rows == 2


def test_a_row_is_stored_as_its_judged_trajectory_would_be() -> None:
    """Nothing but this holds the short way from a row to the ledger to the long one."""
    for number, row in enumerate([searched(reference="2481", label=True, tools=[SEARCH]), wrong(), wrong(label=False)]):
        raw, names = Raw("rows.jsonl", number, row), tuple(g.name for g in graders_named(None))
        trace = judged(read(raw, number), graders_named(names))
        slot = slot_of(number)
        expected = [ready(PutTask(slot, trace.task)), ready(PutAttempt(slot, 0, [trace]))]
        assert work(Chunk((Numbered(number, raw),), "auto", names)).ready == expected


def test_a_worker_looks_for_garbage_seldom_all_its_life() -> None:
    with ProcessPoolExecutor(1, get_context("spawn"), start) as pool:
        assert pool.submit(gc.get_threshold).result()[0] > 10 * gc.get_threshold()[0]


def test_an_import_tells_how_far_it_is(tmp_path: Path) -> None:
    files = [written(tmp_path / f"{n}.jsonl", [searched(id=i) for i in range(200)]) for n in range(2)]
    told: list[tuple[int, float]] = []
    Import(
        files, tmp_path / "run", grade=False, workers=1, tell=lambda came: told.append((came.rows, came.share))
    ).run()
    assert [rows for rows, _ in told] == [64, 128, 192, 256, 320, 384, 400]
    shares = [share for _, share in told]
    assert shares == sorted(shares)
    assert shares[-1] == 1
    assert progress(Came(300, share=0.75), 30) == "300 rows, 0 broken, 10 a second, about 0:10 left"
    assert progress(Came(400, share=1), 30) == "400 rows, 0 broken, 13 a second"
