"""`winnow export`: trajectories as training data."""

from pathlib import Path

import typer

from winnow import export_options as options
from winnow.commands import Refusal, RunPath, console, open_ledger
from winnow.proving import Checks

UNDER_WAY = "The run is under way: this is what was done by now, not all of it. Export again once it has ended."


def export(
    run: RunPath,
    format: options.Format = "openai",
    output: options.Output = None,
    rows: options.Rows = "kept",
    where: options.Where = "",
    select: options.Select = "all",
    max_per_task: options.MaxPerTask = None,
    distinct: options.Distinct = False,
    cap: options.Cap = None,
    pairs: options.Pairs = "step",
    split: options.Split = 0.0,
    transform: options.Transform = None,
    file_type: options.FileType = "jsonl",
    shard_rows: options.ShardRows = None,
    dry_run: options.DryRun = False,
    check: options.Check = 0,
    template: options.Template = None,
    tokenizer: options.Tokenizer = None,
    max_length: options.MaxLength = None,
    allow: options.Allow = None,
    keep_failing: options.KeepFailing = False,
    push: options.Push = None,
    public: options.Public = False,
) -> None:
    """Write trajectories, the kept ones unless told otherwise, as function-calling training data. Exit code 4 where rows fail a check."""
    from traces.database import being_written
    from traces.export import ExportError, Options, SelectError, preview
    from traces.export import export as write
    from traces.ledger import LedgerError
    from winnow.about import about_run
    from winnow.folder import RunFolder
    from winnow.pushing import PushError, checked

    going = being_written(RunFolder(run).ledger)
    _needs(check, template, tokenizer)
    folder = output or run / "exports" / format
    try:
        dataset = checked(push) if push else None
        checks = Checks.of(check, template or tokenizer, tokenizer, max_length, allow or ())
        chosen = Options(
            rows=rows,
            where=where,
            pick=select,
            per_task=max_per_task,
            distinct=distinct,
            caps=dict(map(_cap, cap or ())),
            pairs=pairs,
            test=split,
            transforms=tuple(transform or ()),
            file_type=file_type,
            shard_rows=shard_rows,
            about=about_run(run) | ({"run": "under way when this was exported"} if going else {}),
        )
        screens = checks.screens(refusing=not keep_failing)
        with open_ledger(run) as ledger:
            if dry_run:
                report, proof = preview(ledger, format, chosen, screens), checks.dry()
            else:
                report = write(ledger, format, folder, chosen, screens)
                proof = checks.run(folder, report.rows)
    except (ExportError, SelectError, LedgerError, PushError) as error:
        raise Refusal(error) from error
    console().print("\n".join([report.words(), *proof.words]), soft_wrap=True)
    if going:
        console().print(UNDER_WAY, style="yellow", soft_wrap=True)
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
        console().print(f"on the Hub: {push(folder, dataset, public=public)}", soft_wrap=True)
    except PushError as error:
        raise Refusal(error) from error


def _cap(text: str) -> tuple[str, int]:
    name, sign, most = text.partition("=")
    if not sign or not most.strip().isdecimal():
        raise Refusal(f"--cap {text}: not of the form FIELD=NUMBER, such as family=200")
    return name.strip(), int(most)
