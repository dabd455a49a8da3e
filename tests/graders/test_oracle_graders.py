"""Codes that need the oracle: the fault where it is, and the honest twin."""

from typing import Any

import pytest

from graders.base import all_graders, judge_all
from graders.keep import decide
from graders.outcome import outcome
from tests.graders.conftest import function
from traces.record import Execution
from traces.task import Answer, PlanNode, Suspects

HITS = "1. Velmora (id: town-17)\n...\n\n2. Tarn (id: town-18)\n..."
VELMORA = "Velmora has 12,340 inhabitants, covers 41.7 km2 and lies in Osk."
TARN = "Tarn has 12,020 inhabitants and lies in Osk."
PLAN = (
    PlanNode(id="a", op="lookup", tool="search", value="12340"),
    PlanNode(id="b", op="lookup", tool="search", value="12020"),
    PlanNode(
        id="c", op="difference", tool="calculator", needs=("a", "b"), value="320", args={"what": "the difference"}
    ),
)


def _compare(talk: Any) -> Any:
    made = talk("How many more people live in Velmora than in Tarn?")
    made.truth(Answer(kind="number", value="320", unit=""), *PLAN)
    return made.search("Velmora Tarn population", HITS).page("town-17", VELMORA).page("town-18", TARN)


def _decided(made: Any) -> Any:
    return decide(made.verdicts, made.ending, can_repair=False)


@pytest.mark.parametrize(
    "answer",
    [
        "Velmora has 320 more inhabitants than Tarn.",
        "320",
        "**320**",
        "12,340 − 12,020 = 320, so 320 more people live in Velmora.",
        "The difference is three hundred and twenty people.",
        "Velmora (12,340) has 320 more people than Tarn (12,020).",
        "\\(\\boxed{320}\\)",
        "Answer: 320 people",
    ],
)
def test_right_answer_is_kept(talk: Any, answer: str) -> None:
    made = _compare(talk).calculate("12340 - 12020", "320").answers(answer)
    assert made.faults == set()
    assert _decided(made).outcome == "keep"


@pytest.mark.parametrize("answer", ["340", "The difference is 32.", "Velmora has 12,020 fewer.", "Either 320 or 340."])
def test_wrong_answer_is_not(talk: Any, answer: str) -> None:
    made = _compare(talk).calculate("12340 - 12020", "320").answers(answer)
    assert (4, "G2") in made.faults
    assert _decided(made).outcome == "reject"
    assert _decided(made).first_bad_step == 4


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        ("From 276 g, 154 g and 104 g the average comes to 178 g.", "wrong"),
        ("Together the three parcels (276 g, 154 g, 104 g) weigh 534 g.", "wrong"),
        ("430 minus 154 leaves 276.", "wrong"),
        ("The median of 276, 154 and 104 is 154.", "right"),
        ("Parcel B weighs 154 g, 50 g more than C with 104 g.", "right"),
        ("154 (of 276, 154 and 104 in the list, 534 in total).", "right"),
    ],
)
def test_the_right_figure_among_those_that_another_is_made_of(answer: str, status: str) -> None:
    assert outcome(Answer(kind="number", value="154"), answer).status == status


def test_figure_of_the_page_that_was_not_asked_for(talk: Any) -> None:
    made = _compare(talk).calculate("12020 - 41.7", "11978.3").answers("11,978.3 more.")
    assert {(3, "O2"), (4, "G2")} <= made.faults
    assert _decided(made).first_bad_step == 3
    assert {v.propagated_from for v in made.verdicts if v.code == "G2"} == {3}


def test_wrong_formula(talk: Any) -> None:
    made = _compare(talk).calculate("12340 + 12020", "24360").answers("24,360 more.")
    assert {(3, "C5"), (4, "G2")} <= made.faults


def test_another_route_to_the_right_answer_is_right(talk: Any) -> None:
    made = _compare(talk).calculate("12020 - 12340", "-320").answers("Velmora has 320 more.")
    assert made.faults == set()


