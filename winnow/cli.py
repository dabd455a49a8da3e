"""The command `winnow`. Each command is a file in `winnow/commands/`; heavy imports stay inside its function, so `--help` is quick.

Exit codes: 0 done, 1 something failed, 2 wrong usage or configuration, 3 too many errors or too few kept, 4 the budget is spent,
5 a model server was given up, 130 interrupted.
"""

import sys
from importlib import import_module
from keyword import iskeyword
from typing import Annotated

import typer

from winnow import __version__
from winnow.commands import Refusal, console
from winnow.ownership import check_ownership

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
COMMANDS = (
    "run",
    "status",
    "show",
    "export",
    "import",
    "regrade",
    "verify",
    "rewards",
    "view",
    "validate",
    "train",
    "serve",
    "ablate",
    "rounds",
    "schema",
    "doctor",
)
GROUPS = {
    "tools": "winnow.commands.tools",
    "families": "winnow.commands.families",
    "graders": "winnow.commands.graders",
    "queries": "winnow.commands.queries",
    "errors": "winnow.errors",
    "world": "winnow.world",
    "corpus": "winnow.corpus",
    "teacher": "winnow.commands.teacher",
}


def _tell_version(asked: bool) -> None:
    if asked:
        print(f"winnow {__version__}, Python {sys.version.split()[0]}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_tell_version, is_eager=True, help="Say which version this is.")
    ] = False,
) -> None:
    """Tool-use training data that can be trusted: agents solve, graders judge every step, only traces without a fault found are kept."""


for name in COMMANDS:
    place = f"{name}_" if iskeyword(name) else name
    app.command(name)(getattr(import_module(f"winnow.commands.{place}"), place))
for name, module in GROUPS.items():
    app.add_typer(import_module(module).app, name=name)


def main() -> None:
    """Run the command line. A refusal is one message and an exit code, never a traceback."""
    try:
        check_ownership()
        app(prog_name="winnow")
    except Exception as error:
        if (refusal := _refusal(error)) is None:
            raise
        console(stderr=True).print(f"winnow: {refusal}", style="red", soft_wrap=True)
        sys.exit(refusal.code)


def _refusal(error: Exception) -> Refusal | None:
    """What is told of an error: also of a ledger, a run's folder, or a tool's or grader's file that fails in any command."""
    if isinstance(error, Refusal):  # first: one of them says that what is imported below may not be ours
        return error
    from traces.database import LedgerError
    from traces.parts import BrokenPart
    from winnow.folder import FolderError

    return Refusal(error) if isinstance(error, LedgerError | FolderError | BrokenPart) else None
