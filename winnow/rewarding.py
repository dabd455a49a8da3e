"""Rewards of steps by Monte-Carlo completion: from behind each step a model goes on n times, and the right answers are counted.

Only where the right answer is known. Each continuation is committed by itself, so what was cut short is gone on with, within a continuation
from the run's journal: no call that was answered is paid twice. Equal runs, seeds and numbers give equal continuations, however many run at
once. What a model or a tool failed at is not counted, and tried again next time. What all of it costs counts towards the run's budget.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from functools import partial
from typing import Any, NamedTuple

from langchain_core.language_models import BaseChatModel
from rich.console import Console

from agents.context import AttemptContext, AttemptLimits
from agents.continuing import Continued, continue_from
from agents.halt import Halt
from agents.journal import Journal, raise_halt
from agents.models import fingerprint
from agents.retry import RetryPolicy
from agents.teacher import Past, TeacherChatModel
from graders.base import Case, all_graders, judge_all
from scenarios.parts.models import TEACHER
from scenarios.scenario import Scenario
from tools.catalogue import catalogue
from tools.results import ToolEnv
from traces.base import content_hash
from traces.ledger import Ledger
from traces.record import Step, Trajectory
from traces.rewards import Continuation
from traces.select import Candidate, parse
from traces.stored import Stored
from winnow.cost import Cost
from winnow.folder import RunFolder
from winnow.governor import Governor, journal_of, rates, untraced
from winnow.machine import Machine, machine
from winnow.plan import seed_of

_ROUND = 1_000_003
"""What sets the seeds of the rounds of an attempt apart."""


class Piece(NamedTuple):
    """One continuation to be made: the `number`-th from behind a step."""

    trace: Trajectory
    repair: int
    step: Step
    number: int

    @property
    def place(self) -> tuple[str, int, int]:
        return self.trace.key, self.step.index, self.number

    @property
    def name(self) -> str:
        """What the journal calls it."""
        return "{}+{}+{}".format(*self.place)


class _Bench(NamedTuple):
    """What continuations are made with."""

    ledger: Ledger
    journal: Journal | None
    parts: Machine
    solver: BaseChatModel


@dataclass
class Made:
    """What was done: `skipped` counts trajectories that were left out, by reason."""

    continuations: int = 0
    right: int = 0
    before: int = 0
    errors: Counter[str] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)
    stopped: str = ""
    """Why it ended before its plan, in words."""
    cost: Cost | None = None
    """What the run's models have cost with this; None where nothing costs anything."""

    def facts(self) -> dict[str, Any]:
        """As data."""
        return {
            "made": self.continuations,
            "made_before": self.before,
            "errors": dict(self.errors),
            "skipped": dict(self.skipped),
            "stopped": self.stopped,
            "cost": self.cost.summary(0) if self.cost else None,
        }

    def print(self, console: Console) -> None:
        """As lines."""
        lines = [f"{self.continuations:,} continuations made, {self.before:,} were there"] if self.continuations else []
        lines += [f"{count:,} trajectories left out: {why}" for why, count in self.skipped.items()]
        lines += [
            f"{count:,} continuations failed and are tried again next time: {why}" for why, count in self.errors.items()
        ]
        lines += [f"Stopped: {self.stopped}"] if self.stopped else []
        lines += [told] if self.cost and (told := self.cost.line(0)) else []
        for line in lines:
            console.print(line, soft_wrap=True)