def test_wrong_program(talk: Any) -> None:
    plan = (PlanNode(id="a", op="count", tool="python", value="771"),)
    made = talk("How many primes are below 5,851?").truth(Answer(kind="number", value="771"), *plan)
    made.code("print(sum(1 for n in range(5851)))", "5851").answers("5,851")
    assert {(0, "C6"), (1, "G2")} <= made.faults


def test_another_column_of_the_table(talk: Any) -> None:
    table = "Stock\n\npart      load (t)   dues (crowns)\nnails     40.5       613\nbolts     77.25      288\npins      12.5       455"
    plan = (
        PlanNode(id="a", op="open", tool="search", value="Stock"),
        PlanNode(id="b", op="total", args={"column": "dues"}, tool="python", needs=("a",), value="1356"),
    )
    made = talk("Total of dues in Stock?").truth(Answer(kind="number", value="1356"), *plan)
    made.search("Stock", "1. Stock (id: d-1)").page("d-1", table)
    made.code("print(sum([40.5, 77.25, 12.5]))", "130.25").answers("130.25 crowns.")
    assert (2, "O2") in made.faults


def test_a_look_at_the_data_is_no_bug(talk: Any) -> None:
    plan = (PlanNode(id="a", op="count", tool="python", value="771"),)
    made = talk("How many rows of data.csv exceed 40?").truth(Answer(kind="number", value="771"), *plan)
    made.code("print(open('data.csv').read()[:30])", "day,units\n2023-01-04,381")
    made.code("print(sum(1 for r in rows if r < 40))", "229").answers("229 rows.")
    assert {code for step, code in made.faults if step == 0} == set()
    assert (1, "C6") in made.faults


def test_a_long_output_shows_a_value_of_the_plan_by_chance(talk: Any) -> None:
    """Every number but the right one is printed: the two on the way stand among them, and the answer is taken from the list."""
    plan = (
        PlanNode(id="a", op="calculate", tool="none", value="144"),
        PlanNode(id="b", op="calculate", tool="none", needs=("a",), value="24"),
    )
    made = talk("How many of the 169 passengers were adults?").truth(Answer(kind="number", value="24"), *plan)
    listed = "\n".join(str(n) for n in range(170) if n != 24)
    made.code("print(*[n for n in range(170) if 6 * n != 144], sep='\\n')", listed).answers("3 of them were adults.")
    assert (0, "C6") in made.faults


def test_a_wrong_program_is_not_excused_by_a_right_one_that_the_answer_does_not_heed(talk: Any) -> None:
    plan = (PlanNode(id="a", op="calculate", tool="calculator", value="731.5"),)
    made = talk("What is 1045 after a fall of 30 per cent?").truth(Answer(kind="number", value="731.5"), *plan)
    made.code("print(1045 * (1 - 30 * 100))", "-3133955").code("print(1045 * 0.7)", "731.5").answers("-3,133,955.")
    assert (0, "C6") in made.faults


BILL = (
    PlanNode(id="a", op="calculate", tool="calculator", value="16184.698425"),
    PlanNode(id="b", op="calculate", tool="calculator", needs=("a",), value="2312.099775"),
)


@pytest.mark.parametrize(
    ("operand", "result", "code"), [("16185", "2312.142857142857", "C3"), ("16184.7", "2312.1", "")]
)
def test_rounded_on_the_way(talk: Any, operand: str, result: str, code: str) -> None:
    """A rounding that leaves the answer right to the cent is none; one that changes it is blamed where it was made."""
    made = talk("$15,161.31 plus a tip of 6.75 per cent, split 7 ways?")
    made.truth(Answer(kind="number", value="2312.1", unit="dollars", tolerance="0.01"), *BILL)
    made.calculate("15161.31 * (1 + 6.75 / 100)", "16184.698425").calculate(f"{operand} / 7", result)
    made.answers(f"Each pays ${float(result):,.2f}.")
    assert {c for step, c in made.faults if step == 1} == ({code} if code else set())


