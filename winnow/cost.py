"""What a run's models have cost, and what that comes to for each trace that was kept."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from agents.budget import Budget, Spent
from agents.journal import Journal


@dataclass(frozen=True)
class Cost:
    """By role, over all sessions of a run. `usd` counts only what has a price. `taken` answers came from the journal of a session that
    died; `stale` ones no longer matched what was asked, and were asked for anew."""

    spent: Mapping[str, Spent] = field(default_factory=dict)
    seconds: float = 0.0
    taken: int = 0
    stale: int = 0

    @classmethod
    def of(cls, budget: Budget, journal: Journal | None) -> "Cost | None":
        """None where nothing costs anything."""
        if journal is None:
            return None
        return cls(dict(budget.spent), budget.seconds, journal.taken, journal.stale)

    @property
    def total(self) -> Spent:
        return Budget(spent=dict(self.spent)).total

    def summary(self, kept: int) -> dict[str, Any]:
        """As data; per kept trace None where none was kept."""
        total = self.total
        tokens = total.input_tokens + total.output_tokens
        return {
            "by_role": {role: spent._asdict() for role, spent in self.spent.items()},
            "usd": round(total.usd, 6),
            "usd_per_kept": round(total.usd / kept, 6) if kept else None,
            "tokens": tokens,
            "tokens_per_kept": round(tokens / kept, 1) if kept else None,
            "seconds": round(self.seconds, 2),
            "journal_taken": self.taken,
            "journal_stale": self.stale,
        }

    def line(self, kept: int) -> str:
        """In a sentence."""
        total = self.total
        tokens = total.input_tokens + total.output_tokens
        each = f", for each kept trace ${total.usd / kept:,.4f} and {tokens / kept:,.0f} tokens" if kept else ""
        said = f"The models cost ${total.usd:,.4f} and {tokens:,} tokens in {total.calls:,} calls{each}."
        said += f" {self.taken} answers were taken from the journal of a session that died." if self.taken else ""
        return said + (f" {self.stale} answers in it no longer matched and were asked for anew." if self.stale else "")
