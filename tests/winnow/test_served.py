"""`winnow teacher serve`, and a run against it that is killed with SIGKILL and gone on with."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.winnow.command import winnow
from traces.ledger import Ledger
from winnow.folder import RunFolder

SCENARIO = """
winnow: 1
name: served
seed: 5
world: {documents: 300}
tasks: {count: 12, families: [lookup, chain, comparison, no_tool]}
models:
  solver: {model: "openai:teacher", base_url: "%s", price: {input: 1, output: 2}}
concurrency: {attempts: 4}
"""


@pytest.fixture
def served() -> Iterator[str]:
    command = [sys.executable, "-m", "winnow", "teacher", "serve", "--port", "0", "--profile", "quickstart"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    yield process.stdout.readline().split()[-1]
    process.terminate()
    process.wait(10)
    process.stdout.close()


def digest(run: Path) -> str:
    with Ledger.open(RunFolder(run).ledger, readonly=True) as ledger:
        return ledger.digest()


def _written(log: Path) -> bool:
    return log.exists() and log.stat().st_size > 60_000


def test_it_answers_like_any_server(served: str) -> None:
    with urllib.request.urlopen(f"{served}/models") as answer:
        assert json.load(answer)["data"][0]["id"] == "teacher"
    asked = json.dumps({"model": "m", "messages": [{"role": "user", "content": "hello"}], "stream": True}).encode()
    request = urllib.request.Request(f"{served}/chat/completions", asked, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request) as answer:
        assert answer.read().endswith(b"data: [DONE]\n\n")


def test_a_run_against_it_survives_being_killed(tmp_path: Path, served: str) -> None:
    scenario = tmp_path / "served.yaml"
    scenario.write_text(SCENARIO % served)
    whole = winnow("run", scenario, "-o", tmp_path / "whole")
    assert whole.returncode == 0, whole.stderr
    assert "for each kept trace $" in whole.stdout
    command = [sys.executable, "-m", "winnow", "run", str(scenario), "-o", str(tmp_path / "killed")]
    killed = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    journal, deadline = RunFolder(tmp_path / "killed").journal, time.monotonic() + 60
    while time.monotonic() < deadline and not _written(Path(f"{journal}-wal")):
        time.sleep(0.02)
    os.killpg(killed.pid, signal.SIGKILL)
    assert killed.wait() == -signal.SIGKILL
    again = winnow("run", scenario, "-o", tmp_path / "killed", "--resume")
    assert again.returncode == 0, again.stderr
    assert digest(tmp_path / "killed") == digest(tmp_path / "whole")
    cost, before = (json.loads((tmp_path / run / "summary.json").read_text())["cost"] for run in ("killed", "whole"))
    again_asked = cost["by_role"]["solver"]["calls"] - before["by_role"]["solver"]["calls"]
    assert 0 <= again_asked <= 4, "only calls in flight when it was killed are asked again"
    assert cost["journal_stale"] == 0
