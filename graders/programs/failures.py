"""O4 and O5: a failure taken for a success, and a failure that nothing is done about.

O4: every call of a step failed, and what is said next reports a result of it, or code is said to have run that only ever failed.
O5: giving up after one failure that another try could have mended (a timeout, a service that was busy, a call of wrong form), or while
a tool that does the same was left; and the same call again where its failure cannot pass, or did not pass at the second try.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from graders.base import Case, Finding, Grader
from graders.calls import ToolKind, empty, failed, kind_of, kind_of_name
from graders.claims import claimed_numbers, small
from graders.programs.duplicates import alike, spelling
from graders.stance import gives_up, stance
from traces.record import Evidence, Message, Step, ToolCall

_SUCCEEDED = re.compile(
    r"\b(?:the\s+(?:code|script|program|calculation|call|search|query|tool|result|output|calculator|page)\s+(?:ran\s+(?:fine|successfully)|succeeded|worked|shows?|gives?|gave|returned|printed|confirms?|says)|"
    r"successfully\s+(?:ran|executed|computed|retrieved|searched|opened|fetched|calculated)|(?:ran|executed|completed|worked)\s+(?:successfully|without\s+(?:any\s+)?errors?)|as\s+the\s+(?:output|result|page|search)\s+(?:shows|says))\b",
    re.IGNORECASE,
)
_ADMITS = re.compile(
    r"\b(?:fail\w*|error\w*|did(?:n't|\s+not)\s+(?:work|run)|not\s+work\w*|could(?:n't|\s+not)|unable|invalid|unavailable|wrong|again|retry|instead|fix\w*|problem|issue|mistake|correct\w*)\b",
    re.IGNORECASE,
)
_MENDED = re.compile(
    r"\b(?:\w*errors?|issues?|problems?|bugs?)\s+(?:(?:is|are|was|were)(?:\s+now)?|ha(?:s|ve)\s+(?:now\s+)?been)\s+"
    r"(?:resolved|fixed|gone|solved)\b",
    re.IGNORECASE,
)
"""What is told of the fault that was to be mended: no word on the call."""
_MENDABLE = frozenset(
    {
        "timeout",
        "search_unavailable",
        "malformed_call",
        "unknown_tool",
        "invalid_arguments",
        "invalid_input",
        "internal",
    }
)
_PASSING = frozenset({"timeout", "search_unavailable"})
_LASTING = frozenset({"out_of_service", "unknown_tool", "invalid_arguments", "invalid_input"})
"""Kinds of failure that the same call meets again, whenever it is made."""


@dataclass(frozen=True)
class Failures(Grader):
    """Looks at the step after a failure, and at failing calls that were made before."""

    name: ClassVar[str] = "failures"
    version: ClassVar[str] = "5"
    codes: ClassVar[tuple[str, ...]] = ("O4", "O5")

    def judge(self, case: Case, step: Step) -> Finding | None:
        if step.index == 0:
            return None
        if insisted := _insists(case, step):
            return insisted
        before = case.steps[step.index - 1]
        observed = case.observed(before)
        if not observed or not all(failed(m) or empty(m) for m in observed):
            return None
        if not all(failed(m) for m in observed):
            return _states_figures(case, step, before)
        return (
            _claims_success(case, step, before) or _states_figures(case, step, before) or _gave_up(case, step, before)
        )


def _claims_success(case: Case, step: Step, before: Step) -> Finding | None:
    """The text reports success of what failed, and nowhere admits a failure."""
    text = case.said(step).content
    m = _SUCCEEDED.search(text)
    text = _MENDED.sub(" ", text)
    kinds = {kind_of(c) for c in case.said(before).tool_calls}
    if not m or _ADMITS.search(text) or _worked_before(case, before, kinds):
        return None
    here = Evidence(message=step.message, text=m[0], start=m.start(), end=m.end())
    there = Evidence(message=before.observations[0], text=case.messages[before.observations[0]].content[:160])
    return Finding("O4", "reports a result of a call that failed", (here, there), silent=False)


def _states_figures(case: Case, step: Step, before: Step) -> Finding | None:
    """The answer gives figures that a lookup was to bring where no call of the trace ever worked, and says nothing of that."""
    text = case.said(step).content
    calls = [c for s in case.steps[: step.index] for c in case.said(s).tool_calls]
    if step not in case.answers or any(kind_of(c) in ("calculator", "code") for c in calls) or _any_worked(case, step):
        return None
    if _ADMITS.search(text) or stance(text) != "answers" or _OWN_KNOWLEDGE.search(text):
        return None
    new = next(_new(case, step, text), None)
    if new is None:
        return None
    here = Evidence(message=step.message, text=text[new[0] : new[1]], start=new[0], end=new[1])
    there = Evidence(message=before.observations[0], text=case.messages[before.observations[0]].content[:160])
    return Finding("O4", "states what no call brought: every one failed or found nothing", (here, there), silent=False)


def _new(case: Case, step: Step, text: str) -> Iterator[tuple[int, int]]:
    """The places of what only a result could have told: figures and measures, and times of day."""
    for m in claimed_numbers(text):
        if (m.unit or not small(m)) and case.knowledge.link(m, step.message, derive=not m.unit) is None:
            yield m.start, m.end
    for clock in _CLOCK.finditer(text):
        if case.knowledge.text_has(clock[0], step.message) is None:
            yield clock.span()


_CLOCK = re.compile(r"(?<![\d:.])\d{1,2}:\d{2}(?![\d:])")
_OWN_KNOWLEDGE = re.compile(
    r"\b(?:from\s+memory|general\s+knowledge|my\s+(?:own\s+)?knowledge|as\s+far\s+as\s+I\s+know|training|typically|usually|"
    r"temporarily|down|at\s+the\s+moment|not\s+respond\w*|timed\s+out|limit\w*)\b",
    re.IGNORECASE,
)


def _any_worked(case: Case, step: Step) -> bool:
    """Whether any observation before a step is no report of failure, and not empty."""
    return any(not failed(m) and not empty(m) for s in case.steps[: step.index] for m in case.observed(s))


def _worked_before(case: Case, before: Step, kinds: set[ToolKind]) -> bool:
    for earlier in case.steps[: before.index]:
        for call in case.said(earlier).tool_calls:
            answer = case.answer_to(earlier, call)
            if kind_of(call) in kinds and answer is not None and not failed(answer):
                return True
    return False


def _gave_up(case: Case, step: Step, before: Step) -> Finding | None:
    """The answer gives up on a failure that nothing was tried against, though something could have been."""
    text = case.said(step).content
    told = {m.value for seen in case.observed(before) for m in claimed_numbers(seen.content)}
    if (
        step not in case.answers
        or not gives_up(text)
        or any(not small(m) and m.value not in told for m in claimed_numbers(text))
    ):
        return None
    why = _left_to_try(case, before)
    there = Evidence(message=before.observations[0], text=case.messages[before.observations[0]].content[:160])
    return Finding("O5", f"gives up after one failure {why}", (there,), silent=False) if why else None


def _left_to_try(case: Case, before: Step) -> str:
    """What could have been done about the failures of a step and never was; empty where nothing."""
    calls = [c for s in case.steps for c in case.said(s).tool_calls]
    kinds = {m.result.error for m in case.observed(before) if m.result}
    tools = {call.name for call in case.said(before).tool_calls}
    earlier = [m for s in case.steps[: before.index] for m in case.observed(s) if m.name in tools and failed(m)]
    once = not any(m.result is None or m.result.error in _PASSING for m in earlier)
    if kinds & _MENDABLE if len(calls) == 1 else once and bool(kinds) and kinds <= _PASSING:
        return "that another try could have mended"
    used, out = {kind_of(c) for c in calls}, {kind_of(c) for c in case.said(before).tool_calls}
    if kinds == {"out_of_service"} and out == {"calculator"} and "code" not in used:
        return "while code could have been run instead" if "code" in map(kind_of_name, case.offered) else ""
    return ""


def _insists(case: Case, step: Step) -> Finding | None:
    """A call that failed and is made again as it was, where that cannot help or did not help before; and fails again."""
    for call in case.said(step).tool_calls:
        answer = case.answer_to(step, call)
        if answer is None or not failed(answer):
            continue
        earlier = _failures(case, step, call)
        kinds = [m.result.error for m in earlier if m.result]
        if set(kinds) & _LASTING or sum(k in _PASSING for k in kinds) >= 2:
            here = Evidence(message=step.message, text=spelling(case, call)[:200], where="arguments")
            there = Evidence(message=case.messages.index(earlier[-1]), text=earlier[-1].content[:160])
            return Finding("O5", f"makes a call of {call.name} again that fails as before", (here, there), silent=False)
    return None


def _failures(case: Case, step: Step, call: ToolCall) -> list[Message]:
    """The failures of the same call in earlier steps of the same user turn."""
    if call.malformed:
        return []
    turn = case.turn(step)
    found = [
        case.answer_to(made.step, made.call)
        for made in alike(case, call)
        if turn < made.step.message < step.message and not made.call.malformed
    ]
    return [message for message in found if message is not None and failed(message)]
