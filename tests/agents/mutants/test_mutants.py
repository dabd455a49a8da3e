"""Every mutation on real traces of the careful teacher: what it plants is there, labelled at its step, and confirmed without any grader."""

import random
from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio

from agents.attempt import run_attempt
from agents.context import AttemptContext, AttemptLimits
from agents.mutants.base import Mutation, Plant, Planted, all_mutations
from agents.mutants.grow import PROPAGATED, mutant
from agents.mutants.outcome import answers_rightly
from agents.mutants.scene import Scene, respoken
from agents.teacher import TeacherChatModel
from graders.codes import BY_CODE
from scenarios.family import all_families
from scenarios.stated import states_answer
from scenarios.world import build_world
from tools.catalogue import catalogue
from tools.results import ToolEnv
from tools.sandbox import LocalSessions
from tools.sandbox.session import SessionSource
from tools.search.index import LocalIndex
from traces.record import Trajectory
from traces.task import Task

pytestmark = pytest.mark.asyncio(loop_scope="module")
SEED, DOCUMENTS = 911, 300
FAMILIES = ("lookup", "chain", "aggregation", "money", "finance", "table_page", "simulation", "no_tool", "unanswerable")


class Bench:
    """What attempts need, made once for all tests of this file."""

    def __init__(self, search: LocalIndex, sessions: SessionSource) -> None:
        self.world = build_world(SEED, DOCUMENTS)
        self.search, self.sessions = search, sessions
        self.bases: dict[tuple[str, int], Scene] = {}

    def context(self, task: Task, key: str, seed: int) -> AttemptContext:
        env = ToolEnv(search=self.search, sessions=self.sessions, files=task.files)
        tools = {name: catalogue()[name] for name in task.tools}
        limits = AttemptLimits(turns=24, calls=48, repairs=0)
        return AttemptContext(key, task, 0, "teacher", TeacherChatModel(), tools, env, (), limits, seed=seed)

    async def base(self, family: str, index: int) -> Scene:
        if (family, index) not in self.bases:
            context = self.context(
                all_families()[family].item(self.world, SEED, index), f"{family}-{index}", 17 + index
            )
            self.bases[family, index] = Scene((await run_attempt(context))[-1])
            await context.env.close()
        return self.bases[family, index]

    async def mutant(self, scene: Scene, mutation: Mutation, plant: Plant) -> Trajectory | None:
        query = scene.query + plant.demands
        context = self.context(scene.trace.task.model_copy(update={"query": query}), "mutant", scene.trace.lineage.seed)
        try:
            return await mutant(scene, mutation, plant, context)
        finally:
            await context.env.close()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def bench(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Bench]:
    folder = tmp_path_factory.mktemp("index") / "index"
    LocalIndex.build(build_world(SEED, DOCUMENTS).documents(), folder)
    sessions = LocalSessions()
    yield Bench(LocalIndex.open(folder), sessions)
    await sessions.close()


async def first(bench: Bench, mutation: Mutation) -> tuple[Scene, Plant, Trajectory]:
    """The first confirmed mutant of this kind over a fixed list of traces."""
    for index in range(6):
        for family in FAMILIES:
            scene = await bench.base(family, index)
            for plant in _some(mutation.plants(scene, random.Random(f"{family} {index}"))):
                if found := await bench.mutant(scene, mutation, plant):
                    return scene, plant, found
    pytest.fail(f"no mutant of {mutation.kind}")


def _some(plants: Iterator[Plant]) -> list[Plant]:
    return [plant for plant, _ in zip(plants, range(3), strict=False)]


@pytest.mark.parametrize("kind", sorted(all_mutations()))
async def test_a_mutant_is_wrong_where_its_label_says(kind: str, bench: Bench) -> None:
    mutation = all_mutations()[kind]
    scene, plant, found = await first(bench, mutation)
    planted = [label for label in found.labels if label.kind != PROPAGATED]
    assert mutation.code in BY_CODE
    assert mutation.code in {label.code for label in planted}
    assert min(label.step for label in found.labels) == plant.at
    assert all(label.value == -1 and label.source == "mutant" for label in found.labels)
    assert found.lineage.mutated_from == scene.trace.key
    assert found.messages[2 : scene.steps[plant.at].message] == scene.messages[2 : scene.steps[plant.at].message]
    place = found.steps[plant.at].message
    if plant.at < len(scene.steps) and not plant.demands and not plant.mistaken[0]:
        assert found.messages[place] != scene.messages[scene.steps[plant.at].message]
    forced = [i for i, m in enumerate(found.messages) if m.origin == "forced"]
    assert forced == [found.steps[plant.at + n].message for n in range(len(plant.says))]
    assert mutation.confirmed(scene, plant, found)


