"""A trained model drives a run: the command `winnow serve` and the command `winnow run` beside it, as a user would type them."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import orjson

from winnow.stops import COMPLETE
from winnow.training.needs import TrainingError

MOST_TOKENS = 256
"""Of a reply: what does not end by then is going round in circles."""


def command(*arguments: object) -> list[str]:
    """A command line of this program."""
    return [sys.executable, "-m", "winnow", *map(str, arguments)]


def do(log: Path, *arguments: object, fine: tuple[int, ...] = (0,)) -> None:
    """Carry out a command, its output in a file. Raises TrainingError where it ends otherwise."""
    with log.open("ab") as out:
        code = subprocess.run(command(*arguments), stdout=out, stderr=subprocess.STDOUT, check=False).returncode
    if code not in fine:
        raise TrainingError(f"`winnow {' '.join(map(str, arguments))}` ended with {code}; what it said is in {log}")


def finished(run: Path) -> bool:
    """Whether a run came to its end: then it is not asked to go on, which newer graders would not let it."""
    try:
        return bool(orjson.loads((run / "summary.json").read_bytes())["stop"] in COMPLETE)
    except (OSError, orjson.JSONDecodeError):
        return False


@contextmanager
def served(model: Path, log: Path) -> Iterator[str]:
    """The address of a model's server, while it stands. Raises TrainingError where it does not come up."""
    with log.open("ab") as err:
        process = subprocess.Popen(command("serve", model, "--port", 0), stdout=subprocess.PIPE, stderr=err, text=True)
    try:
        assert process.stdout is not None, "its output is piped"
        line = process.stdout.readline()
        if not line:
            raise TrainingError(f"{model}: its server did not come up; what it said is in {log}")
        yield line.split()[-1]
    finally:
        process.terminate()
        process.wait()


def drive(
    scenario: Path,
    model: Path,
    url: str,
    out: Path,
    log: Path,
    *,
    tasks: int,
    seed: int,
    temperature: float,
    attempts: int = 1,
) -> None:
    """A run of the scenario with other tasks, worlds and names by the seed, without repair; gone on with where it was begun."""
    settings = {
        "models.solver.base_url": url,
        "models.solver.temperature": temperature,
        "models.solver.max_tokens": MOST_TOKENS,
        "attempts": attempts,
        "repair.rounds": 0,
        "concurrency.attempts": 1,
        "abort_if.error_rate": 1,
    }
    options = [part for name, value in settings.items() for part in ("--set", f"{name}={value}")]
    options += ["--resume"] if (out / "ledger.sqlite").exists() else []
    do(
        log,
        "run",
        scenario,
        "-n",
        tasks,
        "--seed",
        seed,
        "--model",
        f"openai:{model.name}",
        *options,
        "-o",
        out,
        fine=(0, 1, 3),
    )
