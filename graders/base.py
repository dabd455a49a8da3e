"""What a grader is: a frozen dataclass with one method, `judge`, in a file of its own under `graders/programs/` or `graders/oracle/`.

`judge(case, step)` returns `None` (nothing wrong), a `Finding` (code, reason, evidence), several, or `Unscored` (it could not
decide). Files are found, nothing is registered; `judge_all` turns what they return into verdicts for every step. A grader
that raises becomes an `error` verdict, never a crash.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import accumulate, product
from pkgutil import iter_modules
from typing import Any, ClassVar, Literal, NamedTuple, TypeVar

from graders.calls import failed, kind_of, strings
from graders.codes import BY_CODE
from graders.forgetting import make_room
from graders.loose_schemas import as_json_schema
from graders.outcome import Outcome, executed, outcome
from graders.provenance import Knowledge
from traces.imports.trace import HANDS_IN
from traces.parts import BrokenPart, part
from traces.record import (
    Ending,
    Evidence,
    Execution,
    Message,
    Step,
    ToolCall,
    Trajectory,
    Verdict,
    VerdictSource,
    steps_of,
)
from traces.task import Oracle, Task

FOLLOWING = frozenset({"G1", "G2", "G4", "C1", "C2", "C3", "C4", "C5", "C6", "D5", "O1", "O2", "O3"})
"""Codes of what comes of earlier steps: they follow from an error before them where there is one. Form, process and safety stand alone."""

T = TypeVar("T")
LooksAt = Literal["steps", "calls", "calculations", "answers"]
"""Which steps a grader can find anything in: all, those with a call, with a call that calculates or runs code, or those that answer a user
turn. The others pass unseen."""


class Finding(NamedTuple):
    """A fault in a step. `recovered_by` names a later step that mended it; `propagated_from` an earlier one it follows from."""

    code: str
    reason: str
    evidence: tuple[Evidence, ...] = ()
    recovered_by: int | None = None
    propagated_from: int | None = None
    silent: bool | None = None


class Unscored(NamedTuple):
    """The grader cannot decide; `reason` says what is missing."""

    reason: str


@dataclass(frozen=True)
class Case:
    """What graders see of an attempt: everything but labels and earlier verdicts. Readings shared by graders are cached here."""

    messages: tuple[Message, ...]
    tools: tuple[dict[str, Any], ...]
    ending: Ending
    task: Task | None = None
    executions: tuple[Execution, ...] = ()

    @classmethod
    def of(cls, trace: Trajectory, *, oracle: bool = True) -> "Case":
        """The case of a stored trajectory; `oracle=False` hides what the oracle knows, as for other people's traces."""
        task = trace.task if oracle else trace.task.model_copy(update={"oracle": None})
        return cls(trace.messages, trace.tools, trace.ending, task, trace.executions if oracle else ())

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        return steps_of(self.messages)

    @property
    def oracle(self) -> Oracle | None:
        return self.task.oracle if self.task else None

    @property
    def way_known(self) -> bool:
        """Whether the oracle tells how the answer is come by, and not the answer alone."""
        return self.oracle is not None and self.oracle.tells_way

    @cached_property
    def knowledge(self) -> Knowledge:
        """What has been said, by value and by word: the source of every link."""
        return Knowledge.of(self.messages)

    @cached_property
    def offered(self) -> Mapping[str, dict[str, Any]]:
        """The parameters schema of each tool offered, by the name it is called by; empty where the trace does not say what was offered."""
        described = [tool.get("function", tool) for tool in self.tools]
        called = {call.name for m in self.messages for call in m.tool_calls}
        return {
            _as_called(d["name"], called): as_json_schema(d.get("parameters") or d.get("input_schema") or {})
            for d in described
            if "name" in d
        }

    @cached_property
    def answers(self) -> tuple[Step, ...]:
        """The steps that answer a user turn: without calls, and no other assistant message before the next user message."""
        turns = tuple(accumulate(m.role == "user" for m in self.messages))
        last = {turns[s.message]: s for s in self.steps if self.is_answer(s) or self.handed_in(s)}
        return tuple(last.values())

    def answer_to(self, step: Step, call: ToolCall) -> Message | None:
        """The tool message that answers a call of a step: by id, else by place; None where there is none."""
        answers = self._answers_to.get(step.index)
        if answers is None:
            answers = self._answers_to[step.index] = self._answers_of(step)
        return answers.get(id(call))

    @cached_property
    def _answers_to(self) -> dict[int, dict[int, Message | None]]:
        """The answer to each call, by step and by the call itself: no two calls need have different ids."""
        return {}

    def _answers_of(self, step: Step) -> dict[int, Message | None]:
        observed = self.observed(step)
        by_id: dict[str | None, list[Message]] = {}
        for message in observed:
            by_id.setdefault(message.tool_call_id, []).append(message)
        answers: dict[int, Message | None] = {}
        for place, call in enumerate(self.said(step).tool_calls):
            named = by_id.get(call.id, []) if call.id else []
            placed = observed[place] if place < len(observed) else None
            answers.setdefault(id(call), named[0] if len(named) == 1 else placed)
        return answers

    @cached_property
    def outcome(self) -> Outcome | None:
        """Whether the final answer is right; None where nothing is known of the right answer."""
        if self.oracle is None or self.task is None:
            return None
        if self.final is None:
            return Outcome("none", "there is no answer")
        if self.oracle.answer.kind == "program":
            return executed(self.executions, self.final.index)
        others = tuple(node.value for node in self.oracle.plan[:-1] if node.value)
        return outcome(self.oracle.answer, self.text(self.final), self.task.query, others)

    def once(self, reading: Callable[["Case"], T]) -> T:
        """What a reading of the case gives: made once, however many graders and steps ask for it."""
        made: dict[Callable[[Case], Any], Any] = self.__dict__.setdefault("_readings", {})
        if reading not in made:
            made[reading] = reading(self)
        return made[reading]  # type: ignore[no-any-return]

    @property
    def final(self) -> Step | None:
        """The step that ends the trace with an answer."""
        last = self.steps[-1] if self.steps else None
        return last if last and (self.is_answer(last) or self.handed_in(last)) else None

    def said(self, step: Step) -> Message:
        """The assistant message of a step."""
        return self.messages[step.message]

    def asked(self, step: Step) -> list[str]:
        """What the user said before a step."""
        return [text for place, text in self._users if place < step.message]

    @cached_property
    def _users(self) -> list[tuple[int, str]]:
        return [(place, m.content) for place, m in enumerate(self.messages) if m.role == "user"]

    def turn(self, step: Step) -> int:
        """The user message that a step's turn begins with; the first message where there is none before."""
        return max((place for place, _ in self._users if place < step.message), default=0)

    def handed_in(self, step: Step) -> str:
        """The answer that a step gives as an argument of a tool for that, as agents of other harnesses do; empty where it gives none."""
        calls = [c for c in self.said(step).tool_calls if c.name.casefold() in HANDS_IN]
        if not calls:
            return ""
        return max((t for c in calls for t in strings(c.arguments)), key=len, default="")

    def text(self, step: Step) -> str:
        """What a step tells the user: what it hands in, else its content."""
        return self.handed_in(step) or self.said(step).content

    def here(self, step: Step, text: str, start: int, end: int) -> Evidence:
        """The place of a claim in what a step tells the user."""
        if self.handed_in(step):
            return Evidence(message=step.message, text=text, where="arguments")
        return Evidence(message=step.message, text=text, start=start, end=end)

    def observed(self, step: Step) -> tuple[Message, ...]:
        """The tool messages of a step."""
        return tuple(self.messages[i] for i in step.observations)

    def is_answer(self, step: Step) -> bool:
        """Whether the step answers instead of calling (the last step of a user turn)."""
        return not self.said(step).tool_calls


