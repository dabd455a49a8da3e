"""What one attempt runs with: live objects, handed to the nodes as LangGraph's runtime context, never put into state."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from langchain_core.language_models import BaseChatModel, LanguageModelInput
from langchain_core.messages import AIMessage
from langchain_core.runnables import Runnable
from langchain_core.tools import BaseTool

from agents.asks import Example
from agents.budget import FREE, Rates
from agents.clock import Clock
from agents.critics import Committee
from agents.parsing import Parser
from agents.retry import RetryPolicy
from graders.base import Grader
from graders.keep import USUAL, KeepPolicy
from tools.catalogue import schema
from tools.results import ToolEnv
from traces.task import Task


@dataclass(frozen=True)
class AttemptLimits:
    """Limits of one attempt. `time` in seconds, `usd` in US dollars by the context's rates; `tokens` counts both directions."""

    turns: int = 12
    calls: int = 24
    tokens: int = 60_000
    time: float = 120.0
    tool_time: float = 30.0
    repairs: int = 1
    usd: float | None = None


@dataclass(frozen=True)
class AttemptContext:
    """The context of one attempt graph run. `seed` is the attempt's own; each repair derives another from it."""

    key: str
    task: Task
    attempt: int
    model_name: str
    model: BaseChatModel
    tools: Mapping[str, BaseTool]
    env: ToolEnv
    graders: Sequence[Grader]
    limits: AttemptLimits = AttemptLimits()
    retry: RetryPolicy = field(default_factory=RetryPolicy)
    """For a model that does not try again by itself."""
    rates: Rates = FREE
    tool_parser: Parser | None = None
    clock: Clock = field(default_factory=Clock)
    attached: dict[tuple[int, int], dict[str, Any]] = field(default_factory=dict)
    """What a server attached to its messages and may want back (signatures), by round and turn: the record has no place for it."""
    committee: Committee | None = None
    """The critics; None where there are none."""
    keep: KeepPolicy = USUAL
    instructions: str = ""
    """More for the solver to heed, after what every solver is told."""
    seed: int = 0
    born: float = field(default_factory=time.monotonic)

    def now(self) -> float:
        """Seconds since the attempt's start."""
        return time.monotonic() - self.born

    @property
    def left(self) -> float:
        """Seconds of the attempt's own time that are left; waiting for a busy server is not counted."""
        return self.limits.time - (self.now() - self.clock.waited)

    @cached_property
    def solver(self) -> Runnable[LanguageModelInput, AIMessage]:
        """The model with the tools it is offered."""
        return self.model.bind_tools(list(self.schemas)) if self.tools else self.model

    @cached_property
    def schemas(self) -> tuple[dict[str, Any], ...]:
        """The tools as the model sees them, in the order offered."""
        return tuple(schema(tool) for tool in self.tools.values())


@dataclass(frozen=True)
class WriteContext:
    """The context of one write graph run: the writer's model and how often it may try. `reader` reads back what the family's own
    reader does not understand, by `examples` of other queries with what they ask; None where nobody does."""

    model: BaseChatModel
    seed: int = 0
    tries: int = 3
    reader: BaseChatModel | None = None
    examples: tuple[Example, ...] = ()
