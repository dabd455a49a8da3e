"""Recorded calls, run again: the calculator is pure, the interpreter gets a fresh session and its cells in order, search is frozen in the
run's index or corpus. Calls of the web, of tools that are not ours and those past a limit are skipped, each with its reason.

Nothing of the run is changed: the ledger is opened for reading, and an index that is gone is not built again.
"""

import asyncio
import re
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, NamedTuple

from rich.console import Console
from rich.table import Table
from rich.text import Text

from agents.calling import call_tool, numbered
from agents.context import AttemptContext, AttemptLimits
from agents.teacher import TeacherChatModel
from graders.base import Case
from graders.reproduction import Likeness, Reproduced, reproduced, unscored, verdict
from scenarios.parts.surroundings import SearchPart
from tools.catalogue import catalogue
from tools.results import ToolEnv
from tools.sandbox import LocalSessions
from tools.sandbox.session import SessionSource
from tools.search.index import LocalIndex
from tools.search.provider import SearchProvider
from tools.search.storage import CorpusError
from traces.base import content_hash
from traces.ledger import Ledger
from traces.record import Message, ToolCall, Trajectory, Verdict
from winnow.folder import RunFolder
from winnow.terminal import clean

Kind = Literal["pure", "seeded", "frozen", "live", "unknown"]
_PURE = ("calculator", "count_days", "count_working_days", "simple_interest", "compound_interest")
KINDS: Mapping[str, Kind] = {
    **dict.fromkeys(_PURE, "pure"),
    "python": "seeded",
    "search": "frozen",
    "open_page": "frozen",
}
_ABREAST = 4
_LISTED = 40


class VerificationError(Exception):
    """A run cannot be verified; the message says why and what to do."""


class Rerun(NamedTuple):
    """One recorded call and what came of running it again."""

    key: str
    step: int
    tool: str
    kind: Kind
    arguments: str
    likeness: Likeness | Literal["skipped"]
    why: str = ""

    @property
    def verdict(self) -> Verdict:
        """As a grader says it."""
        if self.likeness == "skipped":
            return unscored(self.step, self.why)
        return verdict(self.step, Reproduced(self.likeness, self.why))


@dataclass
class Verified:
    """What a verification came to."""

    trajectories: int = 0
    reruns: list[Rerun] = field(default_factory=list)

    @property
    def differing(self) -> list[Rerun]:
        return [rerun for rerun in self.reruns if rerun.likeness == "differs"]

    @property
    def alike(self) -> list[Rerun]:
        """Calls whose result came back the same but for space, last digits, addresses or order: nothing hangs on it, and yet it is told."""
        return [rerun for rerun in self.reruns if rerun.likeness not in ("identical", "differs", "skipped")]

    @property
    def run(self) -> int:
        """How many calls were run again."""
        return sum(rerun.likeness != "skipped" for rerun in self.reruns)

    def facts(self) -> dict[str, Any]:
        """As data."""
        return {
            "trajectories": self.trajectories,
            "calls": len(self.reruns),
            "run": self.run,
            "by_tool": {tool: dict(counts) for tool, counts in self._by_tool().items()},
            "skipped": dict(Counter(r.why for r in self.reruns if r.likeness == "skipped")),
            "differing": [rerun._asdict() for rerun in self.differing],
            "alike": [rerun._asdict() for rerun in self.alike],
        }

    def print(self, console: Console) -> None:
        """As tables: each tool, then each call that differs."""
        told = f"{self.run:,} of {len(self.reruns):,} calls in {self.trajectories:,} trajectories run again: {self._reproduce()}"
        console.print(told, soft_wrap=True)
        console.print(self._table())
        for why, count in Counter(r.why for r in self.reruns if r.likeness == "skipped").items():
            console.print(f"{count:,} skipped: {why}", soft_wrap=True)
        _list(console, self.differing, "")
        _list(console, self.alike, "not letter for letter: ")

    def _reproduce(self) -> str:
        """The share of calls that reproduce, of those that were run again."""
        if not self.run:
            return "nothing is known of what reproduces"
        return f"{1 - len(self.differing) / self.run:.2%} reproduce"

    def _by_tool(self) -> dict[str, Counter[str]]:
        found: dict[str, Counter[str]] = {}
        for rerun in self.reruns:
            found.setdefault(rerun.tool, Counter())[rerun.likeness] += 1
        return dict(sorted(found.items()))

    def _table(self) -> Table:
        table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
        heads = ("identical", "normalised", "same meaning", "differs", "skipped")
        table.add_column("tool")
        table.add_column("kind")
        for head in heads:
            table.add_column(head, justify="right")
        for tool, counts in self._by_tool().items():
            table.add_row(tool, KINDS.get(tool, "unknown"), *(f"{counts[head]:,}" for head in heads))
        return table


def _list(console: Console, reruns: Sequence[Rerun], mark: str) -> None:
    for rerun in reruns[:_LISTED]:
        why = f": {clean(rerun.why)}" if rerun.why else ""
        told = f"{mark}{rerun.key} step {rerun.step} {rerun.tool} {clean(rerun.arguments)[:100]}{why}"
        console.print(Text(told), soft_wrap=True)
    if len(reruns) > _LISTED:
        console.print(f"and {len(reruns) - _LISTED:,} more; --json lists them all")


