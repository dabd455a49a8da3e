"""`winnow export`: trajectories as training data."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from winnow.commands import Refusal, RunPath, console, open_ledger
from winnow.proving import Checks, Proof


def export(
    run: RunPath,
    format: Annotated[str, typer.Option(help="Which format; an unknown one lists them all.")] = "openai",
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="A new or empty folder. [default: in RUN]")
    ] = None,
    rows: Annotated[
        Literal["kept", "all", "masked"],
        typer.Option(help="What was kept; or every judged first try, whole or with its wrong turns masked."),
    ] = "kept",
    where: Annotated[str, typer.Option(help="Which rows, such as: tools >= 2 and difficulty > 3")] = "",
    select: Annotated[Literal["all", "best", "shortest"], typer.Option(help="Which attempts of a task.")] = "all",
    max_per_task: Annotated[int | None, typer.Option(help="The most rows of one task.")] = None,
    distinct: Annotated[
        bool, typer.Option("--distinct", help="Of attempts at a task that made the same calls, take one.")
    ] = False,
    cap: Annotated[
        list[str] | None, typer.Option(help="The most rows with each value of a field, such as family=200.")
    ] = None,
    split: Annotated[float, typer.Option(help="Share of tasks for a test split, 0 to 1.")] = 0.0,
    transform: Annotated[
        list[str] | None, typer.Option(help="Fit rows to a target; an unknown one lists them all.")
    ] = None,
    file_type: Annotated[Literal["jsonl", "jsonl.zst", "parquet"], typer.Option(help="How rows are stored.")] = "jsonl",
    shard_rows: Annotated[int | None, typer.Option(min=1, help="The most rows of one file.")] = None,
    check: Annotated[
        int,
        typer.Option(
            min=0,
            max=4,
            help="1 loads the files with datasets, 2 renders them too, 3 looks at tokens too, 4 trains on some.",
        ),
    ] = 0,
    template: Annotated[
        Path | None, typer.Option(help="For --check 2 and 3: a chat template (Jinja) or the folder of a tokenizer.")
    ] = None,
    tokenizer: Annotated[
        Path | None, typer.Option(help="For --check 3: the folder of a tokenizer; its template too, unless --template.")
    ] = None,
    max_length: Annotated[
        int | None, typer.Option(min=1, help="For --check 3: tokens that a row may have; longer ones fail.")
    ] = None,
    allow: Annotated[
        list[str] | None, typer.Option(help="A loss that is known, such as drops-reasoning; an unknown one lists all.")
    ] = None,
    keep_failing: Annotated[
        bool, typer.Option("--keep-failing", help="With --check 2 to 4: write rows that fail, too, and say which.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be written, and write nothing.")] = False,
    push: Annotated[
        str | None, typer.Option(metavar="OWNER/NAME", help="Put it on the Hugging Face Hub once every row has passed.")
    ] = None,
    public: Annotated[
        bool, typer.Option("--public", help="With --push: a new dataset is public, not private.")
    ] = False,
) -> None:
    """Write trajectories, the kept ones unless told otherwise, as function-calling training data. Exit code 4 where rows fail a check."""
    from traces.export import ExportError, Options, SelectError, preview
    from traces.export import export as write
    from traces.ledger import LedgerError
    from winnow.about import about_run
    from winnow.pushing import PushError, checked

    _needs(check, template, tokenizer)
    folder = output or run / "exports" / format
    try:
        dataset = checked(push) if push else None
        checks = Checks.of(check, template or tokenizer, tokenizer, max_length, allow or ())
        options = Options(
            rows=rows,
            where=where,
            pick=select,
            per_task=max_per_task,
            distinct=distinct,
            caps=dict(map(_cap, cap or ())),
            test=split,
            transforms=tuple(transform or ()),
            file_type=file_type,
            shard_rows=shard_rows,
            about=about_run(run),
        )
        screens = () if keep_failing else checks.screens()
        with open_ledger(run) as ledger:
            report = preview(ledger, format, options) if dry_run else write(ledger, format, folder, options, screens)
        proof = checks.run(folder) if report.rows and not dry_run else Proof()
    except (ExportError, SelectError, LedgerError, PushError) as error:
        raise Refusal(error) from error
    console().print("\n".join([report.words(), *proof.words]), markup=False, soft_wrap=True)
    if not (report.ok and proof.ok):
        raise typer.Exit(4)
    if dataset and not dry_run:
        _to_the_hub(folder, dataset, public)


def _needs(check: int, template: Path | None, tokenizer: Path | None) -> None:
    """Refuse a level of the check that lacks what it looks with. Level 4 makes a tokenizer of its own."""
    if check in (2, 3) and not (template or tokenizer):
        raise Refusal(f"--check {check} needs a chat template. Name one with --template FILE or --tokenizer FOLDER")
    if check == 3 and not tokenizer:
        raise Refusal("--check 3 looks at tokens. Name the folder of a tokenizer with --tokenizer FOLDER")


def _to_the_hub(folder: Path, dataset: str, public: bool) -> None:
    from winnow.pushing import PushError, push

    try:
        console().print(f"on the Hub: {push(folder, dataset, public=public)}", markup=False, soft_wrap=True)
    except PushError as error:
        raise Refusal(error) from error


def _cap(text: str) -> tuple[str, int]:
    name, sign, most = text.partition("=")
    if not sign or not most.strip().isdecimal():
        raise Refusal(f"--cap {text}: not of the form FIELD=NUMBER, such as family=200")
    return name.strip(), int(most)
