"""Rounds of rejection sampling: the newest model makes attempts, graders keep what is right, the next is trained on all that was kept.

Round 0 is a model trained on the teacher's kept traces. All models see the same number of tokens, and each is asked the same held-out
tasks without sampling. The rounds end when one is no better than the best before it: then more of the same would not help.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from graders.wilson import Share
from scenarios.loading import load_scenario
from traces.ledger import Ledger
from winnow.folder import RunFolder
from winnow.training.ablation import ELSEWHERE, learn, teach
from winnow.training.driving import drive, finished, served
from winnow.training.outcomes import Interval, Outcome, difference, outcomes, queries, share


@dataclass(frozen=True)
class Plan:
    """`tasks` are the held-out ones, `fresh` those that a model tries each round, `attempts` times each, `train` the teacher's."""

    scenario: Path
    folder: Path
    rounds: int
    tasks: int
    fresh: int
    attempts: int = 2
    train: int = 0
    tokens: int = 0
    size: str = "tiny"
    seed: int = 0

    @property
    def log(self) -> Path:
        return self.folder / "log.txt"

    def model(self, number: int) -> Path:
        return self.folder / "models" / f"round-{number}"

    def sampled(self, number: int) -> Path:
        """What a round's model is trained on beside what was there before: in round 0 the teacher's run."""
        return self.folder / "runs" / (f"sampled-{number}" if number else "teacher")

    def asked(self, number: int) -> Path:
        return self.folder / "runs" / f"held-out-{number}"


class Round(NamedTuple):
    """`made` is the share kept of what its training rows were chosen from; `gain` is over the best round before."""

    number: int
    made: Share
    held_out: tuple[Outcome, ...]
    gain: Interval | None

    @property
    def success(self) -> Share:
        return share(self.held_out)


def carry_out(plan: Plan, tell: Callable[[str], None]) -> Iterator[Round]:
    """Round after round. Raises TrainingError, ScenarioError."""
    for part in ("models", "runs"):
        (plan.folder / part).mkdir(parents=True, exist_ok=True)
    best: Round | None = None
    for number in range(plan.rounds + 1):
        tell(
            f"round {number}: {'the teacher' if number == 0 else f'the model of round {number - 1}'} at work, then training"
        )
        found = _round(plan, number, best)
        yield found
        if best and found.success.hits <= best.success.hits:
            tell(f"round {number} is no better than round {best.number}: here the rounds end")
            return
        best = found


def _round(plan: Plan, number: int, best: Round | None) -> Round:
    if number == 0:
        teach(plan.scenario, plan.sampled(0), plan.log, plan.train)
    else:
        _drive(plan, number - 1, plan.sampled(number), plan.fresh, number, 1.0, plan.attempts)
    learnt_from = [plan.sampled(earlier) for earlier in range(number + 1)]
    learn(plan.model(number), learnt_from, plan.log, ("--size", plan.size), plan.seed, plan.tokens)
    _drive(plan, number, plan.asked(number), plan.tasks, ELSEWHERE, 0.0, 1)
    seen = frozenset().union(*(queries(run) for run in learnt_from))
    held_out = tuple(outcomes(plan.asked(number), seen))
    gain = difference([held_out], [best.held_out]) if best else None
    return Round(number, _made(plan.sampled(number)), held_out, gain)


def _drive(plan: Plan, model: int, out: Path, tasks: int, further: int, temperature: float, attempts: int) -> None:
    if finished(out):
        return
    seed = load_scenario(plan.scenario, []).seed + further
    with served(plan.model(model), plan.log) as url:
        settings = {"tasks": tasks, "seed": seed, "attempts": attempts}
        drive(plan.scenario, plan.model(model), url, out, plan.log, temperature=temperature, **settings)


def _made(run: Path) -> Share:
    with Ledger.open(RunFolder(run).ledger, readonly=True) as ledger:
        total = ledger.counts().total
    return Share(total.kept, total.attempts)


def table(rounds: list[Round]) -> str:
    """The rounds in Markdown."""
    lines = [
        "# Rounds",
        "",
        "| round | kept of what was tried | held-out success | over the best before, points |",
        "|---:|---|---|---|",
    ]
    for one in rounds:
        gain = one.gain.words() if one.gain else ""
        lines.append(f"| {one.number} | {_told(one.made)} | {_told(one.success)} | {gain} |")
    return "\n".join([*lines, ""])


def _told(part: Share) -> str:
    if part.value is None or part.interval is None:
        return "-"
    return f"{part.value:.1%} of {part.of:,} ({part.interval[0]:.1%} to {part.interval[1]:.1%})"
