"""Whether two answers say the same: programs first, then a model where they cannot tell."""

import pytest
from langchain_core.messages import AIMessage

from agents.prompts import SAME
from agents.same import same
from agents.teacher import TeacherChatModel
from tests.agents.scripted import ScriptedChatModel

FIRST, SECOND = "It looks fine.", "That seems to be in order."


async def test_nobody_is_asked_where_programs_know() -> None:
    model = ScriptedChatModel(script=[AIMessage("x")], seen=[], offered=[])
    assert await same("It is 42 km.", "42 km", "How far?", model, 1) == "equal"
    assert await same("It is 42 km.", "43 km", "How far?", model, 1) == "different"
    assert model.seen == []


@pytest.mark.parametrize(
    ("replies", "verdict"),
    [
        (['{"same": true}'], "equal"),
        (['{"same": "no"}'], "different"),
        (['{"same": null}'], "undecided"),
        (["I think so", '{"same": true}'], "equal"),
        (["I think so"], "undecided"),
        ([ValueError("no server")], "undecided"),
    ],
)
async def test_a_model_is_asked_where_they_do_not(replies: list[object], verdict: str) -> None:
    script = [AIMessage(one) if isinstance(one, str) else one for one in replies]
    model = ScriptedChatModel(script=script, seen=[], offered=[])
    assert await same(FIRST, SECOND, "Is it?", model, 1) == verdict
    assert model.seen[0][0].text == SAME


async def test_without_a_model_it_stays_open() -> None:
    assert await same(FIRST, SECOND, "Is it?", None, 1) == "undecided"


async def test_the_teacher_can_be_asked() -> None:
    assert await same("a b, c.", "C, a, b", "Which?", TeacherChatModel(), 1) == "equal"
    assert await same(FIRST, SECOND, "Is it?", TeacherChatModel(), 1) == "different"
