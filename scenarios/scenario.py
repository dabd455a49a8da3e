"""What a scenario file says, as frozen data: which tasks, models, tools, graders and limits, and how many of each.

Types and ranges are checked here, names against what is installed (`scenarios.names`). Reading a file, with the place of
every problem, is `scenarios.loading`. Seconds, US dollars and tokens throughout.
"""

from collections.abc import Collection, Sequence
from typing import Annotated, Any, Literal, get_args

import yaml
from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, ValidationInfo, model_validator
from pydantic_core import PydanticCustomError

from scenarios.marks import Writer
from scenarios.names import Kind, Names, installed, unknown_name
from scenarios.queries.grid import NEEDS
from scenarios.queries.seeds import TECHNIQUES, Technique
from scenarios.queries.topics import DOMAINS, Domain
from scenarios.world.config import WorldConfig
from tools.written_calls import Notation
from traces.base import Frozen, content_hash

VERSION: Literal[1] = 1
TEACHER = "teacher"
ALL: Any = "all"
RoleName = Literal["writer", "solver", "critic"]
Evolution = Literal["rephrase", "reverse", "depth", "breadth", "unlabelled"]
"""How a problem of mathematics is made of another (`scenarios.evolution`)."""
Derivation = Literal["translate", "document", "mend", "test"]
"""What else is asked about a code problem of one's own (`scenarios.sets.deriving`)."""
ROLES: tuple[RoleName, ...] = get_args(RoleName)
_NOT_TEACHERS = frozenset(
    {"base_url", "api_key_env", "temperature", "max_tokens", "price", "tool_parser", "reasoning_as", "extra_body"}
)
SAFE_INT = 2**53 - 1
"""The largest whole number every JSON reader keeps exactly."""


class Part(Frozen):
    """A section of a scenario. Values are taken as they are written: the text "7" is no number."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, use_attribute_docstrings=True)


def _known(kind: Kind) -> AfterValidator:
    def check(value: str, info: ValidationInfo) -> str:
        if value not in (known := _names(info).of(kind)):
            raise unknown_name(kind, value, known)
        return value

    return AfterValidator(check)


def _names(info: ValidationInfo) -> Names:
    return info.context["names"] if info.context else installed()


def _weights(value: object, info: ValidationInfo) -> object:
    """A list of names means equal weights, `all` every family. Anything else is left for the type to judge."""
    if value == ALL:
        return dict.fromkeys(_names(info).families, 1.0)
    if not isinstance(value, list | tuple) or not all(isinstance(name, str) for name in value):
        return value
    _distinct(tuple(value))
    return dict.fromkeys(value, 1.0)


def _even(value: object) -> object:
    """A list of names means equal weights."""
    if not isinstance(value, list | tuple) or not all(isinstance(name, str) for name in value):
        return value
    _distinct(tuple(value))
    return dict.fromkeys(value, 1.0)


def _some(weights: dict[str, float]) -> dict[str, float]:
    _rule("" if sum(weights.values()) else "nothing has a weight above 0; give at least one")
    return {name: weight for name, weight in weights.items() if weight}


def repeated(names: Sequence[object]) -> str:
    """What is wrong with a list of names in which one stands twice; empty where none does."""
    twice = sorted({str(name) for name in names if names.count(name) > 1})
    return f"{', '.join(twice)} given twice; each name once" if twice else ""


def misfit(model: object, settings: Collection[str]) -> str:
    """What is wrong with giving a model these settings; empty where nothing is."""
    if model == TEACHER and (idle := sorted(_NOT_TEACHERS & set(settings))):
        return f"{', '.join(idle)} given for the embedded teacher, which has no such setting; remove it or name another model"
    if ":" in str(model) and "profile" in settings:
        return f"profile given for {model}, but only the embedded teacher makes mistakes on purpose; remove it"
    return ""


def _rule(broken: str) -> None:
    if broken:
        raise PydanticCustomError("rule", "{broken}", {"broken": broken})


def _distinct(names: tuple[str, ...]) -> tuple[str, ...]:
    _rule(repeated(names))
    return names


def _weighted(weights: dict[str, float]) -> dict[str, float]:
    """The families that take part, in the order of their names: equal mixtures must make equal runs, however they are written."""
    _rule("" if sum(weights.values()) else "no family has a weight above 0; give at least one")
    return {name: weight for name, weight in sorted(weights.items()) if weight}


def _profile(value: object, info: ValidationInfo) -> object:
    """A profile's name stands for its slips; nothing stands for none."""
    if not isinstance(value, str):
        return {} if value is None else value
    profiles = _names(info).profiles
    if value not in profiles:
        raise unknown_name("profile", value, tuple(profiles))
    return dict(profiles[value])


