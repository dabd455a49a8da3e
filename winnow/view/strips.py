"""The step strip: one cell a step, coloured and marked by the worst verdict on it."""

from typing import NamedTuple

WIDEST = 48
"""So many cells fit a row; of longer traces each cell stands for several steps and shows the worst."""

_STATES = {
    "x": ("fail", "✗", "failed"),
    "!": ("broke", "!", "grader broke"),
    "?": ("unsure", "?", "undecided"),
    ".": ("pass", "", "passed"),
    "-": ("none", "", "not judged"),
}
_WORST = "x!?.-"


class Cell(NamedTuple):
    """One cell. `first` and `last` are the steps it stands for."""

    css: str
    sign: str
    word: str
    first: int
    last: int

    @property
    def title(self) -> str:
        steps = f"step {self.first}" if self.first == self.last else f"steps {self.first} to {self.last}"
        return f"{steps}: {self.word}"


def cells(strip: str, widest: int = WIDEST) -> list[Cell]:
    """The cells of a strip as the ledger keeps it (see `traces.rows.Row`)."""
    size = -(-len(strip) // widest) if strip else 1
    return [_cell(strip[at : at + size], at) for at in range(0, len(strip), size)]


def _cell(marks: str, at: int) -> Cell:
    worst = next(mark for mark in _WORST if mark in marks) if set(marks) & set(_WORST) else "-"
    return Cell(*_STATES[worst], at, at + len(marks) - 1)


def told(strip: str) -> str:
    """The strip in words, for those who cannot see it."""
    bad = [str(i) for i, mark in enumerate(strip) if mark == "x"]
    if not bad:
        return f"{len(strip)} steps, none failed"
    return f"{len(strip)} steps, failed at {', '.join(bad[:8])}{' and more' if len(bad) > 8 else ''}"
