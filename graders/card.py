"""How good verdicts are, counted on traces whose errors are known: by code, natural and planted errors apart, and for the decision.

What counts: a step is *bad* where a label says so, *clean* where it stands in a trace without any error or before the first error of one.
Steps after an error that no label names are neither: they may follow from it, so they are left out of precision. Recall asks for the
steps where an error happened, not for those that only follow from it (`propagated`).
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from graders.codes import BY_CODE, CRITIC_ONLY
from graders.critics.members import alone, heard_critics
from graders.keep import ANSWER_GRADER, decide
from graders.wilson import Share
from traces.record import Trajectory, Verdict

Source = Literal["clean", "natural", "mutated"]
PROPAGATED = "propagated"
ALL = "all"


class Sample(NamedTuple):
    """One labelled trace with some verdicts.

    `origins` are the steps where an error happened, with its codes; `bad` has those that follow from one too.
    """

    key: str
    source: Source
    steps: int
    origins: Mapping[int, frozenset[str]]
    bad: frozenset[int]
    flagged: Mapping[int, frozenset[str]]
    kept: bool

    @property
    def first(self) -> int | None:
        """The first bad step."""
        return min(self.bad, default=None)

    def clean(self, step: int) -> bool:
        """Whether a step is known to be right."""
        return self.first is None or step < self.first


def sample_of(trace: Trajectory, verdicts: Sequence[Verdict]) -> Sample:
    """A trace as the card counts it, under these verdicts and the decision on them."""
    origins: defaultdict[int, set[str]] = defaultdict(set)
    for label in trace.labels:
        if label.value < 0 and label.kind != PROPAGATED:
            origins[label.step].add(label.code or "")
    flagged: defaultdict[int, set[str]] = defaultdict(set)
    for verdict in verdicts:
        if verdict.status == "fail":
            flagged[verdict.step].add(verdict.code or "")
    mutant = any(label.source == "mutant" for label in trace.labels)
    return Sample(
        key=trace.key,
        source="mutated" if mutant else "natural" if origins else "clean",
        steps=len(trace.steps),
        origins={step: frozenset(codes) for step, codes in origins.items()},
        bad=frozenset(label.step for label in trace.labels if label.value < 0),
        flagged={step: frozenset(codes) for step, codes in flagged.items()},
        kept=decide(verdicts, trace.ending, can_repair=False).outcome == "keep",
    )


@dataclass
class Measure:
    """The counts of one code (or of all): `right` and `wrong` steps failed, bad steps `caught`, caught under their own code `named`."""

    right: int = 0
    wrong: int = 0
    bad: int = 0
    caught: int = 0
    named: int = 0
    clean: int = 0
    firsts: int = 0
    located: int = 0

    @property
    def precision(self) -> Share:
        """Of the steps failed (with this code) that are known to be bad or clean, those that are bad."""
        return Share(self.right, self.right + self.wrong)

    @property
    def recall(self) -> Share:
        """Of the steps where this error happened, those that failed, whatever the code."""
        return Share(self.caught, self.bad)

    @property
    def naming(self) -> Share:
        """Of the steps where this error happened, those that failed with this very code."""
        return Share(self.named, self.bad)

    @property
    def false_rejection(self) -> Share:
        """Of the clean steps, those that failed (with this code)."""
        return Share(self.wrong, self.clean)

    @property
    def first_error(self) -> Share:
        """Of the traces that begin to go wrong with this error, those whose first failing step is that step."""
        return Share(self.located, self.firsts)

    def facts(self) -> dict[str, Any]:
        """As data."""
        shares = ("precision", "recall", "naming", "false_rejection", "first_error")
        return {name: getattr(self, name).facts() for name in shares}


@dataclass
class Figures:
    """Everything one way of judging comes to. `codes` has a measure for each code and for all, by kind of error and over both."""

    codes: dict[str, dict[str, Measure]] = field(default_factory=dict)
    faulty: int = 0
    caught: int = 0
    right: int = 0
    right_kept: int = 0
    confusions: Counter[tuple[str, str]] = field(default_factory=Counter)
    missed: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    unjust: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, samples: Iterable[Sample]) -> "Figures":
        """Count samples."""
        figures = cls()
        for sample in samples:
            figures._trace(sample)
            for kind in _kinds(sample.source):
                for step in range(sample.steps):
                    figures._step(kind, sample, step)
                figures._first(kind, sample)
            figures._examples(sample)
        return figures

    def of_code(self, code: str, kind: str = ALL) -> Measure:
        """The measure of a code; an empty one where nothing was counted. Clean steps are the same for every code."""
        measure = self.codes.get(kind, {}).get(code, Measure())
        measure.clean = self.codes.get(kind, {}).get(ALL, Measure()).clean
        return measure

    @property
    def catch_rate(self) -> Share:
        """Of the faulty traces, those not kept."""
        return Share(self.caught, self.faulty)

    @property
    def keep_precision(self) -> Share:
        """Of the kept traces, those without an error."""
        return Share(self.right_kept, self.right_kept + self.faulty - self.caught)

    @property
    def keep_recall(self) -> Share:
        """Of the traces without an error, those kept."""
        return Share(self.right_kept, self.right)

    def _measure(self, kind: str, code: str) -> Measure:
        return self.codes.setdefault(kind, {}).setdefault(code, Measure())

    def _trace(self, sample: Sample) -> None:
        wrong = bool(sample.bad)
        self.faulty += wrong
        self.caught += wrong and not sample.kept
        self.right += not wrong
        self.right_kept += not wrong and sample.kept

    def _step(self, kind: str, sample: Sample, step: int) -> None:
        failed = sample.flagged.get(step, frozenset())
        bad, clean = step in sample.bad, sample.clean(step)
        self._measure(kind, ALL).clean += clean
        for code in (*failed, ALL) if failed else ():
            self._measure(kind, code).right += bad
            self._measure(kind, code).wrong += clean
        for code in (*sample.origins[step], ALL) if step in sample.origins else ():
            measure = self._measure(kind, code)
            measure.bad += 1
            measure.caught += bool(failed)
            measure.named += code in failed or (code == ALL and bool(failed & sample.origins[step]))

    def _first(self, kind: str, sample: Sample) -> None:
        if sample.first is None:
            return
        located = sample.first == min(sample.flagged, default=None)
        for code in (*sample.origins.get(sample.first, ()), ALL):
            self._measure(kind, code).firsts += 1
            self._measure(kind, code).located += located

    def _examples(self, sample: Sample) -> None:
        for step, codes in sample.origins.items():
            failed = sample.flagged.get(step, frozenset())
            for code in codes:
                if not failed:
                    self.missed[code].append(f"{sample.key}:{step}")
                elif code not in failed:
                    self.confusions.update((code, other) for other in failed)
        for step, failed in sample.flagged.items():
            for code in failed if sample.clean(step) else ():
                self.unjust[code].append(f"{sample.key}:{step}")


def _kinds(source: Source) -> tuple[str, ...]:
    """The tables a trace counts in: clean traces in all."""
    return (ALL, "natural", "mutated") if source == "clean" else (ALL, source)


def _program_only(verdict: Verdict) -> bool:
    return verdict.source == "program"


def _answer_only(verdict: Verdict) -> bool:
    return verdict.grader == ANSWER_GRADER


def _critic_only(verdict: Verdict) -> bool:
    return verdict.source == "critic"


BASELINES: Mapping[str, Callable[[Verdict], bool]] = {
    "all good": lambda verdict: False,
    "final answer only": _answer_only,
    "program only": _program_only,
    "critic only": _critic_only,
}


class Labelled(NamedTuple):
    """A labelled trace with its verdicts, as judged with the oracle and with the oracle hidden."""

    trace: Trajectory
    seeing: Sequence[Verdict]
    blind: Sequence[Verdict]


@dataclass(frozen=True)
class Card:
    """The figures of one labelled set. A baseline that could not be run is None.

    `unaided` is `blind` without the traces whose errors all are of codes that need the oracle. `apart` has the traces whose errors leave
    the answer right and that only a critic decides; they are counted nowhere else.
    """

    seeing: Figures
    blind: Figures
    unaided: Figures
    baselines: Mapping[str, Figures | None]
    counts: Mapping[str, int]
    apart: Figures

    @classmethod
    def of(cls, judged: Iterable[Labelled]) -> "Card":
        """Count a labelled set once; only what counting needs is held."""
        samples: defaultdict[str, list[Sample]] = defaultdict(list)
        apart: list[Sample] = []
        critics = False
        for one in judged:
            sample = sample_of(one.trace, one.seeing)
            if for_critics(sample):
                apart.append(sample)
                continue
            samples["seeing"].append(sample)
            samples["blind"].append(sample_of(one.trace, one.blind))
            critics = critics or any(_critic_only(v) for v in one.seeing)
            for name, heard in BASELINES.items():
                samples[name].append(sample_of(one.trace, [v for v in one.seeing if heard(v)]))
            for name in heard_critics(one.seeing):
                samples[f"critic {name}"].append(sample_of(one.trace, alone(one.seeing, name)))
        figures = {name: Figures.of(some) for name, some in samples.items()}
        baselines = {name: figures.get(name) if critics or name != "critic only" else None for name in BASELINES}
        baselines |= {
            name: figures[name] for name in sorted(figures) if name.startswith("critic ") and name not in BASELINES
        }
        counts: Counter[str] = Counter(sample.source for sample in [*samples["seeing"], *apart])
        unaided = Figures.of(sample for sample in samples["blind"] if _unaided(sample))
        seeing, blind = figures.get("seeing", Figures()), figures.get("blind", Figures())
        return cls(seeing, blind, unaided, baselines, dict(counts), Figures.of(apart))


def for_critics(sample: Sample) -> bool:
    """Whether all errors of a trace leave its answer right and are of codes that only a critic decides."""
    codes = {code for codes in sample.origins.values() for code in codes}
    return bool(codes) and codes <= CRITIC_ONLY


def _unaided(sample: Sample) -> bool:
    """Whether a trace is clean, or has an error that by the table of codes needs no oracle to be found."""
    codes = {code for codes in sample.origins.values() for code in codes if code in BY_CODE}
    return sample.source == "clean" or any(BY_CODE[code].oracle == "no" for code in codes)
