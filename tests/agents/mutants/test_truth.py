"""The mutator's own reading of answers and figures, which decides what is a mutant."""

import random
from fractions import Fraction

import pytest

from agents.mutants.figures import fresh, written
from scenarios.figures import Figure, figures
from scenarios.stated import states
from traces.task import Answer


@pytest.mark.parametrize(
    ("answer", "text", "right"),
    [
        (Answer(kind="number", value="1234.5", tolerance="0.01"), "It is 1,234.50 crowns.", True),
        (Answer(kind="number", value="1234.5", tolerance="0.01"), "It is 1,234.52 crowns.", False),
        (Answer(kind="number", value="12"), "In all 12, it seems.", True),
        (Answer(kind="number", value="12"), "In all 112.", False),
        (Answer(kind="date", value="2023-02-16"), "On 16 February 2023.", True),
        (Answer(kind="date", value="2023-02-16"), "On 17 February 2023.", False),
        (Answer(kind="text", value="Laeskik Canal"), "The laeskik canal has the least.", True),
        (Answer(kind="text", value="Laeskik Canal"), "The Laeskik Canals.", False),
        (Answer(kind="set", accepted=("Ann", "Bo")), "Bo and Ann.", True),
        (Answer(kind="set", accepted=("Ann", "Bo")), "Ann alone.", False),
        (Answer(kind="boolean", value="yes"), "No.", False),
        (Answer(kind="unknown"), "I could not find it.", True),
        (Answer(kind="unknown"), "It is 4,120.", False),
    ],
)
def test_the_right_answer_is_seen_wherever_it_stands(answer: Answer, text: str, right: bool) -> None:
    assert states(answer, text) is right


def test_figures_are_numbers_and_no_parts_of_codes_or_dates() -> None:
    text = "On 8 June 2018 LPX-35951 had 1,234.50 crowns, 7 ships and d0000617; on May 3, 2019 it was 12."
    assert [f.text for f in figures(text)] == ["1,234.50", "7", "12"]


def test_a_new_figure_looks_like_the_old_and_follows_from_nothing() -> None:
    like = Figure(0, 8, "1,234.50", Fraction("1234.5"))
    known = frozenset({Fraction(100), Fraction(7), Fraction(31)})
    for seed in range(50):
        new = fresh(like, known, random.Random(seed))
        assert figures(new)[0].places == 2
        assert figures(new)[0].value not in known
        assert all(figures(new)[0].value != a * b for a in known for b in known)
    assert written(Fraction(1, 3), Figure(0, 2, "12", Fraction(12))) == "0.33"
