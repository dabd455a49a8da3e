"""How a run is going: counters fed by the workers, and what they look like on a terminal or in a log.

On a terminal a few lines are redrawn twice a second; elsewhere one line is printed every 30 s. Rates are taken over the last 30 s.
"""

import asyncio
import sys
import time
from collections import Counter, deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import orjson
from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from traces.counts import Counts
from traces.endings import without_code
from traces.record import Trajectory
from winnow.reasons import told

WINDOW = 30.0
LINE_EVERY = 30.0


@dataclass
class Progress:
    """What has happened: `before` attempts were in the ledger already and count in kept, rejected and errors; `done` came since."""

    total: int
    before: int = 0
    done: int = 0
    kept: int = 0
    repaired: int = 0
    rejected: int = 0
    errors: int = 0
    steps: int = 0
    tokens: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    """Rejected attempts by error code, and in words where the decision names none."""
    born: float = field(default_factory=time.monotonic)
    stopping: str = ""
    trouble: Callable[[], str] = lambda: ""
    """What keeps a model's server from answering, as long as it does not."""
    _recent: deque[tuple[float, int, int, int]] = field(default_factory=deque)

    @classmethod
    def resumed(cls, total: int, counts: Counts) -> "Progress":
        """From what the ledger holds; what ended in an error is made again."""
        uncoded = {without_code(ending): tally for ending, tally in counts.uncoded.items()}
        reasons = Counter({why: each.rejected for why, each in {**counts.code, **uncoded}.items() if each.rejected})
        tally = counts.total
        return cls(
            total,
            counts.attempts - tally.errors,
            0,
            tally.kept,
            tally.repaired,
            tally.rejected,
            tally.unjudged,
            reasons=reasons,
        )

    def add(self, trajectories: tuple[Trajectory, ...], error: str | None) -> None:
        """Count one finished attempt."""
        self.done += 1
        self.steps += sum(len(t.steps) for t in trajectories)
        self.tokens += sum(t.usage.input_tokens + t.usage.output_tokens for t in trajectories)
        last = trajectories[-1].decision if trajectories else None
        if error or last is None:
            self.errors += 1
        elif last.outcome == "keep":
            self.kept += 1
            self.repaired += len(trajectories) > 1
        else:
            self.rejected += 1
            self.reasons.update(last.codes or [without_code(trajectories[-1].ending.kind)])
        self._recent.append((time.monotonic(), self.done, self.steps, self.tokens))
        while self._recent[0][0] < time.monotonic() - WINDOW and len(self._recent) > 2:
            self._recent.popleft()

    @property
    def keep_rate(self) -> float:
        """Kept among those judged; 0 where none was."""
        return self.kept / max(1, self.kept + self.rejected)

    @property
    def rate_told(self) -> str:
        """The keep rate as it is shown."""
        return f"{self.keep_rate:.0%}" if self.kept + self.rejected else "–"

    def rates(self) -> tuple[float, float, float]:
        """Attempts, steps and tokens a second of late."""
        if len(self._recent) < 2:
            return 0.0, 0.0, 0.0
        first, last = self._recent[0], self._recent[-1]
        elapsed = max(time.monotonic() - first[0], 1e-6)
        return (last[1] - first[1]) / elapsed, (last[2] - first[2]) / elapsed, (last[3] - first[3]) / elapsed

    def eta(self) -> float | None:
        """Seconds to go at the present rate, None while that is not known."""
        rate = self.rates()[0]
        return max(0, self.total - self.before - self.done) / rate if rate else None

    def top_reasons(self, most: int = 3) -> str:
        """Why most attempts were rejected: by codes, with their names, and in words where there is none."""
        return " · ".join(f"{told(why)} {n}" for why, n in self.reasons.most_common(most))

    def line(self) -> str:
        """Everything in one line, for logs."""
        attempts, steps, tokens = self.rates()
        head = f"{self.before + self.done}/{self.total} attempts"
        counts = f"kept {self.kept} ({self.repaired} repaired), rejected {self.rejected}, errors {self.errors}"
        speed = f"{attempts:.1f} attempts/s, {steps:.0f} steps/s, {tokens:,.0f} tokens/s"
        tail = f"keep rate {self.rate_told}; {speed}; ETA {clock(self.eta())}"
        return (
            f"{head}: {counts}; {tail}"
            + (f"; rejected for {self.top_reasons()}" if self.reasons else "")
            + (f"; {told}" if (told := self.trouble()) else "")
        )

    def json_line(self) -> str:
        """The same as a JSON object."""
        attempts, steps, tokens = self.rates()
        fields = ("total", "before", "done", "kept", "repaired", "rejected", "errors", "steps", "tokens")
        values = {name: getattr(self, name) for name in fields}
        speed = {"attempts_per_s": round(attempts, 2), "steps_per_s": round(steps, 2), "tokens_per_s": round(tokens, 1)}
        return orjson.dumps(
            {"event": "progress", **values, **speed, "reasons": dict(self.reasons), "trouble": self.trouble()}
        ).decode()

    def __rich__(self) -> Group:
        attempts, steps, tokens = self.rates()
        bar = Table.grid(padding=(0, 1), expand=True)
        bar.add_column(ratio=1)
        bar.add_column(justify="right", no_wrap=True)
        finished = self.before + self.done
        bar.add_row(
            ProgressBar(total=self.total, completed=finished), f"{finished}/{self.total} · ETA {clock(self.eta())}"
        )
        counts = Text.assemble(
            (f"kept {self.kept}", "bold green"),
            f" ({self.repaired} repaired) · ",
            (f"rejected {self.rejected}", "red"),
            " · ",
            (f"errors {self.errors}", "magenta" if self.errors else "dim"),
            f" · keep rate {self.rate_told}",
        )
        speed = f"{attempts:.1f} attempts/s · {steps:.0f} steps/s · {tokens:,.0f} tokens/s"
        reasons = f"rejected for {self.top_reasons()}" if self.reasons else ""
        lines: list[RenderableType] = [
            bar,
            counts,
            Text(speed, "dim"),
            Text(reasons, "dim", no_wrap=True, overflow="ellipsis"),
        ]
        lines += [Text(trouble, "bold yellow")] if (trouble := self.trouble()) else []
        return Group(*lines, *([Text(self.stopping, "bold yellow")] if self.stopping else []))


def clock(seconds: float | None) -> str:
    """Minutes and seconds, or hours and minutes: 0:07, 12:30, 3 h 05."""
    if seconds is None:
        return "-"
    whole = int(seconds + 0.5)
    return f"{whole // 60}:{whole % 60:02d}" if whole < 3600 else f"{whole // 3600} h {whole % 3600 // 60:02d}"


@asynccontextmanager
async def displayed(progress: Progress, console: Console, *, as_json: bool) -> AsyncIterator[None]:
    """Show the progress while the block runs."""
    if as_json or not console.is_terminal:
        ticker = asyncio.create_task(_lines(progress, as_json))
        try:
            yield
        finally:
            ticker.cancel()
        return
    with Live(progress, console=console, refresh_per_second=4, transient=True):
        yield


async def _lines(progress: Progress, as_json: bool) -> None:
    while True:
        await asyncio.sleep(LINE_EVERY)
        print(
            progress.json_line() if as_json else progress.line(), file=sys.stdout if as_json else sys.stderr, flush=True
        )
