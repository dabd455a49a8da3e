"""A small run of evolved problems: children in their places, techniques told, nothing wrong kept; of a set of one's own too."""

import json
from pathlib import Path
from typing import Any

import pytest

from scenarios.family import TruthError, all_families
from scenarios.loading import ScenarioError, load_scenario
from scenarios.world import build_world
from tests.winnow.command import winnow
from traces.ledger import Ledger
from winnow.folder import RunFolder
from winnow.sources import source_of, with_set

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


def test_an_untold_answer_needs_a_majority() -> None:
    with pytest.raises(ScenarioError, match=r"keep\.agree"):
        load_scenario(ROOT / "scenarios/math.yaml", ["keep.agree=1"])


@pytest.fixture(name="own", scope="module")
def fixture_own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A set of one's own whose problems the teacher understands; of two nobody knows the answer."""
    folder = tmp_path_factory.mktemp("own")
    family, world = all_families()["algebra"], build_world(3, 100)
    tasks = [family.item(world, 9, index) for index in range(4)]
    rows = [{"problem": t.query, "answer": t.oracle.answer.value} for t in tasks if t.oracle]
    for row in rows[2:]:
        del row["answer"]
    (folder / "own.jsonl").write_text("\n".join(map(json.dumps, rows)))
    return folder / "own.jsonl"


def of_own(own: Path, run: Path, *more: str) -> dict[str, Any]:
    settings = (
        f"tasks.file={own}",
        "tasks.evolve=[rephrase, reverse, depth]",
        "tasks.count=16",
        "models.solver.profile=careful",
    )
    done = winnow(
        "run", ROOT / "scenarios/math.yaml", "-o", run, *(part for one in (*settings, *more) for part in ("--set", one))
    )
    assert done.returncode == 0, done.stderr
    assert "The embedded teacher solves only" in done.stdout
    assert "own log of its mistakes" not in done.stdout
    found: dict[str, Any] = json.loads((run / "summary.json").read_text())
    return found


def test_ones_own_problems_are_kept_by_answer_or_majority_and_in_other_words(own: Path, tmp_path: Path) -> None:
    summary = of_own(own, tmp_path / "run", "attempts=3", "rewards.continuations=0", "critics.members=[]")
    told = summary["by_technique"]
    assert told["chosen: by majority, no answer known"]["kept"] > 0
    assert told["problem: as drawn"]["keep_rate"] == 1.0
    assert told["problem: rephrased"]["kept"] > 0
    assert summary["discards"]["no_child"] == 4  # what nobody knows the answer of is neither turned round nor deepened
    with Ledger.open(RunFolder(tmp_path / "run").ledger, readonly=True) as ledger:
        trace = next(iter(ledger.trajectories()))
    assert "Work in steps." in trace.messages[0].content


def test_without_a_majority_asked_for_a_row_needs_an_answer(own: Path) -> None:
    settings = [f"tasks.file={own}", "tasks.evolve=[]", "keep.agree=1"]
    source = source_of(with_set(load_scenario(ROOT / "scenarios/math.yaml", settings)), build_world(3, 100))
    known, *_, untold = source.slots()
    assert source.item(known).oracle
    with pytest.raises(TruthError, match="line 4: no `answer`"):
        source.item(untold)
