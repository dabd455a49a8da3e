"""A task: one user query, the tools offered, and what is true about it.

The oracle is computed without any model, on the world's tables; nothing here knows how. Agents never see it.
"""

from typing import Any, Literal

from pydantic import Field

from traces.base import Frozen, content_hash

AnswerKind = Literal["number", "text", "date", "set", "boolean", "free", "unknown", "program"]
OutageKind = Literal["timeout", "search_unavailable", "out_of_service"]
"""The kinds of `ToolErrorKind` that no call of a model causes and that end no attempt."""
CallPolicy = Literal["required", "forbidden", "optional"]


class Answer(Frozen):
    """The right answer, typed, so that it is compared by value and not by spelling.

    `number`: `value` is a decimal or a fraction as text ("1/3"), with `unit` and an absolute `tolerance`.
    `text`: `value`, or any of `accepted`. `date`: ISO 8601. `set`: `accepted` holds the members, in any order.
    `boolean`: "yes" or "no". `free`: anything sensible counts (greetings, rewriting). `unknown`: only an
    honest "this cannot be known from what I have" is right. `program`: code that defines `value` and passes the oracle's tests.
    """

    kind: AnswerKind
    value: str = ""
    unit: str = ""
    tolerance: str = "0"
    accepted: tuple[str, ...] = ()


class PlanNode(Frozen):
    """One step of the oracle's plan: a small DAG by `needs`. `value` is what the step must find, as text."""

    id: str
    op: str
    args: dict[str, Any] = {}
    needs: tuple[str, ...] = ()
    tool: str = "none"
    """The tool whose work this is, by the name it is offered under; another that does the same may stand in."""
    value: str = ""
    unit: str = ""
    evidence: tuple[str, ...] = ()
    """Ids of the pages any one of which states the value."""


class Tests(Frozen):
    """What a program is tried on: hidden from the agent. `test` is Python that names the solution `candidate` or `entry_point`."""

    prompt: str = ""
    entry_point: str
    test: str


class Called(Frozen):
    """A call with a list of whole numbers, and what must come of it, as JSON."""

    given: tuple[int, ...]
    right: str


class Calls(Frozen):
    """What a program in another language is tried on: what it is called with, and what the original gave. Hidden from the agent."""

    entry_point: str
    language: str
    returns: Literal["number", "list", "maybe"]
    arity: int = Field(0, exclude_if=lambda arity: not arity)
    """So many whole numbers that the function takes; 0 where it takes a list. Left out of the record, and so of the id, where 0."""
    cases: tuple[Called, ...]


class Suspects(Frozen):
    """What tests are tried on: they have to pass the reference and to fail at least so large a share of the mutants. Hidden."""

    entry_point: str
    reference: str
    mutants: tuple[str, ...]
    least: float


class Rebuilt(Frozen):
    """What a document about a function is tried on: written again from it alone, `times` over, the function passes `test`. Hidden, and the
    `code` that is documented stands in the query."""

    prompt: str = ""
    entry_point: str
    code: str
    test: str
    times: int = 1


class Demand(Frozen):
    """Something asked of a text's form that a function checks; the kinds stand in `scenarios/demands.py`."""

    kind: str
    number: int = 0
    text: str = ""


class Demands(Frozen):
    """All that is asked of the form of an answer."""

    demands: tuple[Demand, ...]


class Oracle(Frozen):
    """What is true about a task. `calls` says whether tools are needed at all."""

    answer: Answer
    plan: tuple[PlanNode, ...] = ()
    answerable: bool = True
    tests: Tests | Calls | Suspects | Demands | None = None
    """For an answer that is a program, or a text under demands."""
    rebuilt: Rebuilt | None = Field(None, exclude_if=lambda rebuilt: rebuilt is None)
    """For an answer that is a document about a function. Left out of the record, and so of the id, where there is none."""
    calls: CallPolicy = "required"
    proof: dict[str, str] = {}
    """Why tools are needed (or not), one sentence for each kind of proof."""

    @property
    def tells_way(self) -> bool:
        """Whether it says anything of the way to the answer; a reference that came with a row, or tests alone, do not."""
        return bool(self.plan) or self.calls != "optional" or not self.answerable


