"""A verification stored as verdicts: a lying call loses its trajectory, the rest stays, and a regrade carries it over."""

import json
from pathlib import Path

import pytest

from tests.winnow.command import winnow
from tests.winnow.test_verification import fixture_made, tampered
from traces.ledger import Ledger
from traces.select import Candidate, parse
from winnow.folder import RunFolder
from winnow.regrading import Regrade

__all__ = ["fixture_made"]


@pytest.fixture(name="stored", scope="module")
def fixture_stored(made: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, set[str]]:
    folder = tmp_path_factory.mktemp("reproducing")
    lying = tampered(made, folder / "tampered")
    done = winnow("verify", folder / "tampered", "-o", folder / "verified", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["stored"]["trajectories"] > len(lying)
    return folder, set(lying.values())


def _differing(run: Path) -> set[str]:
    chosen = parse('reproduction == "differs"')
    with Ledger.open(RunFolder(run).ledger, readonly=True) as ledger:
        return {one.key for one in ledger.stored() if chosen.test(Candidate(one, lambda: None))}


def test_what_differs_is_found_and_not_kept(stored: tuple[Path, set[str]]) -> None:
    folder, lying = stored
    assert _differing(folder / "verified") == lying
    with Ledger.open(RunFolder(folder / "verified").ledger, readonly=True) as ledger:
        traces = {trace.key: trace for trace in ledger.trajectories()}
    for key, trace in traces.items():
        reasons = trace.decision.reasons if trace.decision else ()
        assert any(reason.startswith("reproduction at step") for reason in reasons) is (key in lying)


def test_a_regrade_carries_it_over(stored: tuple[Path, set[str]]) -> None:
    folder, lying = stored
    Regrade(folder / "verified", folder / "again").run()
    assert _differing(folder / "again") == lying


def test_a_run_that_was_never_verified_has_none(made: Path) -> None:
    assert _differing(made) == set()


def test_the_output_must_be_new(made: Path) -> None:
    done = winnow("verify", made, "-o", made)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
