"""A model far too small to be of use, trained on a run, gone on with after a break, served, and asked over HTTP by a run. Needs torch."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.winnow.command import winnow
from traces.ledger import Ledger
from winnow.folder import RunFolder

pytestmark = pytest.mark.train
pytest.importorskip("torch", reason="needs the extra train: make install-train")

SCENARIO = """
winnow: 1
name: loop
seed: 5
world: {documents: 100}
tasks: {count: 60, families: [percentages, units]}
repair: {rounds: 0}
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("loop")


@pytest.fixture(scope="module")
def run(folder: Path) -> Path:
    (folder / "loop.yaml").write_text(SCENARIO)
    assert winnow("run", folder / "loop.yaml", "-o", folder / "run").returncode == 0
    return folder / "run"


@pytest.fixture(scope="module")
def model(folder: Path, run: Path) -> Path:
    done = winnow("train", run, "--out", folder / "small", "--size", "test", "--seed", "3")
    assert done.returncode == 0, done.stderr
    return folder / "small"


@pytest.fixture(scope="module")
def served(model: Path) -> Iterator[str]:
    command = [sys.executable, "-m", "winnow", "serve", str(model), "--port", "0"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert process.stdout is not None
    yield process.stdout.readline().split()[-1]
    process.terminate()
    process.wait(20)
    process.stdout.close()


def test_it_learns_something(model: Path) -> None:
    looks = json.loads((model / "log.json").read_text())["looks"]
    assert looks[-1]["loss"] < 0.8 * looks[0]["loss"]
    assert "held-out loss" in (model / "README.md").read_text()


def test_a_model_is_never_written_over(model: Path, run: Path) -> None:
    done = winnow("train", run, "--out", model, "--size", "test")
    assert done.returncode == 2
    assert "a model stands here" in done.stderr


def test_a_training_that_was_killed_goes_on_and_ends_the_same(folder: Path, run: Path, model: Path) -> None:
    command = [sys.executable, "-m", "winnow", "train", str(run), "--out", str(folder / "again")]
    command += ["--size", "test", "--seed", "3"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    for _ in range(1200):
        if (folder / "again" / "checkpoint.pt").exists() or process.poll() is not None:
            break
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.wait(10)
    assert not (folder / "again" / "config.json").exists()
    assert winnow(*command[3:], "--resume").returncode == 0
    assert _weights(folder / "again") == _weights(model)


def _weights(folder: Path) -> bytes:
    return (folder / "model.safetensors").read_bytes()


def test_one_attempt_over_http(folder: Path, run: Path, served: str) -> None:
    options: list[Any] = ["--model", "openai:small", "--set", f"models.solver.base_url={served}"]
    options += ["--set", "models.solver.max_tokens=40", "--set", "limits.turns=3", "-n", "1", "-o", folder / "asked"]
    done = winnow("run", folder / "loop.yaml", *options)
    assert done.returncode in (0, 1, 3), done.stderr
    with Ledger.open(RunFolder(folder / "asked").ledger, readonly=True) as ledger:
        (trace,) = ledger.trajectories()
    assert trace.decision is not None
    assert trace.lineage.model == "openai:small"
    assert any(message.role == "assistant" for message in trace.messages)
