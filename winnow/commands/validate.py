"""`winnow validate`: does a scenario hold together?"""

from typing import Annotated

import typer

from winnow.commands import Refusal, ScenarioPath, console


def validate(
    scenario: ScenarioPath,
    count: Annotated[int, typer.Option("-n", help="Tasks of each family.", min=1, max=1000)] = 3,
) -> None:
    """Check a scenario: its file, and for each family that a right solution is kept and a planted wrong answer is not."""
    import asyncio

    from rich.table import Table
    from rich.text import Text

    from scenarios.loading import ScenarioError, load_scenario
    from winnow.machine import MachineError
    from winnow.validation import validate as check

    try:
        findings = asyncio.run(check(load_scenario(scenario), count))
    except (ScenarioError, MachineError) as error:
        raise Refusal(error) from error
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for head in ("family", "tasks", "right kept", "wrong refused", ""):
        table.add_column(head)
    for found in findings:
        mark = Text("ok", "green") if found.ok else Text(found.problem, "red")
        table.add_row(found.family, str(found.tasks), str(found.kept), str(found.refused), mark)
    console().print(table)
    raise typer.Exit(0 if all(found.ok for found in findings) else 1)
