"""`winnow export`: trajectories as training data."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from winnow.commands import Refusal, RunPath, console, open_ledger


def export(
    run: RunPath,
    format: Annotated[str, typer.Option(help="Which format; an unknown one lists them all.")] = "openai",
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="A new or empty folder. [default: in RUN]")
    ] = None,
    where: Annotated[str, typer.Option(help="Which rows, such as: tools >= 2 and difficulty > 3")] = "",
    select: Annotated[Literal["all", "best", "shortest"], typer.Option(help="Which attempts of a task.")] = "all",
    max_per_task: Annotated[int | None, typer.Option(help="The most rows of one task.")] = None,
    split: Annotated[float, typer.Option(help="Share of tasks for a test split, 0 to 1.")] = 0.0,
    transform: Annotated[
        list[str] | None, typer.Option(help="Fit rows to a target; an unknown one lists them all.")
    ] = None,
    check: Annotated[int, typer.Option(min=0, max=1, help="1 also loads the files with datasets and compares.")] = 0,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be written, and write nothing.")] = False,
) -> None:
    """Write the kept trajectories as function-calling training data. Exit code 4 where rows were refused by the checks."""
    from traces.export import ExportError, Options, SelectError, preview, prove
    from traces.export import export as write
    from traces.ledger import LedgerError

    folder = output or run / "exports" / format
    try:
        options = Options(
            where=where,
            pick=select,
            per_task=max_per_task,
            test=split,
            transforms=tuple(transform or ()),
            about=about(run),
        )
        with open_ledger(run) as ledger:
            report = preview(ledger, format, options) if dry_run else write(ledger, format, folder, options)
        differences = prove(folder) if check and not dry_run else []
    except (ExportError, SelectError, LedgerError) as error:
        raise Refusal(error) from error
    console().print(report.words(), markup=False, soft_wrap=True)
    if check and not dry_run:
        told = "\n".join(differences) or "loaded with datasets: every row came back as it was written"
        console().print(told, markup=False, soft_wrap=True)
    raise typer.Exit(0 if report.ok and not differences else 4)


def about(run: Path) -> dict[str, str]:
    """What the dataset card says of the run."""
    from winnow.folder import RunFolder

    try:
        scenario = RunFolder.open(run).scenario()
    except Exception:  # an imported run has no scenario, and a card can do without
        return {}
    return {"scenario": scenario.name, "seed": str(scenario.seed), "solver": scenario.models.solver.model}
