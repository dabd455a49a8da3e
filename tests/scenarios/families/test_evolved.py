"""Children of problems: what is hidden is found again and proven, what is added is worked out, and both know their parent."""

import random
from fractions import Fraction

import pytest

from scenarios.exact import evaluate, plain
from scenarios.families._calculation import Line, values_of
from scenarios.families._evolved import Evolved, parents
from scenarios.families._inverting import inverse
from scenarios.family import TruthError, all_families
from scenarios.world import World


def test_lines_are_undone_to_the_hidden_number() -> None:
    forward = (
        Line("the price", "31 * 987654321"),
        Line("less the rebate", "[0] * (1 - 12 / 100)"),
        Line("all", "[1] + 9"),
    )
    found = inverse(forward, "987654321", plain(31 * 45 * Fraction(88, 100) + 9), "x")
    assert [line.what for line in found.lines] == ["less the rebate", "the price", "x"]
    assert values_of(found.lines)[-1] == 45
    assert values_of(found.again)[-1] != 45


@pytest.mark.parametrize(
    "expression",
    [
        "987654321 * 987654321",
        "987654321**2",
        "2**987654321",
        "gcd(987654321, 12)",
        "987654321 % 7",
        "0 * 987654321",
        "5 + 6",
    ],
)
def test_what_has_more_than_one_solution_or_none_is_refused(expression: str) -> None:
    with pytest.raises(TruthError):
        inverse((Line("it", expression),), "987654321", "10", "x")


@pytest.mark.parametrize("name", ["reversed", "searched", "deepened"])
def test_a_child_knows_its_parent_and_is_proven(name: str, world: World) -> None:
    family = all_families()[name]
    assert isinstance(family, Evolved)
    rng = random.Random(3)
    parent, topic = next(_with_child(family, world))
    child = family.child(parent, rng, seed=1, index=2)
    assert child.knobs["parent"] == parent.id
    assert child.knobs["topic"] == topic
    assert child.oracle
    assert {"reversed": "uniqueness", "searched": "uniqueness", "deepened": "depth"}[name] in child.oracle.proof


def _with_child(family: Evolved, world: World):  # type: ignore[no-untyped-def]
    for index in range(30):
        parent = all_families()["algebra"].item(world, 1, index)
        try:
            family.child(parent, random.Random(1), seed=1, index=2)
        except TruthError:
            continue
        yield parent, "algebra"


def test_putting_the_found_number_in_gives_the_answer_that_was_told(world: World) -> None:
    family = all_families()["reversed"]
    assert isinstance(family, Evolved)
    for index in range(30):
        parent = all_families()["algebra"].item(world, 3, index)
        try:
            task = family.child(parent, random.Random(index), seed=3, index=index)
        except TruthError:
            continue
        assert task.brief
        assert task.oracle
        work = family.work(task.brief.ask)
        assert evaluate(work.back.replace("[=]", f"({task.oracle.answer.value})")) == Fraction(task.brief.ask["given"])


def test_a_child_of_a_family_without_children_is_refused(world: World) -> None:
    family = all_families()["reversed"]
    assert isinstance(family, Evolved)
    with pytest.raises(TruthError, match="no children"):
        family.child(all_families()["money"].item(world, 1, 1), random.Random(1), seed=1, index=1)


def test_every_family_of_mathematics_has_children() -> None:
    assert {"algebra", "number_theory", "combinatorics"} <= set(parents())


@pytest.mark.parametrize("topic", ["number_theory", "combinatorics"])
def test_where_nothing_can_be_undone_one_number_of_a_range_fits(topic: str, world: World) -> None:
    family = all_families()["searched"]
    assert isinstance(family, Evolved)
    found = 0
    for index in range(20):
        parent = all_families()[topic].item(world, 3, index)
        try:
            task = family.child(parent, random.Random(index), seed=3, index=index)
        except TruthError:
            continue
        assert task.brief
        assert task.oracle
        ask, back = task.brief.ask, family.work(task.brief.ask).back
        fits = [
            n for n in range(ask["low"], ask["high"] + 1) if evaluate(back.replace("[=]", f"({n})")) == ask["given"]
        ]
        assert fits == [int(task.oracle.answer.value)]
        assert ask["high"] - ask["low"] >= 7
        found += 1
    assert found >= 8
