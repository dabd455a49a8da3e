"""`winnow rewards`: label the steps of a run by how often a model that goes on from them comes out right."""

from typing import Annotated

import typer

from winnow.commands import AsJson, Refusal, RunPath, console


def rewards(
    run: RunPath,
    n: Annotated[int, typer.Option("-n", "--continuations", min=1, max=64, help="Continuations from each step.")] = 4,
    where: Annotated[str, typer.Option(help="Of which trajectories, such as: difficulty >= 3")] = "",
    share: Annotated[float, typer.Option(min=0, max=1, help="A share of these; always the same ones.")] = 1.0,
    model: Annotated[str | None, typer.Option(help="Another model than the run's solver goes on.")] = None,
    set_: Annotated[list[str] | None, typer.Option("--set", metavar="A.B=C", help="Override one setting.")] = None,
    report: Annotated[bool, typer.Option("--report", help="Only tell of what is there; make nothing.")] = False,
    as_json: AsJson = False,
) -> None:
    """Let a model go on n times from behind each step, count the right answers, and say where that and the graders agree.

    Stored beside the traces: `--where 'reward >= 0.5'` filters by the lowest share of a trace's steps, and the format `steps` exports them.
    What is there already is not made again.
    """
    import asyncio

    import orjson

    from agents.models import ModelError
    from scenarios.loading import ScenarioError, load_scenario
    from traces.ledger import Ledger, LedgerError
    from traces.select import SelectError
    from winnow.folder import FolderError, RunFolder
    from winnow.machine import MachineError
    from winnow.reward_report import RewardReport
    from winnow.rewarding import Made, Rewarding

    try:
        folder = RunFolder.open(run)
        made = Made()
        if not report:
            folder.scenario()  # says it plainly where no scenario made the run
            scenario = load_scenario(folder.config, set_ or [], model=model)
            with Ledger.open(folder.ledger, annotate=True) as ledger:
                made = asyncio.run(Rewarding(scenario, folder, n, where or "true", share).run(ledger))
        with Ledger.open(folder.ledger, readonly=True) as ledger:
            found = RewardReport.of(ledger)
    except (FolderError, LedgerError, MachineError, ModelError, ScenarioError, SelectError) as error:
        raise Refusal(error) from error
    if as_json:
        print(orjson.dumps({**made.facts(), **found.facts()}, option=orjson.OPT_INDENT_2).decode())
    else:
        made.print(console())
        found.print(console())
    if made.errors or made.stopped:
        raise typer.Exit(3)
