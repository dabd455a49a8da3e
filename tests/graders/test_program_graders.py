"""Every code that a program decides: one trace that has the fault, at the step where it is, and a twin that has it not."""

from collections.abc import Callable
from typing import Any, NamedTuple

import pytest

PAGE = "Velmora\n\nVelmora is a town of 12,340 inhabitants (2021), founded on 3 March 1843. Its mayor is Ida Tolvik."
HITS = "1. Velmora (id: town-17)\nVelmora is a town ...\n\n2. Tarn (id: town-18)\nTarn is ..."


class Pair(NamedTuple):
    """`bad` has the fault `code` at `step`; `good` has no fault at all."""

    code: str
    step: int
    bad: Callable[[Any], Any]
    good: Callable[[Any], Any]


def _found(talk: Any) -> Any:
    return talk("How many people live in Velmora?").search("Velmora population", HITS)


def _sum(talk: Any) -> Any:
    return talk("What is 1,234.5 times 17?")


PAIRS = {
    "F1 broken JSON": Pair(
        "F1",
        0,
        lambda t: (
            t("Hi, how many?").calls(("search", '{"query": "Velm', ("malformed_call", "Error"))).answers("Unclear.")
        ),
        lambda t: _found(t).page("town-17", PAGE).answers("12,340 people."),
    ),
    "F1 written out": Pair(
        "F1",
        0,
        lambda t: t("How many?").answers('<tool_call>{"name": "search", "arguments": {"query": "x"}}</tool_call>'),
        lambda t: t("What does a call look like?").answers("Like {name, arguments} in JSON."),
    ),
    "F2": Pair(
        "F2",
        0,
        lambda t: (
            t("Q").calls(("web_search", {"query": "Velmora"}, ("unknown_tool", "Error: no such tool"))).answers("Hm.")
        ),
        lambda t: t("Q").search("Velmora", HITS).answers("There is a town of that name."),
    ),
    "F3 missing": Pair(
        "F3",
        0,
        lambda t: t("Q").calls(("search", {"q": "Velmora"}, ("invalid_arguments", "Error"))).answers("Hm."),
        lambda t: t("Q").calls(("search", {"query": "Velmora", "limit": 3}, HITS)).answers("There is a town."),
    ),
    "F3 mistyped": Pair(
        "F3",
        0,
        lambda t: t("Q").calls(("search", {"query": ["Velmora"]}, ("invalid_arguments", "Error"))).answers("Hm."),
        lambda t: t("Q").calls(("search", {"query": "Velmora"}, HITS)).answers("There is a town."),
    ),
    "F4 of thirty digits": Pair(
        "F4",
        0,
        lambda t: (
            t("Q").calls(("search", {"query": "V", "limit": 10**30}, ("invalid_arguments", "Error"))).answers("Hm.")
        ),
        lambda t: t("Q").calls(("search", {"query": "V", "limit": 20}, HITS)).answers("There is a town."),
    ),
    "F4": Pair(
        "F4",
        0,
        lambda t: t("Q").calls(("search", {"query": "V", "limit": 0}, ("invalid_arguments", "Error"))).answers("Hm."),
        lambda t: t("Q").calls(("search", {"query": "V", "limit": 20}, HITS)).answers("There is a town."),
    ),
    "A1 id": Pair(
        "A1",
        1,
        lambda t: _found(t).page("town-93", ("not_found", "Error")).answers("I could not find it."),
        lambda t: _found(t).page("town-17", PAGE).answers("12,340."),
    ),
    "A1 number": Pair(
        "A1",
        0,
        lambda t: _sum(t).calculate("1432.5 * 17", "24352.5").answers("24,352.5"),
        lambda t: _sum(t).calculate("1234.5 * 17", "20986.5").answers("20,986.5"),
    ),
    "A1 figure invented": Pair(
        "A1",
        1,
        lambda t: _found(t).calculate("98765 / 2", "49382.5").answers("I stop here."),
        lambda t: t("Half of 98765, please.").calculate("98765 / 2", "49382.5").answers("49,382.5"),
    ),
    "A1 data in code": Pair(
        "A1",
        0,
        lambda t: t("Mean of 12.31 and 14.77?").code("print((12.31 + 41.77) / 2)", "27.04").answers("27.04"),
        lambda t: t("Mean of 12.31 and 14.77?").code("print((12.31 + 14.77) / 2)", "13.54").answers("13.54"),
    ),
    "C1 prose": Pair(
        "C1",
        0,
        lambda t: t("Twelve times four?").answers("12 × 4 = 50."),
        lambda t: t("Twelve times four?").answers("12 × 4 = 48."),
    ),
    "C1 beside a call": Pair(
        "C1",
        0,
        lambda t: t("(12 × 41) × 317?").calculate("592 * 317", "187664", says="12 × 41 = 592.").answers("187,664"),
        lambda t: t("(12 × 41) × 317?").calculate("492 * 317", "155964", says="12 × 41 = 492.").answers("155,964"),
    ),
    "C1 total": Pair(
        "C1",
        0,
        lambda t: t("Add 120, 80 and 45.").answers("- a: 120\n- b: 80\n- c: 45\n\nTotal: 255"),
        lambda t: t("Add 120, 80 and 45.").answers("- a: 120\n- b: 80\n- c: 45\n\nTotal: 245"),
    ),
    "C1 comment": Pair(
        "C1",
        0,
        lambda t: t("12 by 41?").code("x = 592  # 12 * 41 = 592\nprint(x)", "592").answers("592"),
        lambda t: t("12 by 41?").code("x = 492  # 12 * 41 = 492\nprint(x)", "492").answers("492"),
    ),
    "G1 number": Pair(
        "G1",
        2,
        lambda t: _found(t).page("town-17", PAGE).answers("12,340 people, up from 9,871,222 the year before."),
        lambda t: _found(t).page("town-17", PAGE).answers("About 12 thousand people (12,340 in 2021)."),
    ),
    "G1 date": Pair(
        "G1",
        2,
        lambda t: _found(t).page("town-17", PAGE).answers("It has 12,340 people and was founded on 8 June 1799."),
        lambda t: _found(t).page("town-17", PAGE).answers("It has 12,340 people and was founded on March 3rd, 1843."),
    ),
    "G1 name": Pair(
        "G1",
        2,
        lambda t: _found(t).page("town-17", PAGE).answers("The mayor is **Jon Aldersen**."),
        lambda t: _found(t).page("town-17", PAGE).answers("The mayor is **Ida Tolvik**."),
    ),
    "O2 in the answer": Pair(
        "O2",
        2,
        lambda t: _found(t).page("town-17", PAGE).answers("Velmora has 12,430 inhabitants."),
        lambda t: _found(t).page("town-17", PAGE).answers("Velmora has 12 340 inhabitants."),
    ),
    "O2 on the way": Pair(
        "O2",
        2,
        lambda t: (
            _found(t).page("town-17", PAGE).search("Tarn", HITS, says="So 13,240 people. Next Tarn.").answers("Done.")
        ),
        lambda t: (
            _found(t).page("town-17", PAGE).search("Tarn", HITS, says="So 12,340 people. Next Tarn.").answers("Done.")
        ),
    ),
    "P1": Pair(
        "P1",
        1,
        lambda t: _found(t).search("population VELMORA", HITS).answers("No idea."),
        lambda t: _found(t).search("Velmora census", HITS).answers("No idea."),
    ),
    "P1 in one message": Pair(
        "P1",
        0,
        lambda t: t("Q").calls(("search", {"query": "a"}, HITS), ("search", {"query": "a"}, HITS)).answers("No idea."),
        lambda t: t("Q").calls(("search", {"query": "a"}, HITS), ("search", {"query": "b"}, HITS)).answers("No idea."),
    ),
    "P1 after failures": Pair(
        "P1",
        2,
        lambda t: (
            t("Q")
            .search("a", ("timeout", "E"))
            .search("a", ("timeout", "E"))
            .search("a", ("timeout", "E"))
            .answers("No.")
        ),
        lambda t: t("Q").search("a", ("timeout", "E")).search("a", HITS).answers("There is a town."),
    ),
    "G6 code": Pair(
        "G6",
        1,
        lambda t: t("6 times 7.5?").calculate("6*7.5", "45").answers("45. I ran a Python script to confirm it."),
        lambda t: t("6 times 7.5?").code("print(6*7.5)", "45.0").answers("45. I ran a Python script to confirm it."),
    ),
    "G6 search": Pair(
        "G6",
        0,
        lambda t: t("Who?").answers("I searched the web and found nothing."),
        lambda t: t("Who?").answers("I have not searched the web; it is in your text."),
    ),
    "G6 announces": Pair(
        "G6",
        0,
        lambda t: t("Who?").answers("Let me search for that now."),
        lambda t: t("Who?").answers("Let me know if you need more."),
    ),
}


