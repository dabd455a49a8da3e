"""The write graph: a draft is used only where it reads back to the brief."""

from langchain_core.messages import AIMessage

from agents.context import WriteContext
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
    query, wording = await write_query(brief, WriteContext(TeacherChatModel(), seed=3))
    assert query is not None
    assert all_families()[brief.family].read(query) == brief.ask
    assert [m.origin for m in wording] == ["system", "forced", "sampled"]


async def test_a_query_that_drifts_is_sent_back_with_what_was_read() -> None:
    task, other = a_task(), all_families()["money"].item(WORLD, 1, 1)
    model = ScriptedChatModel(
        script=[AIMessage("Hello!"), AIMessage(other.query), AIMessage(f" {task.query}\n")], seen=[], offered=[]
    )
    query, wording = await write_query(brief_of(task), WriteContext(model))
    assert query == task.query
    complaints = [m.content for m in wording if m.role == "user"][1:]
    assert "nothing that could be read" in complaints[0]
    assert len(complaints) == 2


async def test_a_writer_that_never_gets_it_gives_no_query() -> None:
    model = ScriptedChatModel(script=[AIMessage("What?")], seen=[], offered=[])
    query, _ = await write_query(brief_of(a_task()), WriteContext(model, tries=3))
    assert query is None
    assert len(model.seen) == 3


async def test_a_forgetful_writer_is_caught() -> None:
    context = WriteContext(TeacherChatModel(faults={"forgets": 1.0}), seed=1, tries=2)
    assert (await write_query(brief_of(a_task()), context))[0] is None
