"""`winnow queries`: look at a file of queries before it is used."""

from pathlib import Path
from typing import Annotated

import typer

from winnow.commands import AsJson, Refusal, console

app = typer.Typer(no_args_is_help=True, help="Look at queries before they are used.")


@app.command()
def check(
    file: Annotated[Path, typer.Argument(help="Queries as JSONL.")],
    against: Annotated[
        list[Path] | None, typer.Option(metavar="FILE", help="A benchmark to keep clear of, as JSONL. May be repeated.")
    ] = None,
    field: Annotated[
        str | None, typer.Option(help="The key of the query in a row. [default: query, question, prompt, ...]")
    ] = None,
    near: Annotated[float, typer.Option(help="Overlap from which on two queries are the same.", min=0.3, max=1)] = 0.8,
    coverage: Annotated[
        float,
        typer.Option(help="Share of an item's runs of eight words from which on a query is taken.", min=0.05, max=1),
    ] = 0.5,
    language: Annotated[str | None, typer.Option(help="The language they should be in, such as en.")] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write the rows that pass.")
    ] = None,
    flagged: Annotated[Path | None, typer.Option(metavar="FILE", help="Write what was flagged, and for what.")] = None,
    as_json: AsJson = False,
) -> None:
    """Find exact and near duplicates, queries that stand in a benchmark, and queries in another language. Rows pass in their order."""
    import orjson

    from scenarios.gates.contamination import BenchmarkError
    from winnow.screening import Screening

    try:
        screened = Screening.run(file, against or (), field, near, coverage, language, output, flagged)
    except BenchmarkError as error:
        raise Refusal(error) from error
    except OSError as error:
        raise Refusal(f"{error.filename}: cannot be written: {error.strerror}. Choose another file") from error
    if as_json:
        print(orjson.dumps(screened.facts(), option=orjson.OPT_INDENT_2).decode())
    else:
        console().print(screened.sentence(), soft_wrap=True)
