"""`winnow train`: a tiny model from a run's rows."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from winnow.commands import Refusal, console


def train(
    runs: Annotated[list[Path], typer.Argument(metavar="RUN...", help="Folders of runs.")],
    out: Annotated[
        Path, typer.Option("-o", "--out", help="A new or empty folder for the model; its name is the model's.")
    ],
    rows: Annotated[
        Literal["kept", "all", "masked"],
        typer.Option(help="What was kept; or every judged first try, whole or with its wrong turns masked."),
    ] = "kept",
    where: Annotated[str, typer.Option(help="Which of them, such as: family != 'csv_file'")] = "",
    leak: Annotated[
        float,
        typer.Option(min=0, max=1, help="Share of what was rejected to train on too, as a worse grader would have it."),
    ] = 0.0,
    size: Annotated[str, typer.Option(help="tiny: a million parameters; test: for tests.")] = "tiny",
    tokens: Annotated[int, typer.Option(min=0, help="Tokens to see. [default: by size]")] = 0,
    seed: Annotated[int, typer.Option(help="Seed of weights and order.")] = 0,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with the training in the folder.")] = False,
) -> None:
    """Train a tiny model from nothing on what a run kept, on one processor core. Needs the extra `train`."""
    from traces.export import ExportError, SelectError
    from traces.ledger import LedgerError
    from winnow.folder import FolderError
    from winnow.training.needs import TrainingError
    from winnow.training.telling import shown
    from winnow.training.train import Asked
    from winnow.training.train import train as fit

    asked = Asked(tuple(map(str, runs)), rows, where, leak, size, tokens, seed)
    try:
        with shown(console()) as tell:
            done = fit(asked, out, tell, resume=resume)
    except (TrainingError, ExportError, SelectError, LedgerError, FolderError) as error:
        raise Refusal(error) from error
    console().print(
        f"{done.tokens:,} tokens in {done.seconds:.0f} s of processor time, loss {done.loss:.3f}\n"
        f"card     {out / 'README.md'}\nserve    winnow serve {out}",
        soft_wrap=True,
    )
