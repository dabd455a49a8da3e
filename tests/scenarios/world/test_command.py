"""`winnow world build` and `winnow world check`, as typed."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from winnow.commands import Refusal
from winnow.world import app


def winnow_world(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def test_a_built_world_passes_its_check(tmp_path: Path) -> None:
    built = winnow_world("build", "--documents", 80, "--seed", 3, "-o", tmp_path / "w")
    assert built.exit_code == 0
    assert "80 documents written" in built.output
    checked = winnow_world("check", tmp_path / "w")
    assert checked.exit_code == 0, checked.output
    assert "0  problems" in checked.output


def test_a_page_changed_afterwards_fails_the_check(tmp_path: Path) -> None:
    winnow_world("build", "--documents", 80, "-o", tmp_path / "w")
    path = tmp_path / "w" / "documents.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(lines[1:]), encoding="utf-8")
    checked = winnow_world("check", tmp_path / "w")
    assert checked.exit_code == 1
    assert "79 documents where 80 were asked for" in checked.output


@pytest.mark.parametrize(
    ("knob", "told"),
    [
        ("contradictions=2", "less than or equal to 1"),
        ("colour=red", "a knob of missing"),
        ("languages=[xx]", "'en', 'de' or 'fr'"),
    ],
)
def test_a_wrong_knob_is_refused_before_anything_is_written(tmp_path: Path, knob: str, told: str) -> None:
    refused = winnow_world("build", "-o", tmp_path / "w", "--set", knob)
    assert isinstance(refused.exception, Refusal)
    assert told in str(refused.exception)
    assert not (tmp_path / "w").exists()


def test_a_folder_with_files_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("precious")
    refused = winnow_world("build", "-o", tmp_path)
    assert isinstance(refused.exception, Refusal)
    assert (tmp_path / "mine").read_text() == "precious"


def test_a_folder_that_cannot_be_made_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    refused = winnow_world("build", "--documents", 60, "-o", tmp_path / "file" / "w")
    assert isinstance(refused.exception, Refusal)
    assert "cannot be written (Not a directory). Choose another folder" in str(refused.exception)
