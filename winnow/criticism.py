"""What the critics of a run said, summed: how often each could be read, and how often they and the programs agree."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from graders.critics.reading import UNREADABLE
from traces.ledger import Ledger
from traces.record import Trajectory

_NONE = "Critics gave no verdict on any step."
_NO_FORM = "A model that does not keep to the form judges nothing: take another for models.critic."
_TOO_SHORT = "Give it room for its thoughts and a verdict: raise models.critic.max_tokens, or the server's own limit."


@dataclass
class CriticSummary:
    """Counts over all judged trajectories. `agreed` of `compared` steps: critics and programs both pass it, or both fail it."""

    opinions: dict[str, Counter[str]] = field(default_factory=dict)
    compared: int = 0
    agreed: int = 0
    disputed: list[str] = field(default_factory=list)
    trouble: str = ""
    """Why a critic could not be asked, the first time."""
    unread: str = ""
    """Why a critic's reply could not be read, the first time."""

    @classmethod
    def of(cls, ledger: Ledger) -> "CriticSummary":
        """Go through a run once."""
        found = cls()
        for trace in ledger.trajectories(times=False):
            found.add(trace)
        return found

    def add(self, trace: Trajectory) -> None:
        """Take a trajectory into account."""
        if trace.decision and trace.decision.disputed is not None:
            self.disputed.append(trace.key)
        failed = {v.step for v in trace.verdicts if v.source != "critic" and v.status == "fail"}
        for verdict in (v for v in trace.verdicts if v.source == "critic"):
            if verdict.status in ("pass", "fail"):
                self.compared += 1
                self.agreed += (verdict.status == "fail") == (verdict.step in failed)
            for opinion in verdict.opinions:
                self.opinions.setdefault(opinion.critic, Counter())[opinion.status] += 1
                if opinion.status == "error" and not self.trouble:
                    self.trouble = f"{opinion.critic} {opinion.reason}"
                if opinion.status == "unscored" and opinion.reason.startswith(UNREADABLE) and not self.unread:
                    self.unread = f"{opinion.critic}, {opinion.reason}"

    def facts(self) -> dict[str, Any]:
        """As data."""
        return {
            "opinions": {name: dict(counts) for name, counts in sorted(self.opinions.items())},
            "steps_compared": self.compared,
            "steps_agreed": self.agreed,
            "disputed": self.disputed,
            "trouble": self.trouble,
            "unread": self.unread,
        }

    def sentence(self) -> str:
        """In words."""
        share = f" ({self.agreed / self.compared:.1%})" if self.compared else ""
        told = "; ".join(f"{name}: {_told(counts)}" for name, counts in sorted(self.opinions.items()))
        some = f" ({', '.join(self.disputed[:5])})" if self.disputed else ""
        trouble = f" Could not be asked, the first time: {self.trouble}" if self.trouble else ""
        if self.unread:
            advice = _TOO_SHORT if "broke off" in self.unread else _NO_FORM
            trouble += f" Could not be read, the first time: {self.unread}. {advice}"
        agree = (
            f"Critics and programs agree on {self.agreed} of {self.compared} steps{share}; {len(self.disputed)} trajectories are "
            f"disputed{some}."
        )
        return f"{agree if self.compared else _NONE} Of the steps each was asked about: {told or 'none'}.{trouble}"


def _told(counts: Counter[str]) -> str:
    names = {"pass": "passed", "fail": "failed", "unscored": "without a verdict", "error": "could not be asked"}
    return ", ".join(f"{counts[status]} {name}" for status, name in names.items() if counts[status])
