"""Errors of a model that nobody logged: the oracle is the label, and the graders are measured without it."""

import json
import shutil
from pathlib import Path

import pytest

from tests.winnow.command import winnow
from traces.ledger import Ledger
from traces.record import Trajectory
from winnow.folder import RunFolder
from winnow.natural import natural


def _of_another(trace: Trajectory) -> Trajectory:
    """The same attempt as if a model without a log had made it."""
    return trace.model_copy(update={"lineage": trace.lineage.model_copy(update={"model": "openai:tiny"}), "labels": ()})


@pytest.fixture(scope="module")
def logged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("natural")
    (folder / "loop.yaml").write_text(
        "winnow: 1\nname: loop\nseed: 9\nworld: {documents: 100}\n"
        "tasks: {count: 40, families: [percentages, missing_argument, no_tool]}\nrepair: {rounds: 0}\n"
        "models: {solver: {model: teacher, profile: {unit_slip: 0.5, overclaims: 0.5, needless_call: 0.5}}}\n"
    )
    assert winnow("run", folder / "loop.yaml", "-o", folder / "run").returncode == 0
    return folder / "run"


@pytest.fixture(scope="module")
def of_another(logged: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    run = tmp_path_factory.mktemp("another")
    shutil.copy(logged / "run.yaml", run)
    with Ledger.create(RunFolder(run).ledger) as ledger:
        for trace in _traces(logged):
            ledger.put_attempt(trace.task.id, 1, [_of_another(trace)])
    return run


def _traces(run: Path) -> list[Trajectory]:
    with Ledger.open(RunFolder(run).ledger, readonly=True) as ledger:
        return list(ledger.trajectories())


def test_the_oracle_finds_what_was_logged(logged: Path, of_another: Path) -> None:
    traces, found = _traces(logged), natural(of_another)
    faulty = sum(any(label.value < 0 for label in trace.labels) for trace in traces)
    assert found.models == ("openai:tiny",)
    assert found.attempts == len(traces)
    assert 0 < found.figures.faulty == faulty < len(traces)
    assert 0 < found.figures.catch_rate.hits <= faulty
    codes = {label.code for trace in traces for label in trace.labels if label.value < 0}
    assert codes <= {row[0] for row in found.section().rows}


def test_the_teachers_own_attempts_are_left_out(logged: Path) -> None:
    assert natural(logged).attempts == 0


def test_the_command_tells_them_where_there_are_no_labels(of_another: Path, tmp_path: Path) -> None:
    done = winnow("graders", "card", "--run", of_another, "--json", "-o", tmp_path / "card.md")
    assert done.returncode == 0, done.stderr
    data = json.loads(done.stdout)
    assert data["labelled_by"] == "oracle"
    assert data["without_oracle"]["catch_rate"]["of"] == data["faulty"] > 0
    assert (tmp_path / "card.md").read_text().startswith("# Grader card: natural errors")
