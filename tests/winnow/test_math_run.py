"""A small run of evolved problems: children in their places, techniques told, nothing wrong kept; of a set of one's own too."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.winnow.test_verification import winnow
from traces.ledger import Ledger
from winnow.folder import RunFolder

ROOT = Path(__file__).resolve().parents[2]
SMALL = (
    "--set",
    "tasks.count=18",
    "--set",
    "rewards={continuations: 1, share: 0.3}",
    "--set",
    "tasks.families=[algebra, mixtures]",
)


@pytest.fixture(name="run", scope="module")
def fixture_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("math") / "run"
    done = winnow("run", ROOT / "scenarios/math.yaml", "-o", folder, *SMALL)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(name="summary")
def fixture_summary(run: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((run / "summary.json").read_text())
    return found


def test_every_technique_is_in_the_report_with_its_rate(run: Path, summary: dict[str, Any]) -> None:
    told = summary["by_technique"]
    made = {"as drawn", "rephrased", "turned round", "in depth", "in breadth", "answer untold"}
    assert {f"problem: {name}" for name in made} <= set(told)
    parts = (
        "solution: text with",
        "check: ",
        "chosen: by the right",
        "chosen: by majority",
        "corrected",
        "step rewards",
    )
    for part in parts:
        assert any(name.startswith(part) for name in told), part
    assert all(one["kept"] <= one["tried"] and one["tried"] > 0 for one in told.values())
    assert "| chosen: by majority, no answer known |" in (run / "report.md").read_text()


def test_nothing_with_a_logged_mistake_is_kept(summary: dict[str, Any]) -> None:
    assert summary["audit"]["slipped"] == []
    assert summary["audit"]["faulty"] > 10


def test_children_stand_behind_their_parents(run: Path) -> None:
    with Ledger.open(RunFolder(run).ledger, readonly=True) as ledger:
        slots = {slot: ledger.task(slot) for slot, kind in ledger.slots().items() if kind == "task"}
    for slot, task in slots.items():
        assert task
        if how := task.knobs.get("evolved"):
            assert task.knobs["parent"] == slot.removesuffix(f"-{how}")
            assert task.knobs["parent"] in slots


def test_an_untold_answer_needs_a_majority(tmp_path: Path) -> None:
    done = winnow("run", ROOT / "scenarios/math.yaml", "-o", tmp_path / "run", "--set", "keep.agree=1")
    assert done.returncode == 2
    assert "keep.agree" in done.stderr
