"""`winnow verify`: run a run's recorded calls again."""

from typing import Annotated, Literal

import typer

from winnow.commands import AsJson, Refusal, RunPath, console


def verify(
    run: RunPath,
    sample: Annotated[
        str, typer.Option(metavar="SHARE", help="Share of the trajectories, such as 2%; always the same ones.")
    ] = "all",
    fail_on: Annotated[
        Literal["differs"] | None, typer.Option(help="Exit with 1 where a call gives something else now.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Run the recorded tool calls of a run again, and name those that give something else now. Changes nothing."""
    import asyncio

    import orjson

    from traces.ledger import LedgerError
    from winnow.folder import FolderError
    from winnow.verification import Verification, VerificationError, share_of

    try:
        verified = asyncio.run(Verification(run, share_of(sample)).run())
    except (FolderError, LedgerError, VerificationError) as error:
        raise Refusal(error) from error
    if as_json:
        print(orjson.dumps(verified.facts(), option=orjson.OPT_INDENT_2).decode())
    else:
        verified.print(console())
    if fail_on and verified.differing:
        raise typer.Exit(1)