def test_rounded_on_the_way_shows_steps_later(talk: Any) -> None:
    plan = (
        PlanNode(id="a", op="calculate", tool="calculator", value="12.15"),
        PlanNode(id="b", op="calculate", tool="calculator", needs=("a",), value="38.4"),
        PlanNode(id="c", op="calculate", tool="calculator", needs=("b",), value="15"),
    )
    made = talk("256 litres of x% and 27 litres of 45% hold 50.55 litres. x?").truth(
        Answer(kind="number", value="15"), *plan
    )
    made.calculate("27 * 45 / 100", "12.15").calculate("50.55 - 12", "38.55").calculate(
        "(38.55 * 100) / 256", "15.05859375"
    )
    made.answers("x is 15.05859375.")
    assert min(made.faults) == (1, "C3")


def test_tests_that_ask_for_what_a_wrong_program_showed(talk: Any) -> None:
    """The tests only hand on a value; the program that came to it is the wrong one."""
    made = talk("Write check(candidate) with asserts for double(xs), which doubles each number.")
    suspects = Suspects(
        entry_point="double", reference="def double(xs): return [2 * x for x in xs]", mutants=("",), least=1.0
    )
    made.truth(Answer(kind="program", value="check"), PlanNode(id="n", op="run", tool="python"), tests=suspects)
    tests = "def check(candidate):\n    assert candidate([]) == []\n    assert candidate([1, 2]) == [3, 4]"
    made.code("print([1, 2], [x + 2 for x in [1, 2]])", "[1, 2] [3, 4]").code(tests, "").answers(
        f"```python\n{tests}\n```"
    )
    reason = "the tests fail on a right program: line 3 of the test: AssertionError"
    made.executions = (Execution(step=1, passed=False, reason=reason), Execution(step=2, passed=False, reason=reason))
    assert min(made.faults) == (0, "C6")


def test_percentage_taken_as_an_amount(talk: Any) -> None:
    plan = (PlanNode(id="a", op="calculate", tool="calculator", value="172746.545125"),)
    made = talk("What is left of 179,476.93 dollars after a fee of 3.75 percent?")
    made.truth(Answer(kind="number", value="172746.55", unit="dollars", tolerance="0.01"), *plan)
    made.calculate("179476.93 - 3.75", "179473.18").answers("$179,473.18")
    assert (0, "C2") in made.faults


def test_minutes_given_as_hours(talk: Any) -> None:
    plan = (PlanNode(id="a", op="calculate", tool="calculator", value="735", unit="minutes"),)
    made = talk("A tank of 7,350 litres takes 10 litres a minute. Hours?")
    made.truth(Answer(kind="number", value="12.25", unit="hours", tolerance="0.01"), *plan)
    made.calculate("7350 / 10", "735").answers("It takes 735 hours.")
    assert (1, "C2") in made.faults


def test_needless_call_and_direct_answer(talk: Any) -> None:
    free = Answer(kind="free")
    assert (0, "D1") in talk("Thanks!").truth(free, calls="forbidden").search("thanks", HITS).answers("Welcome!").faults
    assert talk("Thanks!").truth(free, calls="forbidden").answers("You are welcome!").faults == set()


def test_answer_from_the_head(talk: Any) -> None:
    made = talk("How many more people live in Velmora than in Tarn?")
    made.truth(Answer(kind="number", value="320"), *PLAN).answers("320.")
    assert (0, "D2") in made.faults


def test_calculation_in_the_head_where_the_plan_has_a_tool(talk: Any) -> None:
    assert (3, "D2") in _compare(talk).answers("320 more.").faults


def test_stops_at_an_intermediate_value(talk: Any) -> None:
    made = talk("How many people live in the home town of Ann Pell?")
    plan = (
        PlanNode(id="a", op="lookup", tool="search", value="Velmora"),
        PlanNode(id="b", op="lookup", tool="search", needs=("a",), value="12340"),
    )
    made.truth(Answer(kind="number", value="12340"), *plan)
    made.search("Ann Pell", "1. Ann Pell (id: p-3)\nAnn Pell lives in Velmora.").answers("She lives in Velmora.")
    assert (1, "D5") in made.faults