@pytest.mark.parametrize("name", PAIRS)
def test_fault_is_found_where_it_is(talk: Any, name: str) -> None:
    pair = PAIRS[name]
    assert (pair.step, pair.code) in pair.bad(talk).faults


@pytest.mark.parametrize("name", PAIRS)
def test_first_error_is_that_step(talk: Any, name: str) -> None:
    pair = PAIRS[name]
    first = {v.step for v in pair.bad(talk).verdicts if v.first_error}
    assert first == {pair.step}


@pytest.mark.parametrize("name", PAIRS)
def test_twin_has_no_fault(talk: Any, name: str) -> None:
    assert PAIRS[name].good(talk).faults == set()


def test_without_schemas_form_is_unscored(talk: Any) -> None:
    verdicts = talk("Q", tools=()).search("a", HITS).answers("There is a town.").verdicts
    unscored = {v.grader for v in verdicts if v.status == "unscored" and v.step == 0}
    assert {"unknown_tool", "schema"} <= unscored


def test_answer_without_observations_is_unscored_for_grounding(talk: Any) -> None:
    verdicts = talk("Who?").answers("Velmora has 12,345 people.").verdicts
    assert [v.status for v in verdicts if v.grader == "grounded_answer"] == ["unscored"]


def test_a_small_count_beside_it_supports_no_large_figure(talk: Any) -> None:
    made = talk("How many rows of a.csv exceed 430?").code("print(n)", "6")
    assert (1, "G1") in made.answers("6 rows exceed 430. A year earlier it was 5,992,116.451.").faults


