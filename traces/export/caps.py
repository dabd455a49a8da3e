"""Caps for balance: at most so many trajectories with each value of a field. Those that the checks refuse do not count.

Memory grows with the number of different values, so cap by fields that have few.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping

from traces.export.format import Item, Line
from traces.select import FIELDS, Candidate


class Caps:
    """What was taken so far, by field and value."""

    def __init__(self, most: Mapping[str, int]) -> None:
        self._most = most
        self._taken: Counter[tuple[str, Hashable]] = Counter()

    def through(self, candidate: Candidate, lines: Iterable[Item]) -> Iterator[Item]:
        """The lines of a trajectory; none where one of its values is full."""
        values = [(name, FIELDS[name].read(candidate)) for name in self._most]
        if any(self._taken[value] >= self._most[value[0]] for value in values):
            return
        written = False
        for line in lines:
            written = written or isinstance(line, Line)
            yield line
        self._taken.update(values if written else ())
