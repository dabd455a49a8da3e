"""`winnow verify`: run a run's recorded calls again."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from winnow.commands import AsJson, Refusal, RunPath, console

if TYPE_CHECKING:
    from winnow.regrading import Changes
    from winnow.verification import Verified


def verify(
    run: RunPath,
    sample: Annotated[
        str, typer.Option(metavar="SHARE", help="Share of the trajectories, such as 2%; always the same ones.")
    ] = "all",
    fail_on: Annotated[
        Literal["differs"] | None, typer.Option(help="Exit with 1 where a call gives something else now.")
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", metavar="RUN2", help="Also write a copy of the run with what came of it as verdicts."
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Run the recorded tool calls of a run again, and name those that give something else now. Changes nothing of the run.

    With -o a copy of the run has the verdicts of `reproduction`: a step with a call that differs fails, so its trajectory is not kept, and
    `--where 'reproduction == "differs"'` finds it.
    """
    import asyncio

    import orjson

    from traces.ledger import LedgerError
    from winnow.folder import FolderError
    from winnow.verification import Verification, VerificationError, share_of

    try:
        verified = asyncio.run(Verification(run, share_of(sample)).run())
    except (FolderError, LedgerError, VerificationError) as error:
        raise Refusal(error) from error
    changes = _stored(run, output, verified) if output else None
    if as_json:
        facts = verified.facts() | ({"folder": str(output), "stored": changes.facts()} if changes else {})
        print(orjson.dumps(facts, option=orjson.OPT_INDENT_2).decode())
    else:
        verified.print(console())
        if changes and output:
            changes.print(console(), output)
    if fail_on and verified.differing:
        raise typer.Exit(1)


def _stored(run: Path, output: Path, verified: "Verified") -> "Changes":
    """The verdicts written into a copy of the run."""
    from winnow.folder import FolderError
    from winnow.reproducing import Reproducing

    try:
        return Reproducing(run, output, verified).run()
    except FolderError as error:
        raise Refusal(error) from error