def share_of(text: str) -> float:
    """The share that "2%", "0.02" or "all" stands for. Raises VerificationError."""
    if text == "all":
        return 1.0
    m = re.fullmatch(r"(\d+(?:\.\d+)?)\s*(%?)", text.strip())
    share = float(m[1]) / (100 if m[2] else 1) if m else 0.0
    if not 0 < share <= 1:
        raise VerificationError(f"--sample {text!r}: give a share of the trajectories, such as 2% or 0.02.")
    return share


@dataclass(frozen=True)
class Verification:
    """Runs the calls of a run's trajectories again: of a `sample` of them, always the same one, at least one."""

    path: Path
    sample: float = 1.0

    async def run(self) -> Verified:
        """Do it. Raises FolderError, LedgerError or VerificationError where the run cannot be read or its code not run."""
        folder = RunFolder.open(self.path)
        verified = Verified()
        with Ledger.open(folder.ledger, readonly=True) as ledger:
            async with _parts(folder) as parts:
                traces = self._chosen(ledger.trajectories(verdicts=False, times=False))
                for group in _grouped(traces):
                    for reruns in await asyncio.gather(*(parts.rerun(trace) for trace in group)):
                        verified.trajectories += 1
                        verified.reruns.extend(reruns)
        return verified

    def _chosen(self, traces: Iterable[Trajectory]) -> Iterator[Trajectory]:
        first: Trajectory | None = None
        chosen = False
        for trace in traces:
            first = first or trace
            if int(content_hash(trace.key)[:8], 16) < self.sample * 16**8:
                chosen = True
                yield trace
        if first is not None and not chosen:
            yield first


@dataclass(frozen=True)
class _Parts:
    search: SearchProvider | None
    no_search: str
    sessions: SessionSource
    ours: bool

    async def rerun(self, trace: Trajectory) -> list[Rerun]:
        """The calls of one trajectory in order, in an environment of their own."""
        offered = [tool.get("function", tool).get("name", "") for tool in trace.tools]
        context = AttemptContext(
            key=trace.key,
            task=trace.task,
            attempt=0,
            model_name="",
            model=TeacherChatModel(),
            tools={name: catalogue()[name] for name in offered if name in catalogue()},
            env=ToolEnv(search=self.search, sessions=self.sessions, files=trace.task.files),
            graders=(),
            limits=AttemptLimits(),
        )
        case = Case.of(trace)
        try:
            return [
                await self._one(trace.key, step.index, call, number, case.answer_to(step, call), context)
                for step in case.steps
                for call, number in numbered(case.said(step).tool_calls, trace.messages[: step.message])
            ]
        finally:
            await context.env.close()

    async def _one(
        self, key: str, step: int, call: ToolCall, number: int, recorded: Message | None, context: AttemptContext
    ) -> Rerun:
        kind = KINDS.get(call.name, "unknown")
        if kind == "frozen" and self.search is None:
            kind = "live" if self.no_search == _WEB else kind
        told = (key, step, call.name, kind, str(call.function.arguments))
        if recorded is None or (why := self._skipped(call, recorded)):
            return Rerun(*told, "skipped", "no observation was recorded" if recorded is None else why)
        again = await call_tool(call, context, number)
        if again.result and again.result.error == "sandbox_unavailable":
            return Rerun(*told, "skipped", f"code cannot be run here: {again.content}")
        found = reproduced(recorded, again)
        return Rerun(*told, found.likeness, found.where)

    def _skipped(self, call: ToolCall, recorded: Message) -> str:
        """Why a call is not run again; empty where it is."""
        if not self.ours:
            return "the trace was imported: its tools are not ours"
        if recorded.result is not None and recorded.result.error == "limit":
            return "it was past a limit, and never run"
        if KINDS.get(call.name) == "frozen" and self.search is None:
            return self.no_search
        return ""


_WEB = "the web is live"


@asynccontextmanager
async def _parts(folder: RunFolder) -> AsyncIterator[_Parts]:
    ours = folder.config.is_file()
    part = folder.scenario().search if ours else SearchPart()
    search, why = _search(part, folder)
    sessions = LocalSessions()
    try:
        yield _Parts(search, why, sessions, ours)
    finally:
        await sessions.close()


def _search(part: SearchPart, folder: RunFolder) -> tuple[SearchProvider | None, str]:
    """What the run searched, if it can be searched again, or why not."""
    if part.source == "web":
        return None, _WEB
    place = Path(part.corpus or "") if part.source == "corpus" else folder.index
    if not place.is_dir():
        return None, f"what was searched is gone: {place}"
    try:
        return LocalIndex.open(place), ""
    except CorpusError as error:
        raise VerificationError(str(error)) from error


def _grouped(traces: Iterator[Trajectory]) -> Iterator[list[Trajectory]]:
    held: list[Trajectory] = []
    for trace in traces:
        held.append(trace)
        if len(held) == _ABREAST:
            yield held
            held = []
    if held:
        yield held
