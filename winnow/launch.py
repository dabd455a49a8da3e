"""From a loaded scenario to a finished run: the folder, the ledger, the batch, the report, the first export."""

import asyncio
import shutil
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from rich.console import Console

from graders.base import all_graders
from scenarios.family import all_families
from scenarios.gates.contamination import Benchmarks
from scenarios.instructing import topics_of
from scenarios.parts.models import TEACHER
from scenarios.scenario import Scenario
from tools.catalogue import catalogue
from traces.export import Options, export
from traces.ledger import Ledger
from traces.rows import Filters
from traces.writer import Writer
from winnow.about import about_run
from winnow.authoring import read_files
from winnow.commands import console as make_console
from winnow.cost import Cost
from winnow.criticism import CriticSummary
from winnow.effort import Effort
from winnow.folder import RUNS, RunFolder
from winnow.governor import journal_of, make_model, untraced
from winnow.left_out import LeftOut
from winnow.machine import machine
from winnow.progress import Progress, displayed
from winnow.pulse import beating
from winnow.report import Audit, Report, example_of
from winnow.rewarding import Rewarding
from winnow.runner import AttemptDone, Batch
from winnow.stops import COMPLETE, Stop
from winnow.techniques import Techniques, told_for

FIRST_EXPORTS = ("openai", "trl")
EDGE = "0 < pass_rate < 1"
"""Of whose attempts some are kept and some are not."""
UNSOLVED = (
    "The embedded teacher solves only tasks that Winnow makes: most of your own problems will be rejected unanswered. "
    "Give a model: --model openai:NAME --base-url http://127.0.0.1:8000/v1"
)
"""Said before a problem set is begun without a model."""
EXIT: dict[Stop, int] = {
    "finished": 0,
    "goal": 0,
    "interrupted": 130,
    "error_rate": 3,
    "keep_rate": 3,
    "budget": 4,
    "endpoint": 5,
}


def launch(scenario: Scenario, output: Path | None, *, resume: bool, as_json: bool) -> int:
    """Carry out a scenario in a folder and give the exit code. Raises FolderError, MachineError, ModelError."""
    catalogue(), all_graders(), all_families()  # a broken file of a part is told before anything is written
    for role in (scenario.models.writer, scenario.models.solver):
        make_model(role)  # one that cannot be made leaves no folder behind
    Benchmarks.read([Path(one) for one in scenario.gates.against])  # so is a file that cannot be read
    if scenario.tasks.write:
        read_files(scenario.tasks.write)
    if scenario.tasks.instruct:
        topics_of(scenario.tasks.instruct.topics)
    for part in scenario.roles.values():
        make_model(part)  # what cannot be made is told before anything is written
    folder = _folder(scenario, output, resume=resume)
    console = make_console(stderr=as_json)
    if scenario.tasks.file and scenario.models.solver.model == TEACHER:
        console.print(UNSOLVED, style="yellow", soft_wrap=True)
    started = time.monotonic()
    new = not folder.ledger.exists()
    with Ledger.create(folder.ledger) if new else Ledger.open(folder.ledger) as ledger:
        stop, reason, cost = _carry_out(scenario, folder, ledger, console, as_json)
        if stop in COMPLETE and scenario.rewards.continuations:
            cost = asyncio.run(_reward(scenario, folder, ledger, cost, console))
        if stop in COMPLETE:
            _export(folder, ledger, EDGE if scenario.keep.edge else "")
        report = _report(scenario, folder, ledger, stop, time.monotonic() - started)
        report = replace(report, reason=reason, cost=cost)
    report.write()
    _tell(report, console, as_json)
    judged = report.counts.kept + report.counts.rejected
    nothing_judged = not judged and (report.counts.attempts > 0 or not report.counts.tasks)
    return 1 if stop in COMPLETE and nothing_judged else EXIT[stop]


async def _reward(
    scenario: Scenario, folder: RunFolder, ledger: Ledger, cost: Cost | None, console: Console
) -> Cost | None:
    """The continuations that the scenario asks for; what all has cost with them."""
    asked = scenario.rewards
    made = await Rewarding(scenario, folder, asked.continuations, share=asked.share).run(ledger)
    if made.stopped or made.errors:
        made.print(console)
    return replace(cost, spent=made.cost.spent, seconds=made.cost.seconds) if cost and made.cost else cost


class Ended(NamedTuple):
    """Why a run ended, and what its models have cost where that is counted."""

    stop: Stop
    reason: str
    cost: Cost | None


