"""Where rewards by continuation and the graders agree, step by step.

Both say of a beginning whether it is still good. The graders: no step of it failed. The continuations: one of them at least came to the
right answer. Steps that are answers are not continued: there both rest on the same comparison.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from rich.console import Console
from rich.table import Table

from traces.ledger import Ledger
from traces.rewards import StepReward
from traces.stored import Stored

_LISTED = 10
_ENOUGH = 4
_FEW = "With so few continuations a right step is often one of which none came out right, by chance. -n 8 tells more."


class Differing(NamedTuple):
    """A step on which the two do not agree."""

    key: str
    step: int
    right: int
    n: int
    why: str
    """The first reason of the graders, empty where they find nothing wrong."""


@dataclass
class RewardReport:
    """What the rewards of a run say beside its verdicts. `steps` counts by (graders find it good, a continuation came out right)."""

    trajectories: int = 0
    continuations: int = 0
    steps: Counter[tuple[bool, bool]] = field(default_factory=Counter)
    first: Counter[str] = field(default_factory=Counter)
    """How the first bad steps stand to each other: same, earlier, later, only graders, only continuations."""
    differing: list[Differing] = field(default_factory=list)
    good: Counter[str] = field(default_factory=Counter)
    """Trajectories with rewards by decision, and of these those whose every step is good by continuation (`good keep`, ...)."""

    @classmethod
    def of(cls, ledger: Ledger) -> "RewardReport":
        """Go through every trajectory with rewards once."""
        report = cls()
        for key in ledger.rewarded():
            stored = ledger.stored_one(key)
            if stored is not None:
                report._add(stored, stored.rewards)
        return report

    @property
    def agreement(self) -> float:
        """The share of steps on which both say the same; 1 where there are none."""
        total = self.steps.total()
        return (self.steps[True, True] + self.steps[False, False]) / total if total else 1.0

    def _add(self, stored: Stored, rewards: tuple[StepReward, ...]) -> None:
        failing = {v.step: v.reason for v in reversed(stored.verdicts) if v.status == "fail"}
        first = min(failing, default=None)
        self.trajectories += 1
        self.good[stored.decision] += 1
        self.good[f"good {stored.decision}"] += all(reward.right for reward in rewards)
        for reward in rewards:
            fine = first is None or reward.step < first
            self.continuations += reward.n
            self.steps[fine, reward.right > 0] += 1
            if fine != (reward.right > 0):
                why = "" if fine or first is None else failing[first]
                self.differing.append(Differing(stored.key, reward.step, reward.right, reward.n, why))
        self.first[_compared(first, rewards)] += 1

    def facts(self) -> dict[str, Any]:
        """As data."""
        return {
            "trajectories": self.trajectories,
            "continuations": self.continuations,
            "agreement": round(self.agreement, 4),
            "steps": {_NAMES[kind]: self.steps[kind] for kind in _NAMES},
            "first_error": dict(self.first),
            "differing": [one._asdict() for one in self.differing],
        }

    def print(self, console: Console) -> None:
        """As sentences and a table."""
        console.print(
            f"{self.continuations:,} continuations from {self.steps.total():,} steps of {self.trajectories:,} trajectories:"
            f" graders and continuations agree on {self.agreement:.1%} of the steps",
            soft_wrap=True,
        )
        console.print(self._table())
        told = ", ".join(f"{what} {count:,}" for what, count in self.first.most_common())
        console.print(f"The first bad step of a trajectory: {told}", soft_wrap=True)
        if self.steps and self.continuations < _ENOUGH * self.steps.total():
            console.print(_FEW, style="dim", soft_wrap=True)
        for line in self._lines():
            console.print(line, soft_wrap=True)

    def _lines(self) -> Iterator[str]:
        for one in self.differing[:_LISTED]:
            told = f"graders: {one.why}" if one.why else "graders find nothing wrong"
            yield f"  {one.key} step {one.step}: {one.right} of {one.n} came out right; {told}"
        if len(self.differing) > _LISTED:
            yield f"  and {len(self.differing) - _LISTED:,} more; --json lists them all"

    def _table(self) -> Table:
        table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
        table.add_column("steps")
        table.add_column("some came out right", justify="right")
        table.add_column("none did", justify="right")
        table.add_row("graders find them good", f"{self.steps[True, True]:,}", f"{self.steps[True, False]:,}")
        table.add_row("graders find them bad", f"{self.steps[False, True]:,}", f"{self.steps[False, False]:,}")
        return table


_NAMES: Mapping[tuple[bool, bool], str] = {
    (True, True): "both_good",
    (True, False): "graders_good_none_right",
    (False, True): "graders_bad_some_right",
    (False, False): "both_bad",
}


def _compared(first: int | None, rewards: tuple[StepReward, ...]) -> str:
    """How the graders' first bad step stands to that of the continuations; one at the answer is in no continued step."""
    lost = next((reward.step for reward in rewards if not reward.right), None)
    last = max(reward.step for reward in rewards)
    if first is not None and first > last:
        return "in the answer" if lost is None else "earlier by continuation"
    if lost is None or first is None:
        return "none" if lost == first else "by graders alone" if lost is None else "by continuation alone"
    return "same" if lost == first else "earlier by continuation" if lost < first else "later by continuation"
