"""The options of `winnow export`, each with its help: which rows, how they are written, how they are checked, where they go."""

from pathlib import Path
from typing import Annotated, Literal

import typer

Rows = Annotated[
    Literal["kept", "all", "masked"],
    typer.Option(help="What was kept; or every judged first try, whole or with its wrong turns masked."),
]
Where = Annotated[str, typer.Option(help="Which rows, such as: tools >= 2 and difficulty > 3")]
Select = Annotated[Literal["all", "best", "shortest"], typer.Option(help="Which attempts of a task.")]
MaxPerTask = Annotated[int | None, typer.Option(help="The most rows of one task.")]
Distinct = Annotated[bool, typer.Option("--distinct", help="Of attempts at a task that made the same calls, take one.")]
Cap = Annotated[list[str] | None, typer.Option(help="The most rows with each value of a field, such as family=200.")]
Pairs = Annotated[
    Literal["step", "trace"],
    typer.Option(help="For preference: pairs that end with the step by which they part, or with the trace."),
]

Format = Annotated[str, typer.Option(help="Which format; an unknown one lists them all.")]
Output = Annotated[Path | None, typer.Option("-o", "--output", help="A new or empty folder. [default: in RUN]")]
Split = Annotated[float, typer.Option(help="Share of tasks for a test split, 0 to 1.")]
Transform = Annotated[list[str] | None, typer.Option(help="Fit rows to a target; an unknown one lists them all.")]
FileType = Annotated[Literal["jsonl", "jsonl.zst", "parquet"], typer.Option(help="How rows are stored.")]
ShardRows = Annotated[int | None, typer.Option(help="The most rows of one file.", min=1)]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would be written, and write nothing.")]

Check = Annotated[
    int,
    typer.Option(
        help="1 loads the files with datasets, 2 renders them too, 3 looks at tokens too, 4 trains on some.",
        min=0,
        max=4,
    ),
]
Template = Annotated[
    Path | None, typer.Option(help="For --check 2 and 3: a chat template (Jinja) or the folder of a tokenizer.")
]
Tokenizer = Annotated[
    Path | None, typer.Option(help="For --check 3: the folder of a tokenizer; its template too, unless --template.")
]
MaxLength = Annotated[
    int | None, typer.Option(help="For --check 3: tokens that a row may have; longer ones fail.", min=1)
]
Allow = Annotated[
    list[str] | None, typer.Option(help="A loss that is known, such as drops-reasoning; an unknown one lists all.")
]
KeepFailing = Annotated[
    bool, typer.Option("--keep-failing", help="With --check 2 to 4: write rows that fail, too, and say which.")
]

Push = Annotated[
    str | None,
    typer.Option(help="Put it on the Hub once every row has passed.", metavar="OWNER/NAME"),
]
Public = Annotated[bool, typer.Option("--public", help="With --push: a new dataset is public, not private.")]