def _as_called(name: str, called: Collection[str]) -> str:
    """The name of a tool as calls have it: servers put "_" for the signs that a name may not have, and others "functions." before it."""
    if name in called:
        return name
    written = re.sub(r"[^\w-]", "_", name)
    return next((each for each in (written, f"functions.{name}", f"functions.{written}") if each in called), name)


@dataclass(frozen=True)
class Grader(ABC):
    """One kind of judgement. Raise `version` whenever a change can alter a verdict."""

    name: ClassVar[str]
    version: ClassVar[str] = "1"
    source: ClassVar[VerdictSource] = "program"
    looks_at: ClassVar[LooksAt] = "steps"
    codes: ClassVar[tuple[str, ...]]

    @abstractmethod
    def judge(self, case: Case, step: Step) -> Finding | Unscored | Iterable[Finding] | None:
        """What is wrong with this step, if anything."""


@cache
def all_graders() -> Mapping[str, Grader]:
    """Every program and oracle grader by name, found in their folders.

    Raises:
        BrokenPart: a file cannot be imported, or its grader has the name of another or a code that there is not.
    """
    from graders import oracle, programs

    found: dict[str, Grader] = {}
    for package in (programs, oracle):
        for module in sorted(m.name for m in iter_modules(package.__path__)):
            for value in vars(part(package.__name__, module)).values():
                if isinstance(value, type) and issubclass(value, Grader) and value.__module__.endswith(f".{module}"):
                    if fault := _unfit(value, found):
                        raise BrokenPart(package.__name__, module, fault)
                    found[value.name] = value()
    return found


def _unfit(grader: type[Grader], others: Collection[str]) -> str:
    """Why a grader cannot stand beside the others; empty where it can."""
    if grader.name in others:
        return f"another grader is called {grader.name!r}, too"
    unknown = [code for code in grader.codes if code not in BY_CODE]
    return f"there is no code {unknown[0]}; docs/error-codes.md lists them" if unknown else ""


