"""The proof says nothing of a sound folder, and names what a changed line or card does."""

from pathlib import Path

import pytest

from tests.traces import samples
from traces.export import ExportError, all_formats, export, prove
from traces.ledger import Ledger


@pytest.mark.usefixtures("load")
@pytest.mark.parametrize("name", ["trl", "preference", "steps", "openai"])
def test_a_sound_folder_is_proven(filled: Ledger, tmp_path: Path, name: str) -> None:
    export(filled, name, tmp_path / "out")
    assert prove(tmp_path / "out") == []


@pytest.mark.usefixtures("load")
def test_a_type_that_changes_values_is_found(filled: Ledger, tmp_path: Path) -> None:
    export(filled, "trl", tmp_path / "out")
    card = tmp_path / "out" / "README.md"
    card.write_text(
        card.read_text().replace("name: difficulty\n    dtype: int64", "name: difficulty\n    dtype: string")
    )
    found = prove(tmp_path / "out")
    assert "default/train: row 1 came back with another difficulty" in found


def test_a_folder_without_a_card_is_named(filled: Ledger, tmp_path: Path) -> None:
    for name in ("verdicts", "hf-traces"):
        assert not all_formats()[name].features
        export(filled, name, tmp_path / name)
        with pytest.raises(ExportError, match="no dataset card"):
            prove(tmp_path / name)


@pytest.mark.usefixtures("load")
def test_a_line_without_tools_reads_null_there(ledger: Ledger, tmp_path: Path) -> None:
    ledger.put_attempt("a", 1, [samples.trace("a-1")])
    ledger.put_attempt("b", 1, [samples.trace("b-1", samples.DIRECT, tools=())])
    export(ledger, "openai", tmp_path / "out")
    assert prove(tmp_path / "out") == []
