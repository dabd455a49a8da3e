"""An export read back for training: which traces, and which of their turns are learnt."""

from pathlib import Path

import pytest

from traces.export import Options, export
from traces.export.options import Rows
from traces.ledger import Ledger
from winnow.training.rows import examples

EVERY = frozenset({0, 1, 2})


@pytest.mark.parametrize(
    ("rows", "learnt"),
    [
        ("kept", {"a-1": EVERY}),  # what was mended is left out: it stands under a reviewer's words
        ("all", {"a-1": EVERY, "b-1": EVERY, "c-1": EVERY}),
        ("masked", {"a-1": EVERY, "b-1": frozenset({0, 2}), "c-1": frozenset({0, 1})}),
    ],
)
def test_what_is_learnt(ledger: Ledger, tmp_path: Path, rows: Rows, learnt: dict[str, frozenset[int]]) -> None:
    report = export(ledger, "trl", tmp_path / "out", Options(rows=rows))
    assert report.refused == 0
    assert {row.id: row.learnt for row in examples(tmp_path / "out", "train")} == learnt
