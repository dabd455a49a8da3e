"""How a run under way looks from another process, and one that was killed."""

import json
import time
from pathlib import Path

import pytest

from tests.winnow.test_runner import _some_attempts, _start, scenario_file, winnow
from winnow.folder import RunFolder
from winnow.progress import Progress
from winnow.pulse import STALE, Pulse


def test_a_run_under_way_tells_its_rate_and_a_killed_one_that_it_was(tmp_path: Path) -> None:
    run = tmp_path / "run"
    process = _start(scenario_file(tmp_path, 400), run)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and not (_some_attempts(RunFolder(run).ledger) and _rate(run)):
        time.sleep(0.1)
    told = json.loads(winnow("status", run, "--json").stdout)
    process.kill()
    process.communicate()
    assert told["stop"] == "under way"
    assert told["pulse"]["total"] == 800
    assert told["pulse"]["eta"] > 0
    _age(run, STALE + 60)
    text = winnow("status", run).stdout
    assert "killed" in text
    assert "--resume" in text


def _rate(run: Path) -> float:
    pulse = Pulse.read(RunFolder(run).pulse)
    return pulse.attempts_per_s if pulse else 0.0


def _age(run: Path, seconds: float) -> None:
    pulse = Pulse.read(RunFolder(run).pulse)
    assert pulse
    old = pulse.model_copy(update={"at": pulse.at - seconds})
    RunFolder(run).pulse.write_text(old.model_dump_json())


@pytest.mark.parametrize("text", ["", "{}", '{"at": "x"}', "\0"])
def test_what_cannot_be_read_is_no_pulse(tmp_path: Path, text: str) -> None:
    (tmp_path / "pulse").write_text(text)
    assert Pulse.read(tmp_path / "pulse") is None


def test_before_anything_happened_there_is_no_eta() -> None:
    pulse = Pulse.of(Progress(total=10))
    assert pulse.eta is None
    assert "0/10" in pulse.line()
