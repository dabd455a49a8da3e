"""How a model did in a run: each task that was not in the training, right or not by the graders; intervals for shares and differences."""

import random
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from statistics import fmean
from typing import NamedTuple

from graders.wilson import Share
from traces.ledger import Ledger
from winnow.folder import RunFolder

_DRAWS = 2000


class Outcome(NamedTuple):
    """One attempt: `task` is the query, `right` whether it was kept, `valid` and `calls` count its calls that were well formed, and all."""

    task: str
    family: str
    right: bool
    error: bool
    calls: int
    valid: int


class Interval(NamedTuple):
    """A figure with the ends of its 95 % interval."""

    value: float
    low: float
    high: float

    def words(self) -> str:
        return f"{100 * self.value:+.1f} ({100 * self.low:+.1f} to {100 * self.high:+.1f})"


def queries(run: Path) -> frozenset[str]:
    """What was asked in a run."""
    with Ledger.open(RunFolder(run).ledger, readonly=True) as ledger:
        return frozenset(stored.task.query for stored in ledger.stored())


def outcomes(run: Path, seen: Collection[str]) -> list[Outcome]:
    """Those of a run, but for tasks whose very query was in the training. An attempt that ended in an error counts as not right."""
    found = []
    with Ledger.open(RunFolder(run).ledger, readonly=True) as ledger:
        for trace in ledger.trajectories():
            if trace.task.query in seen:
                continue
            made = [call for message in trace.messages for call in message.tool_calls]
            valid = sum(call.error is None for call in made)
            kept = trace.decision is not None and trace.decision.outcome == "keep"
            error = trace.decision is None
            found.append(Outcome(trace.task.query, trace.task.family, kept, error, len(made), valid))
    return found


def share(found: Sequence[Outcome]) -> Share:
    """The share of right ones, with Wilson's interval."""
    return Share(sum(one.right for one in found), len(found))


def difference(one: Sequence[Sequence[Outcome]], other: Sequence[Sequence[Outcome]]) -> Interval:
    """How much more often the first is right than the second, by tasks drawn again and again with all their seeds.

    Each argument has the outcomes of one seed after another. The interval is that of these models on other tasks; what other seeds of
    training would do shows in the figures by seed, not here.
    """
    here, there = _by_task(one), _by_task(other)
    tasks = sorted(here.keys() & there.keys())
    gaps = [here[task] - there[task] for task in tasks]
    if not gaps:
        return Interval(0.0, -1.0, 1.0)
    rng = random.Random(0)
    means = sorted(fmean(rng.choices(gaps, k=len(gaps))) for _ in range(_DRAWS))
    return Interval(fmean(gaps), means[_DRAWS * 25 // 1000], means[_DRAWS * 975 // 1000 - 1])


def _by_task(seeds: Sequence[Sequence[Outcome]]) -> Mapping[str, float]:
    found: dict[str, list[bool]] = {}
    for outcome in (one for seed in seeds for one in seed):
        found.setdefault(outcome.task, []).append(outcome.right)
    return {task: fmean(right) for task, right in found.items()}
