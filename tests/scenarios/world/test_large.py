"""Worlds of many seeds and of real size pass their check."""

import pytest

from scenarios.world import WorldConfig, build_world
from scenarios.world.check import check_world

pytestmark = pytest.mark.slow

EVERYTHING = WorldConfig(
    superseded=0.1, contradictions=0.1, injections=0.1, mixed_units=0.3, mixed_numbers=0.3, name_collisions=0.05,
    shared_stems=2, languages=("en", "de", "fr"), translated=0.2,
)  # fmt: skip


@pytest.mark.parametrize("seed", range(5))
def test_a_default_world_of_any_seed_passes(seed: int) -> None:
    assert check_world(build_world(seed, 2000)).problems == []


@pytest.mark.parametrize("seed", range(3))
def test_a_world_with_every_knob_turned_passes(seed: int) -> None:
    assert check_world(build_world(seed, 2000, EVERYTHING)).problems == []


def test_names_stay_distinct_in_a_large_world() -> None:
    world = build_world(1, 300_000)
    names = {world.name(kind, n) for kind in world.kinds() for n in range(world.layout.counts[kind])}
    assert len(names) == world.layout.entities