def _carry_out(scenario: Scenario, folder: RunFolder, ledger: Ledger, console: Console, as_json: bool) -> Ended:
    """Run to the end, or to the second Ctrl-C. An error that many workers met is raised once."""
    try:
        return asyncio.run(_run(scenario, folder, ledger, console, as_json))
    except asyncio.CancelledError:
        return Ended("interrupted", "", None)
    except BaseExceptionGroup as group:
        raise _first(group) from group


def _first(error: BaseException) -> BaseException:
    return _first(error.exceptions[0]) if isinstance(error, BaseExceptionGroup) else error


def _folder(scenario: Scenario, output: Path | None, *, resume: bool) -> RunFolder:
    path = output or RUNS / f"{scenario.name}-{time.strftime('%Y%m%d-%H%M%S')}"
    if not resume:
        return RunFolder.create(path, scenario)
    folder = RunFolder.open(path)
    folder.require_same(scenario, unused(scenario, folder))
    return folder


def unused(scenario: Scenario, folder: RunFolder) -> tuple[str, ...]:
    """The settings that nothing in the ledger was made with: a model that turned out wrong at its first call can be named anew."""
    if not folder.ledger.exists():
        return ("models.", "critics.")
    with Ledger.open(folder.ledger, readonly=True) as ledger:
        made, tasks = ledger.finished() - ledger.errored(), ledger.slots()
    if not tasks and not made:
        return ("models.", "critics.")
    # Where a model writes or rewords the queries, solver and critic had a say in what is asked.
    wrote = scenario.tasks.write or scenario.models.writer.model != TEACHER
    return () if made or wrote else ("models.solver.", "models.critic.", "critics.")


async def _run(scenario: Scenario, folder: RunFolder, ledger: Ledger, console: Console, as_json: bool) -> Ended:
    progress = Progress.resumed(scenario.tasks.count * scenario.attempts, ledger.counts())

    def tell(done: AttemptDone) -> None:
        progress.add(done.trajectories, done.error)

    with untraced(scenario), journal_of(scenario, folder) as journal:
        async with machine(scenario, folder) as parts, Writer(ledger) as writer:
            batch = Batch(scenario, parts.world, parts.search, parts.sessions, ledger, writer, tell, journal=journal)
            progress.trouble = batch.governor.trouble
            with _interruptible(batch, progress):
                async with beating(progress, folder.pulse), displayed(progress, console, as_json=as_json):
                    stop = await batch.run()
        return Ended(stop, batch.reason, Cost.of(batch.governor.budget, journal))


@contextmanager
def _interruptible(batch: Batch, progress: Progress) -> Iterator[None]:
    """The first Ctrl-C lets the attempts in flight finish; the second stops at once, and what they had is done again on resume."""
    loop, task = asyncio.get_running_loop(), asyncio.current_task()
    assert task is not None, "called from a task"

    def on_signal() -> None:
        if batch.stopping.is_set():
            task.cancel()
        progress.stopping = "finishing the attempts in flight; press Ctrl-C again to stop at once"
        batch.interrupt()

    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, on_signal)
    try:
        yield
    finally:
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(number)


def _report(scenario: Scenario, folder: RunFolder, ledger: Ledger, stop: Stop, seconds: float) -> Report:
    logged = (
        scenario.models.solver.model == TEACHER and not scenario.tasks.file
    )  # of other people's problems it knows no mistakes
    return Report(
        name=scenario.name,
        folder=folder,
        counts=ledger.counts(),
        planned=scenario.tasks.count * scenario.attempts,
        stop=stop,
        seconds=seconds,
        audit=Audit.of(ledger) if logged else None,
        critics=CriticSummary.of(ledger) if scenario.critics.members else None,
        solved=ledger.solved() if scenario.attempts > 1 else None,
        techniques=Techniques.of(ledger, scenario.attempts) if told_for(scenario) else None,
        effort=Effort.of(ledger) if scenario.tasks.write else None,
        trouble=next((row.error for row in ledger.page(Filters(decision="error"), limit=1) if row.error), ""),
        example=example_of(ledger),
        left_out=LeftOut.of(ledger, folder),
    )


def _export(folder: RunFolder, ledger: Ledger, where: str) -> None:
    """The kept rows, in the formats most people take. A run that was gone on with replaces what it exported before."""
    for name in FIRST_EXPORTS:
        shutil.rmtree(folder.exports / name, ignore_errors=True)
        export(ledger, name, folder.exports / name, Options(where=where, about=about_run(folder.path)))


def _tell(report: Report, console: Console, as_json: bool) -> None:
    if as_json:
        import orjson

        print(orjson.dumps({"event": "done", "folder": str(report.folder.path), **report.summary()}).decode())
    else:
        report.print(console)
