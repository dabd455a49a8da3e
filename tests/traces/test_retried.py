"""An attempt that ended in an error gives way to another outcome; the counters and the digest are then those of a ledger without it."""

from pathlib import Path

from tests.traces import samples
from traces.ledger import Ledger
from traces.record import Ending, Trajectory


def broken(key: str) -> Trajectory:
    ending = Ending(kind="model_error", detail="down")
    return samples.trace().model_copy(update={"key": key, "ending": ending, "decision": None})


def test_another_outcome_takes_the_place_of_an_error(ledger: Ledger, tmp_path: Path) -> None:
    good = samples.trace()
    ledger.put_attempt("a", 1, [broken("a-1")], "down")
    ledger.put_attempt("b", 1, (), "down too")
    ledger.put_attempt("c", 1, [good.model_copy(update={"key": "c-1"})])
    assert ledger.errored() == {("a", 1), ("b", 1)}
    for slot in "ab":
        assert ledger.put_attempt(slot, 1, [good.model_copy(update={"key": f"{slot}-1"})])
        assert not ledger.put_attempt(slot, 1, [good.model_copy(update={"key": f"{slot}-1"})])
    assert ledger.errored() == set()
    assert [(one.slot, one.error) for one in ledger.retried()] == [("a", "down"), ("b", "down too")]
    assert ledger.verify() == []
    with Ledger.create(tmp_path / "other.sqlite") as other:
        for slot in "abc":
            other.put_attempt(slot, 1, [good.model_copy(update={"key": f"{slot}-1"})])
        assert other.counts() == ledger.counts()
        assert other.digest() == ledger.digest()
        assert other.retried() == []


def test_an_error_may_give_way_to_another(ledger: Ledger) -> None:
    ledger.put_attempt("a", 1, [broken("a-1")], "down")
    assert ledger.put_attempt("a", 1, (), "down again")
    assert (ledger.counts().attempts, ledger.counts().errors) == (1, 1)
    assert [one.error for one in ledger.retried()] == ["down"]
