"""What to make next of a labelled set: which tasks, and which errors in them, from what the attempts before gave.

Both plans are made a round at a time, so they depend on the order of the works alone, not on timing. An error is planned where it came
before, in proportion to how easily; where it never came in a handful of tries, it is not tried again.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from agents.mutants.base import all_mutations
from scenarios.profiles import SLIPS
from winnow.workbench import EAGERNESS, Clean, Slipping, Yield

_FEW = 6
"""Tries at a family before it is said that an error cannot be had there."""
_SPARE = 1.1
"""What is planned for each trace that lacks: some will turn out otherwise."""

Rates = Mapping[str, Mapping[str, float]]
"""By code and family, how many labelled traces one attempt gives on average, as far as is known."""


def slip_codes() -> dict[str, list[str]]:
    """The kinds of slip that the teacher can make, by code."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for kind, told in SLIPS.items():
        found[told.partition(":")[0]].append(kind)
    return dict(sorted(found.items()))


def mutation_codes() -> dict[str, list[str]]:
    """The kinds of planted error, by code."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for kind, mutation in all_mutations().items():
        found[mutation.code].append(kind)
    return dict(sorted(found.items()))


@dataclass
class Aim:
    """What was learnt of `families` so far, and what it says should be done next."""

    seed: int
    families: Sequence[str]
    _tried: Counter[tuple[str, str]] = field(default_factory=Counter)
    _gave: Counter[tuple[str, str]] = field(default_factory=Counter)
    _next: Counter[tuple[str, str]] = field(default_factory=Counter)
    _met: defaultdict[str, list[Mapping[str, int]]] = field(default_factory=lambda: defaultdict(list))
    """By family, how often each slip could have been made in each of its clean traces."""

    def planting(self, round_: int, lacking: Mapping[str, int]) -> list[Clean]:
        """Clean attempts at which to plant the codes of which so many traces lack; none where no family gives any of them."""
        rng = random.Random(f"{self.seed} planting {round_}")
        kinds = {code: mutation_codes()[code] for code in lacking}
        rates = {code: self._rates(some) for code, some in kinds.items()}
        attempts = _attempts(lacking, rates, rng)
        shares = {code: _SPARE * lacking[code] / max(_supply(rates[code], attempts), 1e-9) for code in lacking}
        scarce = sorted(lacking, key=lambda code: (shares[code], rng.random()), reverse=True)
        works = []
        for family, count in attempts.items():
            for _ in range(count):
                codes = [code for code in scarce if rng.random() < shares[code]]
                plant = [kind for code in codes for kind in kinds[code] if self._hopeful(kind, family)]
                works.append(Clean(family, self._number("clean", family), tuple(plant)))
        return works

    def slipping(self, round_: int, lacking: Mapping[str, int]) -> list[Slipping]:
        """Attempts with a slip of the codes of which so many traces lack, at the families where it comes easily more often."""
        works: list[Slipping] = []
        for code, short in lacking.items():
            pairs = [(slip, family) for slip in slip_codes()[code] for family in self.families]
            pairs = [pair for pair in pairs if self._met_in(*pair) and self._hopeful(*pair)]
            if not pairs:
                continue
            rates = [self._rate(slip, family, self._met_in(slip, family)) for slip, family in pairs]
            count = round(_SPARE * short * sum(rates) / sum(rate**2 for rate in rates)) + 1
            for slip, family in random.Random(f"{self.seed} {code} {round_}").choices(pairs, rates, k=count):
                works.append(Slipping(family, self._number(slip, family), slip, self._eagerness(slip, family)))
        return works

    def learn(self, one: Yield) -> None:
        """Remember what a piece of work gave."""
        family = one.work.family
        if isinstance(one.work, Slipping):
            self._tried[one.work.slip, family] += 1
            self._gave[one.work.slip, family] += one.slipped is not None
        elif one.clean:
            self._met[family].append(one.occasions)
            self._tried.update((kind, family) for kind in one.planted)
            self._gave.update((kind, family) for kind, _ in one.mutants)

    def tries(self, kinds: Sequence[str]) -> str:
        """How often errors of some kinds were tried, and in how many families, in words."""
        tried = [(family, n) for (kind, family), n in self._tried.items() if kind in kinds]
        attempts, families = sum(n for _, n in tried), len({family for family, _ in tried})
        return f"{attempts:,} attempt{'s' * (attempts != 1)} at {families} famil{'y' if families == 1 else 'ies'}"

    def _rates(self, kinds: Sequence[str]) -> dict[str, float]:
        """By family, for errors of any of some kinds."""
        rates = {
            family: sum(self._rate(kind, family) for kind in kinds if self._hopeful(kind, family))
            for family in self.families
        }
        return {family: rate for family, rate in rates.items() if rate}

    def _rate(self, kind: str, family: str, guess: float = 0.5) -> float:
        """How often a kind of error came of an attempt at a family, as far as is known."""
        return (self._gave[kind, family] + 2 * guess) / (self._tried[kind, family] + 2)

    def _hopeful(self, kind: str, family: str) -> bool:
        """Whether a kind of error may still be had from a family: too few were tried, or one of twenty came of it."""
        tried = self._tried[kind, family]
        return tried < _FEW or self._gave[kind, family] * 20 >= tried

    def _met_in(self, slip: str, family: str) -> float:
        """The share of a family's clean traces that gave a slip an occasion; a half where none is there to tell."""
        clean = self._met[family]
        return sum(slip in met for met in clean) / len(clean) if clean else 0.5

    def _eagerness(self, slip: str, family: str) -> float:
        """How likely a slip is made at each occasion: surely where a trace has but one."""
        counts = [met[slip] for met in self._met[family] if slip in met]
        return max(EAGERNESS, min(1.0, len(counts) / sum(counts))) if counts else EAGERNESS

    def _number(self, what: str, family: str) -> int:
        """The next task of a family for this purpose; no two purposes share tasks."""
        self._next[what, family] += 1
        place = ["clean", *SLIPS].index(what)
        return place * 100_000 + self._next[what, family] - 1


def _attempts(lacking: Mapping[str, int], rates: Rates, rng: random.Random) -> dict[str, int]:
    """Attempts by family until all that lacks may be there. The scarcest code is planned first; what comes along of others is taken."""
    planned: defaultdict[str, float] = defaultdict(float)
    for code in sorted((code for code in lacking if rates[code]), key=lambda code: sum(rates[code].values())):
        lacks = _SPARE * lacking[code] - _supply(rates[code], planned)
        weight = sum(rate**2 for rate in rates[code].values())
        for family, rate in rates[code].items() if lacks > 0 else ():
            planned[family] += lacks * rate / weight
    whole = {family: int(n) + (rng.random() < n % 1) for family, n in sorted(planned.items())}
    if planned and not any(whole.values()):
        whole[max(planned, key=lambda family: planned[family])] = 1
    return {family: n for family, n in whole.items() if n}


def _supply(rates: Mapping[str, float], attempts: Mapping[str, float]) -> float:
    """Traces of one code that come of so many attempts."""
    return sum(rates.get(family, 0.0) * n for family, n in attempts.items())
