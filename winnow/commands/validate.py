"""`winnow validate`: does a scenario, or a problem set, hold together?"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from winnow.commands import AsJson, Refusal, console

if TYPE_CHECKING:
    from scenarios.scenario import Scenario
    from winnow.references import Checked

Checkable = Annotated[
    Path, typer.Argument(metavar="FILE", help="A scenario (YAML), or a problem set (JSONL, JSON or CSV, also packed).")
]


def validate(
    file: Checkable,
    count: Annotated[int, typer.Option("-n", help="For a scenario: tasks of each family.", min=1, max=1000)] = 3,
    as_json: AsJson = False,
) -> None:
    """Check a scenario or a problem set.

    Of a scenario: its file, and for each family that a right solution is kept and a planted wrong answer is not; where a model writes the
    queries, what it is given to write them from. Of a problem set:
    that each row's own reference passes, with --json as one line a row (`ok` is null where it has none to try). Exit code 1 where something
    does not.
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
        console().print(f"{found.domain}: {told}: {found.problem or 'ok'}", soft_wrap=True)
    return not any(found.problem for found in findings)


def _problem_set(file: Path, as_json: bool) -> bool:
    import asyncio

    from traces.imports.errors import SourceError
    from winnow.machine import MachineError

    try:
        told = asyncio.run(_tell(file, as_json))
    except (SourceError, MachineError) as error:
        raise Refusal(error) from error
    if not told.rows:
        raise Refusal(f"{file}: no rows. Give a file with one problem a line")
    if not as_json:
        console().print(told.sentence(), soft_wrap=True)
        for why, lines in told.untried.items():
            console().print(f"nothing to try: {why}: {listed(lines)}", soft_wrap=True)
    return not told.bad


class _Told:
    """What became of the rows of a set: how many fail, and which have nothing to try, by why."""

    def __init__(self) -> None:
        self.rows = self.bad = 0
        self.untried: dict[str, list[int]] = {}

    def add(self, row: "Checked") -> None:
        self.rows, self.bad = self.rows + 1, self.bad + (row.ok is False)
        if row.ok is None:
            self.untried.setdefault(row.reason, []).append(row.line)

    def sentence(self) -> str:
        untried = sum(map(len, self.untried.values()))
        tried = self.rows - untried
        parts = [f"{tried - self.bad} of {tried} references pass" if tried else "no row has a reference to try"]
        parts += [f"{self.bad} do not"] if self.bad else []
        parts += [f"{untried} of {self.rows} rows have nothing to try"] if untried and tried else []
        return ", ".join(parts)


def listed(lines: list[int], most: int = 8) -> str:
    """The first lines by number, and how many more there are."""
    shown = ", ".join(map(str, lines[:most]))
    more = f" and {len(lines) - most:,} more" if len(lines) > most else ""
    return f"line{'s' if len(lines) > 1 else ''} {shown}{more}"


async def _tell(file: Path, as_json: bool) -> _Told:
    """Print each row as it is checked (the failing ones alone, for people); what became of all."""
    import json

    from rich.text import Text

    from winnow.references import check_set
    from winnow.terminal import clean

    told = _Told()
    async for row in check_set(file):
        told.add(row)
        if as_json:
            print(json.dumps({"id": row.id, "ok": row.ok, "reason": row.reason}, ensure_ascii=False), flush=True)
        elif row.ok is False:
            own = f", id {row.id}" if row.id != str(row.line) else ""  # a row without one goes by its line
            fault = Text.assemble((f"line {row.line}", "red"), clean(f"{own}: {row.reason}"))
            console().print(fault, soft_wrap=True)
    return told
