"""The labelled set: as many faulty traces as asked for each code, natural and mutated, with their clean originals, as an ordinary run.

It is made in rounds. Each plans what is still short from what the rounds before gave, so the set depends on the order alone, not on
timing. What cannot be had in enough rounds is short, and said to be so.
"""

import asyncio
import os
import random
import signal
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.util import Finalize
from pathlib import Path
from typing import Any

from agents.mutants.base import all_mutations
from scenarios.family import all_families
from scenarios.profiles import SLIPS
from traces.ledger import Ledger
from traces.puts import Put, PutAttempt, PutTask
from traces.record import Trajectory
from winnow.folder import RunFolder
from winnow.judging import graders_named
from winnow.origin import Origin
from winnow.workbench import EAGERNESS, Bench, Clean, Slipping, Trying, Work, Workbench, Yield

SEED, WORLD_OFFSET = 7_300_001, 500_000
"""Far from the seeds that tests use."""
_ROUNDS = 12
_PLANTS = 10
"""Kinds of error planted in one clean trace."""
_CHUNK = 16
_FEW = 6
"""Attempts at a family before it is said that a slip has no occasion there."""


@dataclass
class Made:
    """What was made. `natural` and `mutants` count traces by code; `dropped` what was thrown away, by reason."""

    clean: int = 0
    natural: Counter[str] = field(default_factory=Counter)
    mutants: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    dropped: Counter[str] = field(default_factory=Counter)
    steps: Counter[str] = field(default_factory=Counter)
    """Labelled wrong steps by code, those that follow from another without a code of their own left out; `clean` counts right ones."""
    seconds: float = 0.0

    @property
    def equivalent(self) -> int:
        """Mutants that were none."""
        return sum(n for reason, n in self.dropped.items() if reason.startswith("equivalent"))

    def count_steps(self, trace: Trajectory) -> None:
        """Count the wrong steps of a labelled trace, each code of a step once."""
        self.steps.update(code for _, code in {(x.step, x.code) for x in trace.labels if x.code})

    def short(self, per_code: int) -> dict[str, str]:
        """Codes with fewer than asked for, and why."""
        told: dict[str, str] = {}
        for what, wanted, made in (
            ("natural", slip_codes(), self.natural),
            ("mutated", mutation_codes(), self.mutants),
        ):
            for code in wanted:
                if made[code] < per_code:
                    told[f"{code} {what}"] = f"{made[code]} of {per_code}: {_why(code, what, self.dropped)}"
        return told


