"""`winnow families`: the kinds of task."""

from typing import Annotated

import typer

app = typer.Typer(no_args_is_help=True, help="The kinds of task.")


@app.command("list")
def list_families() -> None:
    """Every family with a line on what it asks."""
    from rich.table import Table

    from scenarios.family import all_families
    from winnow.commands import console

    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    for name, family in all_families().items():
        table.add_row(name, family.summary)
    console().print(table)


@app.command("show")
def show_family(
    name: Annotated[str, typer.Argument(help="A family's name.")],
    count: Annotated[int, typer.Option("-n", help="How many tasks.", min=1, max=1000)] = 3,
    seed: Annotated[int, typer.Option(help="Seed of tasks and world.", min=0)] = 0,
    documents: Annotated[int, typer.Option(help="Size of the world.", min=100)] = 2000,
) -> None:
    """Sample tasks of a family: query, plan with values and evidence, answer, and why tools are needed."""
    from difflib import get_close_matches

    from scenarios.family import TruthError, all_families
    from scenarios.need import task_of
    from scenarios.world import WorldConfig, build_world
    from winnow.commands import Refusal, console
    from winnow.show_task import show_task

    families = all_families()
    if name not in families:
        near = get_close_matches(name, families, 1)
        hint = f" Did you mean {near[0]!r}?" if near else ""
        raise Refusal(f"no family {name!r}.{hint} Families: {', '.join(families)}")
    family = families[name]
    world = build_world(seed, documents, WorldConfig.model_validate(dict(family.needs)))
    shown, index = 0, 0
    while shown < count and index < 50 * count:
        try:
            show_task(task_of(family, world, seed, index), console())
            shown += 1
        except TruthError as error:
            console(stderr=True).print(f"item {index} is discarded: {error}", style="dim", markup=False)
        index += 1
