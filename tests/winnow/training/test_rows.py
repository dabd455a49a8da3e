"""An export read back for training: which traces, and which of their turns are learnt."""

import json
from pathlib import Path

import pytest

from traces.export import Options, export
from traces.export.options import Rows
from traces.ledger import Ledger
from winnow.training.rows import examples
from winnow.training.trainers import LONGEST, few

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


def test_rows_too_long_to_train_on_here_are_passed_over(tmp_path: Path) -> None:
    rows = [{"messages": "x" * (LONGEST if n % 7 == 0 else 10), "n": n} for n in range(200)]
    (tmp_path / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    taken = [row["n"] for row in few(tmp_path / "rows.jsonl", 200)]
    assert 6 < len(taken) <= 12
    assert max(taken) > 150
    assert not [n for n in taken if n % 7 == 0]
    (tmp_path / "long.jsonl").write_text(json.dumps(rows[0]) + "\n")
    assert few(tmp_path / "long.jsonl", 1) == []