@pytest.mark.parametrize("family", ["failing_tool", "look_alike", "parallel_facts", "irrelevant_tool"])
async def test_every_mutation_copes_with_any_tool(family: str, bench: Bench) -> None:
    for index in range(4):
        scene = await bench.base(family, index)
        for mutation in all_mutations().values():
            for plant in _some(mutation.plants(scene, random.Random(index))):
                assert 0 <= plant.at <= scene.last


@pytest.mark.parametrize("kind", ["code_bug", "wrong_answer", "misfit", "from_the_head"])
async def test_programs_that_are_asked_for_are_mutated_and_tried(kind: str, bench: Bench) -> None:
    scene, mutation = await bench.base("list_function", 1), all_mutations()[kind]
    assert answers_rightly(scene.trace)
    for plant in _some(mutation.plants(scene, random.Random(3))):
        if found := await bench.mutant(scene, mutation, plant):
            break
    assert found
    first = next(label for label in found.labels)
    assert (first.step, first.code) == (plant.at, mutation.code)
    right = kind == "misfit" or (kind == "from_the_head" and scene.answer.content == found.messages[-1].content)
    assert answers_rightly(found) == right
    if kind == "code_bug":
        assert [(x.step, x.kind, x.code) for x in found.labels[1:]] == [(len(found.steps) - 1, PROPAGATED, "G2")]
        assert not found.executions[0].passed


async def test_a_demand_that_the_query_makes_is_broken(bench: Bench) -> None:
    scene, mutation = await bench.base("instructions", 0), all_mutations()["form_ignored"]
    plant = next(mutation.plants(scene, random.Random(1)))
    found = await bench.mutant(scene, mutation, plant)
    assert found
    assert found.task.query == scene.query
    assert not answers_rightly(found)


async def test_what_follows_a_wrong_operand_really_ran_with_it(bench: Bench) -> None:
    scene, plant, found = await first(bench, all_mutations()["mistyped_number"])
    result = found.messages[found.steps[plant.at].observations[0]]
    before = scene.messages[scene.steps[plant.at].observations[0]]
    assert result.result is not None
    assert result.result.status == "ok"
    assert result.content != before.content
    assert found.labels[-1].step == len(found.steps) - 1
    assert (found.labels[-1].kind, found.labels[-1].code) == (PROPAGATED, "G2")
    assert not states_answer(found.task, found.messages[-1].content)


async def test_what_changes_nothing_is_no_mutant(bench: Bench) -> None:
    scene = await bench.base("lookup", 0)
    same = respoken(scene.answer, f"Well: {scene.answer.content}")
    plant = Plant(scene.last, (Planted(same, "G2", "says the same"),), "ends")
    assert await bench.mutant(scene, all_mutations()["wrong_answer"], plant) is None


async def test_an_extra_call_leaves_the_rest_as_it_was(bench: Bench) -> None:
    scene, plant, found = await first(bench, all_mutations()["repeated_call"])
    rest = [m.content for m in scene.messages[scene.steps[plant.resume].message :]]
    assert [m.content for m in found.messages[-len(rest) :]] == rest
    assert len(found.steps) == len(scene.steps) + 1


async def test_a_count_is_not_given_in_minutes_and_stays_whole(bench: Bench) -> None:
    mutation, said = all_mutations()["wrong_scale"], list[str]()
    for index in range(8):
        scene = await bench.base("simulation", index)
        if not scene.oracle.answer.unit:
            for seed in range(12):
                plants = _some(mutation.plants(scene, random.Random(seed)))
                said += [plant.says[0].detail for plant in plants if plant.then == "ends"]
    assert len(said) > 10
    assert not [detail for detail in said if "." in detail.partition(" for ")[0]]


async def test_nothing_is_planted_that_an_answer_which_declines_contradicts(bench: Bench) -> None:
    success, total = all_mutations()["failure_as_success"], all_mutations()["wrong_sum"]
    for family, known in (("lookup", True), ("unanswerable", False)):
        scenes = [await bench.base(family, index) for index in range(4)]
        single = [scene for scene in scenes if len(scene.said(0).tool_calls) == 1]
        assert all(bool(_some(success.plants(scene, random.Random(1)))) == known for scene in single)
        assert single
        plain = [scene for scene in scenes if not any(sign.isdigit() for sign in scene.query)]
        found = [(plant.at, scene.last) for scene in plain for plant in _some(total.plants(scene, random.Random(1)))]
        assert plain
        assert bool(found) == known  # only a right answer holds figures, and only the last step may speak of them
        assert all(at == last for at, last in found)
