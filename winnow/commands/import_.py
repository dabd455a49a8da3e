"""`winnow import`: bring in traces made elsewhere."""

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from winnow.commands import AsJson, Refusal, console

if TYPE_CHECKING:
    from winnow.importing import Came

_LISTED = 10


def import_(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="JSON Lines or JSON, plain, .gz or .zst.")],
    output: Annotated[
        Path,
        typer.Option(
            "-o", "--output", metavar="RUN", help="Folder of the run: new, empty, or of an import that did not end."
        ),
    ],
    format: Annotated[
        Literal["openai", "sharegpt", "inspect", "langsmith", "verifiers", "auto"],
        typer.Option(help="How the rows are written."),
    ] = "auto",
    no_grade: Annotated[
        bool, typer.Option("--no-grade", help="Store them only; `winnow regrade` judges them later.")
    ] = False,
    workers: Annotated[int | None, typer.Option(min=1, max=64, help="Processes that read and judge.")] = None,
    as_json: AsJson = False,
) -> None:
    """Bring in traces made elsewhere, judge every step, and make a run of them. Exit code 1 where no row could be read."""
    from rich.status import Status

    from traces.imports import SourceError
    from traces.ledger import LedgerError
    from winnow.folder import FolderError
    from winnow.importing import Import, ImportFailed

    with Status("reading", console=console(stderr=True)) as shown:
        began = time.monotonic()

        def tell(came: "Came") -> None:
            shown.update(progress(came, time.monotonic() - began))

        try:
            came = Import(files, output, format, grade=not no_grade, workers=workers, tell=tell).run()
        except (FolderError, SourceError) as error:
            raise Refusal(error) from error
        except (ImportFailed, LedgerError) as error:
            raise Refusal(error, 1) from error
        except KeyboardInterrupt:
            raise Refusal(
                f"interrupted; what was read so far stays in {output}, marked as incomplete. The same command begins anew",
                130,
            ) from None
    _tell(came, output, as_json)
    raise typer.Exit(0 if came.imported else 1)


def progress(came: "Came", seconds: float) -> str:
    """How far an import is: rows, how many of them a second, and how long the rest may take, where some is left to be read."""
    from winnow.progress import clock

    rate = f"{came.rows / max(seconds, 0.001):,.0f} a second"
    left = f", about {clock(seconds * (1 - came.share) / came.share)} left" if 0 < came.share < 1 else ""
    return f"{came.rows:,} rows, {len(came.broken):,} broken, {rate}{left}"


def _tell(came: "Came", output: Path, as_json: bool) -> None:
    import orjson

    from winnow.commands import open_ledger
    from winnow.invocation import command

    with open_ledger(output) as ledger:
        total = ledger.counts().total
    if as_json:
        broken = [each._asdict() for each in came.broken]
        facts = {
            "folder": str(output),
            "rows": came.rows,
            "imported": came.imported,
            "broken": broken,
            "not_read": came.not_read,
            "unread": [each._asdict() for each in came.unread],
            **total._asdict(),
        }
        print(orjson.dumps(facts, option=orjson.OPT_INDENT_2).decode())
        return
    out = console()
    judged = f"kept {total.kept:,}, rejected {total.rejected:,}" if total.unjudged < came.imported else "not judged"
    out.print(f"{came.imported:,} of {came.rows:,} rows imported into {output}: {judged}", soft_wrap=True)
    for each in came.broken[:_LISTED]:
        out.print(f"  {each.file}, line {each.line}: {each.cause}", soft_wrap=True)
    if len(came.broken) > _LISTED:
        more = len(came.broken) - _LISTED
        out.print(f"  and {more:,} more, listed in {output / 'broken.jsonl'}", soft_wrap=True)
    for each in came.unread:
        out.print(f"  {each.file}, line {each.line}: not read: {each.cause}", soft_wrap=True)
    if came.not_read > len(came.unread):
        more = came.not_read - len(came.unread)
        out.print(f"  and {more:,} more that were not read; `show` names them", soft_wrap=True)
    if not came.rows:
        out.print("  the files hold no rows")
    if came.imported:
        which = ["--rejected"] if total.rejected else []
        out.print(f"look      {command('show', output, *which)}", soft_wrap=True)
        out.print(f"verdicts  {command('export', output, '--format', 'verdicts')}", soft_wrap=True)
