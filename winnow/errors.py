"""`winnow errors`: traces whose errors are known, to measure graders on."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from winnow.commands import AsJson, Refusal, console

if TYPE_CHECKING:
    from winnow.labelled import Made

app = typer.Typer(no_args_is_help=True, help="Traces whose errors are known.")


@app.callback()
def group() -> None:
    """Traces whose errors are known."""


@app.command()
def build(
    output: Annotated[Path, typer.Option("-o", "--output", metavar="RUN", help="A new or empty folder.")],
    per_code: Annotated[int, typer.Option(help="Faulty traces a code, natural and mutated each.", min=1)] = 200,
    seed: Annotated[int | None, typer.Option(help="Another set.", min=0)] = None,
    documents: Annotated[int, typer.Option(help="Pages of the world.", min=300, max=1_000_000)] = 2000,
    workers: Annotated[int | None, typer.Option(help="Processes. [default: one a core, at most 4]", min=1)] = None,
    as_json: AsJson = False,
) -> None:
    """Make a labelled set: natural errors of the teacher, planted ones, and the clean traces they were planted in."""
    import orjson

    from winnow.folder import FolderError
    from winnow.labelled import SEED, Build

    try:
        made = building(Build(output, per_code, documents, SEED if seed is None else seed, workers), quiet=as_json)
    except FolderError as error:
        raise Refusal(error) from error
    if as_json:
        print(orjson.dumps(facts(made), option=orjson.OPT_INDENT_2).decode())
    else:
        _print(made, output)


def building(build: "object", *, quiet: bool) -> "Made":
    """Carry out a build, with a line that counts on a terminal."""
    from dataclasses import replace

    from winnow.labelled import Build, Made

    assert isinstance(build, Build)
    out = console(stderr=True)
    if quiet or not out.is_terminal:
        return build.run()
    with out.status("making traces") as status:

        def tell(made: Made) -> None:
            status.update(
                f"{made.clean:,} clean traces, {made.mutants.total():,} mutants, {made.natural.total():,} natural errors"
            )

        return replace(build, tell=tell).run()


def facts(made: "Made") -> dict[str, object]:
    """As data."""
    return {
        "clean": made.clean,
        "natural": dict(sorted(made.natural.items())),
        "mutated": dict(sorted(made.mutants.items())),
        "wrong_steps": {code: n for code, n in sorted(made.steps.items()) if code != "clean"},
        "clean_steps": made.steps["clean"],
        "by_kind": dict(sorted(made.kinds.items())),
        "equivalent_mutants_dropped": made.equivalent,
        "dropped": dict(sorted(made.dropped.items())),
        "short": made.short,
        "seconds": round(made.seconds, 1),
    }


def _print(made: "Made", output: Path) -> None:
    from rich.table import Table

    from winnow.invocation import command
    from winnow.reasons import name_of

    out = console()
    clean = f"{made.clean:,} clean traces with {made.steps['clean']:,} right steps"
    head = f"{clean}, {made.natural.total():,} natural errors, {made.mutants.total():,} mutants"
    tail = f"({made.equivalent:,} more changed nothing and were dropped)"
    out.print(f"{head} {tail} in {output}, in {made.seconds:.0f} s", soft_wrap=True)
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for title in ("code", "name", "natural", "mutated", "wrong steps"):
        table.add_column(title, justify="left" if title in ("code", "name") else "right")
    for code in sorted({*made.natural, *made.mutants}):
        table.add_row(
            code, name_of(code), f"{made.natural[code]:,}", f"{made.mutants[code]:,}", f"{made.steps[code]:,}"
        )
    out.print(table)
    for what, why in made.short.items():
        out.print(f"short: {what}: {why}", style="yellow", soft_wrap=True)
    out.print(f"measure  {command('graders', 'card', '--run', output)}", soft_wrap=True)
