"""The batch: tasks are made in order, solved by concurrent workers, and committed to the ledger as they finish.

    slots → maker (one, in order) → queue → workers → ledger

Every result is a function of scenario, seed and slot, so the order in which workers finish changes nothing that is recorded.
What the ledger holds is never done again: resuming is running the same plan with the same ledger.
"""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from langchain_core.language_models import BaseChatModel

from agents.attempt import run_attempt
from agents.context import AttemptContext, AttemptLimits, WriteContext
from agents.models import api_key, chat_model, fingerprint
from agents.write import write_query
from graders.base import Grader, all_graders
from scenarios.family import TruthError
from scenarios.scenario import ModelPart, Scenario
from scenarios.world import World
from tools.catalogue import catalogue
from tools.results import ToolEnv
from tools.sandbox.session import SessionSource
from tools.search.provider import SearchProvider
from traces.base import content_hash
from traces.ledger import Ledger
from traces.record import Trajectory
from traces.task import Task
from traces.writer import Writer
from winnow.plan import Slot, seed_of
from winnow.sources import source_of

Stop = Literal["finished", "interrupted", "error_rate"]


class Job(NamedTuple):
    """A slot with its task: `written` once a writer's wording of it is in the ledger."""

    slot: Slot
    task: Task
    written: bool


class AttemptDone(NamedTuple):
    """What a worker tells the progress display of one attempt."""

    trajectories: tuple[Trajectory, ...]
    error: str | None


