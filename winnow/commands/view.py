"""`winnow view`: look at trajectories in a browser."""

from pathlib import Path
from typing import Annotated

import typer

from winnow.commands import Refusal, console


def view(
    runs: Annotated[
        list[Path] | None, typer.Argument(metavar="[RUN]...", help="Folders of runs. [default: all in outputs/]")
    ] = None,
    port: Annotated[int, typer.Option(help="Port; 0 takes a free one.", min=0, max=65535)] = 8642,
    host: Annotated[
        str, typer.Option(help="Address to listen on. Other than this machine's own, a token is asked for.")
    ] = "127.0.0.1",
) -> None:
    """Look at runs and trajectories in a browser, on this machine: which step went wrong is seen without a click."""
    import secrets

    from winnow.folder import FolderError, RunFolder
    from winnow.view.serve import AddressTaken, serve
    from winnow.view.shelf import Shelf, runs_in

    outputs = Path("outputs")
    folders = runs or (runs_in(outputs) if outputs.is_dir() else [])
    try:
        for folder in folders:
            RunFolder.open(folder)
        access = "" if host in ("127.0.0.1", "localhost", "::1") else secrets.token_urlsafe(16)
        serve(
            Shelf(folders), host, port, access, lambda url: console().print(f"{url}\nCtrl-C stops it.", soft_wrap=True)
        )
    except (FolderError, AddressTaken) as error:
        raise Refusal(error) from error
