"""Functions told by cases: "\\begin{cases} x^2 & x < 1 \\\\ 2x & x \\ge 1 \\end{cases}".

Compared by evaluating both at the ends of all their stretches, beside them and between them: where they agree everywhere they are the same.
Limits: one variable; conditions are inequalities or "otherwise", which stands for what the others leave.
"""

import re
from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from graders.answers.intervals import read_interval
from graders.answers.kinds import Interval
from graders.expression_nodes import Value
from graders.expressions import Expression, at_point, close, expression
from graders.wording import Verdict

_CASES = re.compile(r"(?:.*?=\s*)?\\begin\{d?cases\}(.*)\\end\{d?cases\}", re.DOTALL)
_OTHERWISE = re.compile(r"\\?(?:text)?\s*\{?\s*(?:otherwise|else|elsewhere)\s*\}?\.?", re.IGNORECASE)
_IF = re.compile(r"\\(?:text|mathrm|mbox|textrm)\s*\{([^{}]*)\}|\\quad|\\[,;: ]")
_LEAD = re.compile(r"^\s*(?:if|for|when|where)\b\s*", re.IGNORECASE)


class _Case(NamedTuple):
    value: Expression
    where: Interval | None
    """None for "otherwise"."""


def by_cases(one: str, two: str) -> Verdict | None:
    """Two functions of which one at least is told by cases; None where neither is, `undecided` where one was not read."""
    if "cases}" not in one + two:
        return None
    mine, theirs = _read(one), _read(two)
    if mine is None or theirs is None:
        return "undecided"
    points = _points(mine, theirs)
    values = [(_value(mine, at), _value(theirs, at)) for at in points]
    if any((a is None) != (b is None) or (a is not None and b is not None and not close(a, b)) for a, b in values):
        return "different"
    return "equal" if any(a is not None for a, _ in values) else "undecided"


def _read(text: str) -> tuple[_Case, ...] | None:
    found = _CASES.fullmatch(text.strip())
    if not found:
        whole = expression(re.sub(r"^\s*[a-zA-Z](?:\([a-z]\))?\s*=\s*", "", text))
        return (_Case(whole, None),) if whole and len(whole.names) <= 1 else None
    cases = [_case(row) for row in re.split(r"\\\\(?:\[[^\]]*\])?", found[1]) if row.strip()]
    read = tuple(case for case in cases if case is not None)
    names = frozenset[str]().union(*(case.value.names for case in read))
    return read if read and len(read) == len(cases) and len(names) <= 1 else None


def _case(row: str) -> _Case | None:
    said, parted, where = row.partition("&")
    if not parted:
        said, _, where = row.partition(",")
    value = expression(_IF.sub(r" \1 ", said).strip().strip(",;").strip())
    where = where.strip().strip(".,;")
    if value is None or not where:
        return None
    if _OTHERWISE.fullmatch(where):
        return _Case(value, None)
    plain = _LEAD.sub("", _IF.sub(r" \1 ", where)).strip()
    point = re.fullmatch(r"[a-z]\s*=\s*(-?\d+(?:\.\d+)?)", plain)
    within = Interval(((Fraction(point[1]), True, Fraction(point[1]), True),)) if point else read_interval(plain)
    return _Case(value, within) if within else None


def _points(*functions: Sequence[_Case]) -> list[Fraction]:
    """Every end of a stretch, points close to it, points between two ends, and points far out."""
    stretches = [part for cases in functions for case in cases if case.where for part in case.where.parts]
    ends = sorted({end for low, _, high, _ in stretches for end in (low, high) if end is not None})
    near = Fraction(1, 977)
    around = [point for end in ends for point in (end - near, end, end + near)]
    between = [(a + b) * Fraction(13, 27) for a, b in pairwise(ends)]
    first, last = (ends[0], ends[-1]) if ends else (Fraction(0), Fraction(0))
    return [
        *around,
        *between,
        *(first - Fraction(k, 3) for k in (1, 4, 17)),
        *(last + Fraction(k, 3) for k in (1, 4, 17)),
    ]


def _value(cases: Sequence[_Case], at: Fraction) -> Value | None:
    """What the function is worth there; None where it has no value."""
    for case in sorted(cases, key=lambda c: c.where is None):
        if case.where is None or _holds(case.where, at):
            return at_point(case.value, at)
    return None


def _holds(where: Interval, at: Fraction) -> bool:
    return any(
        (low is None or low < at or (closed_low and low == at))
        and (high is None or at < high or (closed_high and high == at))
        for low, closed_low, high, closed_high in where.parts
    )
