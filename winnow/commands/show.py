"""`winnow show`: trajectories in the terminal."""

from typing import TYPE_CHECKING, Annotated

import typer

from winnow.commands import AsJson, Refusal, RunPath, console, key_meant, open_ledger

if TYPE_CHECKING:
    from traces.ledger import Ledger

_MOST = 10_000
"""So many rows are listed at most."""


def show(
    run: RunPath,
    key: Annotated[
        str | None,
        typer.Argument(metavar="KEY", help="Which trajectory, such as lookup-0003-1, or the id an imported row had."),
    ] = None,
    step: Annotated[int | None, typer.Option(help="One step alone, from 0.")] = None,
    whole: Annotated[bool, typer.Option("--whole", help="Show long observations whole.")] = False,
    kept: Annotated[bool, typer.Option("--kept", help="List only what was kept.")] = False,
    rejected: Annotated[bool, typer.Option("--rejected", help="List only what was rejected.")] = False,
    limit: Annotated[int, typer.Option("-n", "--limit", min=1, max=_MOST, help="How many to list.")] = 20,
    as_json: AsJson = False,
) -> None:
    """Show one trajectory with every step's verdicts, or list the run's trajectories where no KEY is given."""
    from traces.ledger import slot_of
    from winnow.folder import RunFolder
    from winnow.invocation import command
    from winnow.show import show as show_trace

    with open_ledger(run) as ledger:
        if key is None:
            foreign = RunFolder(run).origin_file.is_file()
            _list(ledger, "keep" if kept else "reject" if rejected else None, limit, as_json, foreign=foreign)
            return
        key = key_meant(run, ledger, key)
        trace = ledger.attempt(key)
        others = [one.key for one in ledger.stored(slot=slot_of(key)) if one.key != key] if trace else []
        if trace is None:
            raise Refusal(f"{run}: no trajectory {key!r}. List them with: {command('show', run)}")
    if step is not None and not 0 <= step < len(trace.steps):
        raise Refusal(f"{run}: {key} has no step {step}; its steps are {_span(len(trace.steps))}.")
    if as_json:
        print(trace.model_dump_json(indent=2))
    else:
        show_trace(trace, console(), whole=whole, step=step, others=others)


def _span(steps: int) -> str:
    return "none" if not steps else f"0 to {steps - 1}" if steps > 1 else "0 alone"


def _list(ledger: "Ledger", decision: str | None, limit: int, as_json: bool, *, foreign: bool) -> None:
    import orjson
    from rich.table import Table
    from rich.text import Text

    from traces.rows import Filters
    from winnow.lineage import own_ids
    from winnow.terminal import clean

    filters = Filters(decision=decision)
    rows = ledger.page(filters, limit=limit)
    if as_json:
        for row in rows:
            print(orjson.dumps(row._asdict()).decode())
        return
    own = own_ids(ledger, (row.key for row in rows)) if foreign else {}
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", expand=True)
    for head in ("key", *(["id"] if own else []), "decision", "steps", "codes"):
        table.add_column(head, no_wrap=True)
    table.add_column("query", no_wrap=True, overflow="ellipsis", ratio=1)
    colours = {".": "green", "x": "bold red", "?": "yellow", "!": "magenta"}
    for row in rows:
        strip = Text.assemble(*((mark, colours.get(mark, "dim")) for mark in row.strip))
        ids = [clean(own.get(row.key, "–"))] if own else []
        codes = " ".join(row.codes) or ("–" if row.decision in ("reject", "repair") else "")
        table.add_row(row.key, *ids, row.decision, strip, codes, " ".join(row.query.split()))
    console().print(table)
    if len(rows) < (total := ledger.count(filters)):
        console().print(f"{len(rows):,} of {total:,}; -n {min(total, _MOST)} lists more", style="dim", soft_wrap=True)
