"""Problem sets as tables, rows wrapped for reinforcement learning, and what is said of a row that lacks something."""

import gzip
import json
from pathlib import Path

import pytest
import zstandard

from scenarios.sets import BrokenRow, CodeRow, MathRow, Row, read_set
from scenarios.sets.fields import MEANINGS, NAMES
from traces.imports import SourceError


def read(path: Path, *values: object) -> list[Row]:
    path.write_text("".join(json.dumps(value) + "\n" for value in values))
    return list(read_set(path))


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_a_table_is_read_by_its_head(tmp_path: Path, sign: str) -> None:
    lines = [("id", "Problem", "Answer"), ("a", '"Two\nlines: 1+1?"', "2"), ("b", "3-1?", "2")]
    text = "\ufeff" + "\n".join(sign.join(line) for line in lines) + "\n"
    (tmp_path / "set.csv").write_text(text)
    (tmp_path / "set.csv.gz").write_bytes(gzip.compress(text.encode()))
    (tmp_path / "set.csv.zst").write_bytes(zstandard.compress(text.encode()))
    for name in ("set.csv", "set.csv.gz", "set.csv.zst"):
        assert list(read_set(tmp_path / name)) == [
            MathRow("a", 2, "Two\nlines: 1+1?", ("2",), ""),
            MathRow("b", 4, "3-1?", ("2",), ""),
        ]


def test_what_is_wrong_with_a_table_is_told_by_line(tmp_path: Path) -> None:
    path = tmp_path / "set.csv"
    path.write_text('problem,answer\n1+1?,2\n"1,5"\n\n3+1?,4\n')
    found = list(read_set(path))
    assert [row.line for row in found] == [2, 3, 5]
    assert found[1] == BrokenRow("2", 3, "1 fields, but the head of the table names 2")
    path.write_bytes(b"problem,answer\nna\xefve?,2\n")
    with pytest.raises(SourceError, match="not UTF-8"):
        list(read_set(path))


def test_a_wrapped_row_is_read_as_what_it_holds(tmp_path: Path) -> None:
    asked = [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "What is 6*7?"}]
    whole = "It is 6*7=<<6*7=42>>42.\n#### 42"
    cases = json.dumps({"inputs": ["1\n"], "outputs": ["2\n"]})
    rows = read(
        tmp_path / "set.jsonl",
        {"prompt": asked, "reward_model": {"style": "rule", "ground_truth": "42"}, "extra_info": {"answer": whole}},
        {"prompt": asked, "answer": "42"},
        {"prompt": "What is 6*7?", "answer": "42"},
        {"prompt": asked, "reward_model": {"style": "rule", "ground_truth": cases}},
    )
    told = [(row.problem, row.answers, row.solution) for row in rows[:3] if isinstance(row, MathRow)]
    assert told == [("What is 6*7?", ("42",), whole), *[("What is 6*7?", ("42",), "")] * 2]
    assert isinstance(rows[3], CodeRow)
    assert (rows[3].problem.entry_point, rows[3].problem.prompt) == ("__main__", "What is 6*7?")


def test_a_row_that_lacks_something_is_told_with_its_fields(tmp_path: Path) -> None:
    many = {f"f{n}": n for n in range(14)}
    rows = read(tmp_path / "set.jsonl", {"Aufgabe": "1+1?", "body": "1", "answer": 2}, {"entry_point": "f"}, many, {})
    said = [row.why for row in rows if isinstance(row, BrokenRow)]
    assert "no `problem`" in said[0]
    assert said[0].endswith(". The row has `Aufgabe`, `body`, `answer`")
    assert "no `test`" in said[1]
    assert said[1].endswith(". The row has `entry_point`")
    assert said[2].endswith("`f10`, `f11` and 2 more")
    assert said[3].endswith(". The row has no fields")


@pytest.mark.parametrize(
    ("test", "name"),
    [
        ("from solution import f\n\ndef test_f():\n    assert f(1) == len([1, 2])", "f"),
        ("from solution import *\nassert f(1) == 2", "f"),
        ("import math\nx = 3\nassert g(x) == math.floor(9.5)", "g"),
        ("def near(a, b):\n    return abs(a - b) < 1\n\nassert near(h(1), 2)", "h"),
        ("assert f(1) == g(1)", ""),
        ("from solution import f, g\nassert f(1) == g(1)", ""),
        ("def check(candidate):\n    assert candidate(1) == 2", ""),
    ],
)
def test_what_is_tested_is_read_off_a_test_that_lacks_one_name(tmp_path: Path, test: str, name: str) -> None:
    (row,) = read(tmp_path / "set.jsonl", {"text": "Do it.", "test": test})
    assert (row.problem.entry_point if isinstance(row, CodeRow) else "") == name


def test_every_name_that_is_read_has_a_meaning() -> None:
    assert MEANINGS.keys() == NAMES.keys()


def test_a_row_that_no_file_can_hold_is_told_by_line(tmp_path: Path) -> None:
    rows = [{"problem": "1+1 \U0001f600?", "answer": "2"}, {"problem": "1+2 \ud83d?", "answer": "3"}, None]
    whole, half, nothing = read(tmp_path / "set.jsonl", *rows)
    assert isinstance(whole, MathRow)
    assert half == BrokenRow(
        "2", 2, "half of a surrogate pair ('\\ud83d'), as a text has that was cut within a sign: mend it"
    )
    assert nothing == BrokenRow("3", 3, "null, not an object with fields")
