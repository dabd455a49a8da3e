"""What a run's models have cost, and what that comes to for each trace that was kept."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from agents.budget import Budget, Spent
from agents.journal import Journal


@dataclass(frozen=True)
class Cost:
    """By role, over all sessions of a run. Only what has a price comes to dollars, and where nothing has, none are told. In the last
    session `taken` answers and tool results came from the journal of those before; `stale` ones no longer matched what was asked."""

    spent: Mapping[str, Spent] = field(default_factory=dict)
    seconds: float = 0.0
    taken: int = 0
    stale: int = 0

    @classmethod
    def of(cls, budget: Budget, journal: Journal | None) -> "Cost | None":
        """Of all roles that are paid for; None where nothing costs anything."""
        if journal is None:
            return None
        spent = {role: spent for role, spent in budget.spent.items() if role not in budget.free}
        return cls(spent, budget.seconds, journal.taken, journal.stale)

    @property
    def total(self) -> Spent:
        return Budget(spent=dict(self.spent)).total

    def summary(self, kept: int) -> dict[str, Any]:
        """As data; per kept trace None where none was kept, and dollars None where nothing has a price."""
        total = self.total
        tokens = total.input_tokens + total.output_tokens
        return {
            "by_role": {role: spent._asdict() for role, spent in self.spent.items()},
            "usd": round(total.usd, 6) if total.usd else None,
            "usd_per_kept": round(total.usd / kept, 6) if kept and total.usd else None,
            "tokens": tokens,
            "tokens_per_kept": round(tokens / kept, 1) if kept else None,
            "seconds": round(self.seconds, 2),
            "journal_taken": self.taken,
            "journal_stale": self.stale,
        }

    def line(self, kept: int) -> str:
        """In a sentence; empty where no call was answered."""
        total = self.total
        if not total.calls and not self.taken:
            return ""
        tokens = total.input_tokens + total.output_tokens
        each = f", for each kept trace {_money(total.usd / kept)}{tokens / kept:,.0f} tokens" if kept else ""
        said = f"The models cost {_money(total.usd)}{tokens:,} tokens in {total.calls:,} calls{each}."
        taken = f" This session took {self.taken} answers and tool results from the journal of earlier ones."
        stale = f" {self.stale} in it no longer matched and were asked for anew."
        return said + (taken if self.taken else "") + (stale if self.stale else "")


def _money(usd: float) -> str:
    return f"${usd:,.4f} and " if usd else ""
