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
        ("b", None),
        ("3", False),
        ("d", None),
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


def test_rows_that_leave_out_what_is_optional_are_no_failures(tmp_path: Path) -> None:
    add = {"prompt": "Add two numbers.", "entry_point": "add", "test": "assert add(1, 2) == 3"}
    path = written(
        tmp_path / "set.jsonl",
        {**add, "id": "right", "solution": "def add(a, b):\n    return a + b"},
        {**add, "id": "bare"},
        {"id": "open", "problem": "How many primes are there below 100?"},
        {"id": "worked", "problem": "How many in all?", "solution": "There are 6 * 7 = 42 of them."},
    )
    done = CliRunner().invoke(app, ["validate", str(path), "--json"])
    assert done.exit_code == 0
    found = {row["id"]: (row["ok"], row["reason"]) for row in map(json.loads, done.stdout.splitlines())}
    assert found["right"] == (True, "")
    assert found["bare"] == (None, "no `solution`")
    assert found["open"][0] is found["worked"][0] is None
    told = CliRunner().invoke(app, ["validate", str(path)])
    assert told.exit_code == 0
    assert "1 of 1 references pass, 3 of 4 rows have nothing to try" in told.stdout
    assert "nothing to try: no `solution`: line 2\n" in told.stdout


async def test_what_is_wrong_without_a_reference_is_a_failure_all_the_same(tmp_path: Path) -> None:
    path = written(
        tmp_path / "set.jsonl",
        {"prompt": "Add.", "entry_point": "add", "test": "def check(candidate):\n    candidate(1, 2)\n    assert True"},
        {"prompt": "Add.", "entry_point": "add", "test": "assert add(1, 2) = 3"},
        {"problem": "How many in all?", "solution": "There are 6 * 7 = 44 of them."},
        {"problem": "How many in all?", "answer": "--"},
    )
    found = await checked(path)
    assert [row.ok for row in found] == [False, False, False, False]
    assert found[2].reason == "6 * 7 is 42, not 44"


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (
            {"entry_point": "g", "test": "assert g(1) == 2"},
            "the solution does not define g, but f: `entry_point` has to be the name of what is tested",
        ),
        (
            {"entry_point": "f", "test": "x = 2\n\ndef check(candidate):\n    assert candidate(1) == 5\n"},
            "`f(1)` gives 2; line 4 of the test, `assert candidate(1) == 5`: AssertionError",
        ),
        (
            {"test_setup_code": "import math\nONE = 1", "test_list": ["assert f(1) == 2", "assert f(ONE) == 5"]},
            "`f(1)` gives 2; line 2 of the test, `assert f(ONE) == 5`: AssertionError",
        ),
        (
            {"test_setup_code": "import math\nimport none_such", "test": "assert f(1) == 2", "entry_point": "f"},
            "line 2 of what is set up for the test, `import none_such`: ModuleNotFoundError: No module named 'none_such': code is run "
            "where that is not installed, here and in a run",
        ),
        (
            {"test_setup_code": "import math", "test": "assert f(1) == 2\nassert (f(2) == 3", "entry_point": "f"},
            "the test is no Python: '(' was never closed (line 2 of the test)",
        ),
        (
            {"input_output": {"inputs": ["1"], "outputs": ["2"]}, "solution": "print(int(input()) / 0)"},
            "`the program('1')` raises RuntimeError: ZeroDivisionError: division by zero (line 1 of the program)",
        ),
        (
            {"input_output": {"fn_name": "f", "inputs": [[1], [2]], "outputs": [2, 5]}},
            "case 2, input '[2]': '3' is not its output",
        ),
        (
            {"entry_point": "f", "test": "assert f(1) == 2", "solution": "import none_such\ndef f(x):\n    return 2"},
            "the solution raised ModuleNotFoundError: No module named 'none_such': code is run where that is not installed, "
            "here and in a run",
        ),
    ],
)
async def test_why_a_solution_fails_is_told_by_what_stands_in_its_row(
    tmp_path: Path, row: dict[str, object], why: str
) -> None:
    whole = {"prompt": "Add one.", "solution": "def f(x):\n    return x + 1\n", **row}
    (found,) = await checked(written(tmp_path / "set.jsonl", whole))
    assert (found.ok, found.reason) == (False, why)


async def test_a_body_finds_its_head_in_a_field_of_its_own(tmp_path: Path) -> None:
    row = {
        "instruct_prompt": "Add one. Begin with:\n```\ndef task(x):\n```",
        "code_prompt": "import math\ndef task(x):\n",
        "canonical_solution": "    return x + 1\n",
        "entry_point": "task",
        "test": "assert task(1) == 2",
    }
    faulty = {**row, "canonical_solution": "    return x - 1\n"}
    found = await checked(written(tmp_path / "set.jsonl", row, faulty))
    assert [each.ok for each in found] == [True, False]
    assert "`task(1)` gives 0" in found[1].reason
