"""`winnow graders`: how good the verdicts are."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from winnow.commands import AsJson, Refusal, RunPath, console, open_ledger

if TYPE_CHECKING:
    from rich.table import Table

    from graders.card import Card
    from graders.card_page import Section
    from graders.wilson import Share
    from winnow.agreement import Agreement, Tally

app = typer.Typer(no_args_is_help=True, help="How good the verdicts are.")

_PER_CODE = 30
"""So many faulty traces a code decide whether a figure is under its floor."""

_MEANING = {
    "step_precision": "of the labelled steps that failed a verdict, those that are wrong",
    "step_recall": "of the wrong steps, those that failed a verdict",
    "neutral_steps_flagged": "of the steps labelled neutral, those that failed a verdict",
    "first_error_accuracy": "of the traces with a wrong step, those whose first failing step is the first wrong one",
    "false_rejection": "of the right traces, those that were not kept",
    "catch_rate": "of the wrong traces, those that were not kept",
    "keep_precision": "of the labelled traces that were kept, those that are right",
    "keep_recall": "of the right traces, those that were kept",
}


@app.command()
def agreement(run: RunPath, as_json: AsJson = False) -> None:
    """How the graders agree with labels that came with the traces, or with the teacher's log, with 95 % intervals."""
    import orjson

    from winnow.agreement import Agreement

    with open_ledger(run) as ledger:
        found = Agreement.of(ledger)
    if not found.labelled:
        raise Refusal(f"{run}: {_why(found)}", 1)
    if as_json:
        print(orjson.dumps(found.facts(), option=orjson.OPT_INDENT_2).decode())
    else:
        _print(found)


def _why(found: "Agreement") -> str:
    from winnow.invocation import command

    if found.unjudged:
        return (
            f"{found.unjudged:,} traces have labels, but none was judged. Judge them first: {command('regrade', 'RUN')}"
        )
    return "no trace came with a label (label or step_labels of an imported row, or the teacher's log)"


def _print(found: "Agreement") -> None:
    from rich.table import Table
    from rich.text import Text

    out = console()
    steps = f"{found.wrong_steps:,} wrong, {found.right_steps:,} right, {found.neutral_steps:,} neutral steps"
    out.print(f"{found.labelled:,} of {found.traces:,} traces are labelled: {steps}", soft_wrap=True)
    table = Table(box=None, padding=(0, 2, 0, 0), show_header=False)
    for _ in range(2):
        table.add_column(no_wrap=True)
    table.add_column(style="dim")
    for name, share in found.shares().items():
        table.add_row(name.replace("_", " "), Text(str(share)), _MEANING[name])
    out.print(table)
    for title, tallies in (("code", found.codes), ("grader", found.graders)):
        if tallies:
            out.print(_by(title, tallies))


def _by(title: str, tallies: "Mapping[str, Tally]") -> "Table":
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    named = any(tally.labelled for tally in tallies.values())
    for head in (title, "wrong", "right", "neutral", "precision", *(["recall"] if named else [])):
        table.add_column(head, no_wrap=True)
    for name, tally in sorted(tallies.items()):
        recall = _short(tally.recall) if tally.labelled else ""
        counts = (str(tally.wrong), str(tally.right), str(tally.neutral))
        table.add_row(name, *counts, *map(Text, (_short(tally.precision), *([recall] if named else []))))
    return table


def _short(share: "Share") -> str:
    """A share without its counts, which stand in columns of their own."""
    return str(share).rpartition(" (")[0]