@dataclass
class Rewarding:
    """Samples `n` continuations from behind each step of judged trajectories: of those that `where` takes, and of these a `share`."""

    scenario: Scenario
    folder: RunFolder
    n: int
    where: str = "true"
    share: float = 1.0
    tell: Callable[[Made], None] = lambda made: None

    async def run(self, ledger: Ledger) -> Made:
        """Make what is missing. Raises SelectError, MachineError or ModelError before anything is made."""
        made, test = Made(), parse(self.where).test
        pieces = self._pieces(ledger, test, ledger.continued(), made)
        with untraced(self.scenario), journal_of(self.scenario, self.folder) as journal:
            governor = Governor(self.scenario, journal)
            solver = governor.model("solver")
            async with machine(self.scenario, self.folder) as parts, asyncio.TaskGroup() as group:
                for _ in range(self.scenario.concurrency.attempts):
                    group.create_task(self._work(pieces, _Bench(ledger, journal, parts, solver), made))
            made.cost = Cost.of(governor.budget, journal)
        return made

    def _pieces(
        self, ledger: Ledger, test: Callable[[Candidate], bool], done: set[tuple[str, int, int]], made: Made
    ) -> Iterator[Piece]:
        for stored in ledger.stored():
            if not self._drawn(stored) or not test(Candidate(stored, partial(ledger.pass_rate, stored.slot))):
                continue
            trace = stored.trajectory(times=False)
            if why := self._unfit(trace):
                made.skipped[why] += 1
                continue
            for step in trace.steps:
                for number in range(self.n) if step.observations else ():
                    piece = Piece(trace, stored.repair, step, number)
                    if piece.place in done:
                        made.before += 1
                    else:
                        yield piece

    def _drawn(self, stored: Stored) -> bool:
        return int(content_hash(stored.key)[:8], 16) < self.share * 16**8

    def _unfit(self, trace: Trajectory) -> str:
        if trace.decision is None:
            return "it was not judged"
        if trace.task.oracle is None:
            return "nothing is known of the right answer"
        if trace.task.oracle.tests is not None:
            return "its answer is a program, which the code scenario tries"
        if self.scenario.models.solver.model == TEACHER and not trace.lineage.model.startswith(TEACHER):
            return "another model made it, and the teacher goes on with nothing but its own"
        return ""

    async def _work(self, pieces: Iterator[Piece], bench: _Bench, made: Made) -> None:
        for piece in pieces:
            if made.stopped:
                return
            try:
                with bench.journal.work(piece.name) if bench.journal else nullcontext() as work:
                    found = await self._continued(piece, bench.parts, bench.solver)
            except Halt as halt:
                made.stopped = halt.reason.replace("--resume", "the same command")
                return
            if isinstance(found, str):  # what was answered before it failed stays in the journal
                made.errors[found] += 1
                continue
            bench.ledger.put_continuations([found])
            if bench.journal and work:
                bench.journal.done(work)
            made.continuations += 1
            made.right += found.right
            self.tell(made)

    async def _continued(self, piece: Piece, parts: Machine, solver: BaseChatModel) -> Continuation | str:
        """The continuation, or what broke it."""
        trace, seed = piece.trace, seed_of(self.scenario.seed, *piece.place)
        behind = piece.step.observations[-1] + 1
        context = self._context(piece, parts, self._model(piece, solver), seed)
        found = await continue_from(trace.messages[:behind], context)
        raise_halt()
        if found.ending.kind in ("model_error", "error"):
            return found.ending.detail
        tokens = found.usage.input_tokens + found.usage.output_tokens
        name = fingerprint(self.scenario.models.solver.model, self.scenario.models.solver.profile)
        clean = found.right and self._clean(found, context, piece.step)
        return Continuation(*piece.place, found.right, found.ending.kind, tokens, name, clean, found.messages[behind:])

    def _clean(self, found: Continued, context: AttemptContext, step: Step) -> bool:
        """Whether no grader of the run fails a step of the continuation itself."""
        case = Case(found.messages, context.schemas, found.ending, context.task)
        graders = [all_graders()[name] for name in self.scenario.graders]
        return not any(verdict.status == "fail" and verdict.step > step.index for verdict in judge_all(case, graders))

    def _model(self, piece: Piece, solver: BaseChatModel) -> BaseChatModel:
        """The solver. The teacher has no memory beside the conversation, so it is told with which seed it came so far."""
        part = self.scenario.models.solver
        if part.model != TEACHER:
            return solver
        seed = piece.trace.lineage.seed + _ROUND * piece.repair
        return TeacherChatModel(faults=dict(part.profile), past=Past(piece.step.index + 1, seed))

    def _context(self, piece: Piece, parts: Machine, model: BaseChatModel, seed: int) -> AttemptContext:
        trace, limits, solver = piece.trace, self.scenario.limits, self.scenario.models.solver
        offered = [tool.get("function", tool).get("name", "") for tool in trace.tools]
        return AttemptContext(
            key=trace.key,
            task=trace.task,
            attempt=piece.number,
            model_name=trace.lineage.model,
            model=model,
            tools={name: catalogue()[name] for name in offered if name in catalogue()},
            env=ToolEnv(search=parts.search, sessions=parts.sessions, files=trace.task.files),
            graders=(),
            limits=AttemptLimits(limits.turns, limits.calls, limits.tokens, limits.time, repairs=0, usd=limits.usd),
            retry=RetryPolicy(tries=1),
            rates=rates(solver),
            tool_parser=solver.tool_parser,
            seed=seed,
        )
