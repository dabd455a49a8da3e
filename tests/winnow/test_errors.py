"""A small labelled set, built and measured as a user would: it is a run like any other, and its labels hold."""

import json
from pathlib import Path

import pytest

from tests.winnow.command import winnow
from traces.ledger import Ledger
from traces.record import Trajectory
from winnow.aiming import mutation_codes, slip_codes
from winnow.carding import NoLabels, card_of
from winnow.folder import RunFolder
from winnow.labelled import Build, Made

pytestmark = pytest.mark.slow
FAMILIES = (
    "lookup", "money", "no_tool", "unanswerable", "simulation", "injected",
    "ambiguous_name", "units", "dates", "stale_source", "failing_tool",
)  # fmt: skip


def build(folder: Path) -> Made:
    return Build(folder, per_code=1, documents=300, seed=77_001, workers=1, families=FAMILIES).run()


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("errors") / "run"
    build(folder)
    return folder


@pytest.fixture(scope="module")
def traces(run: Path) -> list[Trajectory]:
    with Ledger.open(RunFolder(run).ledger, readonly=True) as ledger:
        return list(ledger.trajectories())


def test_every_kind_of_trace_is_there(traces: list[Trajectory]) -> None:
    kinds = {trace.key.partition("-")[0] for trace in traces}
    assert kinds == {"clean", "natural", "mutant"}
    natural = {trace.key.split("-")[1] for trace in traces if trace.key.startswith("natural")}
    planted = {trace.key.split("-")[1] for trace in traces if trace.key.startswith("mutant")}
    assert len(set(slip_codes()) - natural) <= 5  # eleven families do not give every slip an occasion
    assert len(set(mutation_codes()) - planted) <= 4


def test_tasks_come_from_an_honest_world_and_from_one_with_traps(traces: list[Trajectory]) -> None:
    assert len({trace.task.world for trace in traces if trace.task.world}) == 2
    assert all(trace.task.need and trace.task.need.proven for trace in traces)


def test_labels_say_what_was_made(traces: list[Trajectory]) -> None:
    for trace in traces:
        what, code = trace.key.split("-")[:2]
        codes = {label.code for label in trace.labels if label.kind != "propagated"}
        source = {"natural": {"fault"}, "mutant": {"mutant"}, "clean": set()}[what]
        assert {label.source for label in trace.labels} == source
        assert what == "clean" or code in codes
        assert all(label.step < len(trace.steps) for label in trace.labels)


def test_mutants_come_from_clean_traces_of_the_set(traces: list[Trajectory]) -> None:
    by_key = {trace.key: trace for trace in traces}
    for trace in traces:
        if trace.key.startswith("mutant"):
            assert trace.lineage.mutated_from in by_key
            assert not by_key[trace.lineage.mutated_from or ""].labels


def test_it_is_a_run_like_any_other_and_nothing_planted_is_exported(
    run: Path, traces: list[Trajectory], tmp_path: Path
) -> None:
    status = winnow("status", run)
    assert (status.returncode, status.stderr) == (0, "")
    assert "errors made on purpose" in status.stdout
    assert winnow("show", run).returncode == 0
    winnow("export", run, "--format", "openai", "-o", tmp_path / "rows")
    rows = (tmp_path / "rows" / "train.jsonl").read_text().splitlines()
    judged = [t for t in traces if t.decision and t.decision.outcome == "keep"]
    assert len(rows) == sum(all(m.origin != "forced" for m in t.messages) for t in judged)


def test_preference_pairs_set_mutants_beside_their_originals(run: Path, tmp_path: Path) -> None:
    winnow("export", run, "--format", "preference", "-o", tmp_path / "pairs")
    rows = [json.loads(line) for line in (tmp_path / "pairs" / "data" / "train.jsonl").read_text().splitlines()]
    pairs = [row for row in rows if row["pair"] == "mutant"]
    assert pairs
    assert all(row["id"].startswith("mutant-") and row["chosen"] != row["rejected"] for row in pairs)


def test_the_card_of_a_labelled_run(run: Path, tmp_path: Path) -> None:
    page = tmp_path / "card.md"
    done = winnow("graders", "card", "--run", run, "-o", page, "--json")
    data = json.loads(done.stdout)
    assert done.returncode == (1 if data["below_floor"] else 0)
    assert data["traces"]["clean"] > 0
    assert data["all_good"]["codes"]["all"]["all"]["recall"]["hits"] == 0
    assert data["critic_only"] is None
    assert data["with_oracle"]["codes"]["mutated"]["F1"]["recall"]["value"] == 1
    assert page.read_text().startswith("# Grader card")
    assert json.loads((run / "card.json").read_text()) == data


def test_equal_seeds_give_equal_sets(run: Path, traces: list[Trajectory], tmp_path: Path) -> None:
    build(tmp_path / "again")
    with Ledger.open(RunFolder(tmp_path / "again").ledger, readonly=True) as ledger:
        again = {trace.key: trace for trace in ledger.trajectories()}
    assert again.keys() == {trace.key for trace in traces}
    for trace in traces:
        assert [m.content for m in again[trace.key].messages] == [m.content for m in trace.messages]
        assert again[trace.key].labels == trace.labels


def test_a_run_without_labels_has_no_card(tmp_path: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    rows.write_text('{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello."}]}\n')
    assert winnow("import", rows, "--format", "openai", "-o", tmp_path / "run").returncode == 0
    with pytest.raises(NoLabels, match="winnow errors build"):
        card_of(tmp_path / "run")
    assert winnow("graders", "card", "--run", tmp_path / "run").returncode == 1
    assert winnow("graders", "card", "--run", tmp_path / "nothing").returncode == 2
