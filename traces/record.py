"""The record of one attempt: what was said, done, observed, judged and decided.

Messages keep the shapes of OpenAI chat completions. Each carries its `origin`, marked when it is made: the loss mask of
every export reads that and infers nothing. Winnow never writes an assistant message itself; how an attempt
ended stands outside the messages, in `ending`. Times are seconds, `started` counts from the attempt's start.
"""

from dataclasses import dataclass
from typing import Any, Literal

from pydantic import Field

from traces.base import Frozen
from traces.task import Task

SCHEMA_VERSION: Literal[1] = 1

Role = Literal["system", "user", "assistant", "tool"]
Origin = Literal["sampled", "tool", "user", "system", "forced"]
"""`sampled`: a model said it. `forced`: we put it there (never an assistant message)."""
ToolStatus = Literal["ok", "error"]
ToolErrorKind = Literal[
    "malformed_call",
    "unknown_tool",
    "invalid_arguments",
    "invalid_input",
    "not_found",
    "timeout",
    "limit",
    "execution_error",
    "search_unavailable",
    "sandbox_unavailable",
    "out_of_service",
    "refused",
    "internal",
]
VerdictStatus = Literal["pass", "fail", "unscored", "error"]
VerdictSource = Literal["program", "oracle", "critic", "human"]
EndingKind = Literal[
    "answered", "turn_limit", "call_limit", "token_limit", "time_limit", "empty", "unfinished", "model_error", "error"
]
"""`unfinished`: a trace made elsewhere that stops without an answer, nobody knows why."""
Outcome = Literal["keep", "repair", "reject"]


class FunctionCall(Frozen):
    """The function part of a call. `arguments` is an object, or the text as the model sent it where that is no JSON object."""

    name: str
    arguments: dict[str, Any] | str


class ToolCall(Frozen):
    """One call as OpenAI shapes it. `error` says why the arguments could not be read, where they could not."""

    id: str
    type: Literal["function"] = "function"
    function: FunctionCall
    error: str | None = None

    @property
    def name(self) -> str:
        return self.function.name

    @property
    def arguments(self) -> dict[str, Any]:
        """The arguments as an object; empty where they were malformed (then `error` is set)."""
        return self.function.arguments if isinstance(self.function.arguments, dict) else {}

    @property
    def malformed(self) -> bool:
        return not isinstance(self.function.arguments, dict)


class Artifact(Frozen):
    """A file a tool produced. `content` is base64 where `encoding` says so; `size` counts the file's own bytes."""

    name: str
    media_type: str
    size: int
    content: str | None = None
    encoding: Literal["utf-8", "base64"] = "utf-8"


class ToolResult(Frozen):
    """What a call came to, beside the text the model was shown."""

    status: ToolStatus = "ok"
    error: ToolErrorKind | None = None
    started: float = 0.0
    duration: float = 0.0
    data: dict[str, Any] = {}
    """The structured form of the observation: hit ids, stdout and value, exact and decimal."""
    artifacts: tuple[Artifact, ...] = ()
    untrusted: bool = False
    """Text from outside: a page of the web or of a user's corpus."""


class Message(Frozen):
    """One chat message. A tool message carries its `result`; an assistant message may carry `reasoning`."""

    role: Role
    content: str = ""
    origin: Origin
    tool_calls: tuple[ToolCall, ...] = ()
    tool_call_id: str | None = None
    name: str | None = None
    reasoning: str | None = None
    result: ToolResult | None = None
    started: float = 0.0
    duration: float = 0.0


@dataclass(frozen=True, slots=True)
class Step:
    """One assistant message with what its calls returned. `message` and `observations` are indexes into `messages`.

    Never stored, and compared for every grader: hence no `Frozen`, whose comparison costs ten times as much.
    """

    index: int
    message: int
    observations: tuple[int, ...] = ()


class Evidence(Frozen):
    """Where a verdict looked: a span of a message, `[start, end)` in characters of its `where` part."""

    message: int
    text: str
    where: Literal["content", "arguments", "reasoning"] = "content"
    start: int | None = None
    end: int | None = None


class Opinion(Frozen):
    """What one critic of a committee says of a step; `error` where it could not be asked. It counts only through the committee's vote."""

    critic: str
    status: VerdictStatus
    code: str | None = None
    reason: str = ""
    evidence: tuple[Evidence, ...] = ()


