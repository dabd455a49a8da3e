"""Every function of the table does what its row says."""

import pytest

from tools.calculator import evaluate
from tools.calculator.functions import GROUPS, NAMES, SYMBOLIC, SYMBOLIC_NAMES, TABLE
from tools.calculator.functions.base import Function


@pytest.fixture(params=sorted(TABLE))
def row(request: pytest.FixtureRequest) -> Function:
    return TABLE[request.param]


def test_example_gives_what_is_expected(row: Function) -> None:
    assert evaluate(row.example).text == row.expected


def test_too_many_or_few_arguments_are_refused(row: Function) -> None:
    counts = [row.least - 1] if row.least else []
    counts += [row.most + 1] if row.most else []
    for count in counts:
        result = evaluate(f"{row.name}({', '.join(['1'] * count)})")
        assert result.error is not None
        assert row.name in result.error.message


def test_aliases_are_names_of_one_function_each() -> None:
    spellings = [alias for group in GROUPS.values() for f in group for alias in (f.name, *f.aliases)]
    assert len(spellings) == len(set(spellings)) == len(NAMES)
    assert not set(NAMES) & set(SYMBOLIC_NAMES)
    assert set(SYMBOLIC_NAMES.values()) == set(SYMBOLIC)
