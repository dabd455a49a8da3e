"""Solutions and tests that vouch for each other are chosen; a wrong test kills no right solution."""

import random

import pytest

from graders.pairing import Pairing, pairing


def table(*rows: str) -> list[list[bool]]:
    return [[mark == "+" for mark in row] for row in rows]


def test_those_that_agree_on_most_tests_win() -> None:
    assert pairing(table("+++-", "+++-", "+---", "---+")) == Pairing((0, 1), (0, 1, 2), 6, 1 - 1 / 6)


def test_a_wrong_test_costs_a_right_solution_nothing() -> None:
    assert pairing(table("++-", "++-", "--+")) == Pairing((0, 1), (0, 1), 4, 0.75)


def test_a_test_that_everything_passes_says_nothing() -> None:
    """Here many do nothing right, and only the lenient first test likes them."""
    found = pairing(table("+---", "+---", "+---", "++++", "++++"))
    assert found is not None
    assert found.solutions == (3, 4)
    assert found.tests == (0, 1, 2, 3)


def test_where_all_agree_on_all_tests_there_is_no_doubt() -> None:
    assert pairing(table("++", "++", "++")) == Pairing((0, 1, 2), (0, 1), 6, 1.0)


def test_a_test_that_nobody_passes_is_left_out() -> None:
    assert pairing(table("++-", "++-")) == Pairing((0, 1), (0, 1), 4, 1.0)


@pytest.mark.parametrize(
    "rows",
    [(), ("",), ("--", "--"), ("++-", "+-+"), ("++--", "++--", "--++", "--++"), ("+++",)],
    ids=["none", "no tests", "nothing passes", "nobody agrees", "a draw", "alone"],
)
def test_without_enough_agreement_nothing_is_chosen(rows: tuple[str, ...]) -> None:
    assert pairing(table(*rows)) is None


def test_one_solution_can_be_enough_where_that_is_asked() -> None:
    assert pairing(table("++", "+-"), least=1) == Pairing((0,), (0, 1), 1, 1.0)


def test_rows_of_different_lengths_are_refused() -> None:
    with pytest.raises(ValueError, match="different lengths"):
        pairing([[True], [True, False]])


def test_wrong_tests_among_right_ones_do_not_keep_the_right_solution_from_winning() -> None:
    """Half of the solutions are right; of eight tests a quarter are wrong; wrong solutions pass each test by chance."""
    rng = random.Random(7)
    won = 0
    for _ in range(200):
        right_tests = [rng.random() < 0.75 for _ in range(8)]
        rows = [[*right_tests] for _ in range(4)] + [[rng.random() < 0.4 for _ in range(8)] for _ in range(4)]
        found = pairing(rows)
        won += found is not None and found.solutions[:4] == (0, 1, 2, 3)
    assert won >= 195
