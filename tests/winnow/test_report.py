"""How a run's end is told: why it stopped first, and only commands that yield something."""

from pathlib import Path
from typing import Any

import pytest
from rich.console import Console
from typer.testing import CliRunner

from traces.counts import Counts, Tally
from traces.ledger import Ledger
from winnow.cli import app
from winnow.folder import RunFolder
from winnow.progress import Progress
from winnow.report import Report
from winnow.reward_report import RewardReport


@pytest.fixture
def counts(tmp_path: Path) -> Counts:
    with Ledger.create(tmp_path / "empty.sqlite") as ledger:
        return ledger.counts()


def _report(counts: Counts, stop: str, **more: Any) -> Report:
    return Report("r", RunFolder(Path("run")), counts, 10, stop, 1.0, **more)


def test_a_run_without_attempts_is_only_to_be_gone_on_with(counts: Counts) -> None:
    told = _report(counts, "endpoint", reason="nobody at the address")
    assert [what for what, _ in told.commands()] == ["resume"]
    assert told.markdown().splitlines()[2] == "Stopped (endpoint): nobody at the address"
    assert told.markdown().count("nobody at the address") == 1


def test_what_was_not_is_not_suggested(counts: Counts) -> None:
    kept = counts._replace(total=Tally(attempts=2, kept=2))
    told = _report(kept, "finished", example="lookup-0000-1").commands()
    assert not any("--rejected" in line or "preference" in line or "KEY" in line for _, line in told)
    assert any("lookup-0000-1" in line for _, line in told)
    assert any("--format trl" in line for _, line in told)
    rejected = _report(counts._replace(total=Tally(attempts=2, rejected=2)), "finished").commands()
    assert [line.split()[-1] for _, line in rejected] == ["--rejected"]


def test_a_finished_run_with_errors_can_be_gone_on_with(counts: Counts) -> None:
    for errors, first in ((1, "resume"), (0, "look")):
        total = Tally(attempts=3, rejected=2, errors=errors)
        assert _report(counts._replace(total=total), "finished").commands()[0][0] == first


def test_a_run_in_which_tools_were_wanted_and_none_was_called_says_what_to_look_at(counts: Counts) -> None:
    tried = counts._replace(total=Tally(attempts=4, rejected=4), trajectories=4, code={"D2": Tally(rejected=4)})
    assert "tool_parser=auto" in _report(tried, "finished").markdown()
    assert "tool_parser" not in _report(tried._replace(calls=1), "finished").markdown()
    assert "tool_parser" not in _report(tried._replace(code={"G2": Tally(rejected=4)}), "finished").markdown()


def test_every_rejection_has_a_row_that_says_why(counts: Counts) -> None:
    uncoded = {"answered": Tally(rejected=3), "turn_limit": Tally(rejected=1)}
    tried = counts._replace(total=Tally(rejected=6), code={"G2": Tally(rejected=2)}, uncoded=uncoded)
    page = _report(tried, "finished").markdown()
    assert [line.split(" | ")[1:3] for line in page.splitlines() if line.startswith(("| –", "| G2"))] == [
        ["nothing found wrong, but not shown to be right", "3"],
        ["wrong answer", "2"],
        ["reached the limit of turns without an answer", "1"],
    ]


def test_the_first_error_stands_in_the_page_too(counts: Counts) -> None:
    assert "An error, the first: think: no answer" in _report(counts, "finished", trouble="think: no answer").markdown()


def test_attempts_of_which_nothing_was_decided_have_rows_too(counts: Counts) -> None:
    undecided = {
        "": Tally(attempts=1, errors=1),
        "answered": Tally(attempts=2, unjudged=2),
        "model_error": Tally(attempts=3, errors=3),
    }
    total = Tally(attempts=7, kept=1, errors=4, unjudged=2)
    report = _report(counts._replace(total=total, undecided=undecided), "finished")
    page = report.markdown()
    assert "kept 1 (0 after a repair), rejected 0, 4 errors, 2 not judged; " in page
    assert page[page.index("## Attempts that were not judged") :].splitlines()[4:7] == [
        "| broke off because the model failed | 3 |",
        "| not judged | 2 |",
        "| an error before anything was recorded | 1 |",
    ]
    assert sum(report.summary()["not_judged"].values()) == total.attempts - total.kept - total.rejected
    assert "not judged" not in _report(counts, "finished").markdown()


def test_a_keep_rate_of_none_that_was_judged_is_no_figure(counts: Counts) -> None:
    failed = counts._replace(total=Tally(attempts=2, errors=2), family={"lookup": Tally(attempts=2, errors=2)})
    assert "| lookup | 2 | 0 | 0 | 0 | 2 | – |" in _report(failed, "error_rate").markdown()
    assert Progress(4).line().count("keep rate –") == 1
    assert Progress(4, kept=1, rejected=3).line().count("keep rate 25%") == 1
    assert Tally(attempts=1, rejected=1).rate_told == "0%"


@pytest.mark.parametrize(("n", "told"), [(2, True), (8, False)])
def test_few_continuations_are_said_to_blame_by_chance(n: int, told: bool) -> None:
    report = RewardReport(trajectories=1, continuations=n * 3)
    report.steps[True, True] = 3
    with (console := Console(width=100)).capture() as shown:
        report.print(console)
    assert ("by chance" in shown.get()) == told


def test_tools_are_listed_with_whole_sentences(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    listed = CliRunner().invoke(app, ["tools", "list"]).output.splitlines()
    assert len(listed) > 5
    assert all(line.rstrip().endswith(".") for line in listed)


def test_a_title_is_not_broken_over_a_narrow_table(counts: Counts) -> None:
    with (console := Console(width=80)).capture() as shown:
        _report(counts._replace(discards={"truth": 12}), "finished").print(console)
    lines = [line.rstrip() for line in shown.get().splitlines()]
    assert lines[lines.index("Tasks thrown away") + 1].split() == ["why", "tasks"]


def test_a_tools_name_stays_in_its_cell(counts: Counts) -> None:
    told = _report(counts._replace(tool={"a|b\n| c\x1b": Tally(attempts=1, kept=1)}), "finished").markdown()
    assert "| a\\|b \\| c\\x1b | 1 | 1 | 0 | 0 | 0 | 100% |" in told
