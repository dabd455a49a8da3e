"""Arms, shares, differences and what is told of them; the trainings themselves need the extra `train`."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.traces import samples
from traces.ledger import Ledger
from traces.select import Candidate, parse
from winnow.training import ablation
from winnow.training.ablation import Cell, Plan
from winnow.training.ablation_report import figures, page
from winnow.training.arms import Arm, arms, stand_ins
from winnow.training.driving import finished
from winnow.training.needs import TrainingError
from winnow.training.outcomes import Outcome, difference, outcomes, share
from winnow.training.rounds import Round, table


def outcome(task: int, right: bool, family: str = "money") -> Outcome:
    return Outcome(f"task {task}", family, right, False, 2, 1)


def some(right: int, of: int = 40) -> tuple[Outcome, ...]:
    return tuple(outcome(n, n < right) for n in range(of))


def test_arms_are_options_of_winnow_train() -> None:
    found = arms("kept, all,recall75,kept")
    assert [arm.name for arm in found] == ["kept", "all", "recall75"]
    assert found[2].options == ("--rows", "kept", "--leak", "0.25")
    assert [arm.recall for arm in found] == [1.0, 0.0, 0.75]
    assert [arm.options for arm in arms("kept,oracle")] == [
        ("--rows", "kept"),
        ("--rows", "all", "--where", "mistakes == 0"),
    ]


@pytest.mark.parametrize("name", ["best", "recall", "recall0", "recall100", "recall7x"])
def test_another_arm_is_refused(name: str) -> None:
    with pytest.raises(TrainingError, match=f"no arm '{name}'"):
        arms(name)


def test_a_difference_that_is_there_is_outside_its_interval() -> None:
    gap = difference([some(30)], [some(10)])
    assert gap.value == 0.5
    assert 0 < gap.low < 0.5 < gap.high < 1


def test_a_null_result_stays_inside_its_interval() -> None:
    other = tuple(outcome(n, n % 2 == 0) for n in range(40))
    gap = difference([some(20)], [other])
    assert gap.value == 0
    assert gap.low < 0 < gap.high


def test_seeds_of_a_task_count_as_one_task() -> None:
    assert difference([some(30)], [some(10)]) == difference([some(30), some(30)], [some(10), some(10)])


def test_null_results_stand_in_the_table() -> None:
    cells = [Cell("kept", 0.0, (some(20), some(22))), Cell("all", 0.0, (some(20), some(22)))]
    text = page(cells, ["one machine"])
    assert "| 0 | kept | 52.5% | 41.7% to 63.1% | 50.0%, 55.0% |  | 80 of 160 | 0 |" in text
    assert "+0.0 (+0.0 to +0.0)" in text
    assert "| 0 | money | 40 | 52.5% | 52.5% |" in text
    assert figures(cells)[1]["first_arm_minus_this"] == {"value": 0, "low": 0, "high": 0}


def test_tasks_of_the_training_do_not_count(tmp_path: Path) -> None:
    with Ledger.create(tmp_path / "ledger.sqlite") as ledger:
        ledger.put_attempt("a", 1, [samples.trace("a-1")])
        ledger.put_attempt("b", 1, [samples.trace("b-1", (samples.user("Another?"), *samples.ORDINARY[1:]), bad=2)])
    every = outcomes(tmp_path, set())
    assert len(every) == 2
    assert all(one.calls == one.valid == 3 for one in every)
    (left,) = outcomes(tmp_path, {one.task for one in every if one.task != "Another?"})
    assert left.task == "Another?"
    assert share(every).of == 2


def test_known_mistakes_can_be_asked_for(ledger: Ledger) -> None:
    test = parse("mistakes == 0")
    clean = [stored.key for stored in ledger.stored() if test.test(Candidate(stored, lambda: None))]
    logged = {trace.key: trace.labels for trace in ledger.trajectories()}
    assert clean == [key for key, labels in logged.items() if all(label.value >= 0 for label in labels)]
    assert 0 < len(clean) < len(logged)


def _attempts(folder: Path, caught: bool) -> Path:
    """Two attempts, one with a mistake."""
    messages = (samples.user("Another?"), *samples.ORDINARY[1:])
    mistaken = samples.trace("b-1", messages, bad=2, outcome="reject")
    if not caught:
        mistaken = samples.trace("b-1", messages).model_copy(update={"labels": mistaken.labels})
    folder.mkdir()
    with Ledger.create(folder / "ledger.sqlite") as ledger:
        ledger.put_attempt("a", 1, [samples.trace("a-1")])
        ledger.put_attempt("b", 1, [mistaken])
    return folder / "ledger.sqlite"


def test_arms_with_the_same_rows_share_their_models(tmp_path: Path) -> None:
    chosen = arms("kept,all,masked,oracle,recall50")
    caught = stand_ins(_attempts(tmp_path / "caught", caught=True), chosen)
    assert {name: arm.name for name, arm in caught.items() if name != arm.name} == {"oracle": "kept"}
    missed = stand_ins(_attempts(tmp_path / "missed", caught=False), chosen)
    assert missed["oracle"].name == "oracle"


def test_shared_models_are_told(tmp_path: Path) -> None:
    cells = [Cell("kept", 0.0, (some(20),)), Cell("oracle", 0.0, (some(20),), "kept")]
    assert "- oracle has the very rows of kept, so the models of kept are its own" in page(cells, [])
    assert figures(cells)[1]["models_of"] == "kept"


def test_a_run_that_was_broken_off_is_not_finished(tmp_path: Path) -> None:
    assert not finished(tmp_path)
    (tmp_path / "summary.json").write_text('{"stop": "interrupted"}')
    assert not finished(tmp_path)
    (tmp_path / "summary.json").write_text('{"stop": "finished"}')
    assert finished(tmp_path)


def test_rounds_are_told_with_their_gain() -> None:
    first = Round(0, share(some(10)), some(10), None)
    second = Round(1, share(some(20)), some(30), difference([some(30)], [some(10)]))
    lines = table([first, second]).splitlines()
    assert lines[4].startswith("| 0 | 25.0% of 40 (14.2% to 40.2%) | 25.0% of 40")
    assert "| +50.0 (" in lines[5]


def test_nothing_new_is_begun_after_a_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[int] = []

    def fails(plan: Plan, arm: Arm, seed: int, tell: Callable[[str], None]) -> None:
        begun.append(seed)
        time.sleep(0.01)
        raise TrainingError("no room")

    monkeypatch.setattr(ablation, "teach", lambda *given: None)
    monkeypatch.setattr(ablation, "stand_ins", lambda ledger, chosen: {arm.name: arm for arm in chosen})
    monkeypatch.setattr(ablation, "_model", fails)
    plan = Plan(Path("loop.yaml"), tmp_path, tuple(arms("kept")), seeds=200, tasks=1, jobs=2)
    with pytest.raises(TrainingError, match="no room"):
        ablation.carry_out(plan, lambda line: None)
    assert len(begun) < 200
