"""What a mutation is: a frozen dataclass with one method, `plants`, in a file of its own under `agents/mutants/planted/`.

`plants(scene, rng)` yields ways to plant the error in a finished good trace. The driver (`agents.mutants.grow`) carries one out,
and `confirmed` says whether the result is really wrong where it claims to be; what is not is an equivalent mutant, and dropped.
"""

import random
from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import ClassVar, Literal, NamedTuple

from agents.mutants import planted
from agents.mutants.outcome import answers_rightly
from agents.mutants.scene import Scene, failed
from traces.record import Message, Trajectory

Then = Literal["goes on", "resumes", "ends"]
"""`goes on`: the teacher sees what was planted in place of its step, and goes on from there. `resumes`: it does not, and takes up at
step `resume` (a policy that is replayed would take the result of an extra call for that of its own next one). `ends`: nothing follows."""


class Planted(NamedTuple):
    """An assistant message put there. Without a code it is no error itself, only the way to one, or it `follows` from one."""

    message: Message
    code: str | None
    detail: str
    follows: bool = False
    """Whether it carries on the error planted before it."""


class Plant(NamedTuple):
    """One way to plant an error at step `at`: messages in a row, and what comes after."""

    at: int
    says: tuple[Planted, ...]
    then: Then
    resume: int = 0
    demands: str = ""
    """Words added to the query, where the error is not to heed them."""
    instructs: str = ""
    """Words added to the system message, where the error is about what it says."""
    mistaken: tuple[str, str] = ("", "")
    """A name of the query and the one that the teacher takes it for."""


@dataclass(frozen=True)
class Mutation(ABC):
    """One kind of planted error. `kind` is its name in labels, `code` the error it is."""

    kind: ClassVar[str]
    code: ClassVar[str]

    @abstractmethod
    def plants(self, scene: Scene, rng: random.Random) -> Iterator[Plant]:
        """Ways to plant it, in random order; none where the trace gives no occasion."""

    def confirmed(self, scene: Scene, plant: Plant, mutant: Trajectory) -> bool:
        """Whether the error is there: by default, whether its calls worked, and the answer is no longer the right one.

        A call that fails tells of its fault itself; an error that is to be found out must have run.
        """
        step = mutant.steps[plant.at]
        worked = not any(failed(mutant.messages[i]) for i in step.observations)
        return worked and not answers_rightly(mutant)


@cache
def all_mutations() -> dict[str, Mutation]:
    """Every mutation by kind, found in `agents/mutants/planted/`."""
    found: dict[str, Mutation] = {}
    for module in sorted(m.name for m in iter_modules(planted.__path__)):
        for value in vars(import_module(f"{planted.__name__}.{module}")).values():
            if isinstance(value, type) and issubclass(value, Mutation) and value.__module__.endswith(f".{module}"):
                found[value.kind] = value()
    return found
