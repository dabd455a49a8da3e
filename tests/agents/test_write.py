"""The write graph: a draft is used only where it reads back to the brief."""

import orjson
import pytest
from langchain_core.messages import AIMessage

from agents.asks import Example, same_asks
from agents.context import WriteContext
from agents.prompts import ASKS
from agents.teacher import TeacherChatModel
from agents.write import write_query
from scenarios.family import all_families
from scenarios.world import build_world
from tests.agents.scripted import ScriptedChatModel
from traces.task import Brief, Task

WORLD = build_world(1, 200)


def a_task(family: str = "money") -> Task:
    return all_families()[family].item(WORLD, 1, 0)


def brief_of(task: Task) -> Brief:
    assert task.brief is not None
    return task.brief


async def test_the_teacher_writes_what_reads_back() -> None:
    brief = brief_of(a_task())
    query, reader, wording = await write_query(brief, WriteContext(TeacherChatModel(), seed=3))
    assert query is not None
    assert reader == "family"
    assert all_families()[brief.family].read(query) == brief.ask
    assert [m.origin for m in wording] == ["system", "forced", "sampled"]


async def test_a_query_that_drifts_is_sent_back_with_what_was_read() -> None:
    task, other = a_task(), all_families()["money"].item(WORLD, 1, 1)
    model = ScriptedChatModel(
        script=[AIMessage("Hello!"), AIMessage(other.query), AIMessage(f" {task.query}\n")], seen=[], offered=[]
    )
    query, _, wording = await write_query(brief_of(task), WriteContext(model))
    assert query == task.query
    complaints = [m.content for m in wording if m.role == "user"][1:]
    assert "nothing that could be read" in complaints[0]
    assert len(complaints) == 2


async def test_a_writer_that_never_gets_it_gives_no_query() -> None:
    model = ScriptedChatModel(script=[AIMessage("What?")], seen=[], offered=[])
    query, _, _ = await write_query(brief_of(a_task()), WriteContext(model, tries=3))
    assert query is None
    assert len(model.seen) == 3


async def test_a_forgetful_writer_is_caught() -> None:
    context = WriteContext(TeacherChatModel(faults={"forgets": 1.0}), seed=1, tries=2)
    assert (await write_query(brief_of(a_task()), context))[0] is None


FREE = "My cousin wants to know what happens there; work it out for me, would you?"
"""No family reads this."""


def asks(value: object) -> AIMessage:
    return AIMessage(orjson.dumps({"asks": value}).decode())


def scripted(*said: AIMessage) -> ScriptedChatModel:
    return ScriptedChatModel(script=list(said), seen=[], offered=[])


async def test_a_free_wording_is_read_back_by_a_model_that_is_not_told_what_it_should_ask() -> None:
    brief, other = brief_of(a_task()), brief_of(all_families()["money"].item(WORLD, 1, 1))
    reader = scripted(asks(brief.ask))
    context = WriteContext(scripted(AIMessage(f'"{FREE}"')), reader=reader, examples=(Example("Q?", other.ask),))
    query, who, _ = await write_query(brief, context)
    assert (query, who) == (FREE, "model")
    told = orjson.loads(str(context.model.seen[0][1].text))  # type: ignore[attr-defined]  # it is a scripted one
    assert (told["ask"], told["examples"]) == (brief.ask, [{"query": "Q?", "asks": other.ask}])
    shown = orjson.loads(str(reader.seen[0][1].text))
    assert reader.seen[0][0].text == ASKS
    assert shown == {"examples": [{"query": "Q?", "asks": other.ask}], "query": FREE}


async def test_a_free_wording_that_means_another_thing_is_sent_back_and_not_used() -> None:
    brief, other = brief_of(a_task()), brief_of(all_families()["money"].item(WORLD, 1, 1))
    writer, reader = scripted(AIMessage(FREE)), scripted(asks(other.ask), asks(None), AIMessage("who knows"))
    query, who, wording = await write_query(brief, WriteContext(writer, tries=3, reader=reader))
    assert (query, who) == (None, None)
    assert "nothing that could be read" not in wording[3].content
    assert "nothing that could be read" in wording[5].content


async def test_nobody_else_is_asked_where_the_family_reads_it_or_it_has_no_form() -> None:
    task, reader = a_task(), scripted(asks({}))
    assert (await write_query(brief_of(task), WriteContext(scripted(AIMessage(task.query)), reader=reader))).query
    await write_query(brief_of(task), WriteContext(scripted(AIMessage("Well?")), tries=1, reader=reader))
    assert reader.seen == []


WANTED = {"kind": "loan", "sum": "12500.5", "years": 3, "names": ["Brorneth Star", "Quonedra"], "day": "2031-03-09"}


@pytest.mark.parametrize(
    ("change", "same"),
    [
        ({}, True),
        ({"sum": 12500.50, "years": "3"}, True),
        ({"sum": "12,500.50"}, True),
        ({"names": ["the Brorneth Star", "quonedra "]}, True),
        ({"names": ["Quonedra", "Brorneth Star"]}, False),
        ({"sum": "12500.6"}, False),
        ({"years": None}, False),
        ({"more": 1}, False),
        ({"names": "Brorneth Star"}, False),
    ],
)
def test_asks_are_compared_by_value(change: dict[str, object], same: bool) -> None:
    assert same_asks({**WANTED, **change}, WANTED) == same
