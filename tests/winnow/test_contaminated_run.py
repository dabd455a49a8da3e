"""A run keeps clear of the benchmarks it is pointed to."""

import json
import subprocess
from pathlib import Path

from tests.winnow.command import winnow
from traces.ledger import Ledger

SCENARIO = """
winnow: 1
name: clear
seed: 5
world: {documents: 300}
tasks: {count: 3, families: [money]}
tools: [calculator]
"""


def run(folder: Path, name: str, *more: object) -> subprocess.CompletedProcess[str]:
    scenario = folder / "s.yaml"
    scenario.write_text(SCENARIO)
    return winnow("run", scenario, "-o", folder / name, *more)


def test_a_query_of_a_benchmark_is_thrown_away_counted_and_listed(tmp_path: Path) -> None:
    assert run(tmp_path, "first").returncode == 0
    with Ledger.open(tmp_path / "first" / "ledger.sqlite", readonly=True) as ledger:
        taken = next(iter(ledger.trajectories())).task.query
    bench = tmp_path / "bench.jsonl"
    bench.write_text(json.dumps({"question": taken}) + "\n")
    done = run(tmp_path, "second", "--set", f"gates.against=[{bench}]")
    assert done.returncode == 0, done.stderr
    assert json.loads((tmp_path / "second" / "summary.json").read_text())["discards"] == {"contaminated": 1}
    (row,) = (tmp_path / "second" / "contaminated.jsonl").read_text().splitlines()
    assert json.loads(row)["query"] == taken
    missing = run(tmp_path, "third", "--set", "gates.against=[nowhere.jsonl]")
    assert missing.returncode == 2
    assert "nowhere.jsonl" in missing.stderr
    assert "Traceback" not in missing.stderr
    assert not (tmp_path / "third").exists()
