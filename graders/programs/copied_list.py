"""A1 for data: a list of numbers that a call or program is given is one that was shown, with one figure changed.

Only lists of four figures or more; the figure that differs must stand nowhere else before.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any, ClassVar

from graders.base import Case, Finding, Grader, LooksAt
from graders.calls import strings
from graders.numbers import plain
from traces.record import Evidence, Step

_LIST = re.compile(r"(?<![\w.,])-?\d+(?:\.\d+)?(?:(?:,\s*(?:and\s+)?|;\s*|\s+and\s+)-?\d+(?:\.\d+)?){3,}(?![\w.]*\w)")
_FIGURE = re.compile(r"-?\d+(?:\.\d+)?")
_MOST = 60
"""Figures of a list that are held against another."""


@dataclass(frozen=True)
class CopiedList(Grader):
    """Looks at the arguments of every call."""

    name: ClassVar[str] = "copied_list"
    looks_at: ClassVar[LooksAt] = "calls"
    codes: ClassVar[tuple[str, ...]] = ("A1",)

    def judge(self, case: Case, step: Step) -> Iterator[Finding]:
        given = [row for call in case.said(step).tool_calls for row in _given(call.arguments)]
        if not given:
            return
        told = [row for m in case.messages[: step.message] if m.role != "assistant" for row in _lists(m.content)]
        for row in given:
            if row in told:
                continue
            slips = [slip for shown in told if (slip := _slip(row, shown)) is not None]
            known = case.knowledge
            if slips and not any(known.holds(row[place], step.message) for place in slips[0][0]):
                (place, *_), shown = slips[0]
                here = Evidence(message=step.message, text=plain(row[place]), where="arguments")
                reason = f"the data have {plain(row[place])}, where {plain(shown[place])} was shown"
                yield Finding("A1", reason, (here,), silent=True)


def _given(value: Any) -> Iterator[tuple[Fraction, ...]]:
    """The lists of figures in arguments, as lists or in texts."""
    if isinstance(value, dict):
        for each in value.values():
            yield from _given(each)
    elif isinstance(value, list):
        if value and all(isinstance(row, list) for row in value):
            value = [figure for row in value for figure in row]
        if 4 <= len(value) <= _MOST and all(isinstance(v, int | float) and not isinstance(v, bool) for v in value):
            yield tuple(Fraction(str(v)) for v in value)
        else:
            for each in value:
                yield from _given(each)
    else:
        yield from (row for text in strings(value) for row in _lists(text))


_ROWS = re.compile(r"\]\s*,\s*\[")
"""Between the rows of a matrix."""


@lru_cache(maxsize=256)
def _lists(text: str) -> tuple[tuple[Fraction, ...], ...]:
    """The lists of figures in a text; a figure in groups of three is read as several, on both sides alike."""
    if text.count(",") + text.count(";") + text.count("and") < 3:
        return ()
    text = _ROWS.sub(", ", text)
    found = (tuple(map(Fraction, _FIGURE.findall(m[0])[: _MOST + 1])) for m in _LIST.finditer(text))
    return tuple(row for row in found if len(row) <= _MOST)


def _slip(row: Sequence[Fraction], shown: Sequence[Fraction]) -> tuple[tuple[int, ...], Sequence[Fraction]] | None:
    """The place in which alone a list differs from one that was shown."""
    if len(row) != len(shown):
        return None
    apart = tuple(i for i, (a, b) in enumerate(zip(row, shown, strict=True)) if a != b)
    return (apart, shown) if len(apart) == 1 else None
