import pytest

from scenarios.world import Document, GeneratedWorld, build_world


@pytest.fixture(scope="session")
def world() -> GeneratedWorld:
    return build_world(11, 600)


@pytest.fixture(scope="session")
def documents(world: GeneratedWorld) -> list[Document]:
    return list(world.documents())
