"""`winnow regrade`: judge a run's traces again."""

from pathlib import Path
from typing import Annotated

import typer

from winnow.commands import AsJson, Refusal, RunPath, console


def regrade(
    run: RunPath,
    graders: Annotated[
        str | None,
        typer.Option(metavar="A,B", help="Judge by these graders alone. [default: all, critics' verdicts kept]"),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="RUN2", help="A new or empty folder. [default: RUN-regraded]"),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Give the stored traces of a run new verdicts, in a new run, and say which decisions changed and why."""
    import orjson

    from traces.ledger import LedgerError
    from winnow.folder import FolderError
    from winnow.judging import UnknownGrader
    from winnow.regrading import Regrade

    named = None if graders is None else tuple(name.strip() for name in graders.split(",") if name.strip())
    folder = output or run.with_name(f"{run.resolve().name}-regraded")
    try:
        changes = Regrade(run, folder, named).run()
    except (FolderError, LedgerError, UnknownGrader) as error:
        raise Refusal(error) from error
    if as_json:
        print(orjson.dumps({"folder": str(folder), **changes.facts()}, option=orjson.OPT_INDENT_2).decode())
    else:
        changes.print(console(), folder)
