"""The arms of an ablation: which of a run's traces a model is trained on. All arms see the same number of tokens."""

import hashlib
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from traces.export import Options, export
from traces.export.options import Rows
from traces.ledger import Ledger
from winnow.training.needs import TrainingError


class Arm(NamedTuple):
    """An arm by name. `recall` is that of the grader it stands for; between 0 and 1, what such a one lets through is trained on too."""

    name: str
    rows: Rows
    where: str = ""
    recall: float | None = None

    @property
    def leak(self) -> float:
        return 1 - self.recall if self.recall and self.rows == "kept" else 0.0

    @property
    def options(self) -> tuple[str, ...]:
        """Those of `winnow train` that make it."""
        where = ("--where", self.where) if self.where else ()
        leak = ("--leak", f"{self.leak:.2f}") if self.leak else ()
        return ("--rows", self.rows, *where, *leak)


_NAMED = {
    "kept": Arm("kept", "kept", recall=1.0),
    "all": Arm("all", "all", recall=0.0),
    "masked": Arm("masked", "masked"),
    "oracle": Arm("oracle", "all", "mistakes == 0"),
}


def arm(name: str) -> Arm:
    """`kept`, `all`, `masked`, `oracle` (what is known to hold no mistake, whatever was decided), or `recallNN`: what was kept and, at
    random, so much of the rejected as a grader would have let through that finds NN percent of what this one finds.

    Raises TrainingError for another name.
    """
    if name in _NAMED:
        return _NAMED[name]
    share = name.removeprefix("recall")
    if share == name or not share.isdecimal() or not 0 < int(share) < 100:
        raise TrainingError(f"no arm {name!r}. Arms: {', '.join(_NAMED)}, and recallNN such as recall75")
    recall = int(share) / 100
    return Arm(name, "kept", recall=recall)


def arms(names: str) -> list[Arm]:
    """Those of a list with commas, each once."""
    return [arm(name) for name in dict.fromkeys(part.strip() for part in names.split(",") if part.strip())]


def stand_ins(ledger: Path, chosen: Sequence[Arm]) -> Mapping[str, Arm]:
    """For each arm, by name, the first with the very same rows: the same rows and seed make the same model."""
    first: dict[str, Arm] = {}
    return {arm.name: first.setdefault(_rows_of(ledger, arm), arm) for arm in chosen}


def _rows_of(path: Path, arm: Arm) -> str:
    """What tells the rows of an arm from those of another."""
    if arm.leak:
        return arm.name
    with tempfile.TemporaryDirectory() as place, Ledger.open(path, readonly=True) as ledger:
        out = Path(place) / "rows"
        export(ledger, "trl", out, Options(rows=arm.rows, where=arm.where))
        files = sorted((out / "data").iterdir())
        return hashlib.sha256(b"".join(file.name.encode() + file.read_bytes() for file in files)).hexdigest()
