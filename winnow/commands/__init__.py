"""One command a file: a typed function whose docstring is its help."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from traces.ledger import Ledger

RunPath = Annotated[Path, typer.Argument(metavar="RUN", help="Folder of a run.")]
ScenarioPath = Annotated[Path, typer.Argument(metavar="SCENARIO", help="A scenario file (YAML).")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]


class Refusal(Exception):
    """A command cannot do what was asked. The message names place, cause and remedy; `code` is the exit code."""

    def __init__(self, message: object, code: int = 2) -> None:
        super().__init__(str(message))
        self.code = code


def console(*, stderr: bool = False) -> "Console":
    """Where commands print: strings are shown as they are, markup or not."""
    from winnow.terminal import Terminal

    return Terminal(stderr=stderr)


def open_ledger(run: Path) -> "Ledger":
    """The ledger of a run, for reading. Raises Refusal where there is none that can be read."""
    from traces.ledger import Ledger, LedgerError
    from winnow.folder import FolderError, RunFolder

    try:
        return Ledger.open(RunFolder.open(run).ledger, readonly=True)
    except (FolderError, LedgerError) as error:
        raise Refusal(error) from error


def key_meant(run: Path, ledger: "Ledger", named: str) -> str:
    """The key that is meant by a key, or by the id that an imported row had; what is neither is given back. Raises Refusal."""
    from winnow.folder import RunFolder
    from winnow.lineage import keys_of

    # Only a run with an origin may hold imported rows, whose ids take a look at each trace.
    if not RunFolder(run).origin_file.is_file() or ledger.stored_one(named):
        return named
    keys = keys_of(ledger, named)
    if len(keys) > 1:
        raise Refusal(f"{len(keys)} rows have the id {named!r}: {', '.join(keys[:5])}. Name one by its key")
    return keys[0] if keys else named
