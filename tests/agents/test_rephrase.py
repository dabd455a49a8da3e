"""Other words for a problem: what passes, what goes back to the writer and why, and the end of its tries."""

import pytest
from langchain_core.messages import AIMessage

from agents.context import WriteContext
from agents.rephrase import changed, rephrase
from tests.agents.scripted import ScriptedChatModel

PROBLEM = "A shop sells 12 lamps at $3.50 each. What does it take in if $x^2 = 16$ more are given away?"
OTHER = "If a shop gives away $x^2 = 16$ lamps and sells 12 others for $3.50 apiece, what are its takings?"


def test_the_same_figures_and_formulas_in_other_words_pass() -> None:
    problem = r"Find the roots of \( x^2 - 5x + 6 = 0 \) and add 7 to the larger."
    assert changed(problem, r"Add 7 to the larger root of the equation \(x^2 - 5x + 6 = 0\).") == ""
    assert (
        changed(
            "Ann has 1,200 stamps and 15% of them are red. How many?",
            "How many red stamps has Ann, if 15% of 1200 are?",
        )
        == ""
    )


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("A shop sells 12 lamps at 4 dollars each. How much is that?", "lacks"),
        ("A shop sells 12 lamps at 3 dollars each, 36 in all. How much is that?", "adds 36"),
        ("A shop sells 12 lamps, at 3 dollars each! What is that?", "the very same words"),
        ("A shop: 12 lamps, 3 dollars. " + "Think well. " * 40, "far longer"),
    ],
)
def test_what_is_lost_or_added_is_named(query: str, why: str) -> None:
    assert why in changed("A shop sells 12 lamps at 3 dollars each. What is that?", query)


def test_a_formula_must_stay_as_it_is() -> None:
    assert "lacks the formula" in changed("Solve $x + 3 = 10$ for x.", "Which x makes x plus 3 equal 10?")


async def test_the_writer_is_told_what_is_wrong_and_tries_again() -> None:
    model = ScriptedChatModel(script=[AIMessage("A shop sells 13 lamps."), AIMessage(OTHER)], seen=[], offered=[])
    query, said = await rephrase(PROBLEM, WriteContext(model))
    assert query == OTHER
    assert [m.role for m in said] == ["system", "user", "assistant", "user", "assistant"]
    assert "lacks" in said[3].content


async def test_after_its_tries_there_is_none() -> None:
    model = ScriptedChatModel(script=[AIMessage("I am sorry.")], seen=[], offered=[])
    query, said = await rephrase(PROBLEM, WriteContext(model, tries=2))
    assert query is None
    assert len(model.seen) == 2
    assert said[-1].origin == "forced"


async def test_reasoning_and_quotation_marks_are_no_part_of_the_problem() -> None:
    said = f'<think>\nKeep 12 and 99 apart.\n</think>\n"{OTHER}"'
    model = ScriptedChatModel(script=[AIMessage(said)], seen=[], offered=[])
    query, _ = await rephrase(PROBLEM, WriteContext(model))
    assert query == OTHER
