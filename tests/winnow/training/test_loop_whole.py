"""An ablation and rounds from the scenario to the table, at the smallest size. Needs torch and a minute or two."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from winnow.training.driving import command, finished

pytestmark = pytest.mark.train
pytest.importorskip("torch", reason="needs the extra train: make install-train")

SCENARIO = """
winnow: 1
name: loop
seed: 5
world: {documents: 100}
tasks: {count: 60, families: [percentages, missing_argument]}
models: {solver: {model: teacher, profile: {unit_slip: 0.5, overclaims: 0.5}}}
limits: {turns: 2}
repair: {rounds: 0}
"""
SMALL = ("--size", "test", "--tokens", "6000", "--tasks", "3")


@pytest.fixture
def scenario(tmp_path: Path) -> Path:
    (tmp_path / "loop.yaml").write_text(SCENARIO)
    return tmp_path / "loop.yaml"


def winnow(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command(*arguments), capture_output=True, text=True, check=False)


def test_an_ablation_goes_on_where_it_was_broken_off(scenario: Path, tmp_path: Path) -> None:
    asked = ("ablate", scenario, "--arms", "kept,all", "--seeds", "1", *SMALL, "-o", tmp_path / "out")
    done = winnow(*asked)
    assert done.returncode == 0, done.stderr
    cells = json.loads((tmp_path / "out" / "ablation.json").read_text())
    assert [(cell["arm"], cell["temperature"]) for cell in cells] == [("kept", 0), ("all", 0), ("kept", 1), ("all", 1)]
    assert all(cell["success"]["of"] == 3 for cell in cells)
    rows = {arm: _rows(tmp_path / "out" / "models" / f"{arm}-0") for arm in ("kept", "all")}
    assert 0 < rows["kept"] < rows["all"]
    assert all(finished(run) for run in (tmp_path / "out" / "runs").iterdir())
    before = {file: file.stat().st_mtime_ns for file in (tmp_path / "out").rglob("*.safetensors")}
    assert len(before) == 2
    assert winnow(*asked).returncode == 0
    assert {file: file.stat().st_mtime_ns for file in before} == before


def _rows(model: Path) -> int:
    said = re.search(r"([\d,]+) to train on", json.loads((model / "log.json").read_text())["rows"])
    assert said
    return int(said[1].replace(",", ""))


def test_rounds_end_with_a_table(scenario: Path, tmp_path: Path) -> None:
    done = winnow("rounds", scenario, "-n", "1", "--fresh", "2", *SMALL, "-o", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    table = (tmp_path / "out" / "rounds.md").read_text().splitlines()
    assert [line.split("|")[1].strip() for line in table if re.match(r"\| \d", line)] == ["0", "1"]
    assert (tmp_path / "out" / "rounds.svg").stat().st_size > 1000
    assert "here the rounds end" in done.stdout or "+" in table[-1]