def test_empty_answer_is_a_stop(talk: Any) -> None:
    made = talk("How many?").truth(Answer(kind="number", value="3")).search("x", HITS).answers("")
    assert (1, "D5") in made.faults


UNKNOWN = Answer(kind="unknown")


@pytest.mark.parametrize(
    "answer",
    [
        "I could not find who founded Velmora; none of the pages states it.",
        "The founder of Velmora cannot be determined from the pages I have.",
        "There is no information on who founded it.",
        "I don't know: the sources do not say.",
        "Der Gründer ist unbekannt; ich konnte ihn nicht finden.",
        "Je n'ai pas trouvé le fondateur dans les pages disponibles.",
        "No he encontrado ninguna página que lo diga.",
    ],
)
def test_saying_that_it_cannot_be_known(talk: Any, answer: str) -> None:
    made = talk("Who founded Velmora?").truth(UNKNOWN, answerable=False).search("Velmora founder", HITS).answers(answer)
    assert made.faults == set()
    assert _decided(made).outcome == "keep"


@pytest.mark.parametrize("answer", ["It was founded in the old days by settlers.", "Velmora's founder was from Tarn."])
def test_claiming_what_cannot_be_known(talk: Any, answer: str) -> None:
    made = talk("Who founded Velmora?").truth(UNKNOWN, answerable=False).search("Velmora founder", HITS).answers(answer)
    assert (1, "G4") in made.faults


@pytest.mark.parametrize(
    "answer",
    ["I'm sorry, but I can't help with this.", "I could not find this information.", "I am unable to answer that."],
)
def test_giving_up_on_what_can_be_known(talk: Any, answer: str) -> None:
    made = _compare(talk).answers(answer)
    assert (3, "G5") in made.faults
    assert (3, "G2") not in made.faults


def test_polite_wording_is_no_refusal(talk: Any) -> None:
    made = talk('More polite: "I can\'t come tomorrow"').truth(Answer(kind="free"), calls="forbidden")
    assert made.answers("I'm sorry, but I am unable to come tomorrow.").faults == set()


def test_refusing_a_free_request(talk: Any) -> None:
    made = talk("Good morning!").truth(Answer(kind="free"), calls="forbidden")
    assert (0, "G5") in made.answers("I'm afraid I am unable to assist with this request.").faults


@pytest.mark.parametrize(
    ("answer", "text", "right"),
    [
        (Answer(kind="text", value="Ida Tolvik"), "The mayor is Ida Tolvik.", True),
        (Answer(kind="text", value="Ida Tolvik"), "The mayor is Jon Brask.", False),
        (Answer(kind="text", value="Ida Tolvik"), "It is not Ida Tolvik but her brother.", False),
        (Answer(kind="text", value="the Osk River"), "Osk river", True),
        (Answer(kind="date", value="1843-03-03"), "It was founded on 3 March 1843.", True),
        (Answer(kind="date", value="1843-03-03"), "On March 3rd, 1843.", True),
        (Answer(kind="date", value="1843-03-03"), "1843-03-03", True),
        (Answer(kind="date", value="1843-03-03"), "It was founded on 5 March 1843.", False),
        (Answer(kind="set", accepted=("Tarn", "Osk")), "They are Osk and Tarn.", True),
        (Answer(kind="set", accepted=("Tarn", "Osk")), "Only Tarn.", False),
        (Answer(kind="set", accepted=("Tarn", "Osk")), "They are Osk, Tarn and Velmora.", False),
        (Answer(kind="boolean", value="yes"), "Yes, it does.", True),
        (Answer(kind="boolean", value="yes"), "No, it does not.", False),
        (Answer(kind="number", value="15", unit="%"), "It is 15%.", True),
        (Answer(kind="number", value="15", unit="%"), "It is 0.15.", True),
        (Answer(kind="number", value="1"), "It is 100%.", False),
        (Answer(kind="number", value="12.5", unit="km"), "It is 12,500 m away.", True),
        (Answer(kind="number", value="12.5", unit="km"), "It is 12.5 miles away.", False),
        (Answer(kind="number", value="1500000"), "About 1.5 million.", True),
        (Answer(kind="number", value="1/3", tolerance="0.001"), "0.333", True),
        (Answer(kind="number", value="0"), "None of them.", True),
        (
            Answer(kind="number", value="10104.01", unit="dollars", tolerance="0.01"),
            "The payslip says $10,104.01.",
            True,
        ),
        (Answer(kind="number", value="-5"), "It is 5 degrees lower.", True),
    ],
)
def test_answers_are_compared_by_value(talk: Any, answer: Answer, text: str, right: bool) -> None:
    case = talk("What is it?").truth(answer, calls="optional").answers(text).case
    assert case.outcome is not None
    assert (case.outcome.status == "right") is right, case.outcome


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Velmora is larger than Tarn.", "right"),
        ("Tarn is larger than Velmora.", "wrong"),
        ("Velmora, with 12,340 people against 12,020 in Tarn.", "right"),
        ("Tarn has 12,020 people and Velmora 12,340. So Velmora is larger.", "right"),
        ("**Tarn** is larger; Velmora is smaller.", "wrong"),
        ("Tarn is smaller than Velmora.", "undecided"),
    ],
)
def test_choices_between_names_of_the_query(talk: Any, text: str, status: str) -> None:
    made = talk("Which is larger, Velmora or Tarn?").truth(Answer(kind="text", value="Velmora"), calls="optional")
    case = made.answers(text).case
    assert case.outcome is not None
    assert case.outcome.status == status


