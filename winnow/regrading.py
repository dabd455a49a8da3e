"""New verdicts on stored traces: a run is copied attempt by attempt, judged again on the way, and nothing of it is changed.

By default every program judges; what only a critic, a person or running a call again can say is carried over. With named graders these
judge alone.
Words of models are never made again, so a repair stays where it was, whatever is now thought of the trace that led to it.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from rich.console import Console
from rich.table import Table
from rich.text import Text

from graders.base import Grader
from graders.keep import AGREEMENT
from graders.reproduction import NAME as REPRODUCTION
from traces.ledger import Ledger
from traces.puts import Put, PutAttempt, PutDiscard, PutTask
from traces.record import Trajectory, Verdict
from traces.rows import Filters
from traces.stored import Stored
from winnow.folder import RunFolder
from winnow.judging import OURS, graders_named, judged
from winnow.origin import Origin
from winnow.terminal import clean

_GROUP = 64
_LISTED = 20


class Change(NamedTuple):
    """A trajectory on which the decision is another now. Codes are those of its failing verdicts."""

    key: str
    before: str
    after: str
    gone: tuple[str, ...]
    new: tuple[str, ...]
    why: str
    """The first reason of whichever decision has one, the new one first."""


@dataclass
class Changes:
    """What a regrade came to. `codes` counts trajectories by code that came or went, whatever the decision."""

    trajectories: int = 0
    kept_before: int = 0
    kept_after: int = 0
    decisions: list[Change] = field(default_factory=list)
    gone: Counter[str] = field(default_factory=Counter)
    new: Counter[str] = field(default_factory=Counter)

    def add(self, before: Trajectory, after: Trajectory) -> None:
        """Take one trajectory into account."""
        old, now = _outcome(before), _outcome(after)
        lost, come = _codes(before) - _codes(after), _codes(after) - _codes(before)
        self.trajectories += 1
        self.kept_before += old == "keep"
        self.kept_after += now == "keep"
        self.gone.update(lost)
        self.new.update(come)
        if old != now:
            why = next((d.reasons[0] for d in (after.decision, before.decision) if d and d.reasons), "")
            self.decisions.append(Change(before.key, old, now, tuple(sorted(lost)), tuple(sorted(come)), why))

    @classmethod
    def between(cls, old: Ledger, new: Ledger) -> "Changes":
        """What changed for each trajectory that both have, in order."""
        found, known = cls(), ((trace.key, trace) for trace in old.trajectories())
        for after in new.trajectories():
            found.add(next(before for key, before in known if key == after.key), after)
        return found

    def facts(self) -> dict[str, Any]:
        """As data."""
        return {
            "trajectories": self.trajectories,
            "kept_before": self.kept_before,
            "kept_after": self.kept_after,
            "codes_gone": dict(sorted(self.gone.items())),
            "codes_new": dict(sorted(self.new.items())),
            "changed": [change._asdict() for change in self.decisions],
        }

    def print(self, console: Console, folder: Path) -> None:
        """As a table."""
        line = f"{self.trajectories:,} trajectories judged again in {folder}: kept {self.kept_before:,} before, {self.kept_after:,} now"
        console.print(line, soft_wrap=True)
        if self.decisions:
            console.print(_table(self.decisions[:_LISTED]))
        if len(self.decisions) > _LISTED:
            console.print(f"and {len(self.decisions) - _LISTED:,} more; --json lists them all")
        for what, codes in (("no longer found", self.gone), ("newly found", self.new)):
            if codes:
                told = ", ".join(f"{code} in {n:,}" for code, n in sorted(codes.items()))
                console.print(f"{what}: {told}", soft_wrap=True)


@dataclass(frozen=True)
class Regrade:
    """One regrade of `run` into the new folder `output`, by the graders named or by all."""

    run_path: Path
    output: Path
    graders: Sequence[str] | None = None

    def run(self) -> Changes:
        """Do it.

        Raises:
            FolderError: there is no run, or the output is not a new or empty folder.
            UnknownGrader: a named grader is not there.
        """
        graders = graders_named(self.graders)
        versions = {grader.name: grader.version for grader in graders}
        origin = Origin(kind="regrade", name=self.output.name, sources=(str(self.run_path),), graders=versions)
        return copied(self.run_path, self.output, origin, lambda stored, trace: self._again(stored, trace, graders))

    def _again(self, stored: Stored, before: Trajectory, graders: Sequence[Grader]) -> Trajectory:
        said = others(before) if self.graders is None else []
        return judged(before, graders, others=said, can_repair=not stored.final)


Again = Callable[[Stored, Trajectory], Trajectory]
"""What makes a stored trajectory one with other verdicts."""


def copied(run: Path, output: Path, origin: Origin, again: Again) -> Changes:
    """A run copied whole into a new folder, each trajectory as `again` makes it; and what that changed.

    Raises:
        FolderError: there is no run, or the output is not a new or empty folder.
    """
    source = RunFolder.open(run)
    scenario = source.config.read_text(encoding="utf-8") if source.config.is_file() else None
    changes = Changes()
    with Ledger.open(source.ledger, readonly=True) as old:
        folder = RunFolder.create_from(output, origin, scenario)
        with Ledger.create(folder.ledger) as new:
            for group in grouped(_puts(old, again, changes)):
                new.commit(group)
        copy_notes(old, folder)
    folder.finish(origin.model_copy(update={"complete": True, "rows": changes.trajectories}))
    return changes


def _puts(old: Ledger, again: Again, changes: Changes) -> Iterator[Put]:
    yield from settled(old)
    broken = dict(errors(old))
    for (slot, attempt), group in groupby(old.stored(), key=lambda one: (one.slot, one.attempt)):
        made = [_changed(stored, again, changes) for stored in group]
        yield PutAttempt(slot, attempt, made, broken.pop((slot, attempt), None))
    for (slot, attempt), error in broken.items():  # attempts that left nothing but their error
        yield PutAttempt(slot, attempt, (), error)


def _changed(stored: Stored, again: Again, changes: Changes) -> Trajectory:
    before = stored.trajectory()
    after = again(stored, before)
    changes.add(before, after)
    return after


def others(trace: Trajectory) -> list[Verdict]:
    """The verdicts that cannot be made again from the trace alone: of critics and people, and on other attempts and calls run again."""
    return [v for v in trace.verdicts if v.source not in OURS or v.grader in (AGREEMENT, REPRODUCTION)]


def settled(old: Ledger) -> Iterator[Put]:
    """What became of every slot."""
    yield from (PutDiscard(*discard) for discard in old.discards())
    stages = old.stages()
    for slot, kind in old.slots().items():
        task = old.task(slot) if kind == "task" else None
        if task is not None:
            yield PutTask(slot, task, old.wording(slot), stages.get(slot, ""))


def errors(old: Ledger) -> Iterator[tuple[tuple[str, int], str]]:
    """The attempts that ended in an error, with it."""
    after = 0
    while page := old.page(Filters(decision="error"), after=after):
        yield from (((row.slot, row.attempt), row.error or "") for row in page)
        after = page[-1].id


def grouped(puts: Iterator[Put]) -> Iterator[list[Put]]:
    """As many as go into one transaction."""
    held: list[Put] = []
    for put in puts:
        held.append(put)
        if len(held) == _GROUP:
            yield held
            held = []
    if held:
        yield held


def copy_notes(old: Ledger, folder: RunFolder) -> None:
    """Take what people noted over."""
    with Ledger.open(folder.ledger, annotate=True) as new:
        for note in old.notes():
            new.add_note(note.key, note.text, author=note.author, step=note.step, kind=note.kind)


def _outcome(trace: Trajectory) -> str:
    return trace.decision.outcome if trace.decision else "none"


def _codes(trace: Trajectory) -> set[str]:
    return {v.code for v in trace.verdicts if v.status == "fail" and v.code}


def _table(changes: Sequence[Change]) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for head in ("key", "before", "now", "gone", "new", "why"):
        table.add_column(head, no_wrap=head != "why")
    for change in changes:
        table.add_row(
            change.key,
            change.before,
            change.after,
            " ".join(change.gone),
            " ".join(change.new),
            Text(clean(change.why)),
        )
    return table
