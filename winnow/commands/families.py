"""`winnow families`: the kinds of task."""

from contextlib import nullcontext
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(no_args_is_help=True, help="The kinds of task.")


@app.command("list")
def list_families() -> None:
    """Every family with a line on what it asks, and what the difficulty of its tasks counts."""
    from rich.table import Table
    from rich.text import Text

    from scenarios.family import all_families
    from winnow.commands import console

    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    for name, family in all_families().items():
        table.add_row(name, Text.assemble(f"{family.summary}\n", (f"difficulty: {family.harder}", "dim")))
    console().print(table)


@app.command("show")
def show_family(
    name: Annotated[str, typer.Argument(help="A family's name.")],
    count: Annotated[int, typer.Option("-n", help="How many tasks.", min=1, max=1000)] = 3,
    seed: Annotated[int, typer.Option(help="Seed of tasks and world.", min=0)] = 0,
    documents: Annotated[int, typer.Option(help="Pages of the world.", min=100, max=1_000_000)] = 2000,
) -> None:
    """Sample tasks of a family: query, plan with values and evidence, answer, and why tools are needed."""
    from scenarios.family import TruthError, all_families
    from scenarios.need import task_of
    from scenarios.world import WorldConfig, build_world
    from winnow.commands import console
    from winnow.show_task import show_task

    family = all_families()[_known([name])[0]]
    world = build_world(seed, documents, WorldConfig.model_validate(dict(family.needs)))
    told = f"{family.summary}; difficulty: {family.harder}"
    console().print(told, style="dim", soft_wrap=True)
    shown, index = 0, 0
    while shown < count and index < 50 * count:
        try:
            show_task(task_of(family, world, seed, index), console())
            shown += 1
        except TruthError as error:
            console(stderr=True).print(f"item {index} is discarded: {error}", style="dim")
        index += 1


@app.command("plot")
def plot_families(
    names: Annotated[list[str] | None, typer.Argument(metavar="[NAME]...", help="Families. [default: all]")] = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar="DIR", help="Where to write.")] = None,
    attempts: Annotated[int, typer.Option("-n", help="Attempts at each difficulty.", min=6)] = 24,
    seed: Annotated[int, typer.Option(help="Seed of tasks and worlds.", min=0)] = 0,
    documents: Annotated[int, typer.Option(help="Pages of each world.", min=300, max=1_000_000)] = 1000,
    workers: Annotated[int, typer.Option(help="Processes.", min=1)] = 2,
) -> None:
    """How often the teacher is right as tasks get harder: a picture, and a table of its fault profiles, written to DIR."""
    from winnow.commands import Refusal, console
    from winnow.difficulty import Sweep, rises
    from winnow.drawing import picture
    from winnow.folder import write_whole
    from winnow.profile_table import page, table

    folder = output or Path("families-plot")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refusal(f"{folder}: cannot be made a folder ({error.strerror}); name another one with -o") from error
    out = console(stderr=True)
    with out.status("attempting") if out.is_terminal else nullcontext() as status:

        def tell(done: int, total: int) -> None:
            if status:
                status.update(f"{done:,} of {total:,} attempts")

        wanted = _known(names)
        swept = Sweep(wanted, attempts, documents, seed, workers, tell).run()
    points = swept.families()
    write_whole(folder / "difficulty.svg", picture(points, [name for name in wanted if name not in points]))
    write_whole(folder / "profiles.md", page(swept))
    console().print(table(swept))
    for name, some in points.items():
        for level in rises(some):
            console().print(f"{name}: easier at difficulty {level} than below it", style="yellow")
    console().print(f"{len(swept.tried):,} attempts; written to {folder}", soft_wrap=True)


def _known(names: list[str] | None) -> tuple[str, ...]:
    """The families of these names, all for none. Raises Refusal for a name that is none."""
    from difflib import get_close_matches

    from scenarios.family import all_families
    from winnow.commands import Refusal

    families = all_families()
    for name in names or ():
        if name not in families:
            near = get_close_matches(name, families, 1)
            hint = f" Did you mean {near[0]!r}?" if near else ""
            raise Refusal(f"no family {name!r}.{hint} Families: {', '.join(families)}")
    return tuple(names or families)