def test_slip_names_what_was_shown(talk: Any) -> None:
    verdicts = _found(talk).page("town-17", PAGE).answers("It has 12,430 people.").verdicts
    found = next(v for v in verdicts if v.code == "O2")
    assert "12340" in found.reason
    assert [(e.message, e.text) for e in found.evidence] == [(5, "12,430"), (4, "12,340")]


def test_a_slip_mended_later_says_so(talk: Any) -> None:
    made = talk("12 by 4, then by 3?").calculate("50*3", "150", says="12 × 4 = 50.")
    verdicts = made.calculate("48*3", "144", says="Sorry: 12 × 4 = 48.").answers("144").verdicts
    assert [v.recovered_by for v in verdicts if v.code == "C1"] == [1]


def test_private_reasoning_may_err_where_nothing_comes_of_it(talk: Any) -> None:
    assert talk("12 by 4?").answers("48", reasoning="12 × 4 = 50? No. 12 × 4 = 58. Hm, 12 × 4 = 48.").faults == set()
    assert (0, "C1") in talk("12 by 4?").answers("It is 58.", reasoning="12 × 4 = 58.").faults


def test_a_critique_in_the_system_message_is_no_source(talk: Any) -> None:
    note = "You solve tasks.\nWhat was wrong, step by step:\n- your answer: 987,654 comes from nowhere."
    made = talk().system(note).user("How many people live in Velmora?").search("Velmora", HITS).page("town-17", PAGE)
    assert (2, "G1") in made.answers("987,654 people.").faults


def test_later_turns_of_the_user_may_ask_again(talk: Any) -> None:
    made = _found(talk).page("town-17", PAGE).answers("12,340.").user("Check again.").page("town-17", PAGE)
    assert made.answers("Still 12,340.").faults == set()


@pytest.mark.parametrize(
    "answer",
    [
        "There are 3 ports in 2 towns: Osk and Lund.",
        "2 towns have a port: Osk and Lund; 2 have none: Tarn and Velmora.",
        "Step 3: Osk and Lund.",
        "In 3 regions: Osk and Lund.",
        "More than 3: Osk and Lund.",
    ],
)
def test_a_number_before_names_that_does_not_count_them(talk: Any, answer: str) -> None:
    made = talk("Which of Osk, Tarn, Velmora and Lund have a port?").search("ports", "Osk has a port. Lund has a port.")
    assert {code for _, code in made.answers(answer).faults} & {"C4"} == set()


def test_a_count_that_is_left_whole_of_a_division_is_not_rounded(talk: Any) -> None:
    made = talk("12,345 people in 97 buses: how many have a seat, all full?").calculate(
        "12345 / 97", "127.26804123711341"
    )
    assert made.calculate("127 * 97", "12319").answers("127 in each, so 12,319.").faults == set()


def test_one_taken_off_in_words_is_accounted_for(talk: Any) -> None:
    made = talk("How many guests fit?").calls(("free_seats", {"hall": "A"}, "57 free"))
    made.tools = ()
    assert made.answers("57 seats are free; keeping one for the speaker leaves 56.").faults == set()
