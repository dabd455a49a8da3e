"""Who plays which role, and what is asked of a model's server."""

from collections.abc import Collection
from typing import Any, Literal, get_args

from pydantic import Field, model_validator

from scenarios.parts.base import Part, rule
from scenarios.parts.named import Profile
from tools.written_calls import Notation

TEACHER = "teacher"
RoleName = Literal["writer", "solver", "critic"]
ROLES: tuple[RoleName, ...] = get_args(RoleName)
_NOT_TEACHERS = frozenset(
    {"base_url", "api_key_env", "temperature", "max_tokens", "price", "tool_parser", "reasoning_as", "extra_body"}
)


def misfit(model: object, settings: Collection[str]) -> str:
    """What is wrong with giving a model these settings; empty where nothing is."""
    if model == TEACHER and (idle := sorted(_NOT_TEACHERS & set(settings))):
        return f"{', '.join(idle)} given for the embedded teacher, which has no such setting; remove it or name another model"
    if ":" in str(model) and "profile" in settings:
        return f"profile given for {model}, but only the embedded teacher makes mistakes on purpose; remove it"
    return ""


class Price(Part):
    """What a model costs, in US dollars for a million tokens. Prices are yours to give: none is known or guessed."""

    input: float = Field(0.0, ge=0, le=100_000)
    """Dollars for a million tokens read."""
    output: float = Field(0.0, ge=0, le=100_000)
    """Dollars for a million tokens written."""


class ModelPart(Part):
    """The chat model that plays a role, and its settings. Left out, a setting is the server's own default."""

    model: str = Field(TEACHER, max_length=200, pattern=r"^(teacher|[a-z][a-z0-9_-]*:\S+)$")
    """`teacher`, the embedded model that needs no key and no network; `openai:NAME` for any OpenAI-compatible server; or
    `PROVIDER:NAME` for anything LangChain's `init_chat_model` knows."""
    profile: Profile = {}
    """For the teacher only: which mistakes it makes on purpose. A profile's name, or slips with their probabilities (0 to 1).
    Left out: none."""
    base_url: str | None = Field(None, max_length=2000, pattern=r"^https?://[^\s/]+\S*$")
    """Address of an OpenAI-compatible server, with its path: `http://127.0.0.1:8000/v1`."""
    api_key_env: str | None = Field(None, max_length=100, pattern=r"^[A-Z_][A-Z0-9_]*$")
    """Name of the environment variable that holds the key, in capitals. Never the key itself."""
    temperature: float | None = Field(None, ge=0, le=2)
    """Sampling temperature, 0 to 2."""
    max_tokens: int | None = Field(None, ge=1, le=1_000_000)
    """The most tokens of one reply, 1 to 1,000,000."""
    timeout: float = Field(120.0, ge=1, le=3600)
    """Seconds one reply may take, 1 to 3,600."""
    price: Price | None = None
    """What its tokens cost. Left out: not reported, and no budget of money counts them."""
    concurrency: int | None = Field(None, ge=1, le=4096)
    """The most calls of this role at once, 1 to 4,096; how many of them its server takes is found by trying. Left out: as many as there
    are attempts in flight."""
    tool_parser: Literal["auto"] | Notation | None = None
    """The notation in which this model's server leaves calls in the text, so that they are made; `auto` takes any that is known. Left out:
    such a text is no call, and is graded as one that was narrated but not made."""
    reasoning_as: str | None = Field(None, max_length=40, pattern=r"^[a-z_]+$")
    """The field in which reasoning goes back to the server with the conversation, such as `reasoning_content`, for models that need it.
    Left out: it does not go back."""
    seeded: bool = True
    """Whether a seed goes with each call, which makes answers repeatable where a server heeds it. Some refuse it; models of LangChain's own
    packages are sent none."""
    extra_body: dict[str, Any] = {}
    """Further fields of each request to an OpenAI-compatible server, as they are: `{chat_template_kwargs: {enable_thinking: true}}`."""
    stream: bool = False
    """Whether answers are streamed from the server: long ones then pass proxies that close quiet connections."""

    @model_validator(mode="after")
    def _settings_fit_the_model(self) -> "ModelPart":
        rule(misfit(self.model, {name for name, value in self if value not in (None, {})}))
        return self


class ModelsPart(Part):
    """Who plays which role."""

    writer: ModelPart = Field(default_factory=ModelPart)
    """Words the queries."""
    solver: ModelPart = Field(default_factory=ModelPart)
    """Solves the tasks with tools; its messages are what is exported."""
    critic: ModelPart = Field(default_factory=ModelPart)
    """Reads every step and says what is wrong with it."""
