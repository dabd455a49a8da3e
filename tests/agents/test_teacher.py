"""The teacher as a chat model: it reads the conversation alone, repeats itself for equal seeds, and logs its slips."""

import random

import pytest
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, SystemMessage, ToolMessage

from agents.prompts import NOTE, SOLVER
from agents.teacher import AT_A_LOSS, TeacherChatModel, understand
from scenarios.family import Family, TruthError, all_families
from scenarios.world import WorldConfig, build_world
from tools.catalogue import catalogue, schema
from traces.task import Task

WORLD = build_world(1, 200)
TRAPS = build_world(
    1, 600, WorldConfig(superseded=0.5, contradictions=0.5, injections=0.5, name_collisions=0.2, shared_stems=2)
)
TOOLS = [schema(tool) for tool in catalogue().values()]
TASK = all_families()["money"].item(WORLD, 1, 0)
TALK: list[BaseMessage] = [SystemMessage(SOLVER), HumanMessage(TASK.query)]


async def ask(talk: list[BaseMessage], seed: int = 1, **faults: float) -> AIMessage:
    reply = await TeacherChatModel(faults=faults).bind_tools(TOOLS).ainvoke(talk, seed=seed)
    assert isinstance(reply, AIMessage)
    return reply


async def test_it_calls_a_tool_and_goes_on_from_what_came_back() -> None:
    first = await ask(TALK)
    assert first.tool_calls
    results = [ToolMessage("42", tool_call_id=str(call["id"])) for call in first.tool_calls]
    second = await ask([*TALK, first, *results])
    assert (second.text, second.tool_calls) != (first.text, first.tool_calls)
    assert first.usage_metadata is not None


async def test_equal_seeds_say_the_same_others_differ() -> None:
    assert (await ask(TALK, 5)).tool_calls == (await ask(TALK, 5)).tool_calls
    said = {(reply.text, str(reply.tool_calls)) for reply in [await ask(TALK, seed) for seed in range(12)]}
    assert len(said) > 3


async def test_slips_are_logged_outside_the_message() -> None:
    reply = await ask(TALK, broken_json=1.0)
    assert reply.invalid_tool_calls
    assert [slip["code"] for slip in reply.response_metadata["slips"]] == ["F1"]
    assert (await ask(TALK)).response_metadata["slips"] == []


async def test_a_warning_makes_it_careful() -> None:
    warned: list[BaseMessage] = [SystemMessage(SOLVER + NOTE.format(critique="x")), HumanMessage(TASK.query)]
    slips = [bool((await ask(warned, seed, broken_json=1.0)).invalid_tool_calls) for seed in range(60)]
    assert 3 <= sum(slips) <= 30


async def test_it_admits_what_it_does_not_understand() -> None:
    assert (await ask([SystemMessage(SOLVER), HumanMessage("Frobnicate the quux, please?")])).text == AT_A_LOSS


async def test_ids_are_nine_characters_and_unique() -> None:
    ids = [str(call["id"]) for seed in range(20) for call in (await ask(TALK, seed)).tool_calls]
    assert all(len(id) == 9 and id.isalnum() for id in ids)
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("name", sorted(all_families()))
def test_it_understands_every_family(name: str) -> None:
    """Another family may read the query too (a fact that is missing is asked for like one that is there), but then the same in it."""
    family = all_families()[name]
    tasks = (made for index in range(20) if (made := _item(family, index)) is not None)
    brief = next(tasks).brief
    assert brief is not None
    found = understand(family.write(brief, random.Random(1)))
    assert found is not None
    assert found[0].name == name or found[1] == brief.ask


def _item(family: Family, index: int) -> Task | None:
    try:
        return family.item(TRAPS, 2, index)
    except TruthError:
        return None
