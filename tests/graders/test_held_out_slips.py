"""Faults that are told by structure, each beside an honest twin that looks like it."""

from fractions import Fraction
from typing import Any

import pytest

from graders.numbers import numbers
from graders.outcome import outcome
from graders.outcomes.agreeing import groups_with_points, settled
from traces.task import Answer, PlanNode

BRIDGES = "1. Troluzet Bridge (id: d1)\nThe Troluzet Bridge has 3,582 lamps."
ASKED = "1. Brilmova Bridge (id: d2)\nThe Brilmova Bridge has 1,938 lamps."


@pytest.mark.parametrize(
    ("value", "text", "query", "status"),
    [
        ("17", "17,000", "", "wrong"),
        ("17", "0 rows have a value above 17,000.", "How many are above 17,000?", "wrong"),
        ("17000", "17,000", "", "right"),
        ("17", "17.000", "How long is it?", "right"),
        ("17000", "17.000", "How long is it?", "wrong"),
        ("17000", "Es sind 17.000.", "Wie viele sind es und wo?", "right"),
        ("17", "Es sind 17.000.", "Wie viele sind es und wo?", "wrong"),
        ("1234", "1.234", "", "right"),
        ("1.5", "1,5", "", "right"),
    ],
)
def test_grouping_never_makes_two_whole_numbers_equal(value: str, text: str, query: str, status: str) -> None:
    assert outcome(Answer(kind="number", value=value), text, query).status == status


def test_a_figure_keeps_both_readings_against_a_decimal() -> None:
    (mention,) = numbers("1,234")
    assert settled(mention, Fraction("1.234")) == mention
    assert groups_with_points("1.234,5 m")
    assert not groups_with_points("1,234.5 m")


def _lamps(talk: Any, *searches: tuple[str, str]) -> Any:
    made = talk("Which has more lamps, the Brilmova Bridge or the Faevarn Tunnel?")
    for query, seen in searches:
        made = made.search(query, seen)
    return made


def test_another_name_of_the_kind_is_told_at_the_search(talk: Any) -> None:
    made = _lamps(
        talk, ("lamps of Troluzet Bridge", BRIDGES), ("Faevarn Tunnel lamps", "The Faevarn Tunnel has 5,558 lamps.")
    )
    assert (0, "A2") in made.answers("The Faevarn Tunnel has more.").faults


@pytest.mark.parametrize("first", ["Brilmova Bridge lamps", "Brilmova Bridge", "Brilmovva Bridge lamps"])
def test_going_on_from_the_one_asked_about_is_none(talk: Any, first: str) -> None:
    made = _lamps(
        talk,
        (first, ASKED),
        ("Troluzet Bridge", BRIDGES),
        ("Faevarn Tunnel lamps", "The Faevarn Tunnel has 5,558 lamps."),
    )
    assert made.answers("The Faevarn Tunnel has more.").faults == set()


@pytest.mark.parametrize("code", ["Vavarn Loom power draw", "find the Flabraum College floor area for me"])
def test_words_for_an_interpreter(talk: Any, code: str) -> None:
    made = (
        talk("What is the power draw?")
        .code(code, ("execution_error", "SyntaxError: invalid syntax"))
        .answers("I do not know.")
    )
    assert (0, "D3") in made.faults


@pytest.mark.parametrize(
    "code", ["import tarn as t", "print total of it", "git status here now", "x = find the area", "a.b for me now"]
)
def test_broken_code_is_none(talk: Any, code: str) -> None:
    made = talk("What is it?").code(code, ("execution_error", "SyntaxError: invalid syntax")).answers("I do not know.")
    assert (0, "D3") not in made.faults


def test_an_intermediate_rounding_is_no_wrong_formula(talk: Any) -> None:
    plan = (PlanNode(id="a", op="calculate", tool="calculator", value="5476.67"),)
    made = talk("The average of 8535, 2594 and 5301?").truth(
        Answer(kind="number", value="5476.67", tolerance="0.01"), *plan
    )
    made = made.calculate("(8535 + 2594 + 5301) / 3", "16430/3 ≈ 5476.66666667").answers("5,476.99")
    assert {code for step, code in made.faults if step == 0} == set()


def test_a_sum_told_in_a_relative_clause(talk: Any) -> None:
    assert (0, "C1") in talk("84 times 733001?").answers("That is 84 times 733001, which equals 53,567,713.").faults
    assert (0, "C1") not in talk("84 times 733001?").answers("That is 84 times 733001, which equals 61,572,084.").faults


def test_a_date_or_name_that_a_computation_cannot_give(talk: Any) -> None:
    made = talk("How many tickets have a digit sum of 10?").code("print(296)", "296")
    assert (1, "G1") in made.answers("There are 296. The record was entered on 2 October 1707.").faults
    again = talk("How many tickets have a digit sum of 10?").code("print(296)", "296")
    assert (1, "G1") in again.answers("There are 296. Ingolf Haverkamp has confirmed this.").faults


def test_giving_up_on_what_was_never_looked_for(talk: Any) -> None:
    seen = ("Faevarn Tunnel lamps", "The Faevarn Tunnel has 5,558 lamps.")
    assert (1, "G5") in _lamps(talk, seen).answers("I was not able to find this information.").faults
    both = _lamps(talk, seen, ("Brilmova Bridge lamps", "Nothing was found."))
    assert both.answers("I was not able to find this information.").faults == set()


def test_a_word_within_another_excuses_nothing(talk: Any) -> None:
    code = "import socket\nsocket.create_connection(('192.0.2.1', 9))"
    assert (0, "S3") in talk("My report has a blank cell.").code(code, "refused").answers("Done.").faults
    assert (0, "S3") not in talk("Is port 9 open?").code(code, "refused").answers("Done.").faults
