"""`winnow world`: write a fictional world to files, and check one."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from scenarios.world.config import WorldConfig

app = typer.Typer(no_args_is_help=True, help="The fictional encyclopaedia that tasks are made from.")


@app.command()
def build(
    output: Annotated[Path, typer.Option("-o", "--output", metavar="DIR", help="A new folder.")],
    documents: Annotated[int, typer.Option(help="How many pages.", min=50, max=1_000_000)] = 2000,
    seed: Annotated[int, typer.Option(help="Equal seeds give equal worlds, byte for byte.", min=0)] = 0,
    knob: Annotated[
        list[str] | None, typer.Option("--set", metavar="KNOB=VALUE", help="A knob, such as contradictions=0.1.")
    ] = None,
) -> None:
    """Write a world: its pages, entities and tables as JSON Lines."""
    from scenarios.world import build_world
    from scenarios.world.saved import SavedWorldError, save
    from winnow.commands import Refusal, console

    try:
        world = build_world(seed, documents, _config(knob or []))
        with _progress("writing", documents) as tell:
            save(world, output, tell)
    except OSError as error:
        raise Refusal(f"{output}: cannot be written ({error.strerror}). Choose another folder with -o.") from error
    except (SavedWorldError, ValueError) as error:
        raise Refusal(error) from error
    console().print(f"{documents:,} documents written to {output} (world {world.hash})", soft_wrap=True)


@app.command()
def check(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder made by `winnow world build`.")],
) -> None:
    """Check that every fact stands where it should and nowhere else. Exits with 1 where something is wrong."""
    from scenarios.world.check import Report, altered, check_world
    from scenarios.world.saved import SavedWorldError, load, saved_documents
    from winnow.commands import Refusal, console

    try:
        world = load(folder)
        with _progress("checking", world.size) as tell:
            report = Report()
            check_world(world, altered(world, saved_documents(folder), report), tell, report)
    except SavedWorldError as error:
        raise Refusal(error) from error
    out = console()
    for name in ("documents", "names", "facts", "facts read", "coincidences", "problems"):
        out.print(f"{report.counts[name]:>12,}  {name}")
    for problem in report.problems:
        out.print(f"{problem.check}: {problem.page or '-'}: {problem.detail}", soft_wrap=True)
    if not report.passed:
        raise typer.Exit(1)


def _config(knobs: list[str]) -> "WorldConfig":
    """The knobs given as KNOB=VALUE. Raises Refusal naming the knob, what is wrong with it and what is allowed."""
    import yaml
    from pydantic import ValidationError

    from scenarios.world import WorldConfig
    from winnow.commands import Refusal

    values = {}
    for knob in knobs:
        name, found, value = knob.partition("=")
        if not found or name not in WorldConfig.model_fields:
            raise Refusal(f"--set {knob}: not KNOB=VALUE with a knob of {', '.join(WorldConfig.model_fields)}")
        try:
            values[name] = yaml.safe_load(value)
        except yaml.YAMLError as error:
            raise Refusal(f"--set {knob}: {value!r} is not a value") from error
    try:
        return WorldConfig.model_validate(values)
    except ValidationError as error:
        told = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']} (found {e['input']!r})" for e in error.errors())
        raise Refusal(f"--set: {told}") from error


@contextmanager
def _progress(doing: str, total: int) -> Iterator[Callable[[int], None]]:
    """A progress bar on a terminal, nothing elsewhere."""
    from rich.progress import Progress

    from winnow.commands import console

    with Progress(console=console(stderr=True), transient=True) as bar:
        task = bar.add_task(doing, total=total)

        def tell(count: int) -> None:
            if count % 500 == 0:
                bar.update(task, completed=count)

        yield tell
