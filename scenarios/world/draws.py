"""Seeded draws that give the same stream on every Python: built on `Random(text).random()` and integer arithmetic alone.

`Random.choice`, `shuffle` and `sample` changed their streams between versions, and `hash()` changes between processes; neither is used.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from random import Random
from typing import TypeVar

T = TypeVar("T")
_VERY_MANY = 50_000
"""Values: with fewer, a skew would make the smallest ones worth a guess."""


class Draw:
    """A stream of draws fixed by its key."""

    __slots__ = ("_next",)

    def __init__(self, *key: object) -> None:
        self._next = Random("/".join(map(str, key))).random

    def below(self, bound: int) -> int:
        """A whole number in [0, bound)."""
        return int(self._next() * bound)

    def chance(self, probability: float) -> bool:
        return self._next() < probability

    def pick(self, options: Sequence[T]) -> T:
        return options[int(self._next() * len(options))]

    def between(self, low: int, high: int) -> int:
        """A whole number in [low, high]."""
        return low + int(self._next() * (high - low + 1))

    def skewed(self, low: int, high: int) -> int:
        """A whole number in [low, high]; where there are very many, small ones are likelier.

        Products only, so that no platform's libm matters.
        """
        u = self._next()
        if high - low > _VERY_MANY:
            u *= u
        return low + int(u * (high - low + 1))

    def decimal(self, low: int, high: int, places: int) -> Decimal:
        """A decimal in [low, high] with exactly `places` digits after the point."""
        return Decimal(self.skewed(low * 10**places, high * 10**places)).scaleb(-places)

    def day(self, first: int, last: int) -> date:
        """A day of the years [first, last]."""
        start = date(first, 1, 1).toordinal()
        return date.fromordinal(start + self.below(date(last, 12, 31).toordinal() - start + 1))

    def shuffled(self, items: Sequence[T]) -> list[T]:
        """A copy in drawn order."""
        order = list(items)
        for i in range(len(order) - 1, 0, -1):
            j = int(self._next() * (i + 1))
            order[i], order[j] = order[j], order[i]
        return order