def judge_all(case: Case, graders: Iterable[Grader]) -> tuple[Verdict, ...]:
    """Every grader on every step: at least one verdict for each pair, in order of steps, the first failing step marked `first_error`."""
    make_room(sum(len(m.content) for m in case.messages))
    panel = _panel(tuple(graders))
    verdicts: list[Verdict] = []
    found_any = False
    for step in case.steps:
        every = list(_passes(panel, step.index))
        found = _found(case, step, panel)
        for place, given in reversed(found):
            every[place : place + 1] = given
        verdicts += every
        found_any = found_any or bool(found)
    return placed(verdicts) if found_any else tuple(verdicts)


@dataclass(frozen=True, eq=False)
class _Panel:
    """Graders, and which of them, by place, look at a step that calls, calculates or answers, or does none of these."""

    graders: tuple[Grader, ...]
    looking: Mapping[tuple[bool, bool, bool], tuple[tuple[int, Grader], ...]]


@lru_cache(maxsize=64)
def _panel(graders: tuple[Grader, ...]) -> _Panel:
    looking = {}
    for calls, calculates, answers in product((False, True), repeat=3):
        seen = {"steps": True, "calls": calls, "calculations": calculates, "answers": answers}
        looking[calls, calculates, answers] = tuple((place, g) for place, g in enumerate(graders) if seen[g.looks_at])
    return _Panel(graders, looking)


def _found(case: Case, step: Step, panel: _Panel) -> list[tuple[int, list[Verdict]]]:
    """What graders find in one step, each by its place. Most steps are of no concern to most graders, and those are not asked."""
    calls = case.said(step).tool_calls
    calculates = any(kind_of(call) in ("calculator", "code") for call in calls)
    looking = panel.looking[bool(calls), calculates, step in case.answers]
    return [(place, verdicts) for place, grader in looking if (verdicts := _judge(grader, case, step))]


def placed(given: Iterable[Verdict]) -> tuple[Verdict, ...]:
    """Verdicts with the first failing step marked afresh, whoever gave them."""
    verdicts = [v.model_copy(update={"first_error": False}) if v.first_error else v for v in given]
    bad = [v.step for v in verdicts if v.status == "fail"]
    return tuple(_placed(v, min(bad)) if v.status == "fail" else v for v in verdicts) if bad else tuple(verdicts)


def _placed(verdict: Verdict, first: int) -> Verdict:
    """A failing verdict with its place among the others: the first error, or what came of it."""
    if verdict.step == first:
        return verdict.model_copy(update={"first_error": True})
    follows = verdict.code in FOLLOWING and verdict.propagated_from is None
    return verdict.model_copy(update={"propagated_from": first}) if follows else verdict


@lru_cache(maxsize=256)
def _passes(panel: _Panel, step: int) -> tuple[Verdict, ...]:
    """A pass says no more than this, so equal ones are one object: most verdicts are passes."""
    return tuple(
        Verdict(grader=g.name, version=g.version, source=g.source, step=step, status="pass") for g in panel.graders
    )


def _judge(grader: Grader, case: Case, step: Step) -> list[Verdict]:
    """What a grader finds in a step; nothing where it passes."""
    try:
        said = grader.judge(case, step)
        if said is None:
            return []
        if isinstance(said, Unscored):
            return [_undecided(grader.name, grader.version, grader.source, step.index, said.reason)]
        findings = [said] if isinstance(said, Finding) else list(said)
    except Exception as error:  # the boundary of a grader: its bug is data, not the run's end
        return [_verdict(grader, step, status="error", reason=f"{type(error).__name__}: {error}")]
    told = bool(findings) and any(failed(m) for m in case.observed(step))
    return [_verdict(grader, step, status="fail", **_full(case, step, f, told=told)._asdict()) for f in findings]


def _verdict(grader: Grader, step: Step, **told: Any) -> Verdict:
    return Verdict(grader=grader.name, version=grader.version, source=grader.source, step=step.index, **told)


@lru_cache(maxsize=512)
def _undecided(grader: str, version: str, source: VerdictSource, step: int, reason: str) -> Verdict:
    """Equal ones are one object, as passes are: a trace without schemas has one for every call."""
    return Verdict(grader=grader, version=version, source=source, step=step, status="unscored", reason=reason)


def _full(case: Case, step: Step, finding: Finding, *, told: bool) -> Finding:
    """A finding with what the trace itself says of it: whether a failure told the model, and which step did again what failed."""
    silent = not told if finding.silent is None else finding.silent
    mended = _mended(case, step) if told and not silent and finding.recovered_by is None else finding.recovered_by
    return finding._replace(silent=silent, recovered_by=mended)


def _mended(case: Case, step: Step) -> int | None:
    """The next step with a call of the same tool that worked; of any tool, where the one that was called is not there."""
    names = {c.name for c in case.said(step).tool_calls if (m := case.answer_to(step, c)) is not None and failed(m)}
    unknown = bool(case.offered) and not names & case.offered.keys()
    for later in case.steps[step.index + 1 :]:
        for call in case.said(later).tool_calls:
            answer = case.answer_to(later, call)
            if (unknown or call.name in names) and answer is not None and not failed(answer):
                return later.index
    return None
