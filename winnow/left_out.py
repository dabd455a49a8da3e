"""The rows of a problem set that a run left out: the first few by line and cause, and a file with all of them.

Causes are those under which the ledger counts tasks as thrown away: rows that hold no problem, whose own reference fails, that ask what an
earlier one asks. Of runs without a set nothing is told here.
"""

import re
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from scenarios.sets.tasks import SET
from traces.ledger import Discard, Ledger
from winnow.folder import RunFolder, write_whole

FILE = "left_out.jsonl"
SHOWN = 5
_LINE = re.compile(r"line (\d+): ")


class LeftOut(NamedTuple):
    """What was left out, in the order of the file."""

    file: Path
    tasks: tuple[Discard, ...]

    @classmethod
    def of(cls, ledger: Ledger, folder: RunFolder) -> "LeftOut | None":
        """What a run's ledger tells; None where nothing was left out."""
        found = [task for task in ledger.discards() if task.slot.startswith(f"{SET}-")]
        return cls(folder.path / FILE, tuple(sorted(found, key=_place))) if found else None

    def write(self) -> None:
        """The file with all of them, a line each."""
        write_whole(self.file, "".join(orjson.dumps(_facts(task)).decode() + "\n" for task in self.tasks))

    def title(self) -> str:
        return f"Left out of the problem set: {len(self.tasks):,}"

    def lines(self) -> list[str]:
        """The first few in words, and where the rest is."""
        shown = [_told(task) for task in self.tasks[:SHOWN]]
        more = len(self.tasks) - SHOWN
        where = f"; all of them are in {self.file}" if self.file.exists() else ""  # it is written when the run ends
        return [*shown, f"and {more:,} more{where}"] if more > 0 else shown

    def facts(self) -> dict[str, Any]:
        return {"count": len(self.tasks), "first": [_facts(task) for task in self.tasks[:SHOWN]], "file": FILE}


def _place(task: Discard) -> tuple[int, str]:
    """By line; what tells none stands in the order of its names behind those that do."""
    return (int(found[1]) if (found := _LINE.match(task.reason)) else 1 << 62), task.slot


def _facts(task: Discard) -> dict[str, Any]:
    found = _LINE.match(task.reason)
    line = {"line": int(found[1])} if found else {}
    return {"task": task.slot, **line, "why": task.stage, "reason": task.reason[found.end() if found else 0 :]}


def _told(task: Discard) -> str:
    told = " ".join(task.reason.split())
    return told if _LINE.match(told) else f"{task.slot}: {told}"
