"""What can be chosen of an export."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from hashlib import blake2b
from typing import Literal

from traces.export.errors import ExportError
from traces.export.likeness import unlike
from traces.export.shards import FileType
from traces.export.transforms import TRANSFORMS
from traces.select import FIELDS
from traces.stored import Stored

Pick = Literal["all", "best", "shortest"]
Rows = Literal["kept", "all", "masked"]
Pairs = Literal["step", "trace"]


@dataclass(frozen=True)
class Options:
    """What goes in, and what is said about it.

    `rows`: what was `kept`; or, of formats of one line a trace, every judged first try: `all` as if it were right, or with its wrong
    turns `masked`. `where` is an expression of `traces.select`. Of what it leaves of a task, formats of one line a trace take `all`, the
    `shortest` (fewest calls, then fewest tokens) or the `best` (unrepaired before repaired, then the shortest), `per_task` at most;
    `distinct` leaves out those whose calls are those of one taken before. `caps` is the most rows with each value of a field, such as
    200 a `family`, the first ones in the ledger's order. `pairs` of preference end with the `step` by which they part, or with the
    `trace`. `test` is
    the share of tasks, never of rows, that goes to the test split. `transforms` are named in `traces.export.transforms`. `about` is
    printed in the dataset card: scenario, seed, model. `licence` is
    named there only where one is given: whose data it is decides. Rows stand in files of `file_type`, `shard_rows` in each at most.
    """

    rows: Rows = "kept"
    where: str = ""
    pick: Pick = "all"
    per_task: int | None = None
    distinct: bool = False
    caps: Mapping[str, int] = field(default_factory=dict)
    pairs: Pairs = "step"
    test: float = 0.0
    transforms: tuple[str, ...] = ()
    file_type: FileType = "jsonl"
    shard_rows: int | None = None
    licence: str = ""
    title: str = "Winnowed traces"
    about: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not 0 <= self.test < 1:
            raise ExportError(
                "test", f"{self.test} is no share for the test split", "Give a number from 0 up to, not with, 1"
            )
        for name in self.transforms:
            if name not in TRANSFORMS:
                raise ExportError(name, "there is no such transform", f"Known are {', '.join(TRANSFORMS)}")
        if self.shard_rows is not None and self.shard_rows < 1:
            raise ExportError("shard_rows", f"a file of {self.shard_rows} rows holds nothing", "Give 1 or more")
        for name, most in self.caps.items():
            if name not in FIELDS:
                near = get_close_matches(name, FIELDS, 1)
                hint = f"Did you mean {near[0]}? " if near else ""
                raise ExportError(name, "there is no such field to cap by", f"{hint}Known are {', '.join(FIELDS)}")
            if most < 1:
                raise ExportError(name, f"a cap of {most} would leave nothing", "Give 1 or more")
        if self.per_task is not None and self.per_task < 1:
            raise ExportError("per_task", f"{self.per_task} a task would leave nothing", "Give 1 or more")

    @property
    def leaves_out(self) -> bool:
        """Whether some of a task's trajectories may be left out by more than `where`."""
        return self.pick != "all" or self.per_task is not None or self.distinct or bool(self.caps)

    def picked(self, group: Sequence[Stored]) -> list[Stored]:
        """Those of a task's trajectories that are taken, in their order."""
        ranked = list(group) if self.pick == "all" else sorted(group, key=self._rank)
        ranked = unlike(ranked) if self.distinct else ranked
        limit = 1 if self.pick != "all" and self.per_task is None else self.per_task
        return sorted(ranked[:limit], key=lambda stored: stored.place)

    def _rank(self, stored: Stored) -> tuple[bool, int, int, tuple[str, int, int]]:
        return (self.pick == "best" and stored.repair > 0, stored.calls, stored.tokens, stored.place)

    def split(self, query: str) -> str:
        """`train` or `test`: equal queries, whoever asked them, are on the same side."""
        if not self.test:
            return "train"
        mark = blake2b(" ".join(query.casefold().split()).encode(errors="replace"), digest_size=8).digest()
        return "test" if int.from_bytes(mark, "big") < self.test * 2**64 else "train"