def _graders(value: object, info: ValidationInfo) -> object:
    if value == ALL:
        return _names(info).graders
    return tuple(value) if isinstance(value, list) else value


FamilyName = Annotated[str, _known("family")]
ToolName = Annotated[str, _known("tool")]
GraderName = Annotated[str, _known("grader")]
SlipName = Annotated[str, _known("slip")]
Weight = Annotated[float, Field(ge=0, le=1e6)]
Probability = Annotated[float, Field(ge=0, le=1)]
Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z]{2,8})?$")]
Domains = Annotated[
    dict[Domain, Weight],
    AfterValidator(_some),
    BeforeValidator(_even, json_schema_input_type=dict[Domain, Weight] | list[Domain]),
]
Techniques = Annotated[
    dict[Technique, Weight],
    AfterValidator(_some),
    BeforeValidator(_even, json_schema_input_type=dict[Technique, Weight] | list[Technique]),
]
Languages = Annotated[
    dict[Language, Weight],
    AfterValidator(_some),
    BeforeValidator(_even, json_schema_input_type=dict[Language, Weight] | list[Language]),
]
Families = Annotated[
    dict[FamilyName, Weight],
    AfterValidator(_weighted),
    BeforeValidator(_weights, json_schema_input_type=Literal["all"] | dict[str, Weight] | list[str]),
]
Profile = Annotated[
    dict[SlipName, Probability],
    BeforeValidator(_profile, json_schema_input_type=str | dict[str, Probability] | None),
]


class WorldPart(Part):
    """The fictional encyclopaedia the agents search."""

    documents: int = Field(2000, ge=100, le=10_000_000)
    """How many documents it has, 100 to 10,000,000."""
    seed: int | None = Field(None, ge=0, le=SAFE_INT)
    """The seed it is made from. Left out: the scenario's seed."""
    knobs: WorldConfig = Field(default_factory=WorldConfig)
    """What kind of world it is. Left out: an honest English one."""


class SearchPart(Part):
    """What the tools `search` and `open_page` search."""

    source: Literal["world", "corpus", "web"] = "world"
    """`world`: the pages of the world; `corpus`: a folder that `winnow corpus build` made; `web`: a web provider."""
    corpus: str | None = Field(None, max_length=4096)
    """For `corpus`: its folder, as seen from where the command is run."""
    provider: Literal["ddgs", "brave", "tavily", "searxng"] = "ddgs"
    """For `web`: who is asked. `ddgs` needs no key; `brave` and `tavily` need one."""
    base_url: str | None = Field(None, max_length=2000, pattern=r"^https?://[^\s/]+\S*$")
    """For `web`: another address of the provider; `searxng` needs it."""
    api_key_env: str | None = Field(None, max_length=100, pattern=r"^[A-Z_][A-Z0-9_]*$")
    """For `web`: name of the environment variable that holds the key. Left out: the provider's usual one."""
    cache: Literal["record", "replay", "live"] = "record"
    """For `web`: `record` keeps every answer and asks the same question once; `replay` never touches the network; `live` keeps none."""
    cassette: str | None = Field(None, max_length=4096)
    """For `web`: the folder of recorded answers. Left out: `cassette` in the run's folder."""
    rate: float = Field(1.0, gt=0, le=1000)
    """For `web`: searches a second, for the whole process."""

    @model_validator(mode="after")
    def _complete(self) -> "SearchPart":
        if self.source == "corpus" and self.corpus is None:
            raise PydanticCustomError("no_corpus", "the folder of the corpus, as `corpus: DIR`", {})
        if self.source == "web" and self.provider == "searxng" and self.base_url is None:
            raise PydanticCustomError("no_address", "searxng's address, as `base_url: http://...`", {})
        return self


