"""A small real run, and the viewer over it."""

from pathlib import Path

import pytest

from tests.winnow.command import winnow

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
    done = winnow("run", folder / "seen.yaml", "-o", folder / "seen")
    assert done.returncode == 0, done.stderr
    return folder / "seen"
