"""How well programs tell whether two attempts at a task give the same answer: `python -m benchmarks.agreement RUN...`.

Over the attempts of runs whose tasks have an oracle: pairs of two right answers should be the same, pairs of a right and a wrong one
different. Pairs of the same words are left out. A run to measure on: every family, four attempts, repairs off.
"""

import sys
from collections import Counter, defaultdict
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from graders.agreement import same_answer
from graders.outcome import outcome
from traces.ledger import Ledger

LEFT_OUT = ("free", "program")
"""Kinds of answers that are not compared by what they say."""


class Said(NamedTuple):
    """An attempt's answer, and whether it is right."""

    right: bool
    text: str
    query: str


def answers(run: Path) -> dict[str, list[Said]]:
    """What was answered to each task; answers that nobody can tell to be right or wrong are left out."""
    found: defaultdict[str, list[Said]] = defaultdict(list)
    with Ledger.open(run / "ledger.sqlite", readonly=True) as ledger:
        for trace in ledger.trajectories(verdicts=False):
            oracle = trace.task.oracle
            if oracle is None or oracle.answer.kind in LEFT_OUT or trace.ending.kind != "answered":
                continue
            text = trace.messages[-1].content
            status = outcome(oracle.answer, text, trace.task.query).status
            if status in ("right", "wrong"):
                found[trace.lineage.task].append(Said(status == "right", text, trace.task.query))
    return found


def main(runs: list[Path]) -> None:
    """Print what programs say of the pairs."""
    told: Counter[tuple[str, str]] = Counter()
    for said in (said for run in runs for said in answers(run).values()):
        for one, other in combinations(said, 2):
            if one.text != other.text and (one.right or other.right):
                kind = "two right answers" if one.right and other.right else "a right and a wrong one"
                told[kind, same_answer(one.text, other.text, one.query)] += 1
    for kind in ("two right answers", "a right and a wrong one"):
        total = sum(n for (which, _), n in told.items() if which == kind)
        shares = (f"{verdict} {told[kind, verdict]}" for verdict in ("equal", "different", "undecided"))
        print(f"{kind}: {total} pairs: {', '.join(shares)}")


if __name__ == "__main__":
    main([Path(run) for run in sys.argv[1:]])
