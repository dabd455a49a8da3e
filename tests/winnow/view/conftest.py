"""A small real run, and the viewer over it."""

import subprocess
import sys
from pathlib import Path

import pytest

SCENARIO = """
winnow: 1
name: seen
seed: 5
world: {documents: 200}
tasks: {count: 16, families: [lookup, money, simulation, no_tool, unanswerable, list_function]}
attempts: 2
models: {solver: {model: teacher, profile: quickstart}}
concurrency: {attempts: 4}
"""


@pytest.fixture(scope="session")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("view")
    (folder / "seen.yaml").write_text(SCENARIO)
    command = [sys.executable, "-m", "winnow", "run", str(folder / "seen.yaml"), "-o", str(folder / "seen")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=180, check=False)
    assert done.returncode == 0, done.stderr
    return folder / "seen"
