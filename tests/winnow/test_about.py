"""What a card is told of a run."""

import json
from pathlib import Path

from tests.traces import samples
from traces.ledger import Ledger
from winnow.about import about_run
from winnow.folder import RunFolder
from winnow.origin import Origin

SHARE = {"value": 0.5, "low": 0.1, "high": 0.9, "hits": 1, "of": 2}
FIGURES = {
    "catch_rate": SHARE,
    "keep_precision": SHARE | {"value": None, "of": 0},
    "keep_recall": SHARE,
    "codes": {"all": {"all": {"precision": SHARE, "recall": SHARE}}},
}


def test_graders_and_their_card_are_told(tmp_path: Path) -> None:
    folder = RunFolder.create_from(tmp_path / "run", Origin(kind="import", name="a", sources=()))
    trace = samples.trace("a-1")
    lineage = trace.lineage.model_copy(update={"graders": {"b": "2", "a": "1"}})
    with Ledger.create(folder.ledger) as ledger:
        ledger.put_attempt("a", 1, [trace.model_copy(update={"lineage": lineage})])
    assert about_run(folder.path) == {"graders": "a 1, b 2"}
    (folder.path / "card.json").write_text(json.dumps({"with_oracle": FIGURES}))
    assert about_run(folder.path)["grader card"] == (
        "precision 50.0% of 2, recall 50.0% of 2, catch rate 50.0% of 2, keep precision not measured, keep recall 50.0% of 2"
    )
    (folder.path / "card.json").write_text("{")
    assert "grader card" not in about_run(folder.path)


def test_where_there_is_no_run_nothing_is_told(tmp_path: Path) -> None:
    assert about_run(tmp_path) == {}