class WritePart(Part):
    """Queries that the role `writer` writes from seeds. See docs/queries.md."""

    domains: Domains = Field(dict.fromkeys(DOMAINS, 1.0))
    """What they are about, with weights, or a list for equal ones: `search`, `math`, `programming`."""
    levels: Annotated[tuple[Annotated[int, Field(ge=1, le=5)], ...], AfterValidator(_distinct)] = Field(
        (1, 2, 3), min_length=1
    )
    """The difficulties, 1 (one call) to 5 (a long piece of work), in equal parts."""
    languages: Languages = Field({"en": 1.0})
    """The languages, as `en` or `de`, with weights, or a list for equal ones."""
    techniques: Techniques = Field(dict.fromkeys(TECHNIQUES, 1.0))
    """How they are made, with weights, or a list for equal ones."""
    floor: int = Field(0, ge=0, le=100_000)
    """Queries that each cell (domain, tools, difficulty, language) is to have first, 0 to 100,000."""
    cap: int | None = Field(None, ge=1, le=1_000_000)
    """The most queries of a cell. Left out: no limit."""
    topics: dict[Domain, str] = {}
    """Files with topics of your own, one a line, instead of those shipped for a domain."""
    seeds: str | None = Field(None, max_length=4096)
    """A file (JSONL) of queries of your own that others are made from."""
    families: Annotated[tuple[FamilyName, ...], AfterValidator(_distinct)] = ()
    """Task families whose queries others are made from too, by name."""
    digests: dict[str, str] = {}
    """Hashes of the files of topics and seeds, filled in when a run starts, so that a run goes on only with the files it began with."""


class InstructPart(Part):
    """Programming problems that the role `writer` poses, solves and tests, chosen by execution. See docs/code.md."""

    share: float = Field(0.15, gt=0, le=1)
    """Which share of the tasks, above 0 to 1."""
    solutions: int = Field(4, ge=2, le=16)
    """Candidate solutions of each problem, 2 to 16; more than half of them have to agree."""
    tests: int = Field(3, ge=1, le=8)
    """Sets of tests written for each problem, 1 to 8."""
    rounds: int = Field(2, ge=0, le=5)
    """How often what failed goes back to its writer, who mends solution or tests, 0 to 5."""
    revisions: int = Field(1, ge=0, le=3)
    """How often a problem on which nobody agrees is posed anew, more plainly, 0 to 3."""
    topics: str | None = Field(None, max_length=4096)
    """A file with topics of your own, one a line. Left out: the 71 that are shipped."""


class TasksPart(Part):
    """Which tasks are made, and how many."""

    count: int = Field(100, ge=1, le=10_000_000)
    """How many tasks, 1 to 10,000,000."""
    file: str | None = Field(None, max_length=4096)
    """A problem set of your own (JSONL) to take the tasks from instead: its first `count` rows. See docs/problem-sets.md."""
    digest: str | None = Field(None, max_length=128)
    """Hash of that file, filled in when a run starts, so that a run goes on only with the file it began with."""
    write: WritePart | None = None
    """Have a model write queries instead: `count` tries, those that do not pass the gates included. Left out: nobody is asked for any."""
    instruct: InstructPart | None = None
    """Have a model pose some of the tasks: programming problems with solutions and tests, chosen by execution. Left out: none."""
    evolve: Annotated[tuple[Evolution, ...], AfterValidator(_distinct)] = ()
    """Children of each problem of mathematics, made after it and counted with it. `rephrase`: the same in other words; `reverse`: an input
    hidden, the answer given; `depth`: more operations; `breadth`: another topic; `unlabelled`: a sibling whose answer nobody tells.
    See docs/math.md."""
    derive: Annotated[tuple[Derivation, ...], AfterValidator(_distinct)] = ()
    """For `file`: further tasks out of each code problem that comes with a solution, made after it and counted with it. `translate`: to
    another language; `document`: words from which it can be written again; `mend`: a planted fault made right; `test`: tests for it.
    See docs/code.md."""
    families: Families = Field(ALL, validate_default=True)
    """The kinds of task, by name, with their weights (0 to 1,000,000; shares are weight over sum), a list of names for equal
    weights, or `all`."""


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
        _rule(misfit(self.model, {name for name, value in self if value not in (None, {})}))
        return self


