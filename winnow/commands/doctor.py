"""`winnow doctor`: what this machine can do."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from winnow.commands import Refusal

if TYPE_CHECKING:
    from scenarios.parts.models import ModelPart
    from scenarios.scenario import Scenario


def doctor(
    scenario: Annotated[
        Path | None, typer.Argument(metavar="[SCENARIO]", help="Tell also which key each role of it would use.")
    ] = None,
    set_: Annotated[list[str] | None, typer.Option("--set", metavar="A.B=C", help="Override one setting.")] = None,
    model: Annotated[str | None, typer.Option(help="The solver's model, as for `winnow run`.")] = None,
    base_url: Annotated[str | None, typer.Option(metavar="URL", help="Address of that model's server.")] = None,
) -> None:
    """Say what this machine can do, and what it lacks: the sandbox and its parts, and the keys that are set (never their values)."""
    from agents.models import usual_key
    from scenarios.loading import ScenarioError, load_scenario
    from tools.sandbox.probe import sandbox_report
    from tools.search.web.settings import KEYS
    from winnow.commands import console
    from winnow.governor import OPENAI_KEY

    out = console()
    try:
        asked = load_scenario(scenario, set_ or [], model=model, base_url=base_url) if scenario else None
    except ScenarioError as error:
        raise Refusal(error) from error
    out.print(str(sandbox_report()))
    for variable in ("E2B_API_KEY", *sorted(KEYS.values()), OPENAI_KEY):
        out.print(f"{variable:<16} {'set' if usual_key(variable) else 'not set'}")
    for line in _keys(asked) if asked else ():
        out.print(line, soft_wrap=True)


def _keys(scenario: "Scenario") -> list[str]:
    """Which key would go with the calls of each role, and where to."""
    from scenarios.parts.models import TEACHER

    own = [(f"critic {one.name}", one.model) for one in scenario.critics.members if one.model]
    roles: list[tuple[str, ModelPart]] = [*scenario.roles.items(), *own]
    return [
        f"{role + ':':<16} {part.model}{f' at {part.base_url}' if part.base_url else ''}, {_key(part)}"
        for role, part in roles
        if part.model != TEACHER
    ] or ["The embedded teacher plays all roles: no key is needed."]


def _key(part: "ModelPart") -> str:
    from agents.models import usual_key
    from winnow.governor import keyed_by

    if variable := keyed_by(part):
        return f"key from {variable} ({'set' if usual_key(variable) else 'not set'})"
    if part.model.startswith("openai:"):
        return "no key is sent (api_key_env names the variable of one)"
    return "key from where its package looks for it"
