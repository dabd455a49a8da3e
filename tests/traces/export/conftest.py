from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.traces import samples
from traces.ledger import Ledger, PutAttempt, attempt_key
from traces.record import Trajectory

GOOD = ("ordinary", "direct", "unicode", "nested", "code", "same-ids")


def fill(ledger: Ledger) -> None:
    """Six kept traces, one of them twice over; one repaired, one rejected, one ended by an error."""
    for place, name in enumerate(GOOD):
        ledger.put_attempt(
            f"{name}-1", 1, [samples.trace(f"{name}-1-1", samples.ODD[name], of=samples.task(f"q{place}"))]
        )
    ledger.put_attempt("ordinary-1", 2, [samples.trace("ordinary-1-2", of=samples.task("q0"))])
    ledger.commit([repaired("mended-1")])
    ledger.put_attempt("bad-1", 1, [samples.trace("bad-1-1", samples.wrong(), outcome="reject", bad=1)])
    ledger.put_attempt("broken-1", 1, [], error="ValueError")


def repaired(slot: str) -> PutAttempt:
    first = attempt_key(slot, 1)
    return PutAttempt(
        slot,
        1,
        [
            samples.trace(first, samples.wrong(), outcome="repair", bad=1),
            samples.trace(attempt_key(slot, 1, 1), repaired_from=first),
        ],
    )


def mutant(key: str, of: str, *, place: int = 4) -> Trajectory:
    """A wrong trace whose planted step nobody said."""
    made = samples.trace(key, samples.wrong(), outcome="reject", bad=1)
    planted = made.messages[place].model_copy(update={"origin": "forced"})
    lineage = made.lineage.model_copy(update={"mutated_from": of})
    messages = (*made.messages[:place], planted, *made.messages[place + 1 :])
    return made.model_copy(update={"messages": messages, "lineage": lineage})


@pytest.fixture
def filled(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.create(tmp_path / "ledger.sqlite") as ledger:
        fill(ledger)
        yield ledger


@pytest.fixture
def load(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """`datasets.load_dataset` without a network and with a cache of the test's own."""
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("HF_DATASETS_CACHE", str(tmp_path / "cache"))
    import datasets  # type: ignore[import-untyped]

    monkeypatch.setattr(datasets.config, "HF_DATASETS_CACHE", tmp_path / "cache")
    datasets.disable_progress_bars()
    return lambda *args, **rest: datasets.load_dataset(*args, cache_dir=str(tmp_path / "cache"), **rest)