@app.command()
def card(
    run: Annotated[
        Path | None, typer.Option("--run", metavar="RUN", help="A run with labels. [default: a set made for this]")
    ] = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write a page here.")] = None,
    as_json: AsJson = False,
    per_code: Annotated[
        int,
        typer.Option(help="Faulty traces a code, natural and planted each; fewer are quicker, and decide less.", min=1),
    ] = _PER_CODE,
    seed: Annotated[int | None, typer.Option(help="Another set.", min=0)] = None,
    documents: Annotated[int, typer.Option(help="Pages of the world.", min=300, max=1_000_000)] = 2000,
    workers: Annotated[int | None, typer.Option(help="Processes. [default: one a core, at most 4]", min=1)] = None,
) -> None:
    """Measure the graders on traces whose errors are known. Exits with 1 where a figure is under its floor.

    The set that is made for this takes some minutes at 30 a code. With fewer, a figure may be under its floor by chance, and is said to be.
    In a run of another model than the teacher, the errors are those that the oracle finds, and the graders are measured without it."""
    import time

    import orjson

    from graders.card_page import facts, markdown
    from graders.floors import below
    from traces.ledger import LedgerError
    from winnow.carding import CARD, NoLabels, card_of, decided, fresh_card
    from winnow.errors import building
    from winnow.folder import FolderError, write_whole
    from winnow.labelled import SEED

    started, chosen = time.monotonic(), SEED if seed is None else seed
    few = run is None and per_code < _PER_CODE
    try:
        if run:
            measured, about = card_of(run), [f"Labelled traces of {run}."]
            write_whole(
                run / CARD, orjson.dumps(facts(measured, decided()), option=orjson.OPT_INDENT_2).decode() + "\n"
            )
        else:
            measured, made = fresh_card(per_code, documents, chosen, workers, lambda b: building(b, quiet=as_json))
            about = [f"Made for this: seed {chosen}, {documents:,} pages, {per_code} a code, in {made.seconds:.0f} s."]
            about += [f"Short: {what}: {why}" for what, why in made.short.items()]
    except NoLabels as error:
        if not run or not _natural(run, output, as_json):
            raise Refusal(error, 1) from error
        return
    except (FolderError, LedgerError) as error:
        raise Refusal(error) from error
    told = ", ".join(f"{n:,} {source}" for source, n in sorted(measured.counts.items()))
    about.append(f"Traces: {told}. Measured in {time.monotonic() - started:.0f} s.")
    if output:
        write_whole(output, markdown(measured, decided(), about))
    if as_json:
        print(orjson.dumps(facts(measured, decided()), option=orjson.OPT_INDENT_2).decode())
    else:
        _print_card(measured, about, few=few)
    raise typer.Exit(1 if below(measured, decided()) else 0)


def _natural(run: Path, output: Path | None, as_json: bool) -> bool:
    """Tell what the oracle finds wrong in a run that nobody labelled, and what is found without it; False where it finds nothing."""
    import orjson

    from graders.card_page import table
    from winnow.folder import write_whole
    from winnow.natural import natural

    found = natural(run)
    if not found.figures.faulty:
        return False
    told = (
        f"{found.attempts:,} attempts of {', '.join(found.models)}: {found.figures.faulty:,} are faulty by the oracle."
    )
    kept = f"Without it, {found.figures.keep_precision} of what is kept is right, and {found.figures.keep_recall} of what is right is kept."
    if output:
        write_whole(
            output, "\n".join(["# Grader card: natural errors\n", f"{told}\n", f"{kept}\n", table(found.section())])
        )
    if as_json:
        print(orjson.dumps(found.facts(), option=orjson.OPT_INDENT_2).decode())
    else:
        console().print(f"{told}\n{kept}", soft_wrap=True)
        _print_section(found.section())
    return True


def _print_section(section: "Section") -> None:
    from rich.table import Table

    table = Table(title=section.title, title_justify="left", title_style="bold", box=None, padding=(0, 1, 0, 0))
    for head in section.head:
        table.add_column(head, header_style="dim", no_wrap=head in ("code", "steps", "judged by"))
    for row in section.rows:
        table.add_row(*row)
    console().print(table)


def _print_card(measured: "Card", about: list[str], *, few: bool = False) -> None:
    from graders.card_page import COUNTED, sections
    from graders.floors import below
    from winnow.carding import decided

    out = console()
    out.print("\n".join(about))
    for section in sections(measured, decided()):
        if section.rows:
            _print_section(section)
    out.print(COUNTED, style="dim")
    for one in below(measured, decided()):
        chance = "" if one.decided or not few else f"; so few may be so by chance, {_PER_CODE} a code decide"
        out.print(f"below its floor: {one}{chance}", style="red", soft_wrap=True)
