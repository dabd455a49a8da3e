"""What a run may cost and has cost: tokens, money by prices the user gave, time. Checked before each call of a model.

Calls in flight when a limit is met are let finish, so a run ends at most that much above it. What was spent before a resume counts.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from time import monotonic
from typing import Any, NamedTuple

from agents.halt import Halt


class Spent(NamedTuple):
    """What the calls of one role came to. Tokens as servers counted them; calls that were tried again count too, where counted."""

    calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    usd: float = 0.0

    def plus(self, other: "Spent") -> "Spent":
        tokens = (self.input_tokens + other.input_tokens, self.output_tokens + other.output_tokens)
        return Spent(self.calls + other.calls, *tokens, self.usd + other.usd)


class Rates(NamedTuple):
    """US dollars for a million tokens."""

    input: float = 0.0
    output: float = 0.0

    def cost(self, input_tokens: int, output_tokens: int) -> float:
        return (self.input * input_tokens + self.output * output_tokens) / 1e6


FREE = Rates()


@dataclass
class Budget:
    """The limits of a run, None for none, and what was spent so far. `spent_time` is what earlier sessions of the run took, in seconds."""

    tokens: int | None = None
    usd: float | None = None
    time: float | None = None
    spent: dict[str, Spent] = field(default_factory=dict)
    spent_time: float = 0.0
    keep: Callable[[Mapping[str, Spent], float], None] = lambda spent, seconds: None
    """Told of everything spent, so that it outlives the process."""
    free: Collection[str] = ()
    """Roles whose calls are on nobody's bill: they count in no limit."""
    _born: float = field(default_factory=monotonic)

    def check(self) -> None:
        """Raise Halt where a limit is met."""
        total = self.total
        tokens, seconds = total.input_tokens + total.output_tokens, self.seconds
        if self.tokens is not None and tokens >= self.tokens:
            raise _over("tokens", f"{tokens:,} of {self.tokens:,} tokens")
        if self.usd is not None and total.usd >= self.usd:
            raise _over("usd", f"${total.usd:,.4f} of ${self.usd:g}")
        if self.time is not None and seconds >= self.time:
            raise _over("time", f"{seconds:,.0f} of {self.time:,.0f} s")

    def charge(self, role: str, usage: Mapping[str, Any] | None, rates: Rates) -> None:
        """Count one call."""
        read, wrote = (usage["input_tokens"], usage["output_tokens"]) if usage else (0, 0)
        self.spent[role] = self.spent.get(role, Spent()).plus(Spent(1, read, wrote, rates.cost(read, wrote)))
        self.keep(self.spent, self.seconds)

    @property
    def total(self) -> Spent:
        """All roles together that are paid for."""
        total = Spent()
        for role, each in self.spent.items():
            total = total if role in self.free else total.plus(each)
        return total

    @property
    def seconds(self) -> float:
        """How long the run took, over all its sessions."""
        return self.spent_time + monotonic() - self._born


def _over(name: str, what: str) -> Halt:
    return Halt("budget", f"the budget is spent: {what}. Raise it (--set budget.{name}=...) and go on with --resume.")
