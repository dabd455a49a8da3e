"""Critics on stored traces, of a run or imported: a new run with the same traces, judged again by programs and now by critics too.

What critics said before is replaced. Attempts are judged side by side and committed in order, so a run that stops (budget, server, Ctrl-C)
is gone on with: what it has is kept, and answers that were paid for but not committed are in its journal.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from agents.critics import Committee
from agents.halt import Halt
from agents.journal import Journal, Work, raise_halt
from graders.base import Case, Grader
from graders.critics.vote import GRADER
from graders.keep import KeepPolicy
from scenarios.loading import load_scenario
from scenarios.scenario import Scenario, dump_yaml
from traces.ledger import Ledger
from traces.puts import PutAttempt
from traces.record import Trajectory, Verdict
from traces.stored import Stored
from winnow.cost import Cost
from winnow.criticism import CriticSummary
from winnow.folder import FolderError, RunFolder, write_whole
from winnow.governor import Governor, journal_of, untraced
from winnow.judging import BROKEN, graders_named, judged
from winnow.origin import Origin
from winnow.plan import seed_of
from winnow.regrading import Changes, copy_notes, errors, grouped, others, settled

SEATED = "critics.yaml"
"""The file of the new run that says who sat in the committee."""


@dataclass
class Judged:
    """What it came to. `halt` says why it stopped before the end."""

    changes: Changes
    critics: CriticSummary
    cost: Cost | None = None
    halt: Halt | None = None


@dataclass(frozen=True)
class Recritique:
    """The critics of `scenario` on the traces of a run, into the folder `output`: new, or with `resume` one that was begun."""

    run_path: Path
    output: Path
    scenario: Scenario
    graders: Sequence[str] | None = None
    resume: bool = False
    tell: Callable[[int], None] = lambda done: None

    def run(self) -> Judged:
        """Do it.

        Raises:
            FolderError: there is no run, or the output cannot be used.
            UnknownGrader: a named grader is not there.
            ModelError: a critic's model cannot be made.
        """
        source, named = RunFolder.open(self.run_path), graders_named(self.graders)
        committee = Governor(self.scenario, None).committee()
        assert committee is not None, "only asked for with critics"
        origin = Origin(
            kind="regrade",
            name=self.output.name,
            sources=(str(self.run_path),),
            graders={**{g.name: g.version for g in named}, GRADER: committee.version},
        )
        with Ledger.open(source.ledger, readonly=True) as old:
            folder = self._folder(source, origin)
            with Ledger.open(folder.ledger) if folder.ledger.exists() else Ledger.create(folder.ledger) as new:
                for group in grouped(settled(old)):
                    new.commit(group)
                found = asyncio.run(self._judge(old, new, folder, named))
                found.changes, found.critics = Changes.between(old, new), CriticSummary.of(new)
            if found.halt is None:
                copy_notes(old, folder)
                folder.finish(origin.model_copy(update={"complete": True, "rows": found.changes.trajectories}))
        return found

    def _folder(self, source: RunFolder, origin: Origin) -> RunFolder:
        if not self.resume:
            text = source.config.read_text(encoding="utf-8") if source.config.is_file() else None
            folder = RunFolder.create_from(self.output, origin, text)
            write_whole(folder.path / SEATED, dump_yaml(self.scenario))
            return folder
        folder = RunFolder.open(self.output)
        seated = folder.path / SEATED
        if not seated.is_file() or folder.origin() is None:
            raise FolderError(
                f"{self.output}: no critics were at work here. Leave --resume out, and choose another folder with -o."
            )
        if load_scenario(seated).fingerprint() != self.scenario.fingerprint():
            raise FolderError(
                f"{self.output}: was begun with other critics. Resume with {seated}, or choose another folder with -o."
            )
        return folder

    async def _judge(self, old: Ledger, new: Ledger, folder: RunFolder, named: Sequence[Grader]) -> Judged:
        with untraced(self.scenario), journal_of(self.scenario, folder) as journal:
            governor = Governor(self.scenario, journal)
            bench = _Bench(self.scenario, governor.committee(), named, self.graders is not None, journal)
            halt = await bench.all(_attempts(old, new), new, self.tell)
            return Judged(Changes(), CriticSummary(), Cost.of(governor.budget, journal), halt)


@dataclass
class _Attempt:
    """A stored attempt: its trajectories, and the error that ended it."""

    slot: str
    number: int
    stored: Sequence[Stored]
    error: str | None


def _attempts(old: Ledger, new: Ledger) -> Iterator[_Attempt]:
    """Those that are not judged yet, in order."""
    done, broken = new.finished(), dict(errors(old))
    for (slot, number), group in groupby(old.stored(), key=lambda one: (one.slot, one.attempt)):
        error = broken.pop((slot, number), None)
        if (slot, number) not in done:
            yield _Attempt(slot, number, list(group), error)
    yield from (_Attempt(*place, (), error) for place, error in broken.items() if place not in done)


@dataclass(frozen=True)
class _Bench:
    scenario: Scenario
    committee: Committee | None
    graders: Sequence[Grader]
    alone: bool
    """Whether the graders were named, so that no verdict of others is carried over."""
    journal: Journal | None

    async def all(self, attempts: Iterator[_Attempt], new: Ledger, tell: Callable[[int], None]) -> Halt | None:
        """Judge them, so many at once, and commit them in order. Gives what stopped it, if anything did."""
        waiting: deque[tuple[_Attempt, asyncio.Task[tuple[list[Trajectory], Work | None]]]] = deque()
        count = 0
        try:
            for attempt in attempts:
                waiting.append((attempt, asyncio.create_task(self._attempt(attempt))))
                if len(waiting) >= self.scenario.concurrency.attempts:
                    tell(count := count + await self._commit(*waiting.popleft(), new))
            while waiting:
                tell(count := count + await self._commit(*waiting.popleft(), new))
        except Halt as halt:
            return halt
        finally:
            for _, task in waiting:
                task.cancel()
            await asyncio.gather(*(task for _, task in waiting), return_exceptions=True)
        return None

    async def _commit(
        self, attempt: _Attempt, task: "asyncio.Task[tuple[list[Trajectory], Work | None]]", new: Ledger
    ) -> int:
        again, work = await task
        new.commit([PutAttempt(attempt.slot, attempt.number, again, attempt.error)])
        if self.journal and work:
            self.journal.done(work)
        return 1

    async def _attempt(self, attempt: _Attempt) -> tuple[list[Trajectory], Work | None]:
        with self._journaled(f"{attempt.slot}-{attempt.number}-critics") as work:
            again = [await self._again(stored) for stored in attempt.stored]
            raise_halt()
        return again, work

    def _journaled(self, name: str) -> AbstractContextManager[Work | None]:
        return self.journal.work(name) if self.journal else nullcontext()

    async def _again(self, stored: Stored) -> Trajectory:
        before = stored.trajectory()
        said = [] if self.alone else [v for v in others(before) if v.source != "critic"]
        policy = KeepPolicy(critics=self.scenario.critics.required)
        again = [*said, *await self._criticised(before)]
        return judged(before, self.graders, others=again, can_repair=not stored.final, policy=policy)

    async def _criticised(self, trace: Trajectory) -> list[Verdict]:
        if trace.ending.kind in BROKEN or self.committee is None:
            return []
        case, seed = Case.of(trace), seed_of(self.scenario.seed, trace.key, "critics")
        return list(
            await asyncio.gather(
                *(self.committee.judge(case, step, seed + 104_729 * step.index) for step in case.steps)
            )
        )
