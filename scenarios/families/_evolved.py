"""Problems made of other problems: the parent's question with something said behind it, which writes and reads as the parent does.

An ask holds the parent's family and ask. What hides a number writes a sign that stands for it, and reads it back as a number that no
problem has.
"""

import random
import re
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache, cached_property
from typing import Any, ClassVar, NamedTuple

from scenarios import dressing
from scenarios.families._mathematics import Mathematics, Work, hard_enough, solved, steps_of, task_of
from scenarios.family import Ask, Family, TruthError, all_families
from scenarios.policy import Mind, Policy
from scenarios.slots import choice, text
from scenarios.wording import Slot, Style, Template, Wordings
from scenarios.world import World
from traces.task import Brief, Task

SENTINEL = "987654321"
"""A number that no problem draws: it stands where a value is hidden."""
_WRITTEN = re.compile(r"987,?654,?321(?:\.00)?")
_TRIES = 30
CORE = text(r"[^\n]{1,900}?")
_SIGNS = ("x", "k", "q")
SIGN = choice({sign: (sign,) for sign in _SIGNS})
"""What stands for a hidden number."""


@cache
def parents() -> Mapping[str, Mathematics]:
    """The families whose problems evolve."""
    return {name: family for name, family in all_families().items() if isinstance(family, Mathematics)}


@cache
def _bare(family: str) -> Wordings:
    return Wordings(parents()[family].wordings.forms, dressed=False)


def core_of(family: str, ask: Ask, style: str, rng: random.Random, sign: str = "") -> str:
    """The parent's question without anything around it; a hidden value is written as `sign`."""
    written = _bare(family).write(Brief(family=family, ask=ask, style=style), rng)
    return _WRITTEN.sub(sign, written) if sign else written


def read_core(core: str, sign: str = "") -> tuple[str, Ask] | None:
    """The family and ask of a parent's question."""
    told = re.sub(rf"(?<![\w^]){sign}(?!\w)", SENTINEL, core, flags=re.IGNORECASE) if sign else core
    readings = ((name, _bare(name).read(told)) for name in parents())
    return next(((name, ask) for name, ask in readings if ask is not None), None)


def free_sign(core: str) -> str:
    """A sign for a hidden number that a question does not use otherwise."""
    return next((sign for sign in _SIGNS if not re.search(rf"\b{sign}\b", core, re.IGNORECASE)), _SIGNS[-1])


class Hiding(NamedTuple):
    """A parent's ask but for one number, and which."""

    family: str
    ask: Ask
    hidden: str
    whole: bool


def read_hiding(values: Mapping[str, Any]) -> Hiding | None:
    """The parent's question in a tail's values with a number hidden behind `sign`; None where it is none, or another sign is told."""
    found = read_core(values["core"], values["sign"])
    if found is None or values.get("again", values["sign"]) != values["sign"]:
        return None
    family, ask = found
    hidden = next((name for name, value in ask.items() if str(value) == SENTINEL), None)
    if hidden is None:
        return None
    return Hiding(family, {k: v for k, v in ask.items() if k != hidden}, hidden, isinstance(ask[hidden], int))


class Evolved(Family, ABC):
    """A family of children. `tails` hold `{core}`, the parent's question, and the slots of what is added."""

    harder = "lines of calculation"
    tails: ClassVar[Mapping[str, Mapping[Style, Sequence[str]]]]
    slots: ClassVar[Mapping[str, Slot]]

    @abstractmethod
    def evolve(self, family: str, ask: Ask, rng: random.Random) -> Ask:
        """The child's ask. Raises TruthError where this parent has none of this kind."""

    @abstractmethod
    def work(self, ask: Ask) -> Work:
        """What solving a child takes."""

    @abstractmethod
    def proof(self, ask: Ask, work: Work) -> Mapping[str, str]:
        """Why its answer is right. Raises TruthError where it is not."""

    @abstractmethod
    def core(self, ask: Ask, style: str, rng: random.Random) -> str:
        """The parent's question as the child has it."""

    @abstractmethod
    def read_tail(self, kind: str, values: Mapping[str, Any]) -> Ask | None:
        """The ask that a tail's values carry, with the parent's question among them; None where that is no question of a parent."""

    @cached_property
    def _templates(self) -> Mapping[str, Mapping[Style, tuple[Template, ...]]]:
        slots = {"core": CORE, **self.slots}
        return {
            kind: {style: tuple(Template(one, slots) for one in texts) for style, texts in styles.items()}
            for kind, styles in self.tails.items()
        }

    def item(self, world: World, seed: int, index: int) -> Task:
        rng = random.Random(f"{self.name} {seed} {index}")
        for _ in range(_TRIES):
            family = rng.choice(list(parents().values()))
            with suppress(TruthError):
                parent = family.item(world, seed, rng.randrange(10**6))
                return hard_enough(self, iter([self.child(parent, rng, seed=seed, index=index)]))
        raise TruthError(f"{self.name}: none of {_TRIES} problems has a child of this kind")

    def child(self, parent: Task, rng: random.Random, *, seed: int, index: int) -> Task:
        """The child of a task of a parent's family. Raises TruthError where it has none of this kind."""
        if parent.brief is None or parent.family not in parents():
            raise TruthError(f"{self.name}: {parent.family} has no children of this kind")
        ask = self.evolve(parent.family, parent.brief.ask, rng)
        work = self.work(ask)
        level = int(parent.knobs.get("level", 1))
        proof = self.proof(ask, work)
        task = task_of(self, ask, work.lines, work.truth, "", rng, level=level, seed=seed, index=index, proof=proof)
        return task.model_copy(update={"knobs": {**task.knobs, "parent": parent.id, "topic": parent.family}})

    def steps(self, ask: Ask) -> int:
        return steps_of(self.work(ask).lines)

    def write(self, brief: Brief, rng: random.Random) -> str:
        templates = self._templates[brief.ask["kind"]]
        chosen = next((found for style, found in templates.items() if style == brief.style), None)
        tail = rng.choice(chosen or [one for found in templates.values() for one in found])
        values = {**brief.ask, "core": self.core(brief.ask, brief.style, rng), "again": brief.ask.get("sign")}
        return dressing.put_on(tail.write(values, rng), brief.persona, brief.style, rng)

    def read(self, query: str) -> Ask | None:
        for said in dressing.take_off(re.sub(r"[ \t]+", " ", query.strip())):
            for kind, styles in self._templates.items():
                for template in (one for found in styles.values() for one in found):
                    values = template.read(said)
                    ask = self.read_tail(kind, values) if values else None
                    if ask is not None:
                        return ask
        return None

    def solve(self, ask: Ask, mind: Mind) -> Policy:
        return solved(self.work(ask), mind)
