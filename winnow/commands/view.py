"""`winnow view`: look at trajectories in a browser."""

from pathlib import Path
from typing import Annotated

import typer

from winnow.commands import Refusal, console, key_meant, open_ledger

PATIENCE = 10
"""Niceness of the server: a run that goes on beside it comes first."""


def view(
    runs: Annotated[
        list[Path] | None, typer.Argument(metavar="[RUN]...", help="Folders of runs. [default: all in outputs/]")
    ] = None,
    port: Annotated[int, typer.Option(help="Port; 0 takes a free one.", min=0, max=65535)] = 8642,
    host: Annotated[
        str, typer.Option(help="Address to listen on. Other than this machine's own, a token is asked for.")
    ] = "127.0.0.1",
    html: Annotated[
        Path | None, typer.Option(help="Write one trajectory of RUN to this file, a page of its own, and end.")
    ] = None,
    key: Annotated[
        str, typer.Option(help="Which trajectory --html writes, by its key or the id an imported row had.")
    ] = "",
) -> None:
    """Look at runs and trajectories in a browser, on this machine: which step went wrong is seen without a click."""
    if html is not None or key:
        _alone(runs or [], html, key)
        return
    import os
    import secrets

    from winnow.folder import RUNS, FolderError, RunFolder
    from winnow.view.serve import AddressTaken, serve
    from winnow.view.shelf import Shelf

    try:
        for folder in runs or ():
            RunFolder.open(folder)
        os.nice(PATIENCE)
        access = "" if host in ("127.0.0.1", "localhost", "::1") else secrets.token_urlsafe(16)
        serve(
            Shelf(runs) if runs else Shelf(within=RUNS),
            host,
            port,
            access,
            lambda url: console().print(f"{url}\nCtrl-C stops it.", soft_wrap=True),
        )
    except (FolderError, AddressTaken) as error:
        raise Refusal(error) from error


def _alone(runs: list[Path], file: Path | None, key: str) -> None:
    from winnow.view.pages.alone import alone

    if file is None or not key or len(runs) != 1:
        raise Refusal("--html takes one run and a trajectory of it: winnow view RUN --html FILE --key KEY")
    with open_ledger(runs[0]) as ledger:
        trace = ledger.attempt(key_meant(runs[0], ledger, key))
    if trace is None:
        raise Refusal(f"{runs[0]}: there is no trajectory {key!r}. `winnow show {runs[0]}` lists them.")
    try:
        with file.open("x", encoding="utf-8", errors="replace") as out:
            out.write(alone(trace))
    except FileExistsError:
        raise Refusal(f"{file}: a file is already here. Choose another.") from None
    except OSError as error:
        raise Refusal(f"{file}: {error.strerror}. Choose a place that can be written.") from error
    console().print(f"{key}: {file}", soft_wrap=True)
