"""Wilson's interval for a share, at 95 %."""

from math import ceil, floor, sqrt
from typing import NamedTuple

_Z = 1.959963984540054


class Share(NamedTuple):
    """`hits` of `of`, with the interval in which the true share lies 95 times in 100. All None where there is nothing to count."""

    hits: int
    of: int

    @property
    def value(self) -> float | None:
        return self.hits / self.of if self.of else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Lower and upper end."""
        if not self.of:
            return None
        share, z2 = self.hits / self.of, _Z**2
        middle = (share + z2 / (2 * self.of)) / (1 + z2 / self.of)
        half = _Z / (1 + z2 / self.of) * sqrt(share * (1 - share) / self.of + z2 / (4 * self.of**2))
        return max(0.0, middle - half), min(1.0, middle + half)

    @property
    def percents(self) -> tuple[int, int] | None:
        """The interval in whole per cent, rounded outwards, so that it holds the share however that is rounded."""
        return (floor(100 * self.interval[0]), ceil(100 * self.interval[1])) if self.interval else None

    def facts(self) -> dict[str, float | int | None]:
        """As data."""
        low, high = self.interval or (None, None)
        return {"value": self.value, "low": low, "high": high, "hits": self.hits, "of": self.of}

    def __str__(self) -> str:
        if (value := self.value) is None or (interval := self.interval) is None:
            return "- (nothing to count)"
        return f"{value:.3f} [{interval[0]:.3f}, {interval[1]:.3f}] ({self.hits:,}/{self.of:,})"
