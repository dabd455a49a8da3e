"""What each technique of a run of mathematics or code came to: how problems were made, solved and checked, how traces were chosen.

Told from the traces alone, whoever made them. A trace may count under several techniques. *Put back*: a call that contains the answer gives
a number of the query. *Second method*: two calls that differ give the answer. *First wrong, then right*: of the attempts at which a program
failed, those whose last program is right.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, NamedTuple

from graders.base import Case
from graders.calls import failed, strings
from graders.claims import claimed_numbers
from graders.keep import AGREEMENT
from graders.numbers import numbers
from scenarios.instructing import INSTRUCTED
from scenarios.scenario import Scenario
from tools.trials.dialects import DIALECTS
from traces.ledger import Ledger
from traces.record import Message, ToolCall, Trajectory
from traces.rows import Filters
from traces.stored import Stored
from traces.task import Calls, Task, Tests

_MADE: Mapping[str, str] = {
    "": "as drawn",
    "rephrase": "rephrased",
    "reverse": "turned round",
    "depth": "in depth",
    "breadth": "in breadth",
    "unlabelled": "answer untold",
}


_CODE: Mapping[str, str] = {
    "list_function": "from a description, hidden tests",
    INSTRUCTED: "self-instruct, tests chosen by execution",
    "documentation": "back-translation",
    "fix_function": "debugging",
    "test_writing": "test writing",
    "instructions": "instruction following",
    "translation": "translation",
}
"""The techniques of code, by the family of a task or by what its knob `technique` says."""
_OWN = "a problem of one's own, its tests"


class Share(NamedTuple):
    """How many there were, and how many of them were kept."""

    tried: int
    kept: int

    @property
    def rate(self) -> float:
        return self.kept / self.tried if self.tried else 0.0


@dataclass
class Techniques:
    """Counted by technique, in the order of the work."""

    made: Counter[str] = field(default_factory=Counter)
    kept: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, ledger: Ledger, attempts: int) -> "Techniques":
        """Go through every final trajectory once. `attempts`: how many are made at each task."""
        found, tasks = cls(), dict[str, bool]()
        for stored in ledger.stored(Filters(final=True)):
            if stored.decision not in ("keep", "reject"):
                continue
            kept = stored.decision == "keep"
            tasks[stored.slot] = tasks.get(stored.slot, False) or kept
            for name in dict.fromkeys(_techniques(stored)):
                found._add(name, kept=kept)
            if (right := _righted(stored)) is not None:
                found._add("execution feedback: first wrong, then right", kept=right and kept)
        for solved in tasks.values() if attempts > 1 else ():
            found._add(f"{_SAMPLED} {attempts}", kept=solved)
        return found

    def _add(self, name: str, *, kept: bool) -> None:
        self.made[name] += 1
        self.kept[name] += kept

    def shares(self) -> dict[str, Share]:
        """Each technique that was used."""
        order = sorted(self.made, key=lambda name: (_place(name), name))
        return {name: Share(self.made[name], self.kept[name]) for name in order}

    def rows(self) -> list[tuple[str, ...]]:
        """As rows of a table."""
        return [(name, str(one.tried), str(one.kept), f"{one.rate:.0%}") for name, one in self.shares().items()]

    def facts(self) -> dict[str, Any]:
        """As data."""
        return {name: {**share._asdict(), "keep_rate": round(share.rate, 4)} for name, share in self.shares().items()}


def told_for(scenario: Scenario) -> bool:
    """Whether a run has techniques to tell apart: problems evolve, or there are tasks of code."""
    tasks = scenario.tasks
    return bool(tasks.evolve or tasks.file) or (
        tasks.write is None and bool(tasks.instruct or _CODE.keys() & tasks.families.keys())
    )


_SAMPLED = "chosen: tasks solved by one at least of"
_ORDER = ("code", "execution feedback", "problem", "solution", "check", "chosen", "corrected", "step rewards")


def _place(name: str) -> int:
    return next((n for n, prefix in enumerate(_ORDER) if name.startswith(prefix)), len(_ORDER))


def _righted(stored: Stored) -> bool | None:
    """Whether a program that failed at first was right in the end; None where none failed."""
    executions = stored.plain.get("executions") or ()
    if stored.plain.get("corrected"):
        return True
    return None if all(one["passed"] for one in executions) else False


def _techniques(stored: Stored) -> Iterator[str]:
    task = stored.task
    technique = str(task.knobs.get("technique", stored.family))
    if technique in _CODE or isinstance(task.oracle and task.oracle.tests, Tests):
        yield f"code: {_CODE.get(technique, _OWN)}{_ported(task)}"
        if task.knobs.get("mended"):
            yield "execution feedback: posed problem, mended"
        if task.knobs.get("revised"):
            yield "execution feedback: posed problem, put anew"
    else:
        yield from _mathematical(stored)


def _ported(task: Task) -> str:
    """The language of a translation."""
    tests = task.oracle.tests if task.oracle else None
    return f" to {DIALECTS[tests.language].title}" if isinstance(tests, Calls) else ""


def _mathematical(stored: Stored) -> Iterator[str]:
    trace = stored.trajectory(times=False)
    yield f"problem: {_MADE.get(str(trace.task.knobs.get('evolved', '')), 'as drawn')}"
    yield f"solution: {_means(stored.tools_used)}"
    yield from _checked(trace)
    yield "chosen: by the right answer" if trace.task.oracle else "chosen: by majority, no answer known"
    if any(verdict.source == "critic" and verdict.grader != AGREEMENT for verdict in trace.verdicts):
        yield "chosen: also read by a judge"
    if stored.repair:
        yield "corrected: after a critique"
    if stored.rewards:
        good = all(reward.right for reward in stored.rewards)
        yield f"step rewards: {'from each step some came out right' if good else 'from a step none came out right'}"


def _means(tools: Iterable[str]) -> str:
    used = {"calculator", "python"} & set(tools)
    if len(used) == 2:
        return "text with calculator and code"
    return {"calculator": "text with the calculator", "python": "text with code"}.get("".join(used), "text alone")


def _checked(trace: Trajectory) -> Iterator[str]:
    case = Case.of(trace)
    if case.final is None:
        return
    given = {m.value for m in numbers(trace.task.query)}
    answers = {m.value for m in claimed_numbers(case.said(case.final).content)} - given
    calls = [(call, _results(message)) for call, message in _answered(case)]
    if any(answers & _typed(call) and results & given and not answers & results for call, results in calls):
        yield "check: put back into what is given"
    if any(len({_mark(call) for call, results in calls if answer in results}) > 1 for answer in answers):
        yield "check: a second method"


def _answered(case: Case) -> Iterator[tuple[ToolCall, Message]]:
    for step in case.steps:
        for call in case.said(step).tool_calls:
            message = case.answer_to(step, call)
            if message is not None and not failed(message):
                yield call, message


def _results(message: Message) -> set[Fraction]:
    return {m.value for m in numbers(message.content)}


def _typed(call: ToolCall) -> set[Fraction]:
    return {m.value for text in strings(call.arguments) for m in numbers(text)}


def _mark(call: ToolCall) -> str:
    return f"{call.name} {''.join(''.join(strings(call.arguments)).split())}"
