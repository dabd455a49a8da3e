"""What a run needs beside its scenario: the world, what is searched, interpreter sessions. Built once, closed at the end."""

import platform
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from agents.models import ModelError, api_key, usual_key
from scenarios.parts.surroundings import SandboxPart, SearchPart
from scenarios.scenario import Scenario
from scenarios.world import World, build_world
from tools.sandbox import LocalSessions
from tools.sandbox.session import SandboxError, SandboxUnavailable, SessionSource
from tools.search.index import LocalIndex
from tools.search.provider import SearchProvider
from tools.search.storage import CorpusError
from tools.search.web.settings import KEYS, SettingsError, WebSettings, web_search
from traces.base import content_hash
from winnow.folder import RunFolder


class MachineError(Exception):
    """The machine (or a key) cannot give what the scenario needs."""


@dataclass(frozen=True)
class Machine:
    """The live parts of a run that all attempts share."""

    world: World
    search: SearchProvider
    sessions: SessionSource


@asynccontextmanager
async def machine(scenario: Scenario, folder: RunFolder) -> AsyncIterator[Machine]:
    """Make the parts, and see that the interpreter opens where the scenario offers it. Raises MachineError."""
    sessions = await _sessions(scenario.sandbox, folder)
    try:
        if "python" in scenario.all_tools:
            await (await sessions.open()).close()
        world = build_world(scenario.world_seed, scenario.world.documents, scenario.world.knobs)
        searched = provider(scenario.search, world, folder)
        yield Machine(world, searched, sessions)
    except SandboxUnavailable as error:
        raise MachineError(str(error)) from error
    finally:
        await sessions.close()


async def _sessions(sandbox: SandboxPart, folder: RunFolder) -> SessionSource:
    """Where code is run. At E2B, what an earlier start of this run left there is ended first. Raises MachineError."""
    if sandbox.backend == "local":
        return LocalSessions()
    from tools.sandbox.e2b import E2BSessions  # the SDK takes long to import

    # Equal names of folders on other machines must not end each other's sandboxes.
    run = content_hash([platform.node(), str(folder.path.resolve())])
    try:
        sessions = E2BSessions(api_key(sandbox.api_key_env), template=sandbox.template, run=run)
        await sessions.sweep()
    except (ModelError, SandboxError) as error:
        raise MachineError(f"sandbox: {error}") from error
    return sessions


def provider(search: SearchPart, world: World, folder: RunFolder) -> SearchProvider:
    """What the search tools ask. The world's index stays in the run's folder, so that what was searched can be searched again."""
    try:
        if search.source == "web":
            return _web(search, folder)
        if search.source == "corpus":
            return LocalIndex.open(Path(search.corpus or ""))
        if not folder.index.exists():
            _build_index(world, folder.index)
        return LocalIndex.open(folder.index)
    except (CorpusError, SettingsError) as error:
        raise MachineError(str(error)) from error


def _web(search: SearchPart, folder: RunFolder) -> SearchProvider:
    settings = WebSettings(provider=search.provider, base_url=search.base_url, cache=search.cache, rate=search.rate)
    key = api_key(search.api_key_env) or usual_key(KEYS.get(search.provider))
    cassette = Path(search.cassette) if search.cassette else folder.path / "cassette"
    return web_search(settings, cassette, key)


def _build_index(world: World, target: Path) -> None:
    """Build beside and move: an index that is there is whole."""
    part = target.with_name("index.part")
    shutil.rmtree(part, ignore_errors=True)
    LocalIndex.build(world.documents(), part)
    part.replace(target)
