"""The batch: tasks are made in order, solved by concurrent workers, and committed to the ledger as they finish.

    slots → maker (one, in order) → queue → workers → ledger

Every result is a function of scenario, seed and slot, so the order in which workers finish changes nothing that is recorded.
What the ledger holds is never done again, unless it ended in an error: resuming is running the same plan with the same ledger.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import AbstractContextManager, asynccontextmanager, contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from agents.attempt import run_attempt
from agents.author.state import AuthorContext
from agents.chat.keys import hide
from agents.context import AttemptContext, AttemptLimits, WriteContext
from agents.halt import Halt
from agents.instruct.graph import instruct, task_of
from agents.instruct.state import InstructContext, Topic
from agents.journal import Journal, Work, raise_halt
from agents.models import fingerprint
from agents.rephrase import rephrase
from agents.retry import RetryPolicy
from agents.same import same
from agents.write import Worded, write_query
from graders.base import Grader, all_graders
from graders.keep import KeepPolicy
from graders.wording import Verdict
from scenarios.family import TruthError
from scenarios.gates.contamination import Benchmarks
from scenarios.instructing import is_seed
from scenarios.parts.models import TEACHER
from scenarios.scenario import Scenario
from scenarios.sets.deriving import derived, is_derived
from scenarios.world import World
from tools.catalogue import catalogue
from tools.results import ToolEnv
from tools.sandbox.session import SessionSource
from tools.search.provider import SearchProvider
from traces.base import content_hash
from traces.ledger import Ledger
from traces.record import Message, Trajectory
from traces.retried import UNWRITTEN
from traces.task import Brief, Task
from traces.writer import Writer
from winnow.authoring import Authoring, Barren
from winnow.contaminated import list_contaminated, told
from winnow.examples import Examples
from winnow.governor import Governor, rates
from winnow.plan import Slot, seed_of
from winnow.references import failing
from winnow.sources import source_of
from winnow.stops import Stop, Watch
from winnow.together import Tried, agreed


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
    journal: Journal | None = None
    """Where paid work in progress is written down; None where nothing costs anything."""
    reason: str = ""
    """Why it ended before its plan, in words."""
    _stop: Stop = "finished"

    def __post_init__(self) -> None:
        self.governor = Governor(self.scenario, self.journal)
        self._writer_model, self._solver_model = (self.governor.model(role) for role in ("writer", "solver"))
        gates = self.scenario.gates
        self._benchmarks = Benchmarks.read([Path(one) for one in gates.against], least=gates.coverage)
        self._committee = self.governor.committee()
        self._examples = Examples(self.world, self.scenario.seed)
        self._policy = KeepPolicy(critics=self.scenario.critics.required)
        self._graders: list[Grader] = [all_graders()[name] for name in self.scenario.graders]
        self._finished = self.ledger.finished() - self.ledger.errored()
        unwritten = {task.slot for task in self.ledger.discards() if task.stage == UNWRITTEN}
        self._known = {slot: kind for slot, kind in self.ledger.slots().items() if slot not in unwritten}
        self._failed: set[str] = set()
        self._watch = Watch.resumed(self.scenario, self.ledger.counts())
        self._source = source_of(self.scenario, self.world)
        self._going, self._moved = 0, asyncio.Condition()

    def interrupt(self) -> None:
        """Stop claiming work; what is in flight is finished and committed."""
        self._stop = "interrupted"
        self.stopping.set()

    async def run(self) -> Stop:
        """Work through the plan. Raises what a worker raised where the ledger itself fails."""
        if enough := self._watch.enough():
            self._end(*enough)
        queue: asyncio.Queue[Job | None] = asyncio.Queue(maxsize=2 * self.scenario.concurrency.attempts)
        async with asyncio.TaskGroup() as group:
            for _ in range(self.scenario.concurrency.attempts):
                group.create_task(self._work(queue))
            group.create_task(self._make(queue))
        return self._stop

    async def _make(self, queue: asyncio.Queue[Job | None]) -> None:
        """Make tasks in the order of the plan, so that which of two equal ones is dropped does not depend on timing."""
        try:
            async for job in self._written() if self.scenario.tasks.write else self._made():
                if self.stopping.is_set():
                    break
                if not self._complete(job.slot):
                    await queue.put(job)
                await asyncio.sleep(0)
        except Halt as halt:
            self._end(halt.cause, halt.reason)
        except Barren as barren:
            self._end("error_rate", str(barren))
        for _ in range(self.scenario.concurrency.attempts):
            await queue.put(None)

    async def _made(self) -> AsyncIterator[Job]:
        asked: set[str] = set()
        for slot in self._source.slots():
            if job := await self._job(slot, asked):
                yield job

    async def _written(self) -> AsyncIterator[Job]:
        part, gates = self.scenario.models.writer, self.scenario.gates
        judge = self.governor.model("critic") if gates.judged else None
        bare = self._solver_model if gates.closed_book else None
        authoring = Authoring(
            self.scenario,
            AuthorContext(self._writer_model, judge, bare, gates.closed_book),
            fingerprint(part.model, part.profile),
            self.search,
            self.world,
            self.ledger,
            self.writer,
            self._benchmarks,
            self.stopping,
            self._finishing,
        )
        async for slot, task in authoring.tasks():
            yield Job(slot, task, written=True)

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
                row = self._source.row(slot)
                place = f"line {row.line}: " if row else ""
                await self.writer.put_discard(slot.name, "duplicate", f"{place}an earlier task asks the same")
            asked.add(asks)
            return None
        asked.add(asks)
        return Job(slot, task, written=known == "task")

    async def _item(self, slot: Slot, *, record: bool) -> Task | None:
        try:
            return self._source.item(slot)
        except TruthError as error:
            if record:
                await self.writer.put_discard(slot.name, error.stage, str(error))
        except Exception as error:  # the boundary of a family: its bug costs its own attempts, not the run
            for attempt in range(self.scenario.attempts):
                await self._commit(slot, attempt, (), f"family {slot.family}: {type(error).__name__}: {error}")
        return None

    async def _work(self, queue: asyncio.Queue[Job | None]) -> None:
        while (job := await queue.get()) is not None:
            if self.stopping.is_set():
                continue
            try:
                await self._carry_out(job)
            except Halt as halt:  # what was in flight stays open, and is gone on with on resume
                self._end(halt.cause, halt.reason)

    async def _carry_out(self, job: Job) -> None:
        with self._journaled(f"{job.slot.name}-write") as work:
            task = job.task if job.written else await self._write(job)
            if job.slot.name not in self._failed:  # else what was paid for is not asked for again on resume
                self._done(work)
        if task is not None and task.oracle is None and self.scenario.keep.agree > 1:
            async with self._place(self.scenario.attempts) as free:
                if free:
                    await self._together(job.slot, task)
            return
        for attempt in self._open_attempts(job.slot):
            async with self._place() as free:
                if task is not None and free:
                    await self._tried(job.slot, task, attempt)

    async def _tried(self, slot: Slot, task: Task, attempt: int) -> None:
        with self._journaled(f"{slot.name}-{attempt}") as work:
            tried = await self._attempt(slot, task, attempt)
            await self._commit(slot, attempt, *tried)
            if tried.error is None:  # else what was paid for in it is not asked for again when it is made again
                self._done(work)

    @asynccontextmanager
    async def _place(self, attempts: int = 1) -> AsyncIterator[bool]:
        """Wait until the goal has room for so many attempts beside those going on; says whether they are still wanted."""
        async with self._moved:
            await self._moved.wait_for(lambda: self.stopping.is_set() or self._watch.room(self._going, attempts))
            self._going += attempts
        try:
            yield not self.stopping.is_set()
        finally:
            self._going -= attempts
            async with self._moved:
                self._moved.notify_all()

    async def _together(self, slot: Slot, task: Task) -> None:
        """All attempts at a task, decided together. Those an earlier session committed before it died are made again, alike."""
        tried, works = [], []
        for attempt in range(self.scenario.attempts):
            if self.stopping.is_set():
                return
            with self._journaled(f"{slot.name}-{attempt}") as work:
                tried.append(await self._attempt(slot, task, attempt))
            works.append(work)
        with self._journaled(f"{slot.name}-agree") as work:
            tried = await self._agreed(slot, task, tried)
        for attempt in self._open_attempts(slot):
            await self._commit(slot, attempt, *tried[attempt])
        if not any(one.error for one in tried):  # the whole set is made again where one is
            for done in (*works, work):
                self._done(done)

    async def _agreed(self, slot: Slot, task: Task, tried: Sequence[Tried]) -> list[Tried]:
        asked, seed = self.scenario.keep, seed_of(self.scenario.seed, slot.name, "agree")
        judge = self.governor.model("critic") if asked.asked else None

        async def compare(one: str, other: str) -> Verdict:
            return await same(one, other, task.query, judge, seed)

        return await agreed(tried, asked.agree, compare, self._policy)

    def _journaled(self, name: str) -> AbstractContextManager[Work | None]:
        return self.journal.work(name) if self.journal else nullcontext()

    @contextmanager
    def _finishing(self, name: str) -> Iterator[None]:
        """`_journaled`, done where the block ends well."""
        with self._journaled(name) as work:
            yield
            self._done(work)

    def _done(self, work: Work | None) -> None:
        if self.journal and work:
            self.journal.done(work)

    def _end(self, stop: Stop, reason: str) -> None:
        if not self.stopping.is_set():
            self._stop, self.reason = stop, reason
            self.stopping.set()

    async def _write(self, job: Job) -> Task | None:
        """Have the query written; the task is committed before any attempt at it."""
        try:
            if is_seed(job.task):
                return await self._instructed(job)
            if is_derived(job.task):
                chance = seed_of(self.scenario.seed, job.slot.name, "derive")
                return await self._admit(job, await derived(job.task, self.sessions, chance), (), "derived")
            if job.task.brief is None:
                return await self._own(job)
            worded = await write_query(job.task.brief, self._wording(job.slot, job.task.brief))
        except TruthError as error:
            await self.writer.put_discard(job.slot.name, error.stage, str(error))
            return None
        except Exception as error:  # the boundary of the writer's model
            raise_halt()
            self._failed.add(job.slot.name)
            await self.writer.put_discard(job.slot.name, UNWRITTEN, hide(f"{type(error).__name__}: {error}"))
            return None
        task = job.task.model_copy(update={"query": worded.query}) if worded.query else job.task
        return await self._admit(job, task, worded.messages, self._how(worded))

    async def _own(self, job: Job) -> Task | None:
        """A problem of the user's own is asked as it stands, unless the child that it is has other words, or its own reference fails."""
        row = self._source.row(job.slot) if self.scenario.tasks.check else None
        if row and (why := await failing(row, self.sessions)):
            await self.writer.put_discard(job.slot.name, "reference", why)
            return None
        if job.task.knobs.get("evolved") != "rephrase":
            return await self._admit(job, job.task, ())
        seed = seed_of(self.scenario.seed, job.slot.name, "write")
        query, wording = await rephrase(job.task.query, WriteContext(self._writer_model, seed))
        if query is None:
            await self.writer.put_discard(job.slot.name, "unwritten", "no draft was the same problem in other words")
            return None
        return await self._admit(job, job.task.model_copy(update={"query": query}), wording)

    async def _instructed(self, job: Job) -> Task | None:
        """Have a problem posed, solved and tested; it becomes a task where execution bears it out."""
        part = self.scenario.tasks.instruct
        assert part, "only where the scenario asks for it"
        context = InstructContext(
            self._writer_model,
            self.sessions,
            part.solutions,
            part.tests,
            part.rounds,
            part.revisions,
            seed_of(self.scenario.seed, job.slot.name, "instruct"),
        )
        topic = Topic(job.task.query, int(job.task.knobs["level"]))
        outcome = await instruct(topic, context)
        if outcome.instructed is None:
            await self.writer.put_discard(job.slot.name, *(outcome.refused or ("unreadable", "nothing was posed")))
            return None
        writer = self.scenario.models.writer
        task = task_of(outcome.instructed, job.task, fingerprint(writer.model, writer.profile))
        return await self._admit(job, task, outcome.messages, "self-instruct")

    def _wording(self, slot: Slot, brief: Brief) -> WriteContext:
        """The teacher words a brief as its family reads it; others are free to, so a model reads it back too."""
        seed = seed_of(self.scenario.seed, slot.name, "write")
        if self.scenario.models.writer.model == TEACHER:
            return WriteContext(self._writer_model, seed)
        reader = self.governor.model("critic")
        return WriteContext(self._writer_model, seed, reader=reader, examples=self._examples.of(brief))

    def _how(self, worded: Worded) -> str:
        """How the query came to be, for the report: a wording that did not read back is not used, and the family's own stays."""
        if worded.query is None:
            return "original wording"
        if self.scenario.models.writer.model == TEACHER:
            return ""
        return "reworded" if worded.reader == "family" else "reworded, read back by a model"

    async def _admit(self, job: Job, task: Task, wording: Sequence[Message], how: str = "") -> Task | None:
        """Keep the task, unless a gate is shut to its query; what stands in a benchmark is also listed in a file of the run."""
        hit = self._benchmarks.hit(task.query)
        if hit is None:
            await self.writer.put_task(job.slot.name, task, wording, how)
            return task
        if await self.writer.put_discard(job.slot.name, "contaminated", told(hit)):
            list_contaminated(self.ledger.path.parent, job.slot.name, task.query, hit)
        return None

    async def _attempt(self, slot: Slot, task: Task, attempt: int) -> Tried:
        env = ToolEnv(search=self.search, sessions=self.sessions, files=task.files)
        error: str | None = None
        trajectories: tuple[Trajectory, ...] = ()
        try:
            trajectories = await run_attempt(self._context(slot, task, attempt, env))
            last = trajectories[-1].ending
            error = last.detail if last.kind in ("model_error", "error") else None
        except Exception as broken:  # the boundary of an attempt: recorded with its cause
            error = hide(f"{type(broken).__name__}: {broken}")
        finally:
            await env.close()
        raise_halt()
        return Tried(trajectories, error)

    def _context(self, slot: Slot, task: Task, attempt: int, env: ToolEnv) -> AttemptContext:
        limits, solver = self.scenario.limits, self.scenario.models.solver
        return AttemptContext(
            key=f"{slot.name}-{attempt}",
            task=task,
            attempt=attempt,
            model_name=fingerprint(solver.model, solver.profile),
            model=self._solver_model,
            tools={name: catalogue()[name] for name in self.scenario.offered(task.tools)},
            env=env,
            graders=self._graders,
            limits=AttemptLimits(
                limits.turns,
                limits.calls,
                limits.tokens,
                limits.time,
                repairs=self.scenario.repair.rounds_for(task.difficulty),
                usd=limits.usd,
            ),
            retry=RetryPolicy(tries=1),
            rates=rates(solver),
            tool_parser=solver.tool_parser,
            committee=self._committee,
            keep=self._policy,
            instructions=self.scenario.instructions,
            seed=seed_of(self.scenario.seed, slot.name, attempt),
        )

    async def _commit(self, slot: Slot, attempt: int, trajectories: tuple[Trajectory, ...], error: str | None) -> None:
        await self.writer.put_attempt(slot.name, attempt, trajectories, error)
        self.report(AttemptDone(trajectories, error))
        if stopped := self._watch.add(trajectories, error):
            self._end(*stopped)

    def _open_attempts(self, slot: Slot) -> Iterator[int]:
        return (a for a in range(self.scenario.attempts) if (slot.name, a) not in self._finished)

    def _complete(self, slot: Slot) -> bool:
        return next(self._open_attempts(slot), None) is None


def _asked(task: Task) -> str:
    """What tells tasks apart that ask the same: the words only where they are what a child differs in."""
    reworded = task.knobs.get("evolved") == "rephrase"
    asks = task.brief.ask if task.brief and not reworded else task.query
    return content_hash([task.family, asks, reworded])
