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


LONG = {
    "figures": "1 " * 50_000, "brackets": "(" * 50_000, "letters": "(a)" * 30_000, "denials": "not " * 25_000,
    "fractions": "\\frac{" * 5_000, "marks": "$" * 100_000, "boxes": "\\boxed{" * 15_000, "lines": "a\n" * 50_000,
    "names": "Name " * 20_000, "digits": "9" * 100_000, "units": "5 " + "kg·" * 30_000, "records": '{"a":' * 20_000,
}  # fmt: skip


@pytest.mark.parametrize("name", LONG)
def test_a_text_of_any_length_is_compared_or_left_open(name: str) -> None:
    for text in (LONG[name], LONG[name][:1_500]):
        for other in ("5", "2, 4", "Paris is the capital"):
            assert built_in(text, other) == built_in(other, text) != "equal"


def test_the_answer_at_the_end_of_a_long_text_counts() -> None:
    reasoning = "First 3 is taken, then 4 is added.\n" * 500
    assert built_in(f"{reasoning}\nFinal answer: 42 km", "42") == "equal"
    assert built_in(f"{reasoning}\n\\boxed{{41}}", "42") == "different"
    assert built_in(reasoning, "42") == "undecided"
