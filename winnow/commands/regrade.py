"""`winnow regrade`: judge a run's traces again."""

import json
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from winnow.commands import AsJson, Refusal, RunPath, console

if TYPE_CHECKING:
    from rich.status import Status

    from winnow.recriticising import Judged


def regrade(
    run: RunPath,
    graders: Annotated[
        str | None,
        typer.Option(metavar="A,B", help="Judge by these graders alone. [default: all, critics' verdicts kept]"),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="RUN2", help="A new or empty folder. [default: RUN-regraded]"),
    ] = None,
    critics: Annotated[
        Path | None,
        typer.Option(
            metavar="SCENARIO",
            help="Have the critics of a scenario file read every step too, such as scenarios/critics.yaml.",
        ),
    ] = None,
    model: Annotated[str | None, typer.Option(help="With --critics: their model, such as openai:NAME.")] = None,
    base_url: Annotated[str | None, typer.Option(metavar="URL", help="Address of that model's server.")] = None,
    set_: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="A.B=C", help="With --critics: override one setting of the scenario."),
    ] = None,
    resume: Annotated[bool, typer.Option("--resume", help="With --critics: go on in the output folder.")] = False,
    as_json: AsJson = False,
) -> None:
    """Give the stored traces of a run new verdicts, in a new run, and say which decisions changed and why."""
    if critics is None and (model or base_url or set_ or resume):
        raise Refusal("--model, --base-url, --set and --resume are for critics; say whose with --critics SCENARIO")
    named = None if graders is None else tuple(name.strip() for name in graders.split(",") if name.strip())
    folder = output or run.with_name(f"{run.resolve().name}-regraded")
    if critics is None:
        _programs(run, folder, named, as_json)
        return
    chosen = {"model": model, "base_url": base_url}
    asked = [f"models.critic={json.dumps({k: v for k, v in chosen.items() if v})}"] if model else []
    _critics(run, folder, named, critics, [*asked, *(set_ or [])], resume=resume, as_json=as_json)


def _programs(run: Path, folder: Path, named: tuple[str, ...] | None, as_json: bool) -> None:
    import orjson

    from traces.ledger import LedgerError
    from winnow.folder import FolderError
    from winnow.judging import UnknownGrader
    from winnow.regrading import Regrade

    try:
        changes = Regrade(run, folder, named).run()
    except (FolderError, LedgerError, UnknownGrader) as error:
        raise Refusal(error) from error
    if as_json:
        print(orjson.dumps({"folder": str(folder), **changes.facts()}, option=orjson.OPT_INDENT_2).decode())
    else:
        changes.print(console(), folder)


def _critics(
    run: Path,
    folder: Path,
    named: tuple[str, ...] | None,
    critics: Path,
    overrides: list[str],
    *,
    resume: bool,
    as_json: bool,
) -> None:
    from rich.status import Status

    from agents.models import ModelError
    from scenarios.loading import ScenarioError, load_scenario
    from traces.ledger import LedgerError
    from winnow.folder import FolderError
    from winnow.judging import UnknownGrader
    from winnow.recriticising import Recritique

    with Status("critics read", console=console(stderr=True)) as shown:
        try:
            scenario = load_scenario(critics, overrides)
            if not scenario.critics.members:
                raise Refusal(f"{critics}: seats no critics. Add `critics: {{members: [{{name: auditor}}]}}` to it")
            tell = partial(_count, shown)
            found = Recritique(run, folder, scenario, named, resume=resume, tell=tell).run()
        except (FolderError, LedgerError, ModelError, ScenarioError, UnknownGrader) as error:
            raise Refusal(error) from error
        except KeyboardInterrupt:
            raise Refusal(f"interrupted; what was read so far is in {folder}: go on with --resume", 130) from None
    _tell(found, folder, as_json)
    if found.halt:
        code = {"budget": 4, "endpoint": 5}[found.halt.cause]
        raise Refusal(f"{found.halt.reason}\nWhat was read so far is in {folder}: go on with --resume.", code)


def _count(shown: "Status", done: int) -> None:
    shown.update(f"critics read {done:,} attempts")


def _tell(found: "Judged", folder: Path, as_json: bool) -> None:
    import orjson

    facts = {"folder": str(folder), **found.changes.facts(), "critics": found.critics.facts()}
    if as_json:
        cost = found.cost.summary(found.changes.kept_after) if found.cost else None
        print(orjson.dumps({**facts, "cost": cost}, option=orjson.OPT_INDENT_2).decode())
        return
    out = console()
    found.changes.print(out, folder)
    out.print(found.critics.sentence(), soft_wrap=True)
    if found.cost and (said := found.cost.line(found.changes.kept_after)):
        out.print(said, soft_wrap=True)
