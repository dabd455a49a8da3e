"""The counters and their lines."""

import json
from pathlib import Path

import pytest
from rich.console import Console

from tests.traces.samples import trace as trajectory
from traces.ledger import Ledger
from traces.record import Decision, Ending, Outcome, Trajectory
from winnow.progress import Progress, clock


def ended(outcome: Outcome, *codes: str) -> Trajectory:
    return trajectory().model_copy(update={"decision": Decision(outcome=outcome, codes=codes)})


def test_attempts_are_counted_by_their_last_round() -> None:
    progress = Progress(total=10, before=2)
    progress.add((ended("keep"),), None)
    progress.add((ended("repair", "C1"), ended("keep")), None)
    progress.add((ended("repair", "C1"), ended("reject", "G2", "C1")), None)
    progress.add((), "family broke")
    assert (progress.done, progress.kept, progress.repaired, progress.rejected, progress.errors) == (4, 2, 1, 1, 1)
    assert progress.keep_rate == pytest.approx(2 / 3)
    assert "6/10 attempts" in progress.line()
    assert "G2" in progress.top_reasons()
    assert json.loads(progress.json_line())["kept"] == 2


def test_what_no_code_explains_is_told_in_words() -> None:
    progress = Progress(total=10)
    for _ in range(2):
        progress.add((ended("reject"),), None)
    limit = ended("reject").model_copy(update={"ending": Ending(kind="turn_limit")})
    progress.add((limit,), None)
    shown = "nothing found wrong, but not shown to be right 2 · reached the limit of turns without an answer 1"
    assert progress.top_reasons() == shown
    assert sum(json.loads(progress.json_line())["reasons"].values()) == progress.rejected


def test_they_count_on_where_a_run_is_gone_on_with(tmp_path: Path) -> None:
    with Ledger.create(tmp_path / "ledger.sqlite") as ledger:
        ledger.put_attempt("a", 1, [trajectory("a-1").model_copy(update={"decision": Decision(outcome="reject")})])
        ledger.put_attempt("a", 2, [trajectory("a-2", outcome="reject", bad=1)])
        progress = Progress.resumed(10, ledger.counts())
    assert progress.rejected == 2
    assert progress.reasons["nothing found wrong, but not shown to be right"] == 1
    assert progress.reasons.total() == 2


def test_it_draws_before_anything_happened() -> None:
    console = Console(width=80, record=True, file=open("/dev/null", "w"))  # noqa: SIM115
    console.print(Progress(total=10))
    assert "kept 0" in console.export_text()
    console.file.close()


@pytest.mark.parametrize(
    ("seconds", "shown"), [(None, "-"), (0, "0:00"), (6.6, "0:07"), (59.7, "1:00"), (754, "12:34"), (11_100, "3 h 05")]
)
def test_clock(seconds: float | None, shown: str) -> None:
    assert clock(seconds) == shown