class Need(Frozen):
    """Whether a task needs its tools, as measured on the task itself. `lacking` names the proofs that were due and failed: it is empty
    where the need (or, without tools, that there is none) is proven.
    """

    tools: bool
    """Whether tools are needed. Where not, a closed-book attempt has to give the right answer."""
    closed_book: str
    """What the careful teacher answers when it has no tool at all."""
    chance: str = "0"
    """How likely a blind guess is right, as a fraction: 1/2 for yes or no; 0 where the values are too many to count."""
    fictional: tuple[str, ...] = ()
    """The names asked about or found on the way: in the world's tables, and no well-known real ones."""
    without: tuple[str, ...] = ()
    """What was taken away, one thing at a time, each time so that the answer can no longer be known."""
    work: int = 0
    """Steps of a single digit that the calculation takes by hand, at least."""
    lacking: tuple[str, ...] = ()

    @property
    def proven(self) -> bool:
        return not self.lacking


class Brief(Frozen):
    """What a writer is told. `ask` is the plan as a person would mean it; reading the query back must give it again."""

    family: str
    ask: dict[str, Any]
    persona: str = ""
    style: str = ""
    """How it is said: plain, chatty, terse, formal, ..."""
    language: str = "en"


class Written(Frozen):
    """How a model came to write a query: the seed it was given, and what the query stems from."""

    technique: str
    """How it was made: from a topic alone, out of another query, from a passage."""
    domain: str
    needs: tuple[str, ...] = ()
    """The tools it was meant to need."""
    topic: str = ""
    persona: str = ""
    style: str = ""
    language: str = "en"
    parents: tuple[str, ...] = ()
    """The queries it was made from: slots of its run, or `FILE:LINE` of the user's own."""
    source: str = ""
    """Id of the page whose passage was shown."""
    model: str = ""
    """The writer."""
    rewritten: bool = False
    """Whether the writer changed its draft when it read it again."""


class TaskFile(Frozen):
    """A data file placed in the interpreter's work folder before the first call."""

    name: str
    content: str


class Outage(Frozen):
    """A tool that does not work: its calls number `first` to `last` of a round, counted from 1 as they are made, fail with `error`.

    Without a `last` it never works again.
    """

    tool: str
    first: int = Field(1, ge=1)
    last: int | None = None
    error: OutageKind = "timeout"

    def hits(self, tool: str, number: int) -> bool:
        """Whether this call of a tool fails."""
        return tool == self.tool and self.first <= number and (self.last is None or number <= self.last)


class Task(Frozen):
    """One query with its tools and truth. Equal tasks have equal ids.

    `brief` is missing where no writer was asked, `oracle` where nothing is known (traces made elsewhere).
    """

    family: str
    query: str
    brief: Brief | None = None
    written: Written | None = None
    """For a query that a model wrote from a seed."""
    tools: tuple[str, ...]
    oracle: Oracle | None = None
    need: Need | None = None
    """Computed from the rest, so it is no part of `id`; missing where nobody asked."""
    difficulty: int = 1
    """1 (one call) to 9; what it means stands in the family's docstring. 0 where nobody told it (traces made elsewhere)."""
    knobs: dict[str, int | float | str | bool] = {}
    files: tuple[TaskFile, ...] = ()
    outages: tuple[Outage, ...] = Field((), exclude_if=lambda outages: not outages)
    """Tools that fail, whoever calls them. Left out of the record, and so of the id, where there are none."""
    world: str = ""
    """The world's hash, empty where the task needs none."""
    seed: int = 0
    index: int = 0

    @property
    def id(self) -> str:
        """Hash of everything the task says, so a changed task never passes for the old one."""
        return content_hash(self.identity)

    @property
    def identity(self) -> dict[str, Any]:
        """What `id` is the hash of, as JSON."""
        return self.model_dump(mode="json", exclude={"need"} if self.written else {"need", "written"})
