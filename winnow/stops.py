"""When a run stops before its plan is done: enough kept, too many errors, too few kept."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

from scenarios.scenario import Scenario
from traces.counts import Counts
from traces.record import Trajectory

Stop = Literal["finished", "interrupted", "error_rate", "keep_rate", "budget", "endpoint", "goal"]
COMPLETE: frozenset[Stop] = frozenset({"finished", "goal"})
"""A run that stopped so has what was asked for."""


class Stopped(NamedTuple):
    """Why, in a word and in words."""

    stop: Stop
    reason: str


@dataclass
class Watch:
    """Counts finished attempts. Goals count over all sessions of a run, rates over this one."""

    scenario: Scenario
    kept_before: int = 0
    made_before: int = 0
    made: int = 0
    errors: int = 0
    kept: int = 0
    judged: int = 0

    @classmethod
    def resumed(cls, scenario: Scenario, counts: Counts) -> "Watch":
        """From what the ledger holds; what ended in an error is made again."""
        return cls(scenario, counts.kept, counts.attempts - counts.errors)

    def add(self, trajectories: tuple[Trajectory, ...], error: str | None) -> Stopped | None:
        """Count one attempt, and say whether that was enough."""
        decision = trajectories[-1].decision if trajectories and error is None else None
        self.made += 1
        self.errors += error is not None
        self.judged += decision is not None
        self.kept += decision is not None and decision.outcome == "keep"
        return self.enough() or self._failing(error)

    def enough(self) -> Stopped | None:
        """Whether the goal is reached."""
        goal, kept, made = self.scenario.goal, self.kept_before + self.kept, self.made_before + self.made
        if goal.kept is not None and kept >= goal.kept:
            return Stopped("goal", f"{kept} kept, {goal.kept} were asked for")
        if goal.attempts is not None and made >= goal.attempts:
            return Stopped("goal", f"{made} attempts made, at most {goal.attempts} were asked for")
        return None

    def room(self, going: int, more: int = 1) -> bool:
        """Whether `more` attempts may begin beside those that are going on: were all of them kept, the goal would not be passed."""
        goal, kept, made = self.scenario.goal, self.kept_before + self.kept, self.made_before + self.made
        over_kept = goal.kept is not None and kept + going + more > goal.kept
        over_made = goal.attempts is not None and made + going + more > goal.attempts
        return not going or not (over_kept or over_made)

    def _failing(self, error: str | None) -> Stopped | None:
        limit = self.scenario.abort_if
        if self.made < limit.after:
            return None
        if self.errors / self.made > limit.error_rate:
            share = (
                f"{self.errors} of {self.made} attempts ended in an error (abort_if.error_rate is {limit.error_rate:g})"
            )
            return Stopped("error_rate", share + (f"; the last: {error}" if error else ""))
        if self.judged and self.kept / self.judged < limit.keep_rate:
            share = (
                f"{self.kept} of {self.judged} judged attempts were kept (abort_if.keep_rate is {limit.keep_rate:g})"
            )
            return Stopped("keep_rate", share)
        return None
