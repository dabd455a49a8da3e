"""What the self-instruct graph carries, and what it runs with."""

import operator
from dataclasses import dataclass
from typing import Annotated, Literal, NamedTuple, TypedDict

from langchain_core.language_models import BaseChatModel

from graders.pairing import Pairing
from tools.sandbox.session import SessionSource
from tools.trials import Trial
from traces.record import Message


@dataclass(frozen=True)
class InstructContext:
    """The writer's model and how much is asked of it: candidate solutions and tests of each problem, rounds of mending what failed, and how
    often a problem is posed anew."""

    model: BaseChatModel
    sessions: SessionSource
    solutions: int = 4
    tests: int = 3
    rounds: int = 2
    revisions: int = 1
    seed: int = 0


class Topic(NamedTuple):
    """What a problem is to be about, and how hard, 1 to 3."""

    topic: str
    level: int


class Posed(NamedTuple):
    """A problem: what the function is to do, and its name."""

    problem: str
    name: str


class Candidate(NamedTuple):
    """A solution that was written, and what came of running it on the units of all tests; `tried` is None until it was run."""

    text: str
    passed: tuple[bool, ...] = ()
    tried: Trial | None = None


Gate = Literal["unreadable", "untested", "disagreement", "weak_tests"]


class InstructState(TypedDict, total=False):
    """One problem on its way. `refused` says why there is none: a gate and the reason."""

    topic: Topic
    messages: Annotated[list[Message], operator.add]
    """The conversation in which the problem was posed."""
    posed: Posed | None
    candidates: list[Candidate]
    units: tuple[str, ...]
    """What the tests demand, one thing each (`tools.trials.units`)."""
    chosen: Pairing | None
    mended: int
    """Rounds of mending so far, over all revisions."""
    round: int
    """Rounds since the problem was posed last."""
    revised: int
    killed: float
    """Share of the chosen solution's mutants that the chosen tests find out."""
    refused: tuple[Gate, str] | None
