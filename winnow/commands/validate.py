"""`winnow validate`: does a scenario, or a problem set, hold together?"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from winnow.commands import AsJson, Refusal, console

if TYPE_CHECKING:
    from scenarios.scenario import Scenario

Checkable = Annotated[
    Path, typer.Argument(metavar="FILE", help="A scenario (YAML), or a problem set (JSONL or JSON, also .gz or .zst).")
]


def validate(
    file: Checkable,
    count: Annotated[int, typer.Option("-n", help="For a scenario: tasks of each family.", min=1, max=1000)] = 3,
    as_json: AsJson = False,
) -> None:
    """Check a scenario or a problem set.

    Of a scenario: its file, and for each family that a right solution is kept and a planted wrong answer is not; where a model writes the
    queries, what it is given to write them from. Of a problem set:
    that each row's own reference passes, with --json as one line a row. Exit code 1 where something does not.
    """
    ok = _scenario(file, count, as_json) if file.suffix.lower() in (".yaml", ".yml") else _problem_set(file, as_json)
    raise typer.Exit(0 if ok else 1)


def _scenario(file: Path, count: int, as_json: bool) -> bool:
    import asyncio
    import json

    from rich.table import Table
    from rich.text import Text

    from scenarios.loading import ScenarioError, load_scenario
    from winnow.machine import MachineError
    from winnow.validation import validate as check

    try:
        scenario = load_scenario(file)
        if scenario.tasks.write:
            return _seeds(scenario, count, as_json)
        findings = asyncio.run(check(scenario, count))
    except (ScenarioError, MachineError) as error:
        raise Refusal(error) from error
    if as_json:
        for found in findings:
            print(json.dumps({**found._asdict(), "ok": found.ok}, ensure_ascii=False))
        return all(found.ok for found in findings)
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for head in ("family", "tasks", "right kept", "wrong refused", ""):
        table.add_column(head)
    for found in findings:
        mark = Text("ok", "green") if found.ok else Text(found.problem, "red")
        table.add_row(found.family, str(found.tasks), str(found.kept), str(found.refused), mark)
    console().print(table)
    return all(found.ok for found in findings)


def _seeds(scenario: "Scenario", count: int, as_json: bool) -> bool:
    """Where a model writes the queries: what it is given to write them from."""
    import asyncio
    import json

    from scenarios.queries.own import SeedsError
    from scenarios.queries.topics import TopicsError
    from winnow.seed_check import check_seeds

    try:
        findings = asyncio.run(check_seeds(scenario, count))
    except (SeedsError, TopicsError) as error:
        raise Refusal(error) from error
    for found in findings:
        if as_json:
            print(json.dumps({**found._asdict(), "ok": not found.problem}, ensure_ascii=False))
            continue
        told = f"{found.cells} cells, {found.topics} topics, a passage in {found.passages} of {found.seeds} seeds"
        console().print(f"{found.domain}: {told}: {found.problem or 'ok'}", markup=False, soft_wrap=True)
    return not any(found.problem for found in findings)


def _problem_set(file: Path, as_json: bool) -> bool:
    import asyncio

    from traces.imports.errors import SourceError
    from winnow.machine import MachineError

    try:
        rows, bad = asyncio.run(_tell(file, as_json))
    except (SourceError, MachineError) as error:
        raise Refusal(error) from error
    if not rows:
        raise Refusal(f"{file}: no rows. Give a file with one problem a line")
    if not as_json:
        console().print(f"{rows - bad} of {rows} references pass" + (f", {bad} do not" if bad else ""))
    return not bad


async def _tell(file: Path, as_json: bool) -> tuple[int, int]:
    """Print each row as it is checked (the failing ones alone, for people); how many rows, and how many failing."""
    import json

    from rich.text import Text

    from winnow.references import check_set
    from winnow.terminal import clean

    rows = bad = 0
    async for row in check_set(file):
        rows, bad = rows + 1, bad + (not row.ok)
        if as_json:
            print(json.dumps({"id": row.id, "ok": row.ok, "reason": row.reason}, ensure_ascii=False), flush=True)
        elif not row.ok:
            own = f", id {row.id}" if row.id != str(row.line) else ""  # a row without one goes by its line
            told = Text.assemble((f"line {row.line}", "red"), clean(f"{own}: {row.reason}"))
            console().print(told, soft_wrap=True)
    return rows, bad
