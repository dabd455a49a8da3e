"""Children of problems: each technique with its lineage and proof, of families and of sets of one's own; what has no child says so."""

import random
from fractions import Fraction
from typing import get_args

import pytest

from scenarios.evolution import NoChild, evolve
from scenarios.family import TruthError, all_families
from scenarios.need import task_of
from scenarios.parts.tasks import Evolution
from scenarios.sets.children import deepened, reversed_
from scenarios.world import World, build_world
from traces.task import Answer, AnswerKind, Oracle, Task

HOW: tuple[Evolution, ...] = get_args(Evolution)


@pytest.fixture(name="world", scope="module")
def fixture_world() -> World:
    return build_world(3, 100)


def parent(world: World, number: int = 4, family: str = "algebra") -> Task:
    return task_of(all_families()[family], world, 5, number)


def child(how: Evolution, world: World) -> tuple[Task, Task]:
    for number in range(20):
        origin = parent(world, number)
        try:
            return origin, evolve(origin, how, world, 5, number)
        except NoChild:
            continue
    raise AssertionError(f"no problem of twenty has a child by {how}")


@pytest.mark.parametrize("how", HOW)
def test_a_child_knows_how_it_was_made_and_of_what(how: Evolution, world: World) -> None:
    origin, made = child(how, world)
    assert made.knobs["evolved"] == how
    assert made.knobs["parent"] == origin.id
    assert made.query != origin.query
    assert made.need
    assert made.need.proven
    assert evolve(origin, how, world, 5, origin.index) == made


def test_other_words_ask_the_same(world: World) -> None:
    origin, made = child("rephrase", world)
    assert origin.brief
    assert origin.oracle
    assert made.oracle
    assert all_families()["algebra"].read(made.query) == origin.brief.ask
    assert made.oracle.answer == origin.oracle.answer


def test_a_child_in_breadth_is_of_another_topic_and_as_long(world: World) -> None:
    origin, made = child("breadth", world)
    assert made.family != origin.family
    assert int(made.knobs["lines"]) >= int(origin.knobs["lines"])


def test_of_an_untold_answer_nothing_is_in_the_task(world: World) -> None:
    _, made = child("unlabelled", world)
    assert made.oracle is None


def test_a_family_whose_problems_do_not_evolve_says_so(world: World) -> None:
    with pytest.raises(NoChild, match="money"):
        evolve(parent(world, family="money"), "reverse", world, 5, 4)


def own(text: str, answer: str, kind: AnswerKind = "number") -> Task:
    oracle = Oracle(answer=Answer(kind=kind, value=answer), calls="optional")
    return Task(family="problem_set", query=text, tools=("calculator",), oracle=oracle)


APPLES = own("Ann buys 12 apples at 3.50 dollars each and pays with 50 dollars. How much does she get back?", "8")


def test_a_number_of_ones_own_problem_is_hidden_and_asked_for() -> None:
    for seed in range(12):
        made = reversed_(APPLES, random.Random(seed))
        assert made.oracle
        hidden = made.oracle.answer.value
        assert hidden in ("12", "3.5", "50")
        assert "8" in made.query
        assert " x" in made.query
        assert not any(
            f" {written} " in made.query for written in {"12": ("12",), "3.5": ("3.50",), "50": ("50",)}[hidden]
        )


@pytest.mark.parametrize(
    "task",
    [
        own("What is the capital of Norway?", "Oslo", "text"),
        own("How many letters are in the word?", "4"),
        own("A has 5 and B has 5. How many together?", "10"),
        own("Solve $x^{12} = 4096$ for $k_{3}$ and $q$, $w$, $z$.", "2"),
        own("Write 7 as a number.", "7"),
    ],
)
def test_a_problem_that_cannot_be_turned_round_is_refused(task: Task) -> None:
    with pytest.raises(TruthError):
        reversed_(task, random.Random(1))


def test_ones_own_problem_is_made_deeper_with_an_exact_answer() -> None:
    made = deepened(own("What is 1 divided by 8?", "0.125"), random.Random(3))
    assert made.oracle
    factor, more = made.oracle.proof["depth"].split(" = ")[0].split(" * ")[1].split(" + ")
    assert Fraction(made.oracle.answer.value) == Fraction(1, 8) * int(factor) + int(more)
    assert factor in made.query
    assert more in made.query


def test_a_problem_of_ones_own_has_no_child_of_another_topic(world: World) -> None:
    with pytest.raises(NoChild, match="breadth"):
        evolve(APPLES, "breadth", world, 1, 1)
