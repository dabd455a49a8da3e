"""Which tasks a scenario asks for, in which order: a pure function of the scenario."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from traces.base import content_hash


class Slot(NamedTuple):
    """A place for one task. `name` is unique in its run, `number` counts within the family."""

    name: str
    family: str
    number: int
    evolved: str = ""
    """The technique by which the task is made of another; empty for one that is drawn."""


def slots(count: int, weights: Mapping[str, float]) -> Iterator[Slot]:
    """`count` slots, families interleaved by weight, so that any prefix of a run has the whole run's mixture."""
    credit = dict.fromkeys(weights, 0.0)
    made = dict.fromkeys(weights, 0)
    total = sum(weights.values())
    for _ in range(count):
        for family, weight in weights.items():
            credit[family] += weight
        family = max(credit, key=lambda name: credit[name])
        credit[family] -= total
        yield Slot(f"{family}-{made[family]:04d}", family, made[family])
        made[family] += 1


def seed_of(*parts: object) -> int:
    """A 31-bit seed from parts of any kind; equal parts give equal seeds on any machine."""
    return int(content_hash([str(part) for part in parts]), 16) % 2**31
