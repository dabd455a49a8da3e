"""Rewards of a small run's steps: made once, gone on with, stored beside the traces, filtered by and exported."""

import asyncio
import json
from pathlib import Path

import pytest

from scenarios.loading import load_scenario
from tests.winnow.command import winnow
from traces.export import Options, export
from traces.ledger import Ledger
from traces.select import SelectError
from winnow.folder import RunFolder
from winnow.reward_report import RewardReport
from winnow.rewarding import Made, Rewarding

SCENARIO = """
winnow: 1
name: small
seed: 5
world: {documents: 100}
tasks: {count: 10, families: [algebra, reversed]}
models: {solver: {model: teacher, profile: {wrong_formula: 0.35}}}
tools: [calculator, python]
repair: {rounds: 0}
"""


@pytest.fixture(name="run", scope="module")
def fixture_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("rewarded")
    (folder / "small.yaml").write_text(SCENARIO)
    assert winnow("run", folder / "small.yaml", "-o", folder / "run").returncode == 0
    done = winnow("rewards", folder / "run", "-n", 2)
    assert done.returncode == 0, done.stderr
    return folder / "run"


def rewarded(run: Path, n: int, where: str = "true") -> Made:
    folder = RunFolder.open(run)
    with Ledger.open(folder.ledger, annotate=True) as ledger:
        return asyncio.run(Rewarding(load_scenario(folder.config), folder, n, where).run(ledger))


def test_every_step_that_calls_has_its_continuations(run: Path) -> None:
    with Ledger.open(RunFolder(run).ledger, readonly=True) as ledger:
        for stored in ledger.stored():
            steps = [step.index for step in stored.trajectory().steps if step.observations]
            assert [reward.step for reward in stored.rewards] == steps
            assert all(reward.n >= 2 for reward in stored.rewards)


def test_where_nothing_is_wrong_most_come_out_right_and_behind_a_wrong_step_hardly_any(run: Path) -> None:
    with Ledger.open(RunFolder(run).ledger, readonly=True) as ledger:
        report = RewardReport.of(ledger)
    assert report.steps.total() > 10
    assert report.steps[True, True] > 3 * report.steps[True, False]
    assert report.steps[False, False] > report.steps[False, True]
    assert report.agreement > 0.8


def test_what_is_there_is_not_made_again_and_more_are_added(run: Path) -> None:
    with Ledger.open(RunFolder(run).ledger, readonly=True) as ledger:
        before, digest = ledger.continued(), ledger.digest()
    again = rewarded(run, 2)
    assert again.continuations == 0
    assert again.before == len({place for place in before if place[2] < 2})
    more = rewarded(run, 3, 'decision == "reject"')
    with Ledger.open(RunFolder(run).ledger, readonly=True) as ledger:
        assert len(ledger.continued()) == len(before) + more.continuations
        assert more.continuations > 0
        assert ledger.digest() == digest
        assert ledger.verify() == []


def test_a_continuation_is_kept_with_what_was_said(run: Path) -> None:
    with Ledger.open(RunFolder(run).ledger, readonly=True) as ledger:
        key = ledger.rewarded()[0]
        step = ledger.rewards(key)[0].step
        found = ledger.continuations(key, step)
    assert len(found) >= 2
    assert all(one.said[0].role == "assistant" and one.said[0].origin == "sampled" for one in found)
    assert all(one.right for one in found if one.clean)


def test_traces_are_chosen_by_their_least_reward(run: Path, tmp_path: Path) -> None:
    with Ledger.open(RunFolder(run).ledger, readonly=True) as ledger:
        least = {one.key: min((r.value for r in one.rewards), default=None) for one in ledger.stored()}
        export(ledger, "steps", tmp_path / "low", Options(where="reward < 0.5"))
    rows = [json.loads(line) for line in (tmp_path / "low/data/train.jsonl").read_text().splitlines()]
    assert {row["id"] for row in rows} == {key for key, value in least.items() if value is not None and value < 0.5}
    assert rows
    for row in rows:
        assert len(row["rewards"]) == len(row["labels"])
        assert row["rewards"][-1] is None
        assert min(value for value in row["rewards"] if value is not None) < 0.5
        assert row["outcome"] == (row["ternary"][-1] >= 0)


def test_a_right_continuation_is_set_against_the_wrong_step(run: Path, tmp_path: Path) -> None:
    with Ledger.open(RunFolder(run).ledger, readonly=True) as ledger:
        export(ledger, "preference", tmp_path / "pairs")
        wrong = {one.key: one for one in ledger.stored() if one.decision == "reject"}
    rows = [json.loads(line) for line in (tmp_path / "pairs/data/train.jsonl").read_text().splitlines()]
    pairs = [row for row in rows if row["pair"] == "continuation"]
    assert pairs
    for row in pairs:
        stored = wrong[row["id"].partition("/")[0]]
        assert row["step"] == stored.first_bad_step
        assert row["prompt"][-1]["role"] == "tool"
        assert row["chosen"] != row["rejected"]


def test_a_run_without_rewards_says_so_and_exports_nulls(tmp_path: Path) -> None:
    with Ledger.create(tmp_path / "ledger.sqlite") as ledger:
        assert ledger.rewards("any") == ()
        assert ledger.continued() == set()
        assert RewardReport.of(ledger).facts()["agreement"] == 1.0


def test_a_choice_that_cannot_be_read_is_refused_before_anything_is_made(run: Path) -> None:
    with pytest.raises(SelectError, match="did you mean reward"):
        rewarded(run, 1, "rewrd > 1")
