"""Runs in which a model writes the queries: gates counted, lineage recorded, resumed and stopped as any run."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from scenarios.loading import ScenarioError, load_scenario
from scenarios.queries.own import SeedsError
from tests.winnow.command import winnow
from traces.ledger import Ledger
from traces.record import Trajectory
from winnow.folder import RunFolder
from winnow.launch import launch

SCENARIO = """
winnow: 1
name: written
seed: 3
world: {documents: 300}
attempts: 2
keep: {agree: 2}
tasks: {count: 18, write: {domains: [search, math], levels: [1, 2], techniques: [self_instruct, rephrase, deeper, extract]}}
tools: [search, open_page, calculator]
models:
  writer: {model: teacher, profile: {rambles: 0.1, echoes: 0.1, overreaches: 0.1, trivial: 0.1}}
concurrency: {attempts: 4}
"""


def written(folder: Path, text: str = SCENARIO) -> Path:
    path = folder / "written.yaml"
    path.write_text(text)
    return path


def digest(run: Path) -> str:
    with Ledger.open(RunFolder(run).ledger, readonly=True) as ledger:
        return ledger.digest()


def traces(run: Path) -> list[Trajectory]:
    with Ledger.open(RunFolder(run).ledger, readonly=True) as ledger:
        return list(ledger.trajectories())


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("written")
    done = winnow("run", written(folder), "-o", folder / "run")
    assert done.returncode == 0, done.stderr
    return folder / "run"


def test_every_try_is_a_task_or_counted_under_its_gate(finished: Path) -> None:
    summary = json.loads((finished / "summary.json").read_text())
    assert summary["tasks"] + sum(summary["discards"].values()) == 18
    assert set(summary["discards"]) <= {"unreadable", "duplicate", "near_duplicate", "unanswerable", "closed_book"}
    assert len(summary["discards"]) >= 2
    assert summary["kept"] > 5
    assert sum(summary["tasks_solved"].values()) == summary["tasks"]
    asked = summary["by_asked_difficulty"]
    assert sum(level["tasks"] for level in asked.values()) == summary["tasks"]
    assert sum(level["kept"] for level in asked.values()) == summary["kept"]
    assert all(level["solved"] >= level["as_asked"] and level["calls"] >= 1 for level in asked.values())
    assert "Difficulty asked for and found" in (finished / "report.md").read_text()
    refused = [json.loads(line) for line in (finished / "refused.jsonl").read_text().splitlines()]
    assert len(refused) == sum(summary["discards"].values())
    assert all(row["why"] and row["technique"] for row in refused)
    assert all(bool(row.get("reply")) == (row["gate"] == "unreadable") == (not row["query"]) for row in refused)


def test_every_query_says_what_it_was_made_from(finished: Path) -> None:
    tasks = {"-".join(trace.key.split("-")[:2]): trace.task for trace in traces(finished)}
    lineage = [task.written for task in tasks.values() if task.written]
    assert len(lineage) == len(tasks)
    assert all(task.oracle is None and task.family.startswith("written_") for task in tasks.values())
    made_from = [parent for one in lineage for parent in one.parents]
    assert made_from
    assert set(made_from) <= set(tasks)
    assert all(bool(one.parents) == (one.technique in ("rephrase", "deeper")) for one in lineage)
    assert any(one.source for one in lineage)
    with Ledger.open(RunFolder(finished).ledger, readonly=True) as ledger:
        assert [m.role for m in ledger.wording(next(iter(tasks)))] == [
            "system",
            "user",
            "assistant",
            "user",
            "assistant",
        ]


def test_a_run_that_is_killed_and_resumed_with_another_concurrency_is_the_same(finished: Path, tmp_path: Path) -> None:
    run = tmp_path / "run"
    command = [sys.executable, "-m", "winnow", "run", str(written(tmp_path)), "-o", str(run)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and not _tasks(run):
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    assert process.returncode == -signal.SIGKILL
    done = winnow("run", written(tmp_path), "-o", run, "--resume", "--set", "concurrency.attempts=1")
    assert done.returncode == 0, done.stderr
    assert digest(run) == digest(finished)


def _tasks(run: Path) -> int:
    if not (run / "run.yaml").exists():
        return 0
    try:
        with Ledger.open(RunFolder(run).ledger, readonly=True) as ledger:
            return len(ledger.slots())
    except Exception:
        return 0


def test_a_file_that_is_not_there_is_told_before_anything_is_written(tmp_path: Path) -> None:
    asked = load_scenario(written(tmp_path), ["tasks.write.seeds=nowhere.jsonl"])
    with pytest.raises(SeedsError, match=r"nowhere\.jsonl: cannot be read"):
        launch(asked, tmp_path / "run", resume=False, as_json=True)
    assert not (tmp_path / "run").exists()


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("tools=[calculator]", "has search, which needs search"),
        ("tasks.write.techniques=[distil]", "techniques"),
        ("tasks.write.techniques={extract: 0}", "nothing has a weight above 0"),
        ("tasks.write.languages=[English]", "languages"),
        ("tasks.file=some.jsonl", "take the tasks from one of them"),
        ("keep.agree=3", "keep.agree is 3, but only attempts: 2"),
    ],
)
def test_what_cannot_be_is_told_with_its_place(tmp_path: Path, setting: str, said: str) -> None:
    with pytest.raises(ScenarioError) as told:
        load_scenario(written(tmp_path), [setting])
    assert said in str(told.value)


def test_one_model_plays_every_role_of_a_scenario_that_writes(tmp_path: Path) -> None:
    models = load_scenario(written(tmp_path), model="openai:m", base_url="http://127.0.0.1:9/v1").models
    assert {(part.model, part.base_url) for _, part in models} == {("openai:m", "http://127.0.0.1:9/v1")}
    mine = load_scenario("scenarios/quickstart.yaml", model="openai:m", base_url="http://127.0.0.1:9/v1").models
    assert (mine.solver.model, mine.writer.model) == ("openai:m", "teacher")
