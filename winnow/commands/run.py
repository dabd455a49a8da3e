"""`winnow run`: carry out a scenario."""

from pathlib import Path
from typing import Annotated

import typer

from winnow.commands import AsJson, Refusal, ScenarioPath


def run(
    scenario: ScenarioPath,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Folder for the run. [default: outputs/NAME-TIME]")
    ] = None,
    tasks: Annotated[int | None, typer.Option("-n", "--tasks", min=1, help="How many tasks.")] = None,
    set_: Annotated[list[str] | None, typer.Option("--set", metavar="A.B=C", help="Override one setting.")] = None,
    seed: Annotated[int | None, typer.Option(help="Another seed.")] = None,
    model: Annotated[
        str | None,
        typer.Option(
            help="The solver's model, such as openai:NAME; where a model writes queries or poses problems, the writer's and critic's too."
        ),
    ] = None,
    base_url: Annotated[str | None, typer.Option(metavar="URL", help="Address of that model's server.")] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with the run in the output folder.")] = False,
    as_json: AsJson = False,
) -> None:
    """Carry out a scenario: write queries, solve them, judge every step, keep what is right."""
    from agents.models import ModelError
    from scenarios.gates.contamination import BenchmarkError
    from scenarios.loading import ScenarioError, load_scenario
    from scenarios.queries.own import SeedsError
    from scenarios.queries.topics import TopicsError
    from traces.imports import SourceError
    from traces.ledger import LedgerError
    from winnow.folder import FolderError
    from winnow.launch import launch
    from winnow.machine import MachineError
    from winnow.sources import with_files

    overrides = [*(set_ or [])]
    overrides += [f"tasks.count={tasks}"] if tasks is not None else []
    overrides += [f"seed={seed}"] if seed is not None else []
    if base_url and not model:
        raise Refusal("--base-url is the address of the server of --model; give that too, as --model openai:NAME")
    if resume and output is None:
        raise Refusal(f"--resume needs -o, the folder of the run{_newest()}")
    try:
        resolved = with_files(load_scenario(scenario, overrides, model=model, base_url=base_url))
        code = launch(resolved, output, resume=resume, as_json=as_json)
    except (
        BenchmarkError,
        ScenarioError,
        FolderError,
        MachineError,
        ModelError,
        SeedsError,
        TopicsError,
        SourceError,
    ) as error:
        raise Refusal(error) from error
    except LedgerError as error:
        raise Refusal(f"{error}\nWhat was committed is safe; go on with --resume once that is mended.", 1) from error
    raise typer.Exit(code)


def _newest() -> str:
    """Which run was begun last, of those that `-o` was left out for."""
    from winnow.folder import RUNS, RunFolder

    found = [RunFolder(path).config for path in RUNS.glob("*/") if RunFolder(path).config.is_file()]
    return f"; the newest is {max(found, key=lambda file: file.stat().st_mtime).parent}" if found else ""
