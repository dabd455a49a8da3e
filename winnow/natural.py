"""The natural errors of a model: what the oracle finds wrong in its attempts, and how much of that is found without the oracle.

The teacher logs its slips and a mutator what it plants; of another model's mistakes nobody has a log. Here the oracle is the label: an
attempt is faulty where a grader of `graders/oracle` fails a step, and it is that step. Measured are the programs with the oracle hidden.

Limits: what an oracle cannot see (a call made twice, advice that was not asked for) counts as right here, and a program that objects to it
as mistaken. So a figure for precision would say little, and none is given.
"""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from graders import oracle
from graders.base import Case, Grader, all_graders, judge_all
from graders.card import ALL, Figures, Sample, sample_of
from graders.card_page import Section, short
from graders.codes import BY_CODE
from traces.ledger import Ledger
from traces.record import Trajectory
from winnow.folder import RunFolder


class Natural(NamedTuple):
    """The figures of the attempts of some models, with the oracle hidden from the graders."""

    models: tuple[str, ...]
    attempts: int
    figures: Figures

    def facts(self) -> dict[str, Any]:
        """As data."""
        figures = self.figures
        return {
            "labelled_by": "oracle",
            "models": list(self.models),
            "attempts": self.attempts,
            "faulty": figures.faulty,
            "without_oracle": {
                "catch_rate": figures.catch_rate.facts(),
                "keep_precision": figures.keep_precision.facts(),
                "keep_recall": figures.keep_recall.facts(),
                "recall": {code: figures.of_code(code).recall.facts() for code in _codes(figures)},
            },
        }

    def section(self) -> Section:
        """As a table: by code, and for the decision."""
        figures = self.figures
        rows = [
            (code, BY_CODE[code].name, str((one := figures.of_code(code)).bad), short(one.recall), "")
            for code in _codes(figures)
        ]
        every = figures.of_code(ALL)
        rows.append((ALL, "", str(every.bad), short(every.recall), short(figures.catch_rate)))
        head = ("code", "name", "steps", "failed", "attempts not kept")
        return Section("Errors by the oracle, judged without it, in %", head, rows)


def natural(run: Path) -> Natural:
    """Judge the attempts of a run's models, the teacher left out. Raises FolderError, LedgerError."""
    graders = tuple(all_graders().values())
    truth = tuple(grader for grader in graders if type(grader).__module__.startswith(f"{oracle.__name__}."))
    with Ledger.open(RunFolder.open(run).ledger, readonly=True) as ledger:
        judged = [(trace.lineage.model, _sample(trace, graders, truth)) for trace in _attempts(ledger)]
    return Natural(tuple(sorted({model for model, _ in judged})), len(judged), Figures.of(one for _, one in judged))


def _attempts(ledger: Ledger) -> Iterator[Trajectory]:
    for trace in ledger.trajectories():
        own = trace.lineage.model.partition("@")[0] != "teacher" and not trace.labels
        if own and trace.task.oracle and trace.ending.kind not in ("model_error", "error"):
            yield trace


def _sample(trace: Trajectory, graders: tuple[Grader, ...], truth: tuple[Grader, ...]) -> Sample:
    """An attempt as judged without the oracle, and as wrong as the oracle says."""
    origins: defaultdict[int, set[str]] = defaultdict(set)
    for verdict in judge_all(Case.of(trace), truth):
        if verdict.status == "fail":
            origins[verdict.step].add(verdict.code or "")
    blind = sample_of(trace, judge_all(Case.of(trace, oracle=False), graders))
    return blind._replace(
        source="natural" if origins else "clean",
        origins={step: frozenset(codes) for step, codes in origins.items()},
        bad=frozenset(origins),
    )


def _codes(figures: Figures) -> list[str]:
    return sorted(code for code in figures.codes.get(ALL, {}) if code != ALL and figures.of_code(code).bad)
