"""A value rounded on the way: an operand that is an earlier result with digits cut off, and what the exact one would have brought.

Only calculators, whose expressions can be computed again exactly. A figure that the query or an observation gives so is no rounding.
"""

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from graders.base import Case
from graders.calls import failed, kind_of, strings
from graders.expressions import expression
from graders.numbers import Mention, numbers
from traces.record import Evidence, Step, ToolCall

_FEW = 12
"""Numbers in an output beyond which one of them is near anything."""


_FIGURE = re.compile(r"(?<![\w.])\d+(?:\.\d+)?(?![\w.]|,\d)")


class Operand(NamedTuple):
    """An unsigned figure of an expression; `ulp` is the place of its last digit."""

    text: str
    start: int
    end: int
    value: Fraction
    ulp: Fraction


class Rounded(NamedTuple):
    """An operand of `text` and the result it was rounded from, with the expression or program that gave it and the place of both."""

    text: str
    operand: Operand
    exact: Fraction
    made_by: str
    evidence: tuple[Evidence, ...]


class Change(NamedTuple):
    """What a calculation came to and what it would have come to."""

    was: Fraction
    exact: Fraction


def roundings(case: Case, step: Step, call: ToolCall) -> Iterator[Rounded]:
    """The operands of a call that are roundings of earlier results, and that nobody gave so."""
    if kind_of(call) != "calculator":
        return
    for text in strings(call.arguments):
        for operand in _operands(text):
            value, ulp = operand.value, operand.ulp
            for place, result, made_by in _results(case, step) if value else ():
                exact = abs(result.value)
                near = exact != value and result.ulp < ulp and abs(exact - value) <= ulp / 2
                if near and not case.knowledge.holds(value, step.message):
                    here = Evidence(message=step.message, text=operand.text, where="arguments")
                    there = Evidence(message=place, text=result.text, start=result.start, end=result.end)
                    yield Rounded(text, operand, exact, made_by, (here, there))


def _operands(text: str) -> list[Operand]:
    return [
        Operand(m[0], *m.span(), Fraction(m[0]), Fraction(1, 10 ** len(m[0].partition(".")[2])))
        for m in _FIGURE.finditer(text)
    ]


def _results(case: Case, step: Step) -> Iterator[tuple[int, Mention, str]]:
    """The figures that earlier computations came to, latest first, each with its message and what was computed."""
    for earlier in reversed(case.steps[: step.index]):
        for call in case.said(earlier).tool_calls:
            answer = case.answer_to(earlier, call) if kind_of(call) in ("calculator", "code") else None
            if answer is None or failed(answer):
                continue
            place = next(i for i in earlier.observations if case.messages[i] is answer)
            shown = [m for m in numbers(answer.content) if not m.glued and not m.dated]
            made_by = "\n".join(strings(call.arguments))
            yield from ((place, m, made_by) for m in shown[: _FEW if len(shown) <= _FEW else 0])


def unrounded(case: Case, step: Step, rounded: Rounded) -> list[Change]:
    """The results of this call and of the calculations that build on it, as they are and as they would be; the last one last."""
    first = _changed(rounded.text, [(rounded.operand, rounded.exact)])
    changes = [first] if first else []
    for later in case.steps[step.index + 1 :] if first else ():
        for call in case.said(later).tool_calls:
            for text in strings(call.arguments) if kind_of(call) == "calculator" else ():
                of = {o: next((abs(c.exact) for c in changes if agree(o, abs(c.was))), None) for o in _operands(text)}
                built = [(o, exact) for o, exact in of.items() if exact is not None]
                if built and (change := _changed(text, built)):
                    changes.append(change)
    return changes


def agree(figure: Operand | Mention, value: Fraction) -> bool:
    """Whether a figure is a value, to the places written."""
    return abs(figure.value - value) <= max(figure.ulp * Fraction(501, 1000), abs(value) / 10**12)


def _changed(text: str, operands: list[tuple[Operand, Fraction]]) -> Change | None:
    """An expression with other operands; None where it cannot be computed, or comes to the same."""
    other = text
    for operand, value in reversed(operands):
        other = f"{other[: operand.start]}({value.numerator}/{value.denominator}){other[operand.end :]}"
    was, exact = (read.value() if (read := expression(t)) else None for t in (text, other))
    if not isinstance(was, Fraction) or not isinstance(exact, Fraction) or was == exact:
        return None
    return Change(was, exact)
