"""The prover must find what is wrong: each proof on a task spoilt for it, and sums of which it is plain what a hand does."""

from dataclasses import dataclass
from typing import ClassVar

import pytest

from scenarios.family import Ask, Family, TruthError, all_families
from scenarios.need import HEAD, known, need_of, task_of, work_of
from scenarios.policy import Mind, Observation, Policy
from scenarios.world import World, build_world
from traces.task import Answer, Oracle, PlanNode, Task

WORLD = build_world(3, 400)


def made(name: str, index: int = 0) -> Task:
    return task_of(all_families()[name], WORLD, 4, index)


def lacking(name: str, task: Task) -> str:
    return "; ".join(need_of(all_families()[name], task, WORLD).lacking)


def spoilt(task: Task, **changes: object) -> Task:
    assert task.oracle
    return task.model_copy(update={"oracle": task.oracle.model_copy(update=changes)})


def plan(task: Task) -> tuple[PlanNode, ...]:
    assert task.oracle
    return task.oracle.plan


def test_the_need_is_stored_with_the_task_and_changes_no_id() -> None:
    task = made("chain")
    assert task.need
    assert task.need.proven
    assert task.id == all_families()["chain"].item(WORLD, 4, 0).id
    assert Task.model_validate(task.model_dump(mode="json")) == task


def test_every_page_of_a_chain_and_the_search_itself_are_needed() -> None:
    task = made("chain")
    assert task.need
    assert task.need.without[0] == "search"
    assert len(task.need.without) == 1 + len(plan(task))
    assert set(task.need.fictional) == {str(node.args["name"]) for node in plan(task)}
    assert known(task)
    assert not known(task, gone=frozenset(plan(task)[0].evidence))


def test_a_calculator_is_only_missed_where_no_interpreter_can_stand_in() -> None:
    task = made("money").model_copy(update={"tools": ("calculator", "python")})
    assert known(task, frozenset({"python"}))
    assert not known(task, frozenset())
    assert need_of(all_families()["money"], task, WORLD).without == ("calculator and python",)


def test_a_sum_for_the_head_is_no_task() -> None:
    node = PlanNode(id="n0", op="calculate", args={"expression": "12 + 30"}, tool="calculator", value="42")
    assert "a head does" in lacking("money", spoilt(made("money"), plan=(node,)))


@pytest.mark.parametrize(
    ("expression", "steps"),
    [
        ("12 + 30", 2),
        ("123 * 456", 9),
        ("5 * 1000", 0),
        ("12345.6 / 100", 0),
        ("91.5 - 17", 3),
        ("2024-05-01 - 2023-01-01 x", 0),
        ("(12 + 30) * 11", 6),
        ("1.05**3", 18),
    ],
)
def test_steps_of_a_digit_are_counted_as_at_school(expression: str, steps: int) -> None:
    node = PlanNode(id="n0", op="calculate", args={"expression": expression}, tool="calculator")
    assert work_of(all_families()["money"], spoilt(made("money"), plan=(node,))) == steps
    assert HEAD == 9


def test_a_task_that_its_tools_cannot_solve_is_none() -> None:
    assert "not offered" in lacking("lookup", made("lookup").model_copy(update={"tools": ("calculator",)}))


def test_a_page_that_is_not_all_the_evidence_proves_nothing() -> None:
    task = made("lookup")
    few = plan(task)[0].model_copy(update={"evidence": ("d0000001",)})
    assert "not those that tell" in lacking("lookup", spoilt(task, plan=(few,)))


def test_a_well_known_name_is_not_fictional() -> None:
    task = made("lookup")
    real = plan(task)[0].model_copy(update={"args": {**plan(task)[0].args, "name": "Berlin"}})
    assert "Berlin is a well-known real name" in lacking("lookup", spoilt(task, plan=(real,)))


def test_a_search_about_nothing_in_the_world_is_refused() -> None:
    task = made("lookup")
    nobody = plan(task)[0].model_copy(update={"args": {"name": "Nobody Atall", "attribute": "height"}})
    assert "no thing of the world" in lacking("lookup", spoilt(task, plan=(nobody,)))


@dataclass(frozen=True)
class Echo(Family):
    """Answers without any tool."""

    name: ClassVar[str] = "echo"
    says: str

    def item(self, world: World, seed: int, index: int) -> Task:
        return made("money")

    def write(self, brief: object, rng: object) -> str:
        return ""

    def read(self, query: str) -> Ask | None:
        return {}

    def solve(self, ask: Ask, mind: Mind) -> Policy:
        return self.says
        yield


def test_what_is_answered_without_tools_needs_none() -> None:
    task = made("money")
    assert task.oracle
    with pytest.raises(TruthError, match="answered without any tool"):
        task_of(Echo(f"It is {task.oracle.answer.value}."), WORLD, 4, 0)
    assert need_of(Echo("It is 1."), task, WORLD).proven


def test_where_no_tool_is_to_be_called_the_answer_must_come_without() -> None:
    task = spoilt(made("no_tool"), answer=Answer(kind="number", value="7"))
    assert "without one the answer is 'It is 1.'" in "; ".join(need_of(Echo("It is 1."), task, WORLD).lacking)
    assert need_of(Echo("It is 7."), task, WORLD).proven


def test_a_program_that_prints_nothing_leaves_the_teacher_without_an_answer() -> None:
    family, task = all_families()["schedule"], made("schedule")
    policy = family.solve(family.read(task.query) or {}, Mind(frozenset(task.tools)))
    next(policy)
    with pytest.raises(StopIteration, match="could not finish"):
        policy.send([Observation("Done, without output.")])


def test_the_chance_of_a_blind_guess_is_told() -> None:
    tasks = [made("comparison", index) for index in range(12)]
    which = [t for t in tasks if t.oracle and t.oracle.answer.kind == "text"]
    assert {t.need.chance for t in which if t.need} <= {"1/2", "1/3", "1/4"}
    assert {t.need.chance for t in tasks if t not in which and t.need} == {"0"}


def test_an_idle_step_of_a_plan_is_not_counted_as_needed() -> None:
    task = made("lookup")
    idle = PlanNode(id="idle", op="lookup", args=plan(task)[0].args, tool="search", evidence=("d0000001",))
    assert not [
        w
        for w in need_of(all_families()["lookup"], spoilt(task, plan=(idle, *plan(task))), WORLD).without
        if "idle" in w
    ]


def test_nothing_is_said_of_a_task_of_which_nothing_is_known() -> None:
    with pytest.raises(AssertionError, match="truth is known"):
        need_of(all_families()["money"], Task(family="money", query="?", tools=(), oracle=None), WORLD)
    assert Oracle(answer=Answer(kind="free")).plan == ()
