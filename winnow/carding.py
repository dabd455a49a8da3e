"""The grader card of a run with labels, or of a labelled set made for it and thrown away."""

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from graders.base import Case, all_graders, judge_all
from graders.card import Card, Labelled
from traces.ledger import Ledger
from traces.record import Trajectory
from winnow.folder import RunFolder
from winnow.invocation import command
from winnow.labelled import Build, Made

CARD = "card.json"
"""Where the card of a run is kept, in its folder."""


class NoLabels(ValueError):
    """A run has no trace whose errors are known."""


def decided() -> frozenset[str]:
    """The codes that some program gives a verdict under."""
    return frozenset(code for grader in all_graders().values() for code in grader.codes)


def card_of(run: Path, *, just_judged: bool = False) -> Card:
    """Judge the labelled traces of a run afresh, with the oracle and without, and count. Critics' verdicts are taken as they are stored.

    What was judged a moment ago by these very graders need not be judged with the oracle once more.

    Raises:
        FolderError: there is no run.
        NoLabels: nothing is known of any error in it.
    """
    with Ledger.open(RunFolder.open(run).ledger, readonly=True) as ledger:
        card = Card.of(_judged(ledger, just_judged))
    if not card.seeing.faulty:
        raise NoLabels(
            f"{run}: no trace has a label that names an error. Make a labelled set: {command('errors', 'build', '-o', 'RUN')}"
        )
    return card


def fresh_card(
    per_code: int, documents: int, seed: int, workers: int | None, build: Callable[[Build], Made]
) -> tuple[Card, Made]:
    """The card of a labelled set that is made for it."""
    with tempfile.TemporaryDirectory(prefix="winnow-card-") as folder:
        run = Path(folder) / "labelled"
        made = build(Build(run, per_code, documents, seed, workers))
        return card_of(run, just_judged=True), made


def _judged(ledger: Ledger, just_judged: bool) -> Iterator[Labelled]:
    graders = tuple(all_graders().values())
    for trace in ledger.trajectories():
        if _counts(trace):
            critics = [v for v in trace.verdicts if v.source == "critic"]
            seeing = trace.verdicts if just_judged else (*judge_all(Case.of(trace), graders), *critics)
            yield Labelled(trace, seeing, judge_all(Case.of(trace, oracle=False), graders))


def _counts(trace: Trajectory) -> bool:
    """Whether it is known which steps are wrong: the teacher logs its slips, a mutator what it plants. Broken attempts do not count."""
    teacher = trace.lineage.model.partition("@")[0] == "teacher"
    logged = teacher or any(label.source == "mutant" for label in trace.labels)
    return logged and trace.ending.kind not in ("model_error", "error")
