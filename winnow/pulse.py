"""The sign of life of a run under way: how fast it goes, in a small file beside the ledger, so that another process can tell.

The file is there from the run's start to its end. Whether the run still lives, its lock on the ledger says; only where that cannot be
asked, a file that has not been renewed for `STALE` seconds is of a run that was killed. On a busy machine a live one may be late.
"""

import asyncio
import os
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from pydantic import ValidationError

from traces.base import Frozen
from traces.database import being_written
from winnow.progress import Progress, clock

EVERY = 2.0
STALE = 30.0


class Pulse(Frozen):
    """What a run said of itself at `at` (Unix time): attempts it has done since it was started, of `total`, and its rates of late."""

    at: float
    done: int
    total: int
    attempts_per_s: float
    steps_per_s: float
    tokens_per_s: float
    eta: float | None
    trouble: str = ""
    """What keeps a model's server from answering."""

    @classmethod
    def of(cls, progress: Progress) -> "Pulse":
        """The pulse now."""
        attempts, steps, tokens = (round(rate, 2) for rate in progress.rates())
        return cls(
            at=time.time(),
            done=progress.before + progress.done,
            total=progress.total,
            attempts_per_s=attempts,
            steps_per_s=steps,
            tokens_per_s=tokens,
            eta=progress.eta(),
            trouble=progress.trouble(),
        )

    @classmethod
    def read(cls, path: Path) -> "Pulse | None":
        """The last one; None where no run is under way, or it told nothing that can be read."""
        try:
            return cls.model_validate_json(path.read_bytes())
        except (OSError, ValidationError):
            return None

    @property
    def age(self) -> float:
        """Seconds since the run said so."""
        return time.time() - self.at

    def alive(self, ledger: Path) -> bool:
        """Whether the run goes on: it holds its ledger."""
        held = being_written(ledger)
        return abs(self.age) < STALE if held is None else held

    def line(self, *, alive: bool) -> str:
        """In words."""
        ago = clock(max(0.0, self.age))
        if not alive:
            return f"Not going on: killed; last heard of {ago} ago, at {self.done} of {self.total} attempts."
        speed = (
            f"{self.attempts_per_s:.1f} attempts/s · {self.steps_per_s:.0f} steps/s · {self.tokens_per_s:,.0f} tokens/s"
        )
        trouble = f" · {self.trouble}" if self.trouble else ""
        late = f" · as of {ago} ago" if self.age > STALE else ""
        return f"Under way: {self.done}/{self.total} · {speed} · ETA {clock(self.eta)}{late}{trouble}"


@asynccontextmanager
async def beating(progress: Progress, path: Path) -> AsyncIterator[None]:
    """Tell of the progress while the block runs. That it cannot be written stops no run: the ledger says if a disk is full."""
    ticker = asyncio.create_task(_beat(progress, path))
    try:
        yield
    finally:
        ticker.cancel()
        with suppress(OSError):
            os.unlink(path)


async def _beat(progress: Progress, path: Path) -> None:
    part = path.with_name(f"{path.name}.part")
    while True:
        with suppress(OSError):
            part.write_text(Pulse.of(progress).model_dump_json(), encoding="utf-8")
            os.replace(part, path)
        await asyncio.sleep(EVERY)
