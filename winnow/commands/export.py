"""`winnow export`: kept trajectories as training data."""

from pathlib import Path
from typing import Annotated

import typer

from winnow.commands import Refusal, RunPath, console, open_ledger


def export(
    run: RunPath,
    format: Annotated[str, typer.Option(help="openai or trl.")] = "openai",
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Folder for the files; new or empty.")] = None,
) -> None:
    """Write the kept trajectories as function-calling training data."""
    from traces.export import ExportError
    from traces.export import export as write

    folder = output or run / "exports" / format
    try:
        with open_ledger(run) as ledger:
            report = write(ledger, format, folder)
    except ExportError as error:
        raise Refusal(error) from error
    console().print(str(report), markup=False)