def test_without_an_oracle_oracle_graders_say_unscored(talk: Any) -> None:
    case = talk("How many?").search("x", HITS).answers("There are none.").case
    graders = [g for g in all_graders().values() if g.source == "oracle"]
    verdicts = judge_all(case, graders)
    assert {v.status for v in verdicts if v.step == 1} == {"unscored"}
    assert not [v for v in verdicts if v.status in ("fail", "error")]


DAYS = tuple(
    function(name, first={"type": "string"}, last={"type": "string"}) for name in ("count_days", "count_working_days")
)
PERIOD = {"first": "2031-03-03", "last": "2031-03-16"}


def _days(talk: Any, *tools: str) -> Any:
    made = talk("How many working days are there from 3 to 16 March 2031, both included?", DAYS)
    made.truth(
        Answer(kind="number", value="10", unit="days"),
        PlanNode(id="a", op="call", tool=DAYS[1]["function"]["name"], value="10"),
    )
    for tool in tools:
        made.calls((tool, PERIOD, "14 days" if tool == "count_days" else "10 days"))
    return made


def test_the_wrong_one_of_two_tools_that_look_alike(talk: Any) -> None:
    assert (0, "D3") in _days(talk, "count_days").answers("14 working days.").faults
    assert _days(talk, "count_days", "count_working_days").answers("10 working days.").faults == set()
    assert _days(talk, "count_working_days").answers("10 working days.").faults == set()
    assert (0, "D3") not in _days(talk, "count_working_days").answers("14 working days.").faults


def test_a_tool_that_does_something_else_is_no_run_of_code(talk: Any) -> None:
    made = _days(talk, "count_working_days").answers("10 working days. I also verified this with a Python script.")
    assert (1, "G6") not in made.faults, "nobody knows what the tools of this trace do"
    made.tools = tuple({**t, "function": {**t["function"], "description": "Count the days of a period."}} for t in DAYS)
    assert (1, "G6") in made.faults


def test_a_plan_may_name_any_tool(talk: Any) -> None:
    assert (0, "D2") in _days(talk).answers("10 working days.").faults


def test_a_word_that_points_is_no_name_beside_the_answer(talk: Any) -> None:
    made = talk('"Jory Blaket lends $19,450." Who lends? That would help me a lot.')
    made.truth(
        Answer(kind="text", value="Jory Blaket"), PlanNode(id="a", op="read", value="Jory Blaket"), calls="forbidden"
    )
    assert made.answers("That is Jory Blaket.").faults == set()
