"""A ledger of a kept, a mended, a half-right and a wrong trace."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.traces import samples
from traces.ledger import Ledger


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.create(tmp_path / "ledger.sqlite") as made:
        made.put_attempt("a", 1, [samples.trace("a-1")])
        said = list(samples.ORDINARY)
        said[4] = said[4].model_copy(update={"content": "Hm."})
        first = samples.trace("b-1", tuple(said), outcome="repair", bad=1)
        made.put_attempt("b", 1, [first, samples.trace("b-1r1", repaired_from="b-1")])
        made.put_attempt("c", 1, [samples.trace("c-1", outcome="reject", bad=2)])
        yield made
