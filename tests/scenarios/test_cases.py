"""Inputs and outputs as tests, in the forms that sets have them."""

import json

import pytest

from scenarios.sets.cases import Case, cases_of, has_cases
from tools.trials.script import SCRIPT

PAIRS = {"inputs": ["3\n", ["1", "2"]], "outputs": ["9\n", ["4"]]}


def test_a_program_gets_texts_and_a_function_arguments() -> None:
    program = cases_of({"input_output": json.dumps(PAIRS)}, "")
    assert program.entry_point == SCRIPT
    assert program.cases == (Case("3\n", "9\n"), Case("1\n2", "4"))
    called = {"input_output": {"fn_name": "add", "inputs": [[1, 2]], "outputs": [3]}}
    assert cases_of(called, "def add(a, b): ...") == ("add", (Case([1, 2], 3),))
    assert cases_of(called, "class Solution:\n    def add(self, a, b): ...").entry_point == "Solution().add"


def test_public_and_private_cases_are_taken_and_packed_ones_left_out() -> None:
    row = {
        "public_test_cases": json.dumps([{"input": "[1]\n2", "output": "[3]", "testtype": "functional"}]),
        "private_test_cases": "eJxrYGBgYAAAAAYAAQ==",
        "metadata": json.dumps({"func_name": "shift"}),
    }
    assert cases_of(row, "").cases == (Case([[1], 2], [3]),)
    assert cases_of({"private_tests": {"input": ["a"], "output": ["b"]}}, "").cases == (Case("a", "b"),)


@pytest.mark.parametrize("row", [{"input_output": ""}, {"input_output": "{}"}, {"public_test_cases": "none"}])
def test_a_row_without_a_case_says_so(row: dict[str, str]) -> None:
    assert has_cases(row)
    with pytest.raises(ValueError, match="no case"):
        cases_of(row, "")


@pytest.mark.parametrize(
    ("told", "wanted", "alike"),
    [
        ("1 2 \n3\n\n", "1 2\n3", True),
        ("0.33333333", "0.3333333333", True),
        ("1e-9", "0.0", True),
        ("YES", "yes", False),
        ("12", "12.5", False),
        ("1 2", "1 2 3", False),
        ("10", "1 0", False),
    ],
)
def test_output_is_compared_as_judges_do(told: str, wanted: str, *, alike: bool) -> None:
    space: dict[str, object] = {}
    exec(cases_of({"input_output": {"inputs": [""], "outputs": [wanted]}}, "").test, space)
    assert space["alike"](told, wanted) is alike  # type: ignore[operator]