class ModelsPart(Part):
    """Who plays which role."""

    writer: ModelPart = Field(default_factory=ModelPart)
    """Words the queries."""
    solver: ModelPart = Field(default_factory=ModelPart)
    """Solves the tasks with tools; its messages are what is exported."""
    critic: ModelPart = Field(default_factory=ModelPart)
    """Reads every step and says what is wrong with it."""


class CriticPart(Part):
    """One member of the committee of critics."""

    name: str = Field(max_length=40, pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")
    """What the record calls it."""
    prompt: Literal["auditor", "sceptic", "reader"] = "auditor"
    """Its disposition: `auditor` weighs evenly, `sceptic` recomputes and checks everything, `reader` asks what is supported and serves."""
    instructions: str = Field("", max_length=20_000)
    """More for it to heed, in your own words, after the rubric."""
    model: ModelPart | None = None
    """Its model. Left out: that of the role `critic`."""


class CriticsPart(Part):
    """Models that read each step and vote on it. Their verdicts stand beside those of the programs."""

    members: tuple[CriticPart, ...] = ()
    """Who sits in the committee, in the order they are asked. Left out: nobody, and no model is asked."""
    vote: Literal["veto", "majority", "unanimity"] = "veto"
    """`veto`: one that fails a step is enough; `majority`: as many as pass it, or more; `unanimity`: all that gave a verdict."""
    required: bool = False
    """Whether a trace is kept only if the critics passed every step. Otherwise a step they cannot judge is no bar."""
    longest: int = Field(60_000, ge=2000, le=10_000_000)
    """Characters of the conversation shown with a question, about, 2,000 to 10,000,000; longer results are cut in their middle."""

    @model_validator(mode="after")
    def _names_differ(self) -> "CriticsPart":
        _rule(repeated([member.name for member in self.members]))
        return self


class KeepPart(Part):
    """What is asked of a trace beside that no grader fails it."""

    agree: int = Field(1, ge=1, le=64)
    """Where nothing is known of the right answer: how many attempts at the task must give the trace's answer, itself included, 1 to 64. The
    attempts at a task are then decided together. 1 asks for no other."""
    asked: bool = True
    """For `agree`: whether the role `critic` is asked if two answers say the same, where programs cannot tell."""
    edge: bool = False
    """Whether the exports that a run ends with take only tasks at the edge: those of whose attempts some are kept and some are not."""


class GatesPart(Part):
    """What a written query has to pass before it is used."""

    against: tuple[str, ...] = ()
    """Benchmark files (JSONL) that no query may stand in, as seen from where the command is run."""
    digests: dict[str, str] = {}
    """Hashes of those files, filled in when a run starts, so that a run goes on only with the files it began with."""
    coverage: float = Field(0.5, ge=0.05, le=1)
    """Share of an item's runs of eight words from which on a query counts as taken from it, 0.05 to 1."""
    near: float = Field(0.8, ge=0.3, le=1)
    """For `tasks.write`: overlap with an earlier query from which on one counts as its duplicate, 0.3 to 1."""
    judged: bool = True
    """For `tasks.write`: whether the role `critic` is asked if a query can be answered with the tools, and is safe."""
    closed_book: int = Field(2, ge=0, le=8)
    """For `tasks.write`: how often the solver's model tries each query without tools; where all tries agree on an answer, the query needs
    none and is thrown away. 0 does not ask."""


class SandboxPart(Part):
    """Where code that models write is run."""

    backend: Literal["local", "e2b"] = "local"
    """`local`: confined on this machine; `e2b`: on virtual machines that E2B hosts, which needs a key."""
    api_key_env: str = Field("E2B_API_KEY", max_length=100, pattern=r"^[A-Z_][A-Z0-9_]*$")
    """For `e2b`: name of the environment variable that holds the key, in capitals. Never the key itself."""
    template: str | None = Field(None, max_length=200, pattern=r"^[A-Za-z0-9][A-Za-z0-9._:/-]*$")
    """For `e2b`: the template that sandboxes are made from. Left out: E2B's own for code."""

    @model_validator(mode="after")
    def _settings_fit_the_backend(self) -> "SandboxPart":
        if self.backend == "local" and self.template is not None:
            _rule("template given for the local sandbox, which has none; remove it or set backend: e2b")
        return self


class RewardsPart(Part):
    """Labels of steps by continuations, made when all attempts are (`winnow rewards` makes more)."""

    continuations: int = Field(0, ge=0, le=64)
    """How often a model goes on from behind each step, 0 to 64; 0 makes none."""
    share: float = Field(1.0, gt=0, le=1)
    """Of which share of the trajectories, above 0 to 1; always the same ones."""


class RepairPart(Part):
    """What happens to an attempt that is wrong but worth another try."""

    rounds: int = Field(1, ge=0, le=5)
    """How often a critique goes back to the solver for a fresh attempt, 0 to 5; 0 turns repair off."""
    hard_rounds: int | None = Field(None, ge=0, le=5)
    """The same for hard tasks, which are revised rather than dropped; 0 `rounds` turn it off too. Left out: as often as others."""
    hard_from: int = Field(4, ge=1, le=9)
    """For `hard_rounds`: the difficulty from which on a task is hard, 1 to 9."""

    def rounds_for(self, difficulty: int) -> int:
        """How often a critique goes back at most, for a task of this difficulty."""
        if self.rounds and self.hard_rounds is not None and difficulty >= self.hard_from:
            return self.hard_rounds
        return self.rounds


class LimitsPart(Part):
    """Limits of one attempt. An attempt that meets one ends there, and its record says which."""

    turns: int = Field(12, ge=1, le=200)
    """Assistant messages, 1 to 200."""
    calls: int = Field(24, ge=1, le=1000)
    """Tool calls, 1 to 1,000."""
    tokens: int = Field(60_000, ge=100, le=100_000_000)
    """Tokens read and written, 100 to 100,000,000."""
    time: float = Field(120.0, ge=1, le=86_400)
    """Seconds, 1 to 86,400."""
    usd: float | None = Field(None, gt=0, le=1e6)
    """US dollars of the solver's calls, by its `price`. Left out: no limit."""


class ConcurrencyPart(Part):
    """How much happens at once. It changes no result."""

    attempts: int = Field(16, ge=1, le=4096)
    """Attempts in flight, 1 to 4,096."""


class AbortPart(Part):
    """When a run stops by itself. It changes no result of what was finished."""

    error_rate: float = Field(0.25, gt=0, le=1)
    """Stop when a larger share of the attempts than this ended in an error, above 0 to 1; 1 never stops."""
    keep_rate: float = Field(0.0, ge=0, lt=1)
    """Stop when a smaller share than this of the judged attempts is kept, 0 to below 1; 0 never stops."""
    after: int = Field(50, ge=1, le=1_000_000)
    """Judge the rates only once this many attempts are finished, 1 to 1,000,000."""
    silence: float = Field(120.0, ge=1, le=86_400)
    """Stop when a model's server has refused or failed every call for so many seconds, 1 to 86,400."""


class BudgetPart(Part):
    """What a run may cost, over all its sessions and roles. It changes no result of what was finished."""

    tokens: int | None = Field(None, ge=1, le=10**15)
    """Tokens read and written. Left out: no limit."""
    usd: float | None = Field(None, gt=0, le=1e9)
    """US dollars, by the prices that `models` gives. Left out: no limit."""
    time: float | None = Field(None, gt=0, le=1e9)
    """Seconds. Left out: no limit."""


class GoalPart(Part):
    """When there is enough. The tasks and attempts of the scenario are the most that is tried."""

    kept: int | None = Field(None, ge=1, le=10_000_000)
    """Stop once so many trajectories are kept; those in flight are finished. Left out: all tasks are tried."""
    attempts: int | None = Field(None, ge=1, le=640_000_000)
    """Stop once so many attempts were made. Left out: no limit beside that of the tasks."""


class Scenario(Part):
    """A whole scenario. One that was loaded is resolved: every default, weight, slip and grader is spelled out in it."""

    winnow: Literal[1]
    """Version of the format: 1."""
    name: str = Field(max_length=64, pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")
    """A short name: letters, digits, dots, dashes and underscores, at most 64. Run folders are named after it."""
    seed: int = Field(0, ge=0, le=SAFE_INT)
    """Where all chance comes from, 0 to 9,007,199,254,740,991: equal seeds give equal tasks."""
    world: WorldPart = Field(default_factory=WorldPart)
    """The world that is searched."""
    search: SearchPart = Field(default_factory=SearchPart)
    """What the search tools search."""
    tasks: TasksPart = Field(default_factory=TasksPart)
    """The tasks that are made."""
    attempts: int = Field(1, ge=1, le=64)
    """Attempts at each task, 1 to 64."""
    models: ModelsPart = Field(default_factory=ModelsPart)
    """Who writes, solves and criticises."""
    tools: Annotated[tuple[ToolName, ...], AfterValidator(_distinct)] = Field(
        (
            "search",
            "open_page",
            "calculator",
            "python",
            "count_days",
            "count_working_days",
            "simple_interest",
            "compound_interest",
        ),
        min_length=1,
    )
    """Tools the run provides, by name. A task offers those of them that its family names."""
    instructions: str = Field("", max_length=20_000)
    """More for the solver to heed, in your own words, after what it is told in every run."""
    offer: Annotated[tuple[ToolName, ...], AfterValidator(_distinct)] = ()
    """Further tools, by name, that are offered in every task, whatever its family names: tools of your own. Left out: none."""
    graders: Annotated[
        tuple[GraderName, ...],
        Field(min_length=1),
        AfterValidator(_distinct),
        BeforeValidator(_graders, json_schema_input_type=Literal["all"] | list[str]),
    ] = Field(ALL, validate_default=True)
    """Who judges each step: `all`, or a list of names."""
    critics: CriticsPart = Field(default_factory=CriticsPart)
    """The committee of critics."""
    keep: KeepPart = Field(default_factory=KeepPart)
    """What is asked of a trace that is kept."""
    gates: GatesPart = Field(default_factory=GatesPart)
    """What queries have to pass."""
    sandbox: SandboxPart = Field(default_factory=SandboxPart)
    """The sandbox of the tool `python`."""
    rewards: RewardsPart = Field(default_factory=RewardsPart)
    """Whether steps are labelled by continuations."""
    repair: RepairPart = Field(default_factory=RepairPart)
    """Whether and how often a rejected attempt may be repaired."""
    limits: LimitsPart = Field(default_factory=LimitsPart)
    """Limits of one attempt."""
    concurrency: ConcurrencyPart = Field(default_factory=ConcurrencyPart)
    """How much happens at once."""
    abort_if: AbortPart = Field(default_factory=AbortPart)
    """When the run stops by itself."""
    budget: BudgetPart = Field(default_factory=BudgetPart)
    """What the run may cost."""
    goal: GoalPart = Field(default_factory=GoalPart)
    """When there is enough."""
    tracing: bool = False
    """Whether LangSmith may record the run, as its own environment variables say. Off, those variables change nothing."""

    @model_validator(mode="after")
    def _money_has_prices(self) -> "Scenario":
        priced = [role for role in self.roles.values() if role.price is not None]
        if self.budget.usd is not None and not priced:
            _rule(
                "a budget of money, but no model has a price; give one as models.solver.price: {input: ..., output: ...}"
            )
        if self.limits.usd is not None and self.models.solver.price is None:
            _rule(
                "limits.usd without a price of the solver; give one as models.solver.price: {input: ..., output: ...}"
            )
        return self

    @model_validator(mode="after")
    def _enough_attempts(self) -> "Scenario":
        if self.keep.agree > self.attempts:
            _rule(f"keep.agree is {self.keep.agree}, but only attempts: {self.attempts} are made at a task; make more")
        if self.keep.edge and self.attempts == 1:
            _rule("keep.edge with a single attempt at each task, which passes or does not; set attempts to 2 or more")
        return self

    @model_validator(mode="after")
    def _children_can_be_made(self) -> "Scenario":
        if self.tasks.evolve and self.tasks.write is not None:
            _rule("tasks.evolve with tasks.write, which evolves queries by techniques of its own; give one of them")
        if "unlabelled" in self.tasks.evolve and self.keep.agree < 2:
            _rule(
                "tasks.evolve: unlabelled without keep.agree of 2 or more; nothing else could say that an answer is right"
            )
        return self

    @model_validator(mode="after")
    def _what_is_posed_can_be(self) -> "Scenario":
        if self.tasks.instruct is not None and self.tasks.write is not None:
            _rule("tasks.instruct with tasks.write, whose queries are all written; give one of them")
        if self.tasks.instruct is not None and "python" not in self.tools:
            _rule("tasks.instruct without the tool python, in which its problems are solved; add python to tools")
        return self

    @model_validator(mode="after")
    def _what_is_written_can_be(self) -> "Scenario":
        write = self.tasks.write
        if write is None:
            return self
        if self.tasks.file is not None:
            _rule("tasks.file and tasks.write; take the tasks from one of them")
        for domain in write.domains:
            if not any(set(needs) <= set(self.tools) for needs in NEEDS[domain]):
                kinds = " or ".join("+".join(needs) for needs in NEEDS[domain])
                _rule(
                    f"tasks.write.domains has {domain}, which needs {kinds}; add that to tools, or leave {domain} out"
                )
        return self

    @property
    def world_seed(self) -> int:
        """The seed the world is made from."""
        return self.seed if self.world.seed is None else self.world.seed

    @property
    def roles(self) -> dict[RoleName, ModelPart]:
        """The models by role."""
        return {role: getattr(self.models, role) for role in ROLES}

    @property
    def all_tools(self) -> tuple[str, ...]:
        """Every tool that may be offered, each once."""
        return tuple(dict.fromkeys((*self.tools, *self.offer)))

    def offered(self, named: Sequence[str]) -> tuple[str, ...]:
        """The tools of a task whose family names these, in the order a model sees them."""
        return tuple(dict.fromkeys((*(name for name in named if name in self.tools), *self.offer)))

    def results(self) -> dict[str, Any]:
        """All that can change a result. Not here: the name, concurrency, when to stop, prices, keys' names, and limits of time."""
        return self.model_dump(mode="json", exclude=_RESULTLESS) | {
            "world": {**self.world.model_dump(mode="json"), "seed": self.world_seed}
        }

    def fingerprint(self) -> str:
        """Hash of `results()`: runs of equal fingerprints may be continued by one another."""
        return content_hash(self.results())


_RESULTLESS: Any = {
    "name": True,
    "concurrency": True,
    "abort_if": True,
    "budget": True,
    "goal": True,
    "tracing": True,
    "keep": {"edge": True},
    "rewards": True,
    "limits": {"time": True},
    "models": {
        role: dict.fromkeys(("timeout", "price", "api_key_env", "concurrency", "stream"), True) for role in ROLES
    },
    "sandbox": {"api_key_env": True},
}


def schema() -> dict[str, Any]:
    """The JSON Schema of a scenario file, for editors and for checks made elsewhere."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **Scenario.model_json_schema(mode="validation")}


def dump_yaml(scenario: Scenario) -> str:
    """The resolved scenario as YAML that loads back to an equal one."""
    data = scenario.model_dump(mode="json", exclude_none=True)
    return yaml.dump(data, Dumper=Writer, sort_keys=False, allow_unicode=True, width=120)
