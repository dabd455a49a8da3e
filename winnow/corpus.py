"""`winnow corpus`: index documents of one's own, and search them as an agent would."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from tools.search.corpus import Added

app = typer.Typer(no_args_is_help=True, help="Documents of your own for the search tool.")


@app.command()
def build(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="JSON Lines (.jsonl, .gz, .zst): id, text, perhaps title.")
    ],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="DIR", help="Folder of the index.")],
    threads: Annotated[int, typer.Option(help="Indexing threads; 0 takes what the machine has.", min=0, max=16)] = 0,
) -> None:
    """Index documents. Ids already in DIR are skipped, so the same command adds to an index, or resumes after an interruption."""
    from tools.search.storage import CorpusError
    from winnow.commands import Refusal, console

    try:
        added = _build(files, output, threads)
    except CorpusError as error:
        raise Refusal(error) from error
    known = f"; {added.known:,} were there already" if added.known else ""
    console().print(f"{added.added:,} documents added to {output}{known}", soft_wrap=True)


@app.command()
def search(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of an index.")],
    query: Annotated[str, typer.Argument(help="Words; a phrase in double quotes must occur as such.")],
    limit: Annotated[int, typer.Option("-n", help="How many hits.", min=1, max=100)] = 5,
) -> None:
    """Show what the search tool finds in an index, as an agent sees it."""
    from tools.search.index import LocalIndex
    from tools.search.observations import results
    from tools.search.storage import CorpusError
    from winnow.commands import Refusal, console

    try:
        hits = LocalIndex.open(folder).search_now(query, limit)
    except CorpusError as error:
        raise Refusal(error) from error
    console().print(results(query, hits).content, soft_wrap=True)


def _build(files: list[Path], folder: Path, threads: int) -> "Added":
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    from tools.search.corpus import Added, CorpusFile, add_files
    from winnow.commands import console

    columns = (BarColumn(), TextColumn("{task.fields[count]} documents"), TimeElapsedColumn(), TimeRemainingColumn())
    with Progress(TextColumn("{task.description}"), *columns, console=console(stderr=True)) as bar:
        tasks = {file: bar.add_task(file.name, total=file.stat().st_size, count="0") for file in files if file.exists()}

        def show(file: CorpusFile, added: Added) -> None:
            count = added.added + added.known
            if count % 1000 == 0:
                bar.update(tasks[file.path], completed=file.position, count=f"{count:,}")

        return add_files(files, folder, show, threads)
