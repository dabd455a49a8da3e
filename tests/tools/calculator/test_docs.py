"""The conventions in the documentation are what the calculator does."""

import re
from pathlib import Path

import pytest

from tools.calculator import ERROR_CODES, evaluate
from tools.calculator.result import MEANINGS

PAGE = Path(__file__).parents[3] / "docs" / "calculator.md"
ROWS = re.findall(r"^\| `(.+?)` \| `(.+?)` \| (.+) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)


def test_rows_are_found() -> None:
    assert len(ROWS) > 40


@pytest.mark.parametrize(("expression", "expected", "remark"), ROWS)
def test_row(expression: str, expected: str, remark: str) -> None:
    result = evaluate(expression)
    assert (result.error.code if result.error else result.text) == expected
    if result.error and expected != "units":
        assert [evaluate(instead).error for instead in re.findall(r"`([^`]*\d[^`]*)`", remark)] == [None] * len(
            re.findall(r"`([^`]*\d[^`]*)`", remark)
        )


def test_every_error_code_has_a_meaning() -> None:
    assert tuple(MEANINGS) == ERROR_CODES
