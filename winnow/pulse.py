"""The sign of life of a run under way: how fast it goes, in a small file beside the ledger, so that another process can tell.

The file is there from the run's start to its end; one that has not been renewed for `STALE` seconds is of a run that was killed.
"""

import asyncio
import os
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from pydantic import ValidationError

from traces.base import Frozen
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
        )

    @classmethod
    def read(cls, path: Path) -> "Pulse | None":
        """The last one; None where no run is under way, or it told nothing that can be read."""
        try:
            return cls.model_validate_json(path.read_bytes())
        except (OSError, ValidationError):
            return None

    @property
    def alive(self) -> bool:
        """Whether the run has been heard of lately."""
        return abs(time.time() - self.at) < STALE

    def line(self) -> str:
        """In words."""
        if not self.alive:
            ago = clock(max(0.0, time.time() - self.at))
            return (
                f"Not going on: killed, as it seems; last heard of {ago} ago, at {self.done} of {self.total} attempts."
            )
        speed = (
            f"{self.attempts_per_s:.1f} attempts/s · {self.steps_per_s:.0f} steps/s · {self.tokens_per_s:,.0f} tokens/s"
        )
        return f"Under way: {self.done}/{self.total} · {speed} · ETA {clock(self.eta)}"


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
