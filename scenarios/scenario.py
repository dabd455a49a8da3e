"""What a scenario file says, as frozen data: which tasks, models, tools, graders and limits, and how many of each.

The sections stand in `scenarios/parts/`, what spans several of them here. Types and ranges are checked as the data is made, names
against what is installed (`scenarios.names`). Reading a file, with the place of every problem, is `scenarios.loading`. Seconds, US
dollars and tokens throughout.
"""

from collections.abc import Sequence
from typing import Any, Literal

import yaml
from pydantic import Field, model_validator

from scenarios.marks import Writer
from scenarios.parts.base import SAFE_INT, Part, rule
from scenarios.parts.judging import CriticsPart, KeepPart, RepairPart, RewardsPart
from scenarios.parts.limits import AbortPart, BudgetPart, ConcurrencyPart, GoalPart, LimitsPart
from scenarios.parts.models import ROLES, ModelPart, ModelsPart, RoleName
from scenarios.parts.named import ALL, GraderNames, ToolNames
from scenarios.parts.surroundings import SandboxPart, SearchPart, WorldPart
from scenarios.parts.tasks import GatesPart, TasksPart
from scenarios.queries.grid import NEEDS
from traces.base import content_hash


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
    tools: ToolNames = Field(
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
    offer: ToolNames = ()
    """Further tools, by name, that are offered in every task, whatever its family names: tools of your own. Left out: none."""
    graders: GraderNames = Field(ALL, validate_default=True)
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
            rule(
                "a budget of money, but no model has a price; give one as models.solver.price: {input: ..., output: ...}"
            )
        if self.limits.usd is not None and self.models.solver.price is None:
            rule("limits.usd without a price of the solver; give one as models.solver.price: {input: ..., output: ...}")
        return self

    @model_validator(mode="after")
    def _enough_attempts(self) -> "Scenario":
        if self.keep.agree > self.attempts:
            rule(f"keep.agree is {self.keep.agree}, but only attempts: {self.attempts} are made at a task; make more")
        if self.keep.edge and self.attempts == 1:
            rule("keep.edge with a single attempt at each task, which passes or does not; set attempts to 2 or more")
        return self

    @model_validator(mode="after")
    def _children_can_be_made(self) -> "Scenario":
        if self.tasks.evolve and self.tasks.write is not None:
            rule("tasks.evolve with tasks.write, which evolves queries by techniques of its own; give one of them")
        if "unlabelled" in self.tasks.evolve and self.keep.agree < 2:
            rule(
                "tasks.evolve: unlabelled without keep.agree of 2 or more; nothing else could say that an answer is right"
            )
        return self

    @model_validator(mode="after")
    def _what_is_posed_can_be(self) -> "Scenario":
        if self.tasks.instruct is not None and self.tasks.write is not None:
            rule("tasks.instruct with tasks.write, whose queries are all written; give one of them")
        if self.tasks.instruct is not None and "python" not in self.tools:
            rule("tasks.instruct without the tool python, in which its problems are solved; add python to tools")
        return self

    @model_validator(mode="after")
    def _what_is_written_can_be(self) -> "Scenario":
        write = self.tasks.write
        if write is None:
            return self
        if self.tasks.file is not None:
            rule("tasks.file and tasks.write; take the tasks from one of them")
        for domain in write.domains:
            if not any(set(needs) <= set(self.tools) for needs in NEEDS[domain]):
                kinds = " or ".join("+".join(needs) for needs in NEEDS[domain])
                rule(f"tasks.write.domains has {domain}, which needs {kinds}; add that to tools, or leave {domain} out")
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
        """All that can change a result. Not here: the name, concurrency, when to stop, prices, keys' names, addresses, limits of time."""
        return self.model_dump(mode="json", exclude=_RESULTLESS) | {
            "world": {**self.world.model_dump(mode="json"), "seed": self.world_seed}
        }

    def fingerprint(self) -> str:
        """Hash of `results()`: runs of equal fingerprints may be continued by one another."""
        return content_hash(self.results())


_OF_SERVERS: Any = dict.fromkeys(
    ("base_url", "timeout", "price", "api_key_env", "concurrency", "stream", "seeded"), True
)
"""What a model is reached by: servers move, and answer as before. One that refuses a seed never answered with one."""
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
    "models": dict.fromkeys(ROLES, _OF_SERVERS),
    "critics": {"members": {"__all__": {"model": _OF_SERVERS}}},
    "sandbox": {"api_key_env": True},
}


def schema() -> dict[str, Any]:
    """The JSON Schema of a scenario file, for editors and for checks made elsewhere."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **Scenario.model_json_schema(mode="validation")}


def dump_yaml(scenario: Scenario) -> str:
    """The resolved scenario as YAML that loads back to an equal one."""
    data = scenario.model_dump(mode="json", exclude_none=True)
    return yaml.dump(data, Dumper=Writer, sort_keys=False, allow_unicode=True, width=120)
