"""`winnow ablate`: does filtering pay?"""

from pathlib import Path
from typing import Annotated

import typer

from winnow.commands import Refusal, ScenarioPath, console


def ablate(
    scenario: ScenarioPath,
    out: Annotated[Path, typer.Option("-o", "--out", help="Folder; what stands there already is not done again.")],
    arms: Annotated[
        str, typer.Option(help="What the models are trained on: kept, all, masked, oracle, recallNN; with commas.")
    ] = "kept,all,masked,oracle",
    seeds: Annotated[int, typer.Option(min=1, help="Models of each arm.")] = 3,
    tasks: Annotated[
        int, typer.Option(min=1, help="Held-out tasks that each model is asked, at each temperature.")
    ] = 140,
    tokens: Annotated[int, typer.Option(min=0, help="Tokens each model sees. [default: by size]")] = 0,
    train: Annotated[int, typer.Option(min=0, help="Tasks of the teacher's run. [default: the scenario's]")] = 0,
    size: Annotated[str, typer.Option(help="tiny: a million parameters; test: for tests.")] = "tiny",
    jobs: Annotated[int, typer.Option(min=0, help="Models at work side by side. [default: one a core]")] = 0,
) -> None:
    """Train a tiny model on each choice of a run's traces and compare them on tasks none has seen. Needs the extra `train`."""
    import os

    import orjson

    from scenarios.loading import ScenarioError, load_scenario
    from winnow.training.ablation import Plan, carry_out
    from winnow.training.ablation_report import figures, page
    from winnow.training.arms import arms as named
    from winnow.training.needs import PACKAGES, SERVER, TrainingError, require
    from winnow.training.plot import draw

    told = console()
    try:
        require(*PACKAGES, *SERVER, "matplotlib")
        load_scenario(scenario, [])
        chosen, together = tuple(named(arms)), jobs or os.cpu_count() or 1
        plan = Plan(scenario, out, chosen, seeds, tasks, tokens, train, size, jobs=together)
        cells = carry_out(plan, told.print)
    except (TrainingError, ScenarioError) as error:
        raise Refusal(error) from error
    facts = [
        f"scenario {scenario.name}",
        f"{seeds} model{'' if seeds == 1 else 's'} an arm, {tasks} held-out tasks, of which those that were in the training are left out",
    ]
    text = page(cells, facts)
    (out / "ablation.md").write_text(text, encoding="utf-8")
    (out / "ablation.json").write_bytes(orjson.dumps(figures(cells), option=orjson.OPT_INDENT_2))
    draw(cells, plan.arms, out / "ablation.svg")
    told.print(text, soft_wrap=True)
    told.print(f"table    {out / 'ablation.md'}\npicture  {out / 'ablation.svg'}", soft_wrap=True)
