"""One world, its index and an interpreter for all tests of the families."""

from pathlib import Path

import pytest

from scenarios.world import World, build_world
from tools.search.index import LocalIndex


@pytest.fixture(scope="session")
def world() -> World:
    return build_world(3, 600)


@pytest.fixture(scope="session")
def index(world: World, tmp_path_factory: pytest.TempPathFactory) -> LocalIndex:
    return LocalIndex.build(world.documents(), Path(tmp_path_factory.mktemp("index")) / "pages")
