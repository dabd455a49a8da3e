"""A trajectory as it lies in the ledger: taken apart, each part decoded only when asked for.

Exports read a million of these, so nothing is validated twice: what was a valid record when it was written is one when it is read.
"""

from functools import cached_property
from typing import Any

import orjson

from traces import packing
from traces.record import Trajectory, Verdict
from traces.rewards import Continuation, Rewarded, StepReward
from traces.task import Task

COLUMNS = (
    "a.slot, a.attempt, a.repair, a.key, f.final, f.decision, f.family, f.difficulty, f.tools, f.codes, f.steps, f.ending,"
    " a.calls, a.tokens, a.first_bad_step, b.version, t.body, o.body, b.record, b.verdicts, b.times,"
    " (SELECT json_group_array(json_array(n.step, n.author, n.kind, n.text)) FROM note n WHERE n.key = a.key)"
)
TABLES = (
    "CROSS JOIN facet f ON f.id = a.facet CROSS JOIN body b ON b.id = a.id"
    " CROSS JOIN part t ON t.hash = b.task CROSS JOIN part o ON o.hash = b.tools"
)
"""Joined to `attempt a` in this order: left alone, SQLite would sort all matches again for each chunk."""


class Stored:
    """One trajectory; built from a row of `COLUMNS`. What it gives is shared and must not be changed."""

    def __init__(self, row: tuple[Any, ...], side: Rewarded | None = None) -> None:
        self.slot: str = row[0]
        self.attempt: int = row[1]
        self.repair: int = row[2]
        self.key: str = row[3]
        self.final: bool = bool(row[4])
        self.decision: str = row[5]
        self.family: str = row[6]
        self.difficulty: int = row[7]
        self.tools_used: tuple[str, ...] = tuple(row[8].split())
        self.codes: tuple[str, ...] = tuple(row[9].split())
        self.steps: int = row[10]
        self.ending: str = row[11]
        self.calls: int = row[12]
        self.tokens: int = row[13]
        self.first_bad_step: int | None = row[14]
        self._side = side
        self._version: int = row[15]
        self._task, self._tools, self._record, self._verdicts, self._times, self._notes = row[16:]

    @property
    def place(self) -> tuple[str, int, int]:
        """Slot, attempt and repair: what trajectories are sorted by."""
        return self.slot, self.attempt, self.repair

    @cached_property
    def plain(self) -> dict[str, Any]:
        """The record as JSON without task, tools, verdicts and times; what has its default value is left out."""
        value: dict[str, Any] = packing.parse(self._record)
        return value

    @property
    def messages(self) -> list[dict[str, Any]]:
        """The messages as JSON; what has its default value is left out."""
        found: list[dict[str, Any]] = self.plain["messages"]
        return found

    @property
    def tools(self) -> tuple[dict[str, Any], ...]:
        """The tool schemas offered."""
        return packing.tools_from(self._tools)

    @property
    def task(self) -> Task:
        return packing.task_from(self._task)

    @cached_property
    def verdicts(self) -> tuple[Verdict, ...]:
        return packing.verdicts_from(self._verdicts)

    @property
    def disputed(self) -> int | None:
        """The first step on which critics and programs disagree."""
        step: int | None = (self.plain.get("decision") or {}).get("disputed")
        return step

    @property
    def duration(self) -> float:
        """Seconds the attempt took."""
        return float(packing.parse(self._times)[0])

    @property
    def notes(self) -> list[tuple[int | None, str, str, str]]:
        """What people noted on it, in the order they did: step (None for the whole), author, kind (`good`, `bad` or empty), text."""
        return [(step, author, kind, text) for step, author, kind, text in orjson.loads(self._notes)]

    @cached_property
    def rewards(self) -> tuple[StepReward, ...]:
        """How continuations from behind its steps came out; empty where none was sampled."""
        return self._side.rewards(self.key) if self._side else ()

    def continuations(self, step: int) -> list[Continuation]:
        """How a model went on from behind a step, where that was sampled."""
        return self._side.continuations(self.key, step) if self._side else []

    def trajectory(self, *, verdicts: bool = True, times: bool = True) -> Trajectory:
        """The whole record."""
        judged = self._verdicts if verdicts else None
        stamps = self._times if times else None
        return packing.unpack(self._version, self.task, self.tools, self._record, judged, stamps)
