"""Critics on stored traces: offline, over HTTP through `winnow teacher serve`, stopped by a budget and gone on with."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from scenarios.loading import load_scenario
from tests.traces.imports.rows import searched, written
from tests.winnow.command import winnow
from traces.ledger import Ledger
from traces.record import Trajectory
from winnow.commands import Refusal
from winnow.commands.regrade import regrade
from winnow.criticism import CriticSummary
from winnow.folder import FolderError, RunFolder
from winnow.importing import Import
from winnow.recriticising import Judged, Recritique

SCENARIO = """
winnow: 1
name: seats
world: {documents: 300}
models: {critic: {model: teacher, profile: {alarms: %s}}}
critics: {members: [{name: auditor}, {name: sceptic, prompt: sceptic}], vote: majority}
concurrency: {attempts: 2}
"""


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("imported")
    wrong = searched(id=2)
    wrong["messages"][-1]["content"] = "It is 2,841 metres high."
    rows = written(folder / "rows.jsonl", [searched(id=1), wrong, searched(id=3), searched(id=4)])
    Import([rows], folder / "run").run()
    return folder / "run"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    command = [sys.executable, "-m", "winnow", "teacher", "serve", "--port", "0"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    yield process.stdout.readline().split()[-1]
    process.terminate()
    process.wait(10)
    process.stdout.close()


def seats(folder: Path, alarms: float = 0.0) -> Path:
    path = folder / "seats.yaml"
    path.write_text(SCENARIO % alarms)
    return path


def read(run: Path, output: Path, scenario: Path, *overrides: str, resume: bool = False) -> Judged:
    return Recritique(run, output, load_scenario(scenario, overrides), resume=resume).run()


def stored(run: Path) -> list[Trajectory]:
    with Ledger.open(run / "ledger.sqlite", readonly=True) as ledger:
        assert ledger.verify() == []
        return list(ledger.trajectories())


def test_critics_read_every_step_beside_the_programs(imported: Path, tmp_path: Path) -> None:
    found = read(imported, tmp_path / "out", seats(tmp_path))
    assert found.halt is None
    assert (found.changes.trajectories, found.changes.kept_before, found.changes.kept_after) == (4, 3, 3)
    for trace in stored(tmp_path / "out"):
        votes = [verdict for verdict in trace.verdicts if verdict.source == "critic"]
        assert [vote.step for vote in votes] == [step.index for step in trace.steps]
        assert all(vote.opinions for vote in votes)
        assert any(verdict.source == "program" for verdict in trace.verdicts)
    origin = RunFolder.open(tmp_path / "out").origin()
    assert origin
    assert origin.complete
    assert "critic" in origin.graders


def test_critics_that_answer_prose_judge_nothing_and_it_is_told(imported: Path, tmp_path: Path) -> None:
    found = read(imported, tmp_path / "out", seats(tmp_path), "models.critic.profile={garbles: 1.0}")
    assert found.changes.kept_after == found.changes.kept_before
    with Ledger.open(tmp_path / "out" / "ledger.sqlite", readonly=True) as ledger:
        told = CriticSummary.of(ledger).sentence()
    assert "without a verdict" in told
    assert "Could not be read, the first time: auditor, unreadable, twice" in told
    assert "take another for models.critic" in told
    assert told.startswith("Critics gave no verdict on any step.")


def test_a_critic_without_room_for_a_verdict_is_not_told_to_be_replaced() -> None:
    told = CriticSummary(unread="auditor, unreadable, twice: your reply broke off before its end").sentence()
    assert "raise models.critic.max_tokens" in told
    assert "take another" not in told


def test_a_veto_of_critics_changes_decisions_and_asking_again_replaces_it(imported: Path, tmp_path: Path) -> None:
    found = read(imported, tmp_path / "out", seats(tmp_path, alarms=1.0))
    assert found.changes.kept_after == 0
    assert {change.new for change in found.changes.decisions} == {("P2",)}
    again = read(tmp_path / "out", tmp_path / "again", seats(tmp_path))
    assert again.changes.kept_after == 3
    with pytest.raises(FolderError, match="exists already"):
        read(imported, tmp_path / "out", seats(tmp_path))


def test_over_http_a_budget_stops_it_and_resume_pays_nothing_twice(imported: Path, tmp_path: Path, server: str) -> None:
    scenario, model = seats(tmp_path), f'models.critic={{"model": "openai:any", "base_url": "{server}"}}'
    whole = read(imported, tmp_path / "whole", scenario, model)
    assert whole.cost
    stopped = read(imported, tmp_path / "out", scenario, model, "budget.tokens=20000")
    assert stopped.halt
    assert "budget.tokens" in stopped.halt.reason
    rest = read(imported, tmp_path / "out", scenario, model, resume=True)
    assert rest.halt is None
    assert rest.cost
    assert rest.cost.taken > 0
    assert rest.cost.total.calls == whole.cost.total.calls
    assert stored(tmp_path / "out") == stored(tmp_path / "whole")


def test_others_critics_do_not_go_on_with_it(imported: Path, tmp_path: Path) -> None:
    read(imported, tmp_path / "out", seats(tmp_path))
    with pytest.raises(FolderError, match="begun with other critics"):
        read(imported, tmp_path / "out", seats(tmp_path, alarms=0.5), resume=True)
    with pytest.raises(FolderError, match="no critics were at work here"):
        read(imported, imported, seats(tmp_path), resume=True)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"critics": Path("scenarios/quickstart.yaml")}, "seats no critics"),
        ({"critics": Path("nowhere.yaml")}, "nowhere.yaml: no such file"),
        ({"model": "openai:any"}, "say whose with --critics"),
    ],
)
def test_what_cannot_be_is_told(imported: Path, tmp_path: Path, options: dict[str, Any], said: str) -> None:
    with pytest.raises(Refusal) as told:
        regrade(imported, output=tmp_path / "out", **options)
    assert said in str(told.value)
    assert told.value.code == 2
    assert not (tmp_path / "out").exists()


def test_the_command_tells_what_came_of_it(imported: Path, tmp_path: Path) -> None:
    done = winnow("regrade", imported, "-o", tmp_path / "out", "--critics", seats(tmp_path), "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["trajectories"] == 4
    assert set(told["critics"]["opinions"]) == {"auditor", "sceptic"}
