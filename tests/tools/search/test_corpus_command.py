"""`winnow corpus build` and `winnow corpus search`, as typed."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from winnow.commands import Refusal
from winnow.corpus import app


def winnow_corpus(*arguments: str | Path) -> str:
    result = CliRunner().invoke(app, [str(argument) for argument in arguments], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    path = tmp_path / "ponds.jsonl"
    lines = ({"id": f"pond/{n}", "title": f"Pond {n}", "text": f"Herons: {n}."} for n in range(3))
    path.write_text("\n".join(map(json.dumps, lines)))
    return path


def test_build_then_search(corpus: Path, tmp_path: Path) -> None:
    assert winnow_corpus("build", corpus, "-o", tmp_path / "index").startswith("3 documents added")
    assert "0 documents added" in (again := winnow_corpus("build", corpus, "-o", tmp_path / "index"))
    assert "3 were there already" in again
    assert "Pond 2 (id: pond/2)" in winnow_corpus("search", tmp_path / "index", "herons 2")


def test_refusals_name_the_cause(corpus: Path, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="cannot read"):
        winnow_corpus("build", tmp_path / "none.jsonl", "-o", tmp_path / "index")
    with pytest.raises(Refusal, match="holds no corpus"):
        winnow_corpus("search", tmp_path / "elsewhere", "herons")
