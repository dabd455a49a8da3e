"""What a run needs beside its scenario: the world, its index, interpreter sessions. Built once, closed at the end."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from scenarios.scenario import Scenario
from scenarios.world import World, build_world
from tools.sandbox import LocalSessions
from tools.sandbox.session import SandboxUnavailable, SessionSource
from tools.search.index import LocalIndex
from winnow.folder import RunFolder


class MachineError(Exception):
    """The machine (or a key) cannot give what the scenario needs."""


@dataclass(frozen=True)
class Machine:
    """The live parts of a run that all attempts share."""

    world: World
    search: LocalIndex
    sessions: SessionSource


@asynccontextmanager
async def machine(scenario: Scenario, folder: RunFolder) -> AsyncIterator[Machine]:
    """Make the parts. The index stays in the run's folder, so that what was searched can be searched again."""
    world = build_world(scenario.world_seed, scenario.world.documents)
    if not folder.index.exists():
        _build_index(world, folder.index)
    index = LocalIndex.open(folder.index)
    sessions = LocalSessions()
    try:
        yield Machine(world, index, sessions)
    except SandboxUnavailable as error:
        raise MachineError(str(error)) from error
    finally:
        await sessions.close()


def _build_index(world: World, target: Path) -> None:
    """Build beside and move: an index that is there is whole."""
    part = target.with_name("index.part")
    shutil.rmtree(part, ignore_errors=True)
    LocalIndex.build(world.documents(), part)
    part.replace(target)
