"""What becomes of an attempt: critics, what is kept, labels by continuations, repair."""

from typing import Literal

from pydantic import Field, model_validator

from scenarios.parts.base import Part, repeated, rule
from scenarios.parts.models import ModelPart


class CriticPart(Part):
    """One member of the committee of critics."""

    name: str = Field(max_length=40, pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")
    """What the record calls it."""
    prompt: Literal["auditor", "sceptic", "reader"] = "auditor"
    """Its disposition: `auditor` weighs evenly, `sceptic` recomputes and checks everything, `reader` asks what is supported and serves."""
    instructions: str = Field("", max_length=20_000)
    """More for it to heed, in your own words, after the rubric."""
    model: ModelPart | None = None
    """Its model. Left out: that of the role `critic`."""


class CriticsPart(Part):
    """Models that read each step and vote on it. Their verdicts stand beside those of the programs."""

    members: tuple[CriticPart, ...] = ()
    """Who sits in the committee, in the order they are asked. Left out: nobody, and no model is asked."""
    vote: Literal["veto", "majority", "unanimity"] = "veto"
    """`veto`: one that fails a step is enough; `majority`: as many as pass it, or more; `unanimity`: all that gave a verdict."""
    required: bool = False
    """Whether a trace is kept only if the critics passed every step. Otherwise a step they cannot judge is no bar."""
    longest: int = Field(60_000, ge=2000, le=10_000_000)
    """Characters of the conversation shown with a question, about, 2,000 to 10,000,000; longer results are cut in their middle."""

    @model_validator(mode="after")
    def _names_differ(self) -> "CriticsPart":
        rule(repeated([member.name for member in self.members]))
        return self


class KeepPart(Part):
    """What is asked of a trace beside that no grader fails it."""

    agree: int = Field(1, ge=1, le=64)
    """Where nothing is known of the right answer: how many attempts at the task must give the trace's answer, itself included, 1 to 64. The
    attempts at a task are then decided together. 1 asks for no other."""
    asked: bool = True
    """For `agree`: whether the role `critic` is asked if two answers say the same, where programs cannot tell."""
    edge: bool = False
    """Whether the exports that a run ends with take only tasks at the edge: those of whose attempts some are kept and some are not."""


class RewardsPart(Part):
    """Labels of steps by continuations, made when all attempts are (`winnow rewards` makes more)."""

    continuations: int = Field(0, ge=0, le=64)
    """How often a model goes on from behind each step, 0 to 64; 0 makes none."""
    share: float = Field(1.0, gt=0, le=1)
    """Of which share of the trajectories, above 0 to 1; always the same ones."""


class RepairPart(Part):
    """What happens to an attempt that is wrong but worth another try."""

    rounds: int = Field(1, ge=0, le=5)
    """How often a critique goes back to the solver for a fresh attempt, 0 to 5; 0 turns repair off."""
    hard_rounds: int | None = Field(None, ge=0, le=5)
    """The same for hard tasks, which are revised rather than dropped; 0 `rounds` turn it off too. Left out: as often as others."""
    hard_from: int = Field(4, ge=1, le=9)
    """For `hard_rounds`: the difficulty from which on a task is hard, 1 to 9."""

    def rounds_for(self, difficulty: int) -> int:
        """How often a critique goes back at most, for a task of this difficulty."""
        if self.rounds and self.hard_rounds is not None and difficulty >= self.hard_from:
            return self.hard_rounds
        return self.rounds
