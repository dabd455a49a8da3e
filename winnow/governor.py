"""Makes the models of a run's roles, each under the run's budget and with a gate of its own before its server."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from typing import Any

from langchain_core.language_models import BaseChatModel
from langsmith import tracing_context

from agents.budget import Budget, Rates
from agents.critics import Committee, Critic
from agents.gate import Gate
from agents.governed import GovernedChatModel
from agents.journal import Journal
from agents.models import ModelError, api_key, chat_model, fingerprint, usual_key
from agents.retry import RetryPolicy
from graders.critics.rubric import instructions
from scenarios.parts.models import TEACHER, ModelPart, RoleName
from scenarios.scenario import Scenario
from winnow.folder import RunFolder

OPENAI_KEY = "OPENAI_API_KEY"


class Governor:
    """One for a run. What it spent in earlier sessions is read from the journal."""

    def __init__(self, scenario: Scenario, journal: Journal | None) -> None:
        self._scenario, self._journal = scenario, journal
        self._models: dict[RoleName, GovernedChatModel] = {}
        self._gates: list[Gate] = []
        limits = scenario.budget
        self.budget = Budget(limits.tokens, limits.usd, limits.time, free=embedded(scenario))
        if journal:
            self.budget.spent, self.budget.spent_time = journal.spent()
            self.budget.keep = journal.keep_spent

    def model(self, role: RoleName) -> GovernedChatModel:
        """The model of a role, the same one every time: its gate counts all calls. Raises ModelError."""
        if role not in self._models:
            self._models[role] = self._of(self._scenario.roles[role], role, f"models.{role}")
        return self._models[role]

    def committee(self) -> Committee | None:
        """The critics of the scenario; None where it has none. Raises ModelError."""
        asked, usual = self._scenario.critics, self._scenario.models.critic
        if not asked.members:
            return None
        shared = self.model("critic")
        members = tuple(
            Critic(
                name=one.name,
                model=self._of(one.model, "critic", f"critics.members.{place}.model") if one.model else shared,
                model_name=fingerprint((one.model or usual).model, (one.model or usual).profile),
                instructions=instructions(one.prompt, one.instructions),
            )
            for place, one in enumerate(asked.members)
        )
        return Committee(members, asked.vote, asked.longest)

    def trouble(self) -> str:
        """What to tell of servers that answer nobody at present; empty where all do."""
        return "; ".join(told for gate in self._gates if (told := gate.trouble()))

    def _of(self, part: ModelPart, role: RoleName, place: str) -> GovernedChatModel:
        free = part.model == TEACHER
        server = f"{part.model} at {part.base_url}" if part.base_url else part.model
        most = part.concurrency or self._scenario.concurrency.attempts
        gate = None if free else Gate(f"{role}: {server}", most, patience=self._scenario.abort_if.silence)
        self._gates += [gate] if gate else []
        return GovernedChatModel(
            inner=make_model(part),
            role=role,
            budget=self.budget,
            gate=gate,
            rates=rates(part),
            retry=RetryPolicy(busy=100),
            journaled=not free,
            fingerprint=fingerprint(part.model, part.profile),
            timeout=None if free or part.model.startswith("openai:") else part.timeout,
            keyless=without_key(part, place),
            seeded=free or (part.seeded and part.model.startswith("openai:")),
        )


def costs(scenario: Scenario) -> bool:
    """Whether anything of a run is worth a journal: a model behind a server, or a budget that outlives a session."""
    served = any(name != TEACHER for names in _models(scenario).values() for name in names)
    return served or any(value is not None for _, value in scenario.budget)


@contextmanager
def journal_of(scenario: Scenario, folder: RunFolder) -> Iterator[Journal | None]:
    """The journal of a folder, closed behind; None where nothing is worth one."""
    if not costs(scenario):
        yield None
        return
    with closing(Journal(folder.journal)) as journal:
        yield journal


def untraced(scenario: Scenario) -> AbstractContextManager[Any]:
    """Traces of model calls go to nobody unless the scenario says so, whatever the environment holds."""
    return nullcontext() if scenario.tracing else tracing_context(enabled=False)


def embedded(scenario: Scenario) -> list[RoleName]:
    """The roles that the embedded teacher plays beside models behind servers: its tokens are on nobody's bill. None where it plays all."""
    found = _models(scenario)
    free = [role for role, names in found.items() if set(names) == {TEACHER}]
    return free if len(free) < len(found) else []


def _models(scenario: Scenario) -> dict[RoleName, list[str]]:
    """Who plays each role; the critics' may be several."""
    own = [one.model.model for one in scenario.critics.members if one.model]
    return {role: [part.model, *(own if role == "critic" else ())] for role, part in scenario.roles.items()}


def make_model(role: ModelPart) -> BaseChatModel:
    """The chat model of a role, with the settings its scenario gives. Raises ModelError."""
    names = ("base_url", "temperature", "max_tokens")
    settings = {name: value for name in names if (value := getattr(role, name)) is not None}
    openai = role.model.startswith("openai:")
    key = usual_key(OPENAI_KEY) if role.api_key_env is None and keyed_by(role) else api_key(role.api_key_env)
    if key:
        settings["api_key"] = key
    elif openai and role.base_url is None:
        raise ModelError(
            f"model {role.model!r}: give the address of its server as base_url; or for OpenAI's own, export OPENAI_API_KEY,"
            " or name another variable that holds the key with api_key_env"
        )
    if openai:
        settings |= {"timeout": role.timeout, "streaming": role.stream, "reasoning_as": role.reasoning_as}
        settings["extra_body"] = role.extra_body
    return chat_model(role.model, faults=role.profile, **settings)


def keyed_by(part: ModelPart) -> str | None:
    """The variable that holds the key of a role at an OpenAI-compatible server, None where no key goes with its calls.

    OpenAI's own key goes to OpenAI alone: at another address it would be told to a stranger.
    """
    if part.api_key_env is None and part.model.startswith("openai:") and part.base_url is None:
        return OPENAI_KEY
    return part.api_key_env


def without_key(part: ModelPart, place: str) -> str:
    """What to tell where a server wants a key and is sent none; `place` is where the scenario names the model."""
    if keyed_by(part) or not part.model.startswith("openai:"):
        return ""
    own = f" {OPENAI_KEY} goes to OpenAI's own address alone." if usual_key(OPENAI_KEY) else ""
    return f"No key was sent: set {place}.api_key_env to the name of the variable that holds it.{own}"


def rates(role: ModelPart) -> Rates:
    """The prices a scenario gives; nothing costs anything where it gives none."""
    return Rates(role.price.input, role.price.output) if role.price else Rates()
