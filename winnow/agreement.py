"""How the graders agree with labels that came with the traces: a file's, a person's, or the teacher's own log of its mistakes.

Steps: a step counts as flagged where a verdict on it failed; labels of 0 (neutral) are counted apart. The teacher logs every mistake, so
its steps up to the first are right; what comes after may build on it, and counts only where it is labelled itself. Of other traces only
labelled steps count. Traces: one is wrong where its label or any step's says so, right where something says that it is and
nothing that it is not; one that was sent back for repair counts as not kept.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from graders.wilson import Share
from traces.ledger import Ledger
from traces.record import Trajectory, Verdict

_TRACE = "trace"
_LOGGED = ("fault", "mutant")
_TEACHER = "teacher"


class Labels(NamedTuple):
    """What is known of a trace: each labelled step's mark, the code of those that have one, and whether the whole is right."""

    steps: Mapping[int, int]
    codes: Mapping[int, str]
    right: bool | None

    @property
    def first_error(self) -> int | None:
        return min((step for step, mark in self.steps.items() if mark < 0), default=None)


def labels_of(trace: Trajectory) -> Labels | None:
    """The labels of a trace; None where it came without any."""
    logged = trace.lineage.model.partition("@")[0] == _TEACHER or any(b.source in _LOGGED for b in trace.labels)
    if not trace.labels and not logged:
        return None
    given = [b for b in trace.labels if b.kind != _TRACE]
    first = min((b.step for b in given if b.value < 0), default=len(trace.steps))
    steps: dict[int, int] = dict.fromkeys(range(first), 1) if logged else {}
    for label in given:
        steps[label.step] = min(label.value, steps.get(label.step, 1))
    whole = [b.value for b in trace.labels if b.kind == _TRACE]
    marks = [*steps.values(), *whole]
    right = False if -1 in marks else True if 1 in marks else None
    return Labels(steps, {b.step: b.code for b in given if b.code and b.value < 0}, right)


@dataclass
class Tally:
    """Steps flagged by something, by what their label says; `labelled` counts the steps whose label names this very code."""

    wrong: int = 0
    right: int = 0
    neutral: int = 0
    labelled: int = 0
    labelled_flagged: int = 0

    @property
    def precision(self) -> Share:
        return Share(self.wrong, self.wrong + self.right)

    @property
    def recall(self) -> Share:
        return Share(self.labelled_flagged, self.labelled)

    def facts(self) -> dict[str, Any]:
        """As data."""
        return {
            "precision": self.precision.facts(),
            "recall": self.recall.facts(),
            "on_wrong": self.wrong,
            "on_right": self.right,
            "on_neutral": self.neutral,
        }

    def flag(self, mark: int) -> None:
        """Count a flagged step."""
        self.wrong += mark < 0
        self.right += mark > 0
        self.neutral += mark == 0


@dataclass
class Agreement:
    """The counts over a run; `of` makes them."""

    traces: int = 0
    labelled: int = 0
    unjudged: int = 0
    steps: Tally = field(default_factory=Tally)
    wrong_steps: int = 0
    right_steps: int = 0
    neutral_steps: int = 0
    located: int = 0
    located_of: int = 0
    right_traces: int = 0
    right_kept: int = 0
    wrong_traces: int = 0
    wrong_kept: int = 0
    codes: defaultdict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    graders: defaultdict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))

    @classmethod
    def of(cls, ledger: Ledger) -> "Agreement":
        """Go once through every trajectory."""
        found = cls()
        for trace in ledger.trajectories(times=False):
            found.add(trace)
        return found

    def add(self, trace: Trajectory) -> None:
        """Take a trace into account."""
        self.traces += 1
        labels = labels_of(trace)
        if labels is None:
            return
        if trace.decision is None:
            self.unjudged += 1
            return
        self.labelled += 1
        failing = [verdict for verdict in trace.verdicts if verdict.status == "fail"]
        self._steps(labels, failing)
        self._place(labels, failing)
        self._whole(labels, trace.decision.outcome == "keep")

    def _steps(self, labels: Labels, failing: Iterable[Verdict]) -> None:
        flagged: defaultdict[int, list[Verdict]] = defaultdict(list)
        for verdict in failing:
            flagged[verdict.step].append(verdict)
        for step, mark in labels.steps.items():
            self.wrong_steps += mark < 0
            self.right_steps += mark > 0
            self.neutral_steps += mark == 0
            self._step(mark, labels.codes.get(step), flagged.get(step, []))

    def _step(self, mark: int, code: str | None, failing: list[Verdict]) -> None:
        if failing:
            self.steps.flag(mark)
        found = {verdict.code for verdict in failing if verdict.code}
        for each in found:
            self.codes[each].flag(mark)
        for name in {verdict.grader for verdict in failing}:
            self.graders[name].flag(mark)
        if code:
            self.codes[code].labelled += 1
            self.codes[code].labelled_flagged += code in found

    def _place(self, labels: Labels, failing: list[Verdict]) -> None:
        first = labels.first_error
        if first is not None:
            self.located_of += 1
            self.located += first == min((verdict.step for verdict in failing), default=None)

    def _whole(self, labels: Labels, kept: bool) -> None:
        if labels.right:
            self.right_traces += 1
            self.right_kept += kept
        elif labels.right is not None:
            self.wrong_traces += 1
            self.wrong_kept += kept

    def shares(self) -> dict[str, Share]:
        """The figures, by name."""
        return {
            "step_precision": self.steps.precision,
            "step_recall": Share(self.steps.wrong, self.wrong_steps),
            "neutral_steps_flagged": Share(self.steps.neutral, self.neutral_steps),
            "first_error_accuracy": Share(self.located, self.located_of),
            "false_rejection": Share(self.right_traces - self.right_kept, self.right_traces),
            "catch_rate": Share(self.wrong_traces - self.wrong_kept, self.wrong_traces),
            "keep_precision": Share(self.right_kept, self.right_kept + self.wrong_kept),
            "keep_recall": Share(self.right_kept, self.right_traces),
        }

    def facts(self) -> dict[str, Any]:
        """As data."""
        return {
            "traces": self.traces,
            "labelled": self.labelled,
            "not_judged": self.unjudged,
            "steps": {"wrong": self.wrong_steps, "right": self.right_steps, "neutral": self.neutral_steps},
            **{name: share.facts() for name, share in self.shares().items()},
            "by_code": {code: tally.facts() for code, tally in sorted(self.codes.items())},
            "by_grader": {name: tally.facts() for name, tally in sorted(self.graders.items())},
        }