def _why(code: str, what: str, dropped: Counter[str]) -> str:
    if what == "natural":
        return "too few tasks give the teacher an occasion"
    kinds = [kind for kind, mutation in all_mutations().items() if mutation.code == code]
    equal = sum(dropped[f"equivalent {kind}"] for kind in kinds)
    return f"too few traces give an occasion; {equal} mutants changed nothing"


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
class Build:
    """One labelled set in a new folder. `workers` processes share the work; 1 does it all here."""

    output: Path
    per_code: int = 60
    documents: int = 2000
    seed: int = SEED
    workers: int | None = None
    families: Sequence[str] = field(default_factory=lambda: tuple(all_families()))
    tell: Callable[[Made], None] = lambda made: None
    _tried: Counter[tuple[str, str]] = field(default_factory=Counter)
    _gave: Counter[tuple[str, str]] = field(default_factory=Counter)
    _next: Counter[tuple[str, str]] = field(default_factory=Counter)
    _met: defaultdict[str, list[Mapping[str, int]]] = field(default_factory=lambda: defaultdict(list))
    """By family, how often each slip could have been made in each of its clean traces."""

    def run(self) -> Made:
        """Make it. Raises FolderError where the output is not a new or empty folder."""
        started, made = time.monotonic(), Made()
        graders = {grader.name: grader.version for grader in graders_named(None)}
        origin = Origin(kind="errors", name=self.output.name, sources=(f"seed {self.seed}",), graders=graders)
        folder = RunFolder.create_from(self.output, origin)
        trapped = folder.index.with_name(f"{folder.index.name}-with-traps")
        bench = Bench(folder.index, trapped, self.seed + WORLD_OFFSET, self.documents, self.seed)
        bench.build()
        with Ledger.create(folder.ledger) as ledger, Crew(bench, self._workers()) as crew:
            for plan in (self._mutating, self._slipping):
                for round_ in range(_ROUNDS):
                    works = plan(round_, made)
                    if not works:
                        break
                    for done in crew.do(works):
                        ledger.commit(self._puts(done, made))
                        self.tell(made)
        made.seconds = time.monotonic() - started
        folder.finish(origin.model_copy(update={"complete": True, "rows": made.clean + sum(made.kinds.values())}))
        return made

    def _workers(self) -> int:
        return self.workers if self.workers is not None else min(4, os.cpu_count() or 1)

    # What to do next

    def _mutating(self, round_: int, made: Made) -> list[Clean | Slipping]:
        """Clean attempts where errors that are still short can be planted."""
        short = {
            k: self.per_code - made.mutants[m.code]
            for k, m in all_mutations().items()
            if made.mutants[m.code] < self.per_code
        }
        if not short:
            return []
        works: list[Clean | Slipping] = []
        for family in self.families:
            fitting = [kind for kind in short if self._hopeful(kind, family)]
            most = max((self._needed(short, kind, family) for kind in fitting), default=0)
            for _ in range(min(most, max(2, self.per_code // 4))):
                number = self._number("clean", family)
                rng = random.Random(f"{self.seed} {family} {number}")
                works.append(Clean(family, number, tuple(rng.sample(fitting, min(_PLANTS, len(fitting))))))
        return works

    def _needed(self, short: dict[str, int], kind: str, family: str) -> int:
        """Attempts at a family until its share of a kind may be there: more where it comes easily."""
        rates = {f: self._rate(kind, f) for f in self.families if self._hopeful(kind, f)}
        return round(1.1 * short[kind] * rates[family] / sum(rate**2 for rate in rates.values())) + 1

    def _rate(self, kind: str, family: str, guess: float = 0.5) -> float:
        """How often a kind of error came of an attempt at a family, as far as is known."""
        return (self._gave[kind, family] + 2 * guess) / (self._tried[kind, family] + 2)

    def _slipping(self, round_: int, made: Made) -> list[Clean | Slipping]:
        """Attempts with the slips of which there are still too few, at the families where they come easily more often."""
        works: list[Clean | Slipping] = []
        for code, slips in slip_codes().items():
            short = self.per_code - made.natural[code]
            pairs = [
                (slip, f) for slip in slips for f in self.families if self._met_in(slip, f) and self._hopeful(slip, f)
            ]
            if short <= 0 or not pairs:
                continue
            rates = [self._rate(slip, family, self._met_in(slip, family)) for slip, family in pairs]
            count = round(1.1 * short * sum(rates) / sum(rate**2 for rate in rates)) + 1
            for slip, family in random.Random(f"{self.seed} {code} {round_}").choices(pairs, rates, k=count):
                works.append(Slipping(family, self._number(slip, family), slip, self._eagerness(slip, family)))
        return works

    def _met_in(self, slip: str, family: str) -> float:
        """The share of a family's clean traces that gave a slip an occasion; a half where none is there to tell."""
        clean = self._met[family]
        return sum(slip in met for met in clean) / len(clean) if clean else 0.5

    def _eagerness(self, slip: str, family: str) -> float:
        """How likely a slip is made at each occasion: surely where a trace has but one."""
        counts = [met[slip] for met in self._met[family] if slip in met]
        return max(EAGERNESS, min(1.0, len(counts) / sum(counts))) if counts else EAGERNESS

    def _hopeful(self, kind: str, family: str) -> bool:
        """Whether a kind of error may still be had from a family: too few were tried, or one of twenty came of it."""
        tried = self._tried[kind, family]
        return tried < _FEW or self._gave[kind, family] * 20 >= tried

    def _number(self, what: str, family: str) -> int:
        """The next task of a family for this purpose; no two purposes share tasks."""
        self._next[what, family] += 1
        place = ["clean", *SLIPS].index(what)
        return place * 100_000 + self._next[what, family] - 1

    # What came of it

    def _puts(self, done: Sequence[Yield], made: Made) -> list[Put]:
        return [put for one in done for put in self._of(one, made)]

    def _of(self, one: Yield, made: Made) -> Iterator[Put]:
        made.dropped.update(one.dropped)
        family = one.work.family
        if isinstance(one.work, Trying):
            return
        if isinstance(one.work, Slipping):
            self._tried[one.work.slip, family] += 1
            self._gave[one.work.slip, family] += one.slipped is not None
            code = SLIPS[one.work.slip].partition(":")[0]
            if one.slipped and made.natural[code] < self.per_code:
                made.count_steps(one.slipped)
                yield from _stored(f"natural-{code}-{made.natural[code]:04d}", one.slipped)
                made.natural[code] += 1
                made.kinds[one.work.slip] += 1
            return
        if one.clean:
            made.clean += 1
            made.steps["clean"] += len(one.clean.steps)
            self._met[family].append(one.occasions)
            yield from _stored(one.clean.key.removesuffix("-0"), one.clean)
            found = dict(one.mutants)
            for kind in one.work.plant:
                self._tried[kind, family] += 1
                self._gave[kind, family] += kind in found
        for kind, mutant in one.mutants:
            code = all_mutations()[kind].code
            if made.mutants[code] < self.per_code:
                made.count_steps(mutant)
                yield from _stored(f"mutant-{code}-{made.mutants[code]:04d}", mutant)
                made.mutants[code] += 1
                made.kinds[kind] += 1


def _stored(slot: str, trace: Trajectory) -> Iterator[Put]:
    yield PutTask(slot, trace.task)
    yield PutAttempt(slot, 0, [trace.model_copy(update={"key": f"{slot}-0"})])


class Crew:
    """Processes that share the work, or this one alone. Each opens its workbench once."""

    def __init__(self, bench: Bench, workers: int) -> None:
        context: Any = get_context("spawn")
        self._here = None if workers > 1 else _Post(bench)
        self._pool = (
            ProcessPoolExecutor(workers, mp_context=context, initializer=_open_post, initargs=(bench,))
            if workers > 1
            else None
        )

    def __enter__(self) -> "Crew":
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool:
            self._pool.shutdown(cancel_futures=True)
        if self._here:
            self._here.close()

    def do(self, works: Sequence[Work]) -> Iterator[list[Yield]]:
        """The works' yields in their order, some at a time."""
        parts = [works[at : at + _CHUNK] for at in range(0, len(works), _CHUNK)]
        if self._here:
            yield from map(self._here.do, parts)
        elif self._pool:
            yield from self._pool.map(_at_post, parts)


class _Post:
    """A workbench with the event loop it lives on."""

    def __init__(self, bench: Bench) -> None:
        self._runner, self._workbench = asyncio.Runner(), Workbench(bench)

    def do(self, works: Sequence[Work]) -> list[Yield]:
        return self._runner.run(self._workbench.do(works))

    def close(self) -> None:
        self._runner.run(self._workbench.close())
        self._runner.close()


_posts: list[_Post] = []
"""The one post of a worker process."""


def _open_post(bench: Bench) -> None:
    """Begin as a worker process. Ctrl-C is the parent's to answer."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _posts.append(_Post(bench))
    Finalize(None, _posts[0].close, exitpriority=10)


def _at_post(works: Sequence[Work]) -> list[Yield]:
    return _posts[0].do(works)
