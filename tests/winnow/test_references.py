"""The self-check of problem sets: right references pass in every usual form, the same with a planted fault do not."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from winnow.cli import app
from winnow.references import Checked, check_set

SETS = Path(__file__).parent / "sets"


async def checked(path: Path) -> list[Checked]:
    return [row async for row in check_set(path)]


def written(path: Path, *rows: object) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


@pytest.mark.parametrize("kind", ["math", "code", "forms"])
async def test_right_references_pass_and_faulty_ones_do_not(kind: str) -> None:
    right, wrong = await checked(SETS / f"{kind}_right.jsonl"), await checked(SETS / f"{kind}_wrong.jsonl")
    assert len(right) >= 29
    assert [row for row in right if not row.ok] == []
    assert len(wrong) >= 25
    assert [row for row in wrong if row.ok or not row.reason] == []


async def test_a_row_that_is_no_problem_is_told_with_its_cause_and_stops_nothing(tmp_path: Path) -> None:
    path = written(
        tmp_path / "set.jsonl",
        {"id": "a", "problem": "1+1?", "answer": 2},
        {"id": "b", "problem": "1+1?"},
        [1],
        {"id": "d", "prompt": "", "test": "assert f(1)", "solution": ""},
        {"id": "e", "prompt": "", "entry_point": "f", "test": "x = 1", "solution": "def f(): pass"},
        {"id": "f", "problem": "1+1?", "answer": {"value": 2}},
    )
    found = await checked(path)
    assert [(row.id, row.ok) for row in found] == [
        ("a", True),
        ("b", False),
        ("3", False),
        ("d", False),
        ("e", False),
        ("f", False),
    ]
    assert "no `answer`" in found[1].reason
    assert "asserts nothing" in found[4].reason or "does not define" in found[4].reason


def test_the_command_prints_a_line_a_row_and_fails_where_one_does(tmp_path: Path) -> None:
    path = written(
        tmp_path / "set.jsonl",
        {"id": "a", "problem": "What is 6*7?", "answer": "42", "solution": "6*7=<<6*7=42>>42\n#### 42"},
        {"id": "b", "problem": "What is 6*7?", "answer": "42", "solution": "6*7=<<6*7=43>>43\n#### 42"},
    )
    done = CliRunner().invoke(app, ["validate", str(path), "--json"])
    assert done.exit_code == 1
    assert [json.loads(line) for line in done.stdout.splitlines()] == [
        {"id": "a", "ok": True, "reason": ""},
        {"id": "b", "ok": False, "reason": "6*7 is 42, not 43"},
    ]
    told = CliRunner().invoke(app, ["validate", str(path)])
    assert "line 2, id b: 6*7 is 42, not 43" in told.stdout
    assert "1 of 2 references pass, 1 do not" in told.stdout
