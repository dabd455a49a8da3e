"""D5 by the calculations: an answer's only figure is what the last calculation was made from, and its result is told nowhere.

Calculations that check an answer are told by their result: it is a figure that was given or found before.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from graders.base import Case, Finding, Grader, LooksAt
from graders.calls import failed, kind_of, strings
from graders.claims import claimed_numbers
from graders.numbers import numbers, plain
from graders.provenance import trailing
from traces.record import Step


@dataclass(frozen=True)
class StoppedShort(Grader):
    """Judges the answers of turns that end with two calculations or more."""

    name: ClassVar[str] = "stopped_short"
    looks_at: ClassVar[LooksAt] = "answers"
    codes: ClassVar[tuple[str, ...]] = ("D5",)

    def judge(self, case: Case, step: Step) -> Finding | None:
        text = case.text(step)
        claims = claimed_numbers(text) if step in case.answers else ()
        if len({m.value for m in claims}) != 1 or (case.outcome is not None and case.outcome.status == "right"):
            return None
        made = list(_results(case, step))
        if len(made) < 2:
            return None
        (_, last, operands), earlier = made[-1], made[:-1]
        told = claims[0]
        before = {result for _, result, _ in earlier}
        given = {abs(n.value) for m in case.messages[: step.message] if m.role == "user" for n in numbers(m.content)}
        known = last in before | given or last in (0, 1) or abs(last - told.value) <= trailing(told.value, told.ulp)
        if known or told.value not in before or told.value not in operands:
            return None
        here = case.here(step, told.text, told.start, told.end)
        reason = f"answers {told.text.strip()}, of which {plain(last)} was computed"
        return Finding("D5", reason, (here,), silent=True)


def _results(case: Case, step: Step) -> Iterator[tuple[int, Fraction, frozenset[Fraction]]]:
    """The calculations of the turn with one result each: the message, the result, the figures it was made from."""
    turn = case.turn(step)
    for earlier in case.steps[: step.index]:
        calls = case.said(earlier).tool_calls
        if (
            earlier.message < turn
            or len(calls) != 1
            or kind_of(calls[0]) != "calculator"
            or len(earlier.observations) != 1
        ):
            continue
        observed = case.messages[earlier.observations[0]]
        shown = {n.value for n in numbers(observed.content)}
        if len(shown) == 1 and not failed(observed):
            used = {abs(n.value) for text in strings(calls[0].arguments) for n in numbers(text)}
            yield earlier.message, shown.pop(), frozenset(used)