class Verdict(Frozen):
    """What one grader says of one step. `step` counts assistant messages from 0."""

    grader: str
    version: str
    source: VerdictSource
    step: int
    status: VerdictStatus
    code: str | None = None
    reason: str = ""
    evidence: tuple[Evidence, ...] = ()
    first_error: bool = False
    propagated_from: int | None = None
    recovered_by: int | None = None
    silent: bool | None = None
    """True where nothing the model was shown told it of the error."""
    opinions: tuple[Opinion, ...] = ()
    """For the vote of a committee of critics: what each critic said that was asked."""


class Decision(Frozen):
    """What the keep policy makes of the verdicts, with its reasons in words; `codes` has the code of each failing verdict once."""

    outcome: Outcome
    reasons: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    first_bad_step: int | None = None
    disputed: int | None = None
    """The first step on which the critics and the programs disagree; None where they agree, or no critic gave a verdict."""


class StepLabel(Frozen):
    """What is known of a step from elsewhere than a grader: the teacher's fault log, a mutator, a human, an imported file."""

    step: int
    value: Literal[1, 0, -1]
    source: Literal["fault", "mutant", "human", "import"]
    code: str | None = None
    kind: str = ""
    detail: str = ""


class Usage(Frozen):
    """What an attempt cost. Tokens are as the server reported them, or estimated where `estimated` says so."""

    model_calls: int = 0
    tool_calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    estimated: bool = False


class Execution(Frozen):
    """What the program of an answer came to when it was tried on the oracle's tests, in fresh sandbox sessions.

    `together`: the tests looked at more than values, so they ran beside the program, which could have deceived them. `told` and
    `analysis` are of programs that failed, and hold nothing of what was expected: what the program did, and what static analysis says.
    """

    step: int
    passed: bool
    reason: str = ""
    calls: int = 0
    together: bool = False
    told: str = ""
    analysis: tuple[str, ...] = ()


class Ending(Frozen):
    """How the attempt ended. It is never written into the messages."""

    kind: EndingKind
    detail: str = ""


class Imported(Frozen):
    """Where a trace made elsewhere was found: file, line (or row) and form, with the id its row gave.

    `missing` says in words what the row did not tell. `places` has the index in the row of each message; empty where they
    are the same.
    """

    file: str
    line: int
    form: str
    id: str | int | None = None
    missing: tuple[str, ...] = ()
    places: tuple[int, ...] = ()


class Lineage(Frozen):
    """Where a trajectory comes from, enough to make or to grade it again."""

    task: str
    attempt: int
    seed: int
    model: str
    world: str = ""
    repaired_from: str | None = None
    mutated_from: str | None = None
    graders: dict[str, str] = {}
    imported: Imported | None = None


class Trajectory(Frozen):
    """The record of one attempt. `key` is unique in its run: `lookup-0012-1`, or `lookup-0012-1r1` for its first repair."""

    schema_version: Literal[1] = SCHEMA_VERSION
    key: str
    task: Task
    tools: tuple[dict[str, Any], ...]
    """The schemas offered, as OpenAI shapes them; they travel with the trace."""
    messages: tuple[Message, ...]
    ending: Ending
    executions: tuple[Execution, ...] = ()
    corrected: bool = False
    """Whether the program of the answer is right after an earlier one was wrong, in this attempt or in a round before a critique."""
    verdicts: tuple[Verdict, ...] = ()
    decision: Decision | None = None
    labels: tuple[StepLabel, ...] = ()
    usage: Usage = Field(default_factory=Usage)
    lineage: Lineage
    duration: float = 0.0

    @property
    def steps(self) -> tuple[Step, ...]:
        return steps_of(self.messages)


def steps_of(messages: tuple[Message, ...] | list[Message]) -> tuple[Step, ...]:
    """Cut messages into steps: each assistant message with the tool messages that follow it."""
    starts = [i for i, m in enumerate(messages) if m.role == "assistant"]
    steps = []
    for index, start in enumerate(starts):
        end = starts[index + 1] if index + 1 < len(starts) else len(messages)
        observations = tuple(i for i in range(start + 1, end) if messages[i].role == "tool")
        steps.append(Step(index=index, message=start, observations=observations))
    return tuple(steps)
