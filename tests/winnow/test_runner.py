"""Whole runs, small: determinism, resume, kill -9, errors of families, limits on errors."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from random import Random
from threading import Thread

import pytest

from tests.winnow.command import winnow
from traces.ledger import Ledger
from winnow.folder import RunFolder

SCENARIO = """
winnow: 1
name: small
seed: 5
world: {documents: 300}
tasks: {count: %d, families: [lookup, chain, comparison, aggregation, money, table_page, simulation, no_tool, unanswerable]}
attempts: 2
models: {solver: {model: teacher, profile: quickstart}}
concurrency: {attempts: 4}
"""


def scenario_file(folder: Path, count: int = 18) -> Path:
    path = folder / "small.yaml"
    path.write_text(SCENARIO % count)
    return path


def digest(run: Path) -> str:
    with Ledger.open(RunFolder(run).ledger, readonly=True) as ledger:
        return ledger.digest()


def run_to_end(scenario: Path, run: Path, *more: object) -> str:
    done = winnow("run", scenario, "-o", run, *more, timeout=600)
    assert done.returncode == 0, done.stderr
    return digest(run)


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("run")
    run_to_end(scenario_file(folder), folder / "run")
    return folder / "run"


def test_a_run_leaves_what_was_promised(finished: Path) -> None:
    names = {path.name for path in finished.iterdir()}
    assert {"run.yaml", "ledger.sqlite", "report.md", "summary.json"} <= names
    summary = json.loads((finished / "summary.json").read_text())
    assert summary["stop"] == "finished"
    assert summary["attempts"] == summary["kept"] + summary["rejected"] + summary["errors"]
    assert summary["attempts"] + 2 * sum(summary["discards"].values()) == 36
    assert summary["errors"] == 0
    assert summary["kept"] > 10
    assert summary["rejected"] > 0
    assert not summary["audit"]["slipped"], "no logged mistake is kept"


def test_every_rejected_trajectory_names_its_first_bad_step(finished: Path) -> None:
    with Ledger.open(RunFolder(finished).ledger, readonly=True) as ledger:
        judged = [t for t in ledger.trajectories() if t.decision and t.decision.outcome != "keep"]
    assert judged
    assert all(t.decision and t.decision.first_bad_step is not None and t.decision.reasons for t in judged)


def test_the_same_seed_gives_the_same_run_whatever_the_concurrency(finished: Path, tmp_path: Path) -> None:
    """And whatever the order of sets, as this process draws a hash seed of its own."""
    again = _start(scenario_file(tmp_path), tmp_path / "run", "--set", "concurrency.attempts=1")
    _, err = again.communicate(timeout=180)
    assert again.returncode == 0, err
    assert digest(tmp_path / "run") == digest(finished)


def test_another_seed_gives_other_queries(finished: Path, tmp_path: Path) -> None:
    run_to_end(scenario_file(tmp_path, 9), tmp_path / "run", "--seed", 6)

    def queries(run: Path) -> set[str]:
        with Ledger.open(RunFolder(run).ledger, readonly=True) as ledger:
            return {trace.task.query for trace in ledger.trajectories()}

    assert len(queries(tmp_path / "run") & queries(finished)) <= 1


def test_an_existing_run_is_not_written_over(finished: Path, tmp_path: Path) -> None:
    before = digest(finished)
    refused = winnow("run", scenario_file(tmp_path), "-o", finished)
    assert refused.returncode == 2
    assert "--resume" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert digest(finished) == before


def test_the_status_of_a_finished_run_has_no_pulse_and_no_resume(finished: Path) -> None:
    told = json.loads(winnow("status", finished, "--json").stdout)
    assert (told["stop"], told["pulse"]) == ("finished", None)
    assert "--resume" not in winnow("status", finished).stdout


def test_resuming_a_finished_run_changes_nothing(finished: Path, tmp_path: Path) -> None:
    before = digest(finished)
    assert run_to_end(scenario_file(tmp_path), finished, "--resume") == before


def _start(scenario: Path, run: Path, *more: str) -> subprocess.Popen[str]:
    resume = ["--resume"] if (run / "run.yaml").exists() else []
    command = [sys.executable, "-m", "winnow", "run", str(scenario), "-o", str(run), *resume, *more]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True)


def _killed_until_done(scenario: Path, run: Path, kills: int, attempts: int) -> None:
    """Kill it somewhere in each of as many parts of so many attempts, and then let it come to its end."""
    random = Random(3)
    killed = 0
    for kill in range(kills):
        process = _start(scenario, run)
        _wait_for(process, run, int(attempts * (kill + random.random()) / kills))
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        killed += process.returncode == -signal.SIGKILL
    assert killed > kills / 3, "it came to its end before it could be killed"
    run_to_end(scenario, run, "--resume")


def _wait_for(process: subprocess.Popen[str], run: Path, attempts: int) -> None:
    """Until the run has stored more than so many attempts, or has ended."""
    deadline = time.monotonic() + 120
    while _attempts(run) <= attempts and process.poll() is None:
        assert time.monotonic() < deadline
        time.sleep(0.02)


def _attempts(run: Path) -> int:
    try:
        with Ledger.open(RunFolder(run).ledger, readonly=True) as ledger:
            return ledger.counts().attempts
    except Exception:
        return 0


def test_a_killed_run_goes_on_to_the_same_end(finished: Path, tmp_path: Path) -> None:
    _killed_until_done(scenario_file(tmp_path), tmp_path / "killed", kills=2, attempts=24)
    assert digest(tmp_path / "killed") == digest(finished)


@pytest.mark.slow
def test_a_run_killed_twenty_times_goes_on_to_the_same_end(tmp_path: Path) -> None:
    scenario = scenario_file(tmp_path, 400)
    whole = run_to_end(scenario, tmp_path / "whole")
    _killed_until_done(scenario, tmp_path / "killed", kills=20, attempts=600)
    assert digest(tmp_path / "killed") == whole


def test_ctrl_c_drains_and_says_how_to_go_on(tmp_path: Path) -> None:
    scenario, run = scenario_file(tmp_path, 400), tmp_path / "run"
    process = _start(scenario, run)
    _wait_for(process, run, 3)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert "--resume" in out
    assert 0 < _attempts(run) < 800


def test_a_family_that_raises_costs_its_own_attempts_only(tmp_path: Path) -> None:
    patch = (
        "import scenarios.family as f, sys\n"
        "name = sorted(f.all_families())[0]\n"
        "family = type(f.all_families()[name])\n"
        "family.item = lambda *a: 1 / 0\n"
        "from winnow.cli import main\n"
        "sys.argv[0] = 'winnow'\n"
        "main()\n"
    )
    scenario, run = scenario_file(tmp_path, 12), tmp_path / "run"
    command = [sys.executable, "-c", patch, "run", str(scenario), "-o", str(run), "--set", "abort_if.error_rate=1"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    summary = json.loads((run / "summary.json").read_text())
    assert summary["errors"] >= 2
    assert summary["kept"] > 5
    with Ledger.open(RunFolder(run).ledger, readonly=True) as ledger:
        broken = [row for row in ledger.page(limit=500) if row.error]
    assert all("ZeroDivisionError" in str(row.error) for row in broken)


class Refusing(BaseHTTPRequestHandler):
    """A model server that takes no conversation."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(400)
        self.end_headers()
        self.wfile.write(b'{"error": {"message": "not today"}}')

    def log_message(self, format: str, *args: object) -> None:
        """Keep the test's output clean."""


@pytest.fixture
def refusing_server() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Refusing) as server:
        thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/v1"
        server.shutdown()
        thread.join()


def test_too_many_errors_stop_the_run(tmp_path: Path, refusing_server: str) -> None:
    scenario, run = scenario_file(tmp_path, 200), tmp_path / "run"
    model = ["--model", "openai:x", "--set", f"models.solver.base_url={refusing_server}", "--set", "abort_if.after=10"]
    done = winnow("run", scenario, "-o", run, *model)
    assert done.returncode == 3, done.stderr
    summary = json.loads((run / "summary.json").read_text())
    assert summary["stop"] == "error_rate"
    assert 10 <= summary["errors"] < 100
    assert summary["kept"] == summary["rejected"] == 0
    with Ledger.open(RunFolder(run).ledger, readonly=True) as ledger:
        assert all("not today" in str(row.error) and "400" in str(row.error) for row in ledger.page(limit=20))
