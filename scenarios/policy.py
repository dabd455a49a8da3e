"""How the teacher solves a task, written as straight-line code that is replayed against the conversation.

A policy is a generator: it yields an `Act` (what the assistant says, and the calls it makes) and is sent the list of
`Observation`s; it returns the final answer as text. It sees the query, the names of the tools offered and what the tools returned, nothing
else: its successes are honest. Because a policy depends only on those and on `Mind`'s seed, the teacher can replay it from the
start at every turn, so it needs no memory beside the conversation.

A *slip* is a mistake a careless agent makes. `mind.slips(kind)` says whether to make it here; the slip is logged with
the act (or answer) that carries it. Ask only where the mistake, if made, really makes that step wrong.
"""

import random
from collections import Counter
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple


class Call(NamedTuple):
    """A tool call. `arguments` as text stands for a malformed call: it is sent to the tool as it is."""

    tool: str
    arguments: Mapping[str, Any] | str


class Act(NamedTuple):
    """One assistant message that calls tools: what it says beside, and the calls (several are parallel)."""

    says: str
    calls: tuple[Call, ...]


class Observation(NamedTuple):
    """What one call returned, as the model sees it."""

    content: str
    failed: bool = False


class Slip(NamedTuple):
    """A mistake made on purpose: its kind, the error code it is an instance of, and what was done in words."""

    kind: str
    code: str
    detail: str = ""


Policy = Generator[Act, Sequence[Observation], str]


@dataclass
class Mind:
    """The teacher's state of mind in one attempt: which tools it has, and which slips it makes.

    `profile` maps slip kinds to probabilities; each call of `slips` draws from the seed and the number of draws before it.
    """

    tools: frozenset[str]
    seed: int = 0
    profile: Mapping[str, float] = field(default_factory=dict)
    pending: list[Slip] = field(default_factory=list)
    _draws: int = 0
    asked: Counter[str] = field(default_factory=Counter)
    """How often each kind of mistake could have been made so far."""
    heard: list[str] = field(default_factory=list)
    """What tools have returned so far."""
    used: list[str] = field(default_factory=list)
    """The tools called so far, in order."""
    pages: dict[str, str] = field(default_factory=dict)
    """The text of the pages opened so far, by id."""
    asides: list[str] = field(default_factory=list)
    """Things thought of that the next message will say."""
    wanted: tuple[str, str] = ("number", "")
    """What is being looked for: the kind of value, and its unit."""
    droppable: bool = False
    """Whether one of the things being looked for could be left out unnoticed, so that the careless may."""

    def __post_init__(self) -> None:
        self.rng = random.Random(f"wording {self.seed}")
        """For the choice of words; never for facts."""

    def change(self, seed: int) -> None:
        """Go on with other chances than those so far: what is decided from here on is decided anew."""
        self.seed, self.rng = seed, random.Random(f"wording {seed}")

    def slips(self, kind: str, code: str, detail: str = "") -> bool:
        """Whether to make this mistake here. A yes is logged with the step that is being composed."""
        tempted = self.tempted(kind)
        if tempted:
            self.admit(kind, code, detail)
        return tempted

    def tempted(self, kind: str) -> bool:
        """Whether to make this mistake, without logging it yet: for one that shows only in a later step. Then call `admit` there."""
        self._draws += 1
        self.asked[kind] += 1
        draw = random.Random(f"{self.seed} {self._draws} {kind}").random()
        return draw < self.profile.get(kind, 0.0)

    def admit(self, kind: str, code: str, detail: str = "") -> None:
        """Log a mistake with the step that is being composed."""
        self.pending.append(Slip(kind, code, detail))

    def take(self) -> tuple[Slip, ...]:
        """The slips logged since the last take; the driver attaches them to the step just composed."""
        taken, self.pending = tuple(self.pending), []
        return taken
