"""How a run under way looks from another process, and one that was killed."""

import json
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.winnow.command import winnow
from tests.winnow.test_runner import _attempts, _start, scenario_file
from traces.database import being_written
from traces.ledger import Ledger
from winnow.folder import RunFolder
from winnow.progress import Progress
from winnow.pulse import STALE, Pulse


def test_a_run_under_way_tells_its_rate_and_a_killed_one_that_it_was(tmp_path: Path) -> None:
    run = tmp_path / "run"
    process = _start(scenario_file(tmp_path, 400), run)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and not (_attempts(run) > 3 and _rate(run)):
        time.sleep(0.1)
    told = json.loads(winnow("status", run, "--json").stdout)
    words = winnow("status", run).stdout
    process.kill()
    process.communicate()
    assert told["stop"] == "under way"
    (counted,) = re.findall(r"^(\d+) of (\d+) attempts", words, re.MULTILINE)
    assert "Under way: {}/{} ".format(*counted) in words
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
    assert "0/10" in pulse.line(alive=True)


def test_the_lock_tells_life_and_death_not_the_age_of_the_pulse(tmp_path: Path) -> None:
    ledger = tmp_path / "ledger.sqlite"
    hold = (
        "import sys; from pathlib import Path; from traces.database import WriterLock\n"
        "lock = WriterLock(Path(sys.argv[1])); print('held', flush=True); sys.stdin.read()"
    )
    late = Pulse.of(Progress(total=10)).model_copy(update={"at": time.time() - 10 * STALE})
    fresh = Pulse.of(Progress(total=10))
    assert [late.alive(ledger), fresh.alive(ledger)] == [False, True]  # no lock to ask: by age
    command = [sys.executable, "-c", hold, str(ledger)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout
        assert writer.stdout.readline() == "held\n"
        assert late.alive(ledger)
        assert re.search(r"as of ([5-9]|\d\d):\d\d ago", late.line(alive=True))
        writer.kill()
    assert not fresh.alive(ledger)


def test_asking_for_the_lock_does_not_let_go_of_ones_own(tmp_path: Path) -> None:
    with Ledger.create(tmp_path / "ledger.sqlite") as ledger:
        assert being_written(ledger.path)
        asked = [sys.executable, "-c", "import sys; from pathlib import Path; from traces.database import being_written\n"
                 "print(being_written(Path(sys.argv[1])))", str(ledger.path)]  # fmt: skip
        assert subprocess.run(asked, capture_output=True, text=True, check=True).stdout == "True\n"
    assert not being_written(tmp_path / "ledger.sqlite")
