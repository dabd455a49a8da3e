"""Chooses a solution and its tests where nothing says which of either is right: by who agrees with whom when all are executed.

Candidate solutions were run against candidate tests. Solutions that pass the very same tests do the same thing, as far as anyone
looked; the more of them there are and the more tests they pass, the more speaks for them. So a wrong test, passed by nobody or by a
stray solution, costs a right solution nothing, and a solution that passes one lenient test gains little. Limits: solutions that are
wrong in the same way and tests that ask for just that win. A test that tells no solutions apart counts only where none does.
"""

from collections.abc import Sequence
from typing import NamedTuple


class Pairing(NamedTuple):
    """The best solutions, the first of which is the one to keep, the tests that are kept with it, and how much speaks for them.

    `margin` is the share by which the best group outdoes the next, 1 where there is no other.
    """

    solutions: tuple[int, ...]
    tests: tuple[int, ...]
    score: int
    margin: float


def pairing(passed: Sequence[Sequence[bool]], least: int = 2) -> Pairing | None:
    """The best pair by a table of solutions (rows) and tests (columns): whether each passed.

    None where no `least` solutions agree, where they pass no test that tells anything, or where two groups have equally much for them.
    Raises ValueError for rows of different lengths.
    """
    if len({len(row) for row in passed}) > 1:
        raise ValueError("every solution has to be run on every test: the rows have different lengths")
    columns = [[row[test] for row in passed] for test in range(len(passed[0]) if passed else 0)]
    telling = [test for test, column in enumerate(columns) if any(column) and not all(column)]
    counted = telling or [test for test, column in enumerate(columns) if all(column)]
    groups: dict[tuple[int, ...], list[int]] = {}
    for solution, row in enumerate(passed):
        groups.setdefault(tuple(t for t in counted if row[t]), []).append(solution)
    ranked = sorted(((len(of) * len(tests), tests, of) for tests, of in groups.items()), key=lambda g: -g[0])
    if not ranked or ranked[0][0] == 0 or len(ranked[0][2]) < least:
        return None
    score, _, solutions = ranked[0]
    second = ranked[1][0] if len(ranked) > 1 else 0
    if second == score:
        return None
    kept = tuple(t for t, told in enumerate(passed[solutions[0]]) if told)
    return Pairing(tuple(solutions), kept, score, 1 - second / score)