@dataclass
class Batch:
    """One run: everything it needs, made by the caller; `run` returns why it ended."""

    scenario: Scenario
    world: World
    search: SearchProvider
    sessions: SessionSource
    ledger: Ledger
    writer: Writer
    report: Callable[[AttemptDone], None] = lambda done: None
    stopping: asyncio.Event = field(default_factory=asyncio.Event)
    _stop: Stop = "finished"
    _attempts: int = 0
    _errors: int = 0

    def __post_init__(self) -> None:
        roles = self.scenario.models
        self._writer_model, self._solver_model = make_model(roles.writer), make_model(roles.solver)
        self._graders: list[Grader] = [all_graders()[name] for name in self.scenario.graders]
        self._finished = self.ledger.finished()
        self._known = self.ledger.slots()
        self._source = source_of(self.scenario, self.world)

    def interrupt(self) -> None:
        """Stop claiming work; what is in flight is finished and committed."""
        self._stop = "interrupted"
        self.stopping.set()

    async def run(self) -> Stop:
        """Work through the plan. Raises what a worker raised where the ledger itself fails."""
        queue: asyncio.Queue[Job | None] = asyncio.Queue(maxsize=2 * self.scenario.concurrency.attempts)
        async with asyncio.TaskGroup() as group:
            for _ in range(self.scenario.concurrency.attempts):
                group.create_task(self._work(queue))
            group.create_task(self._make(queue))
        return self._stop

    async def _make(self, queue: asyncio.Queue[Job | None]) -> None:
        """Make tasks in the order of the plan, so that which of two equal ones is dropped does not depend on timing."""
        asked: set[str] = set()
        for slot in self._source.slots():
            if self.stopping.is_set():
                break
            job = await self._job(slot, asked)
            if job and not self._complete(slot):
                await queue.put(job)
            await asyncio.sleep(0)
        for _ in range(self.scenario.concurrency.attempts):
            await queue.put(None)

    async def _job(self, slot: Slot, asked: set[str]) -> Job | None:
        known = self._known.get(slot.name)
        if known is None and self._complete(slot):  # its family raised in an earlier run
            return None
        task = self.ledger.task(slot.name) if known == "task" else await self._item(slot, record=known is None)
        if task is None:
            return None
        asks = _asked(task)
        if known == "discard" or asks in asked:
            if known is None:
                await self.writer.put_discard(slot.name, "duplicate", "an earlier task asks the same")
            asked.add(asks)
            return None
        asked.add(asks)
        return Job(slot, task, written=known == "task")

    async def _item(self, slot: Slot, *, record: bool) -> Task | None:
        try:
            return self._source.item(slot)
        except TruthError as error:
            if record:
                await self.writer.put_discard(slot.name, "truth", str(error))
        except Exception as error:  # the boundary of a family: its bug costs its own attempts, not the run
            for attempt in range(self.scenario.attempts):
                await self._commit(slot, attempt, (), f"family {slot.family}: {type(error).__name__}: {error}")
        return None

    async def _work(self, queue: asyncio.Queue[Job | None]) -> None:
        while (job := await queue.get()) is not None:
            if self.stopping.is_set():
                continue
            task = job.task if job.written else await self._write(job)
            if task is None:
                continue
            for attempt in self._open_attempts(job.slot):
                if not self.stopping.is_set():
                    await self._attempt(job.slot, task, attempt)

    async def _write(self, job: Job) -> Task | None:
        """Have the query written; the task is committed before any attempt at it."""
        if job.task.brief is None:  # a problem of the user's own is asked as it stands
            await self.writer.put_task(job.slot.name, job.task, ())
            return job.task
        context = WriteContext(self._writer_model, seed_of(self.scenario.seed, job.slot.name, "write"))
        try:
            query, wording = await write_query(job.task.brief, context)
        except Exception as error:  # the boundary of the writer's model
            await self.writer.put_discard(job.slot.name, "writer_error", f"{type(error).__name__}: {error}")
            return None
        if query is None:
            await self.writer.put_discard(job.slot.name, "unwritten", "no draft read back to the brief")
            return None
        task = job.task.model_copy(update={"query": query})
        await self.writer.put_task(job.slot.name, task, wording)
        return task

    async def _attempt(self, slot: Slot, task: Task, attempt: int) -> None:
        env = ToolEnv(search=self.search, sessions=self.sessions, files=task.files)
        error: str | None = None
        trajectories: tuple[Trajectory, ...] = ()
        try:
            trajectories = await run_attempt(self._context(slot, task, attempt, env))
            last = trajectories[-1].ending
            error = last.detail if last.kind in ("model_error", "error") else None
        except Exception as broken:  # the boundary of an attempt: recorded with its cause
            error = f"{type(broken).__name__}: {broken}"
        finally:
            await env.close()
        await self._commit(slot, attempt, trajectories, error)

    def _context(self, slot: Slot, task: Task, attempt: int, env: ToolEnv) -> AttemptContext:
        limits, solver = self.scenario.limits, self.scenario.models.solver
        offered = [name for name in task.tools if name in self.scenario.tools]
        return AttemptContext(
            key=f"{slot.name}-{attempt}",
            task=task,
            attempt=attempt,
            model_name=fingerprint(solver.model, solver.profile),
            model=self._solver_model,
            tools={name: catalogue()[name] for name in offered},
            env=env,
            graders=self._graders,
            limits=AttemptLimits(
                limits.turns, limits.calls, limits.tokens, limits.time, repairs=self.scenario.repair.rounds
            ),
            seed=seed_of(self.scenario.seed, slot.name, attempt),
        )

    async def _commit(self, slot: Slot, attempt: int, trajectories: tuple[Trajectory, ...], error: str | None) -> None:
        await self.writer.put_attempt(slot.name, attempt, trajectories, error)
        self._attempts += 1
        self._errors += error is not None
        self.report(AttemptDone(trajectories, error))
        limit = self.scenario.abort_if
        if self._attempts >= limit.after and self._errors / self._attempts > limit.error_rate:
            self._stop = "error_rate"
            self.stopping.set()

    def _open_attempts(self, slot: Slot) -> Iterator[int]:
        return (a for a in range(self.scenario.attempts) if (slot.name, a) not in self._finished)

    def _complete(self, slot: Slot) -> bool:
        return next(self._open_attempts(slot), None) is None


def make_model(role: ModelPart) -> BaseChatModel:
    """The chat model of a role, with the settings its scenario gives."""
    names = ("base_url", "temperature", "max_tokens")
    settings = {name: value for name in names if (value := getattr(role, name)) is not None}
    if key := api_key(role.api_key_env):
        settings["api_key"] = key
    return chat_model(role.model, faults=role.profile, **settings)


def _asked(task: Task) -> str:
    return content_hash([task.family, task.brief.ask if task.brief else task.query])
