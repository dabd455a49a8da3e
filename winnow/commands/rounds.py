"""`winnow rounds`: does a model improve on what it is itself right about?"""

from pathlib import Path
from typing import Annotated

import typer

from winnow.commands import Refusal, ScenarioPath, console


def rounds(
    scenario: ScenarioPath,
    out: Annotated[Path, typer.Option("-o", "--out", help="Folder; what stands there already is not done again.")],
    number: Annotated[int, typer.Option("-n", "--rounds", min=1, help="The most rounds after the first model.")] = 3,
    tasks: Annotated[int, typer.Option(min=1, help="Held-out tasks that each model is asked.")] = 140,
    fresh: Annotated[int, typer.Option(min=1, help="New tasks that a model tries each round, twice each.")] = 300,
    tokens: Annotated[int, typer.Option(min=0, help="Tokens each model sees. [default: by size]")] = 0,
    train: Annotated[int, typer.Option(min=0, help="Tasks of the teacher's run. [default: the scenario's]")] = 0,
    size: Annotated[str, typer.Option(help="tiny: a million parameters; test: for tests.")] = "tiny",
) -> None:
    """Rounds of rejection sampling with a tiny model, until one no longer improves. Needs the extra `train`."""
    from scenarios.loading import ScenarioError, load_scenario
    from winnow.training.needs import PACKAGES, SERVER, TrainingError, require
    from winnow.training.plot import draw_rounds
    from winnow.training.rounds import Plan, carry_out, table

    told = console()
    try:
        require(*PACKAGES, *SERVER, "matplotlib")
        load_scenario(scenario, [])
        plan = Plan(scenario, out, number, tasks, fresh, train=train, tokens=tokens, size=size)
        found = list(carry_out(plan, told.print))
    except (TrainingError, ScenarioError) as error:
        raise Refusal(error) from error
    (out / "rounds.md").write_text(table(found), encoding="utf-8")
    draw_rounds([(one.number, one.made, one.success) for one in found], out / "rounds.svg")
    told.print(table(found), soft_wrap=True)
    told.print(f"table    {out / 'rounds.md'}\npicture  {out / 'rounds.svg'}", soft_wrap=True)
