"""Where labelled traces are made: clean ones, ones with a natural slip, and mutants; a piece of work at a time, in this process or another.

Every trace is a function of the bench's seeds and the work, so that equal orders give equal sets, however many processes share them.
"""

import asyncio
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from agents.attempt import run_attempt
from agents.context import AttemptContext, AttemptLimits
from agents.models import fingerprint
from agents.mutants.base import Mutation, Plant, all_mutations
from agents.mutants.grow import mutant
from agents.mutants.outcome import answers_rightly
from agents.mutants.scene import Scene, repeats
from agents.teacher import TeacherChatModel, occasions
from graders.base import Case
from scenarios.family import TruthError, all_families
from scenarios.need import task_of
from scenarios.profiles import PROFILES
from scenarios.world import World, WorldConfig, build_world
from tools.catalogue import catalogue
from tools.results import ToolEnv
from tools.sandbox import LocalSessions
from tools.sandbox.session import SandboxError
from tools.search.index import LocalIndex
from traces.record import Trajectory
from traces.task import Task
from winnow.judging import graders_named, judged
from winnow.plan import seed_of

LIMITS = AttemptLimits(turns=24, calls=60, tokens=200_000, repairs=0)
_LOST = (ValueError, LookupError, ArithmeticError)
"""How the teacher breaks on what a planted call gave (no number, no row, a division by nothing): nothing is known to follow from it."""
MUTANTS = 10
"""Mutants that are made of one clean trace, at most."""
TRIES = 3
"""Ways of planting one kind of error that are tried in one trace."""
EAGERNESS = 0.4
"""How likely the boosted slip is at each occasion, at least: not always, so that it happens at later ones too."""
RUNNING = 4.0
"""Seconds that code may run in a mutant: a planted bug may never end, and a right program is done in a fraction of one."""


TRAPS = WorldConfig(superseded=0.25, contradictions=0.25, injections=0.25, name_collisions=0.12)
"""What misleads in the second world."""


class Bench(NamedTuple):
    """What a process needs to open a workbench: two worlds, an honest one and one with traps, and a folder with an index of each."""

    pages: Path
    trapped_pages: Path
    world_seed: int
    documents: int
    seed: int

    def worlds(self) -> tuple[World, World]:
        """The honest world and the one with traps."""
        return build_world(self.world_seed, self.documents), build_world(self.world_seed + 1, self.documents, TRAPS)

    def build(self) -> None:
        """Write both indexes."""
        for world, folder in zip(self.worlds(), (self.pages, self.trapped_pages), strict=True):
            LocalIndex.build(world.documents(), folder)


class Clean(NamedTuple):
    """A faultless attempt at a task, and the kinds of error to plant in it, those wanted most first."""

    family: str
    number: int
    plant: tuple[str, ...]


class Slipping(NamedTuple):
    """An attempt at a task by a teacher who makes one kind of slip."""

    family: str
    number: int
    slip: str
    eagerness: float = EAGERNESS


class Trying(NamedTuple):
    """An attempt at a task by the teacher with one of its fault profiles."""

    family: str
    number: int
    profile: str


Work = Clean | Slipping | Trying


class Tried(NamedTuple):
    """How an attempt went: the task's difficulty, whether the answer was right, and the kinds of slip that were made."""

    work: Trying
    difficulty: int
    right: bool
    slips: tuple[str, ...]


def is_trapped(family: str, number: int) -> bool:
    """Whether a task is made in the world with traps: every third, and all of families that need them."""
    return bool(all_families()[family].needs) or number % 3 == 2


class Yield(NamedTuple):
    """What a piece of work gave. `dropped` counts what was thrown away, by reason; mutants come with their kind."""

    work: Work
    clean: Trajectory | None = None
    slipped: Trajectory | None = None
    tried: Tried | None = None
    mutants: tuple[tuple[str, Trajectory], ...] = ()
    planted: tuple[str, ...] = ()
    """The kinds of error that were tried on the clean trace, whatever came of them."""
    dropped: Mapping[str, int] = {}
    occasions: Mapping[str, int] = {}
    """How often each kind of slip could have been made in the clean trace."""


class Place(NamedTuple):
    """A world and its index."""

    world: World
    search: LocalIndex


