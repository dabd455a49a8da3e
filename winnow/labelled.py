"""The labelled set: as many faulty traces as asked for each code, natural and mutated, with their clean originals, as an ordinary run.

It is made in rounds. Each plans what is still short from what the rounds before gave, so the set depends on the order alone, not on
timing. What cannot be had in enough rounds is short, and said to be so.
"""

import os
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from agents.mutants.base import all_mutations
from scenarios.family import all_families
from scenarios.profiles import SLIPS
from traces.ledger import Ledger
from traces.puts import Put, PutAttempt, PutTask
from traces.record import Trajectory
from winnow.aiming import Aim, mutation_codes, slip_codes
from winnow.crew import Crew
from winnow.folder import RunFolder
from winnow.judging import graders_named
from winnow.origin import Origin
from winnow.workbench import Bench, Slipping, Yield

SEED, WORLD_OFFSET = 7_300_001, 500_000
"""Far from the seeds that tests use."""
_ROUNDS = 24
"""The most rounds of each plan: what lacks halves from one to the next, or there is little hope."""


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
    short: dict[str, str] = field(default_factory=dict)
    """What there is less of than asked for, and why; known at the end."""
    seconds: float = 0.0

    @property
    def equivalent(self) -> int:
        """Mutants that were none."""
        return sum(n for reason, n in self.dropped.items() if reason.startswith("equivalent"))

    def count_steps(self, trace: Trajectory) -> None:
        """Count the wrong steps of a labelled trace, each code of a step once."""
        self.steps.update(code for _, code in {(x.step, x.code) for x in trace.labels if x.code})


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

    def run(self) -> Made:
        """Make it. Raises FolderError where the output is not a new or empty folder."""
        started, made = time.monotonic(), Made()
        graders = {grader.name: grader.version for grader in graders_named(None)}
        origin = Origin(kind="errors", name=self.output.name, sources=(f"seed {self.seed}",), graders=graders)
        folder = RunFolder.create_from(self.output, origin)
        trapped = folder.index.with_name(f"{folder.index.name}-with-traps")
        bench = Bench(folder.index, trapped, self.seed + WORLD_OFFSET, self.documents, self.seed)
        bench.build()
        aim = Aim(self.seed, self.families)
        with Ledger.create(folder.ledger) as ledger, Crew(bench, self._workers()) as crew:
            for plan, wanted, there in (
                (aim.planting, mutation_codes(), made.mutants),
                (aim.slipping, slip_codes(), made.natural),
            ):
                for round_ in range(_ROUNDS):
                    works = plan(round_, self._lacking(wanted, there))
                    if not works:
                        break
                    for done in crew.do(works):
                        ledger.commit([put for one in done for put in self._puts(one, made)])
                        for one in done:
                            aim.learn(one)
                        self.tell(made)
        made.short = self._short(made, aim)
        made.seconds = time.monotonic() - started
        folder.finish(origin.model_copy(update={"complete": True, "rows": made.clean + sum(made.kinds.values())}))
        return made

    def _workers(self) -> int:
        return self.workers if self.workers is not None else min(4, os.cpu_count() or 1)

    def _lacking(self, wanted: Iterable[str], there: Counter[str]) -> dict[str, int]:
        return {code: self.per_code - there[code] for code in wanted if there[code] < self.per_code}

    def _puts(self, one: Yield, made: Made) -> Iterator[Put]:
        """What is stored of a piece of work: all that still lacks."""
        made.dropped.update(one.dropped)
        if one.clean:
            made.clean += 1
            made.steps["clean"] += len(one.clean.steps)
            yield from _stored(one.clean.key.removesuffix("-0"), one.clean)
        for kind, mutant in one.mutants:
            yield from self._faulty("mutant", all_mutations()[kind].code, kind, mutant, made.mutants, made)
        if isinstance(one.work, Slipping) and one.slipped:
            code = SLIPS[one.work.slip].partition(":")[0]
            yield from self._faulty("natural", code, one.work.slip, one.slipped, made.natural, made)

    def _faulty(
        self, what: str, code: str, kind: str, trace: Trajectory, there: Counter[str], made: Made
    ) -> Iterator[Put]:
        """A faulty trace, where its code still lacks some."""
        if there[code] >= self.per_code:
            made.dropped["more than asked for"] += 1
            return
        made.count_steps(trace)
        yield from _stored(f"{what}-{code}-{there[code]:04d}", trace)
        there[code] += 1
        made.kinds[kind] += 1

    def _short(self, made: Made, aim: Aim) -> dict[str, str]:
        told = {}
        for code in self._lacking(mutation_codes(), made.mutants):
            kinds = mutation_codes()[code]
            none, equal = (
                sum(made.dropped[f"{why} {kind}"] for kind in kinds) for why in ("no occasion", "equivalent")
            )
            told[f"{code} mutated"] = (
                f"{made.mutants[code]:,} of {self.per_code:,}: planted in {aim.tries(kinds)}; "
                f"{none:,} gave no occasion, {equal:,} ways of planting it changed nothing"
            )
        for code in self._lacking(slip_codes(), made.natural):
            slips = slip_codes()[code]
            none = sum(made.dropped[f"not made {slip}"] for slip in slips)
            told[f"{code} natural"] = (
                f"{made.natural[code]:,} of {self.per_code:,}: the teacher was tempted in {aim.tries(slips)}; {none:,} gave no occasion"
            )
        return told


def _stored(slot: str, trace: Trajectory) -> Iterator[Put]:
    yield PutTask(slot, trace.task)
    yield PutAttempt(slot, 0, [trace.model_copy(update={"key": f"{slot}-0"})])
