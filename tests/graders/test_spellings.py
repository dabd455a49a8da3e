"""Answers that say the same in another notation, each with a twin that does not."""

import pytest

from graders.answers.equivalence import built_in

EQUAL = [
    ("1 in 5", "20%"),
    ("9.8 m/s^2", "9.8 m/s²"),
    ("Q3 2021", "third quarter of 2021"),
    ("18h30", "6:30 pm"),
    ("XX century", "20th century"),
    ("MCMXLIV", "1944"),
    ("twenty-first", "21st"),
    ("It does not.", "no"),
    ("That statement is false.", "no"),
    ("The vertex is at (2, -3).", "(2,-3)"),
    ("FF_{16}", "255"),
    ("1011 (base 2)", "11"),
    ("12! / 10!", "132"),
    ("C(5,2)", "10"),
    (r"7 \pmod{12}", "7 mod 12"),
    ("CO_2", "CO2"),
]
UNEQUAL = [
    ("1 in 5", "25%"),
    ("0.5%", "0.5"),
    ("Q3 2021", "second quarter of 2021"),
    ("18h30", "6:30 am"),
    ("XIX century", "20th century"),
    ("MCMXLVI", "1944"),
    ("It does not.", "yes"),
    ("That statement is true.", "no"),
    ("The vertex is at (2, 3).", "(2,-3)"),
    ("1011 (base 2)", "12"),
    ("12! / 10!", "1.2"),
    ("C(5,2)", "20"),
]


@pytest.mark.parametrize(("one", "two"), EQUAL)
def test_the_same(one: str, two: str) -> None:
    assert built_in(one, two) == built_in(two, one) == "equal"


@pytest.mark.parametrize(("one", "two"), UNEQUAL)
def test_not_the_same(one: str, two: str) -> None:
    assert built_in(one, two) == built_in(two, one) == "different"


def test_a_number_that_was_not_read_leaves_it_open() -> None:
    assert built_in("four myriads", "40000") == "undecided"
