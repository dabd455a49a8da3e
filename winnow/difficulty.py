"""How the teacher fares as tasks get harder: attempts of every fault profile at every difficulty of each family.

Success by difficulty is that of the profile `even`, which is as likely to go wrong at any place where it can: it falls where harder tasks
have more such places. The characters among the profiles have one fault each, and are told of by kind of fault.
Each attempt is a function of (seed, family, item, profile), so equal sweeps give equal figures. Difficulty is what the family says it is.
A family needs at least a handful of tasks at a level to be counted there. One whose answers are judged by a program that a model
writes from them is left out: a sweep has no model beside the teacher.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import cycle, islice, pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from graders.wilson import Share
from scenarios.family import TruthError, all_families
from scenarios.profiles import PROFILES
from scenarios.world import World
from winnow.crew import Crew
from winnow.workbench import Bench, Tried, Trying, is_trapped

FAITHFUL, EVEN = "careful", "even"
_LOOKS = 12
"""Items looked at for each attempt wanted at a level; a level that is rarer is left out."""


class Point(NamedTuple):
    """One family at one difficulty: attempts by the teacher that errs evenly, and by the careful one."""

    level: int
    right: Share
    careful: Share


@dataclass
class Swept:
    """What came of a sweep: by family and level, and by profile."""

    tried: list[Tried] = field(default_factory=list)

    def families(self) -> dict[str, list[Point]]:
        """The points of each family, by difficulty."""
        groups: defaultdict[tuple[str, int], list[Tried]] = defaultdict(list)
        for one in self.tried:
            groups[one.work.family, one.difficulty].append(one)
        found: defaultdict[str, list[Point]] = defaultdict(list)
        for (family, level), some in sorted(groups.items()):
            careful = [one for one in some if one.work.profile == FAITHFUL]
            erring = [one for one in some if one.work.profile == EVEN]
            found[family].append(Point(level, _share(erring), _share(careful)))
        return dict(found)

    def by_profile(self) -> dict[str, tuple[Share, Counter[str]]]:
        """Of each profile the share of right answers, and how many attempts held each kind of slip."""
        found = {}
        for name in dict.fromkeys(one.work.profile for one in self.tried):
            some = [one for one in self.tried if one.work.profile == name]
            found[name] = (_share(some), Counter(kind for one in some for kind in one.slips))
        return found


def _share(tried: Sequence[Tried]) -> Share:
    return Share(sum(one.right for one in tried), len(tried))


@dataclass
class Sweep:
    """Attempts at `families`: at each level `attempts` by `even`, a third as many by the other careless profiles in turn, and a sixth as
    many by the careful one."""

    families: Sequence[str] = field(default_factory=lambda: tuple(all_families()))
    attempts: int = 24
    documents: int = 1000
    seed: int = 0
    workers: int = 2
    tell: Callable[[int, int], None] = lambda done, total: None

    def run(self) -> Swept:
        """Make all attempts, in a folder thrown away at the end."""
        swept = Swept()
        with TemporaryDirectory(prefix="winnow-plot-") as folder:
            bench = Bench(Path(folder) / "honest", Path(folder) / "traps", self.seed, self.documents, self.seed)
            bench.build()
            works = list(self._works(bench))
            with Crew(bench, self.workers) as crew:
                for done in crew.do(works):
                    swept.tried += [one.tried for one in done if one.tried]
                    self.tell(len(swept.tried), len(works))
        return swept

    def _works(self, bench: Bench) -> Iterator[Trying]:
        names = [name for name in PROFILES if name not in (FAITHFUL, EVEN)]
        worlds, turns = bench.worlds(), cycle(at % len(names) for at in range(0, 5 * len(names), 5))
        for name in self.families:
            for numbers in _levels(name, worlds, self.seed, self.attempts).values():
                turn = next(turns)
                careless = islice(cycle(names[turn:] + names[:turn]), self.attempts // 3)
                yield from (Trying(name, n, EVEN) for n in numbers)
                yield from (Trying(name, n, profile) for n, profile in zip(numbers, careless, strict=False))
                yield from (Trying(name, n, FAITHFUL) for n in numbers[: max(2, self.attempts // 6)])


def _levels(name: str, worlds: Sequence[World], seed: int, count: int) -> dict[int, list[int]]:
    """The numbers of `count` items at each difficulty that has half as many among those looked at."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    family = all_families()[name]
    for number in range(_LOOKS * count):
        try:
            task = family.item(worlds[is_trapped(name, number)], seed, number)
        except TruthError:
            continue
        if task.oracle and task.oracle.rebuilt:
            return {}
        found[task.difficulty].append(number)
    return {level: numbers[:count] for level, numbers in sorted(found.items()) if len(numbers) >= count / 2}


def rises(points: Sequence[Point]) -> list[int]:
    """The levels at which success is higher than at the level before by more than chance explains (intervals do not overlap)."""
    pairs = [(b.level, a.right.interval, b.right.interval) for a, b in pairwise(points)]
    return [level for level, before, now in pairs if before and now and now[0] > before[1]]
