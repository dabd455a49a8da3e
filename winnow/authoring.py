"""Has a model write a run's queries, wave by wave, and lets through those that pass every gate.

    seeds of a wave → drafts, side by side → gates that ask nobody, in order → gates that ask models, side by side → ledger, in order

Seeds of a wave are drawn from what was accepted in the waves before it, so that nothing depends on which draft was quicker. A wave that was
cut short is done again whole: what was paid for it is in the journal, what it committed stays as it is.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

import orjson

from agents.author.graph import vetted, write_from_seed
from agents.author.state import AuthorContext
from agents.chat.keys import hide
from agents.halt import Halt
from agents.journal import raise_halt
from scenarios.gates.contamination import Benchmarks
from scenarios.parts.tasks import WritePart
from scenarios.queries.family_seeds import family_seeds
from scenarios.queries.grid import Grid, cells
from scenarios.queries.own import read_seeds
from scenarios.queries.seeds import Known, Passage, QuerySeed, Sources, make_seed
from scenarios.queries.topics import Domain, topics
from scenarios.scenario import Scenario
from scenarios.world import World
from tools.search.index import LocalIndex
from tools.search.provider import SearchProvider
from traces.ledger import Ledger
from traces.task import Task
from traces.writer import Writer
from winnow.contaminated import list_contaminated
from winnow.drafts import Draft, Screen, known_of, slot_of
from winnow.plan import Slot, seed_of

REFUSED = "refused.jsonl"
"""The file of a run that lists the queries a gate was shut to, with what they were made from."""
FIRST_WAVE, WAVE = 8, 32
"""Waves grow, so that the first queries others can be made from are there soon. Fixed: how many attempts run at once changes no result."""
T = TypeVar("T")


class Barren(Exception):
    """Nothing that was written passed the gates, and more tries would only cost: what was wrong, and what to do."""


class Stopped(Exception):
    """The run is ending: the wave is left as it is."""


@dataclass
class Authoring:
    """The writing of one run. `context` has the models; its seed is replaced for each query."""

    scenario: Scenario
    context: AuthorContext
    model: str
    """What the record calls the writer."""
    search: SearchProvider
    world: World
    ledger: Ledger
    writer: Writer
    benchmarks: Benchmarks
    stopping: asyncio.Event
    journaled: Callable[[str], AbstractContextManager[object]]
    """Makes a block a piece of work whose paid calls are written down until it ends well."""

    def __post_init__(self) -> None:
        write = write_part(self.scenario)
        weights = cells(write.domains, self.scenario.tools, write.levels, write.languages)
        self._grid = Grid(weights, write.floor, write.cap, self.scenario.seed)
        found, own = read_files(write)
        self._own = (*own, *family_seeds(write.families, self.world, self.scenario.seed))
        self._sources = Sources(found, write.techniques, self.scenario.tools, pages(self.search), self._own)
        self._screen = Screen(self.scenario.gates.near, self.benchmarks)
        self._screen.remember(self._own)
        self._accepted: list[Known] = []
        self._fictional = self.scenario.search.source == "world"
        self._places = asyncio.Semaphore(self.scenario.concurrency.attempts)

    async def tasks(self) -> AsyncIterator[tuple[Slot, Task]]:
        """The slots with the tasks that passed, in order, until all are tried or every cell is at its cap. Raises Halt, Barren."""
        settled, made = self.ledger.slots(), 0
        for number in count():
            wave = self._wave(made, min(WAVE, FIRST_WAVE << min(number, 8), self.scenario.tasks.count - made))
            if not wave:
                self._require_some(made)
                return
            made += len(wave)
            if any(seed.slot not in settled for seed in wave):
                try:
                    await self._write(wave, number)
                except Stopped:
                    return
            for seed, task in self._settle(wave):
                yield slot_of(seed, task), task
            if made >= self.scenario.abort_if.after:
                self._require_some(made)

    def _require_some(self, made: int) -> None:
        """Raise Barren where none of so many tries passed."""
        if self._accepted or not (discards := self.ledger.discards()):
            return
        gates = Counter(discard.stage for discard in discards)
        told = ", ".join(f"{gate} {n}" for gate, n in gates.most_common())
        last = discards[-1].reason
        cure = (
            "give it room (models.writer.max_tokens)" if "broke off" in last else "try another writer (models.writer)"
        )
        raise Barren(
            f"none of the first {made} queries passed the gates ({told}); the last: {last}. "
            f"Look at {self.ledger.path.parent / REFUSED}, or {cure}"
        )

    def _wave(self, made: int, size: int) -> list[QuerySeed]:
        wave = []
        for index in range(made, made + size):
            cell = self._grid.next()
            if cell is None:
                break
            slot = f"written_{cell.domain}-{index:04d}"
            wave.append(make_seed(slot, cell, self.scenario.seed, self._accepted, self._sources))
        return wave

    async def _write(self, wave: Sequence[QuerySeed], number: int) -> None:
        with self.journaled(f"wave-{number:04d}"):
            drafts = await _together(self._drafted(seed) for seed in wave)
            troubles = [draft.refused[1] for draft in drafts if draft.refused and draft.refused[0] == "writer_error"]
            if len(troubles) == len(wave) and (len(wave) >= FIRST_WAVE or not self._accepted):
                raise Halt("endpoint", f"the writer could not be asked for any query: {troubles[0]}")
            for draft in await _together(self._vetted(draft) for draft in self._screen.pass_through(drafts)):
                await self._put(draft)

    async def _drafted(self, seed: QuerySeed) -> Draft:
        try:
            state = await self._placed(lambda: write_from_seed(seed, self._context(seed)))
        except (Halt, Stopped):
            raise
        except Exception as error:  # the boundary of the writer's model
            raise_halt()
            return Draft(seed).refuse("writer_error", hide(f"{type(error).__name__}: {error}"))
        said = tuple(state["messages"])
        return Draft(seed, state.get("query", ""), said, state.get("rewritten", False), state.get("refused"))

    async def _vetted(self, draft: Draft) -> Draft:
        if draft.refused:
            return draft
        try:
            refused = await self._placed(lambda: vetted(draft.seed, draft.query, self._context(draft.seed)))
        except (Halt, Stopped):
            raise
        except Exception as error:  # the boundary of the models that may refuse it
            raise_halt()
            refused = ("unjudged", hide(f"{type(error).__name__}: {error}"))
        return draft._replace(refused=refused)

    async def _placed(self, work: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """The work, when there is a place for it and the run is not ending."""
        async with self._places:
            if self.stopping.is_set():
                raise Stopped
            return await work()

    def _context(self, seed: QuerySeed) -> AuthorContext:
        return replace(self.context, seed=seed_of(self.scenario.seed, seed.slot, "author"))

    async def _put(self, draft: Draft) -> None:
        slot = draft.seed.slot
        if draft.refused is None:
            await self.writer.put_task(slot, self._task(draft), draft.wording, draft.seed.technique)
        elif await self.writer.put_discard(slot, *draft.refused):
            self._list(draft)

    def _list(self, draft: Draft) -> None:
        folder = self.ledger.path.parent
        if draft.query and (hit := self.benchmarks.hit(draft.query)):
            list_contaminated(folder, draft.seed.slot, draft.query, hit)
        with (folder / REFUSED).open("ab") as file:
            file.write(orjson.dumps(draft.facts(self.model), option=orjson.OPT_APPEND_NEWLINE))

    def _task(self, draft: Draft) -> Task:
        cell = draft.seed.cell
        return Task(
            family=f"written_{cell.domain}",
            query=draft.query,
            written=draft.written(self.model),
            tools=self.scenario.offered(draft.seed.tools),
            difficulty=cell.difficulty,
            world=self.world.hash if self._fictional and "search" in draft.seed.tools else "",
            seed=self.scenario.seed,
            index=int(draft.seed.slot.rpartition("-")[2]),
        )

    def _settle(self, wave: Sequence[QuerySeed]) -> list[tuple[QuerySeed, Task]]:
        """What became of a wave, as the ledger has it; the next one is made from that."""
        found = [(seed, task) for seed in wave if (task := self.ledger.task(seed.slot)) is not None]
        accepted = {seed.slot for seed, _ in found}
        for seed in wave:
            self._grid.settle(seed.cell, accepted=seed.slot in accepted)
        known = [known_of(seed, task) for seed, task in found]
        self._accepted += known
        self._screen.remember(known)
        return found


def write_part(scenario: Scenario) -> WritePart:
    """The section of a scenario that has queries written."""
    assert scenario.tasks.write is not None, "only where a model writes the queries"
    return scenario.tasks.write


def read_files(write: WritePart) -> tuple[dict[Domain, tuple[str, ...]], tuple[Known, ...]]:
    """The topics by domain, and the seed queries of the user's own. Raises TopicsError, SeedsError."""
    files = {domain: Path(file) for domain, file in write.topics.items()}
    found = {domain: topics(domain, files.get(domain)) for domain in write.domains}
    return found, read_seeds(Path(write.seeds)) if write.seeds else ()


def pages(search: SearchProvider) -> Callable[[int], Passage | None] | None:
    """Pages by chance, where what is searched is our own and not the web."""
    if not isinstance(search, LocalIndex):
        return None
    index = search

    def page(mark: int) -> Passage | None:
        found = index.page_near(mark)
        return Passage(found.id, found.title, found.text) if found else None

    return page


async def _together(works: Iterable[Coroutine[Any, Any, T]]) -> list[T]:
    """All of them, and only then what the first in order raised: none is left running."""
    done = await asyncio.gather(*works, return_exceptions=True)
    found = []
    for one in done:
        if isinstance(one, BaseException):
            raise one
        found.append(one)
    return found
