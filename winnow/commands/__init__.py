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
