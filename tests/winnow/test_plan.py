"""The order of a run's tasks."""

from collections import Counter
from itertools import islice

from winnow.plan import seed_of, slots

WEIGHTS = {"a": 3.0, "b": 1.0, "c": 0.5, "never": 0.0}


def test_shares_follow_the_weights() -> None:
    made = Counter(slot.family for slot in slots(900, WEIGHTS))
    assert made == {"a": 600, "b": 200, "c": 100}


def test_any_prefix_has_the_mixture() -> None:
    first = Counter(slot.family for slot in islice(slots(900, WEIGHTS), 90))
    assert abs(first["a"] - 60) <= 1
    assert abs(first["b"] - 20) <= 1


def test_a_longer_plan_begins_like_a_shorter_one() -> None:
    assert list(slots(50, WEIGHTS)) == list(islice(slots(500, WEIGHTS), 50))


def test_names_are_unique_and_tell_family_and_place() -> None:
    made = list(slots(200, WEIGHTS))
    assert len({slot.name for slot in made}) == 200
    assert made[0].name == "a-0000"
    assert [s.number for s in made if s.family == "b"] == list(range(sum(s.family == "b" for s in made)))


def test_seeds_are_spread_and_stable() -> None:
    seeds = {seed_of(7, f"slot-{n}", attempt) for n in range(500) for attempt in range(4)}
    assert len(seeds) == 2000
    assert all(0 <= seed < 2**31 for seed in seeds)
    assert seed_of(7, "x", 1) == 312612924
