"""An ablation: one run of the teacher, a model for each arm and seed, and each model's attempts at tasks none of them has seen.

All in one folder, by the same commands a user types. What stands there is not done again, so it goes on where it was broken off.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from scenarios.loading import load_scenario
from winnow.training.arms import Arm, stand_ins
from winnow.training.driving import do, drive, finished, served
from winnow.training.outcomes import Outcome, outcomes, queries

ELSEWHERE = 1_000_003
"""Added to the scenario's seed for the held-out tasks: another world, other names, other numbers."""


@dataclass(frozen=True)
class Plan:
    """What to compare. `tasks` are the held-out ones; `train` tasks of the scenario's own number are the teacher's where it is 0.

    `jobs` models are trained and asked side by side, each on one thread.
    """

    scenario: Path
    folder: Path
    arms: tuple[Arm, ...]
    seeds: int
    tasks: int
    tokens: int = 0
    train: int = 0
    size: str = "tiny"
    temperatures: tuple[float, ...] = (0.0, 1.0)
    jobs: int = 1

    @property
    def teacher(self) -> Path:
        return self.folder / "teacher"

    @property
    def log(self) -> Path:
        return self.folder / "log.txt"

    def model(self, arm: Arm, seed: int) -> Path:
        return self.folder / "models" / f"{arm.name}-{seed}"

    def run(self, arm: Arm, seed: int, temperature: float) -> Path:
        return self.folder / "runs" / f"{arm.name}-{seed}-at-{temperature:g}"


class Cell(NamedTuple):
    """What the models of an arm did at a temperature: outcomes by seed.

    `models` is the arm whose models they are, where it has none of its own.
    """

    arm: str
    temperature: float
    by_seed: tuple[tuple[Outcome, ...], ...]
    models: str = ""

    @property
    def together(self) -> list[Outcome]:
        return [outcome for seed in self.by_seed for outcome in seed]


def carry_out(plan: Plan, tell: Callable[[str], None]) -> list[Cell]:
    """Do what is not yet done, and gather it. Raises TrainingError, ScenarioError."""
    for part in ("models", "runs"):
        (plan.folder / part).mkdir(parents=True, exist_ok=True)
    if not finished(plan.teacher):
        tell("the teacher's run")
    teach(plan.scenario, plan.teacher, plan.log, plan.train)
    instead = stand_ins(plan.teacher / "ledger.sqlite", plan.arms)
    pool = ThreadPoolExecutor(plan.jobs)
    try:
        trained = dict.fromkeys(instead.values())
        waiting = [pool.submit(_model, plan, arm, seed, tell) for seed in range(plan.seeds) for arm in trained]
        for one in waiting:
            one.result()
    finally:
        pool.shutdown(cancel_futures=True)  # what is under way ends, as it could be gone on with; nothing new is begun
    return list(gathered(plan, instead))


def _model(plan: Plan, arm: Arm, seed: int, tell: Callable[[str], None]) -> None:
    """One model from its training to its last answer; what stands is neither done nor told again."""
    if not (plan.model(arm, seed) / "config.json").exists():
        tell(f"arm {arm.name}, seed {seed}: training")
    learn(plan.model(arm, seed), (plan.teacher,), plan.log, (*arm.options, "--size", plan.size), seed, plan.tokens)
    waiting = [t for t in plan.temperatures if not finished(plan.run(arm, seed, t))]
    if waiting:
        tell(
            f"arm {arm.name}, seed {seed}: {plan.tasks} tasks at temperature {' and '.join(f'{t:g}' for t in waiting)}"
        )
        _ask(plan, arm, seed, waiting)


def teach(scenario: Path, out: Path, log: Path, tasks: int) -> None:
    """The teacher's run, unless it stands."""
    if finished(out):
        return
    options = ["--resume"] if (out / "ledger.sqlite").exists() else []
    do(log, "run", scenario, *(("-n", tasks) if tasks else ()), *options, "-o", out, fine=(0, 3))


def learn(model: Path, runs: Sequence[Path], log: Path, options: Sequence[str], seed: int, tokens: int) -> None:
    """A model, unless it stands."""
    if not (model / "config.json").exists():
        more = [*options, "--seed", seed, "--tokens", tokens, *(["--resume"] if model.exists() else [])]
        do(log, "train", *runs, "--out", model, *more)


def _ask(plan: Plan, arm: Arm, seed: int, waiting: Sequence[float]) -> None:
    elsewhere = load_scenario(plan.scenario, []).seed + ELSEWHERE
    model = plan.model(arm, seed)
    with served(model, plan.log) as url:
        for temperature in waiting:
            out = plan.run(arm, seed, temperature)
            drive(plan.scenario, model, url, out, plan.log, tasks=plan.tasks, seed=elsewhere, temperature=temperature)


def gathered(plan: Plan, instead: Mapping[str, Arm]) -> Iterator[Cell]:
    """What the runs hold, in the order of the arms; those of another arm where its models stand for this one's."""
    seen = queries(plan.teacher)
    for temperature in plan.temperatures:
        for arm in plan.arms:
            runs = [plan.run(instead[arm.name], seed, temperature) for seed in range(plan.seeds)]
            done = tuple(tuple(outcomes(run, seen)) for run in runs if run.exists())
            yield Cell(arm.name, temperature, done, "" if instead[arm.name] is arm else instead[arm.name].name)


def families(cells: Sequence[Cell]) -> Mapping[str, None]:
    """The families that stand in cells, by name."""
    return dict.fromkeys(sorted({outcome.family for cell in cells for outcome in cell.together}))