@dataclass
class Workbench:
    """The live parts, opened once a process; `close` at the end."""

    bench: Bench

    def __post_init__(self) -> None:
        pages = (self.bench.pages, self.bench.trapped_pages)
        self._places = [Place(w, LocalIndex.open(p)) for w, p in zip(self.bench.worlds(), pages, strict=True)]
        self._place_of = {place.world.hash: place for place in self._places}
        self.sessions = LocalSessions()
        self.graders = graders_named(None)

    async def close(self) -> None:
        await self.sessions.close()

    async def do(self, works: Sequence[Work], abreast: int = 6) -> list[Yield]:
        """All pieces of work, some at a time, results in their order."""
        gate = asyncio.Semaphore(abreast)

        async def one(work: Work) -> Yield:
            async with gate:
                try:
                    return await self._one(work)
                except SandboxError:  # of one session, on a busy machine: no reason to lose what all others made
                    return Yield(work, dropped={"the sandbox broke": 1})

        return list(await asyncio.gather(*map(one, works)))

    async def _one(self, work: Work) -> Yield:
        match work:
            case Clean():
                return await self.clean(work)
            case Slipping():
                return await self.slipping(work)
            case Trying():
                return await self.trying(work)

    def _task(self, work: Work) -> Task | None:
        try:
            world = self._places[is_trapped(work.family, work.number)].world
            return task_of(all_families()[work.family], world, self.bench.seed, work.number)
        except TruthError:
            return None

    async def slipping(self, work: Slipping) -> Yield:
        """One attempt by a teacher with one fault; nothing where the fault found no occasion."""
        task = self._task(work)
        if task is None:
            return Yield(work, dropped={"no task": 1})
        trace = await self._attempt(task, f"{work.slip}-{work.family}-{work.number}", {work.slip: work.eagerness})
        if not any(label.kind == work.slip for label in trace.labels):
            return Yield(work, dropped={f"not made {work.slip}": 1})
        if repeats(trace):
            return Yield(work, dropped={"a call made twice that nobody labelled": 1})
        return Yield(work, slipped=judged(trace, self.graders))

    async def trying(self, work: Trying) -> Yield:
        """One attempt, of which only the outcome is told."""
        task = self._task(work)
        if task is None:
            return Yield(work, dropped={"no task": 1})
        profile = dict(PROFILES[work.profile])
        trace = await self._attempt(task, f"{work.profile}-{work.family}-{work.number}", profile)
        outcome = Case.of(trace).outcome
        right = (
            trace.ending.kind == "answered"
            and outcome is not None
            and outcome.status == "right"
            and answers_rightly(trace)
        )
        return Yield(work, tried=Tried(work, task.difficulty, right, tuple(label.kind for label in trace.labels)))

    async def clean(self, work: Clean) -> Yield:
        """A faultless attempt, and mutants of it."""
        task = self._task(work)
        if task is None:
            return Yield(work, dropped={"no task": 1})
        trace = await self._attempt(task, f"clean-{work.family}-{work.number:04d}-0", {})
        if trace.ending.kind != "answered" or not answers_rightly(trace):
            return Yield(work, dropped={"not shown to be right": 1})
        if repeats(trace):
            return Yield(work, dropped={"a call made twice that nobody labelled": 1})
        dropped: Counter[str] = Counter()
        planted: list[str] = []
        mutants: list[tuple[str, Trajectory]] = []
        for kind in work.plant:
            if len(mutants) == MUTANTS:
                break
            planted.append(kind)
            if found := await self._mutant(Scene(trace), all_mutations()[kind], work, dropped):
                mutants.append((kind, judged(found, self.graders)))
        return Yield(
            work,
            clean=judged(trace, self.graders),
            mutants=tuple(mutants),
            planted=tuple(planted),
            dropped=dropped,
            occasions=occasions(trace),
        )

    async def _attempt(self, task: Task, key: str, profile: dict[str, float]) -> Trajectory:
        context = self._context(task, key, profile, seed_of(self.bench.seed, key))
        try:
            return (await run_attempt(context))[-1]
        finally:
            await context.env.close()

    async def _mutant(self, scene: Scene, mutation: Mutation, work: Clean, dropped: Counter[str]) -> Trajectory | None:
        rng = random.Random(f"{self.bench.seed} {mutation.kind} {work.family} {work.number}")
        plants = list(islice(mutation.plants(scene, rng), TRIES))
        for plant in plants:
            found = await self._grown(scene, mutation, plant)
            if found:
                return found
            dropped[f"equivalent {mutation.kind}"] += 1
        if not plants:
            dropped[f"no occasion {mutation.kind}"] += 1
        return None

    async def _grown(self, scene: Scene, mutation: Mutation, plant: Plant) -> Trajectory | None:
        task = scene.trace.task
        if plant.demands:
            task = task.model_copy(update={"query": task.query + plant.demands})
        context = self._context(
            task,
            f"{scene.trace.key}-{mutation.kind}",
            {},
            scene.trace.lineage.seed,
            {"python": RUNNING, "program": RUNNING},
        )
        try:
            return await mutant(scene, mutation, plant, context)
        except _LOST:
            return None
        finally:
            await context.env.close()

    def _context(
        self, task: Task, key: str, profile: dict[str, float], seed: int, seconds: Mapping[str, float] = {}
    ) -> AttemptContext:
        place = self._place_of.get(task.world, self._places[0])
        return AttemptContext(
            key=key,
            task=task,
            attempt=0,
            model_name=fingerprint("teacher", profile),
            model=TeacherChatModel(faults=profile),
            tools={name: catalogue()[name] for name in task.tools},
            env=ToolEnv(search=place.search, sessions=self.sessions, files=task.files, limits=seconds),
            graders=(),
            limits=LIMITS,
            seed=seed,
        )
