"""Two worlds with their indexes for all tests of the families: an honest one, and one with every trap that a family needs."""

from pathlib import Path
from typing import NamedTuple

import pytest

from scenarios.family import Family
from scenarios.world import World, WorldConfig, build_world
from tools.search.index import LocalIndex

TRAPS = WorldConfig(superseded=0.25, contradictions=0.25, injections=0.25, name_collisions=0.12)


class Place(NamedTuple):
    """A world and its index."""

    world: World
    pages: LocalIndex


class Places(NamedTuple):
    """The honest world, and the one with traps."""

    honest: Place
    trapped: Place

    def of(self, family: Family) -> Place:
        """Where a family's tasks can be made: families that need traps get them."""
        return self.trapped if family.needs else self.honest


@pytest.fixture(scope="session")
def places(tmp_path_factory: pytest.TempPathFactory) -> Places:
    folder = Path(tmp_path_factory.mktemp("index"))
    made = []
    for name, world in (("honest", build_world(3, 600)), ("trapped", build_world(3, 1000, TRAPS))):
        made.append(Place(world, LocalIndex.build(world.documents(), folder / name)))
    return Places(*made)


@pytest.fixture
def place(request: pytest.FixtureRequest, places: Places) -> Place:
    """The place of the family that a test is about; the honest one where it is about none."""
    family = getattr(request.node, "callspec", None) and request.node.callspec.params.get("family")
    return places.of(family) if family else places.honest


@pytest.fixture
def world(place: Place) -> World:
    return place.world


@pytest.fixture
def index(place: Place) -> LocalIndex:
    return place.pages
