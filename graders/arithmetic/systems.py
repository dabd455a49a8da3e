"""Equations that a text asserts together, held to one another: linear ones that have no common solution, and one in several unknowns
that does not follow from the one before, of which it is said to be another form.

Curves of a plane and cases may contradict one another, so a text of these is left alone, and so is every equation under a condition.
"""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from graders.arithmetic.identities import Sides, coefficients, explained
from graders.arithmetic.told import Chain, Told, chains, in_a_case
from graders.arithmetic.unknowns import Statement, sentence_before
from graders.expression_nodes import Value
from graders.expressions import Expression, expression, same

_CURVES = re.compile(
    r"\bcases?\b|\beither\b|\bor\b|\bif\b|\bsuppos|\bpossib|\bassum|\blines?\b|\bparallel\b|\bplanes?\b|\bintersect|\bgraph|\bparabola|\bcircle|\bpoint",
    re.IGNORECASE,
)
_REWRITTEN = re.compile(
    r"\b(?:multipl|divid|rearrang|simplif|expand|distribut|clear|isolat)\w*\b[^.=]*(?:\b(?:gives?|gets?|yields?|have|obtain|find|becomes?|to)\b|:)[\s,$]*(?:us\s*)?[\s$:]*\Z",
    re.IGNORECASE,
)
"""Between two equations: the second is the first, written in another way."""
_WITH = re.compile(r"\bwith\b", re.IGNORECASE)
_MOST = 40
"""Equations of one text that are held to one another."""


def inconsistent(found: Sequence[Statement], known: Told, text: str) -> Iterator[str]:
    """Linear equations in several unknowns that cannot all hold, with the only values told of these."""
    if _CURVES.search(text):
        return
    rows, told = list[tuple[str, dict[str, Fraction]]](), set[str]()
    for left, right, written in _pairs(found):
        row = _row(left, right)
        if row is not None and len(row) > 2:
            rows.append((written, row))
            told |= row.keys()
    for name, values in known.values.items():
        value = next(iter(values), None)
        if name in told and len(values) == 1 and name not in known.tried and isinstance(value, Fraction):
            rows.append((f"{name} = {value}", {name: Fraction(1), "": -value}))
    if sum(len(row) > 2 for _, row in rows) > 1 and len(rows) <= _MOST and (last := _broken_row(rows)) is not None:
        yield f"{last} contradicts the equations before it"


def _pairs(found: Sequence[Statement]) -> Iterator[tuple[Expression, Expression, str]]:
    for chain in chains(found):
        if not in_a_case(chain.statement) and not _WITH.search(sentence_before(chain.statement)):
            for (a, one), (b, two) in pairwise(zip(chain.written, chain.sides, strict=True)):
                if one and two and one.names | two.names:
                    yield one, two, f"{a} = {b}"


def _row(left: Expression, right: Expression) -> dict[str, Fraction] | None:
    """The factors of the unknowns where both sides are linear, with what is left over under the empty name."""
    names = sorted(left.names | right.names)

    def at(point: dict[str, Value]) -> Fraction | None:
        try:
            value = left.node(point) - right.node(point)
        except (ValueError, ZeroDivisionError, OverflowError, KeyError, TypeError):
            return None
        return value if isinstance(value, Fraction) else None

    nought = at(dict.fromkeys(names, Fraction(0)))
    if nought is None:
        return None
    row = {"": nought}
    for name in names:
        value = at({**dict.fromkeys(names, Fraction(0)), name: Fraction(1)})
        if value is None:
            return None
        row[name] = value - nought
    probe: dict[str, Value] = {name: Fraction(2 * n + 3) for n, name in enumerate(names)}
    told = nought + sum((row[name] * Fraction(2 * n + 3) for n, name in enumerate(names)), Fraction(0))
    linear = at(probe) == told
    kept = {name: factor for name, factor in row.items() if factor or not name}
    return kept if linear and len(kept) > 1 else None


def _broken_row(rows: Sequence[tuple[str, dict[str, Fraction]]]) -> str | None:
    """The first equation that no solution of those before it meets; None where all can hold."""
    reduced: list[tuple[str, dict[str, Fraction]]] = []
    for written, row in rows:
        rest = dict(row)
        for pivot, other in reduced:
            if factor := rest.get(pivot):
                for name, value in other.items():
                    rest[name] = rest.get(name, Fraction(0)) - factor * value
        left = {name: value for name, value in rest.items() if value}
        named = [name for name in left if name]
        if not named:
            if left:
                return written
            continue
        pivot = named[0]
        whole = {name: value / left[pivot] for name, value in left.items()}
        reduced = [(key, _without(other, pivot, whole)) for key, other in reduced] + [(pivot, whole)]
    return None


def _without(row: dict[str, Fraction], pivot: str, by: dict[str, Fraction]) -> dict[str, Fraction]:
    factor = row.get(pivot, Fraction(0))
    return (
        {name: row.get(name, Fraction(0)) - factor * by.get(name, Fraction(0)) for name in {*row, *by}}
        if factor
        else row
    )


def rewritten(found: Sequence[Statement]) -> Iterator[str]:
    """Equations in several unknowns that are said to be the one before in another form, and do not hold wherever that does."""
    before: Chain | None = None
    for chain in chains(found):
        if before and len(before.sides) == len(chain.sides) == 2 and _is_form(before.statement, chain.statement):
            (a, b), (c, d) = before.sides, chain.sides
            zero = expression(f"({before.written[0]})-({before.written[1]})")
            if a and b and c and d and zero and len(zero.names) > 1 and zero.names == c.names | d.names:
                held = explained(Sides(chain.written[0], chain.written[1], True), [zero])
                if not held and coefficients(zero) is not None and same(c, d) is False and _is_explained(chain, zero):
                    yield f"{' = '.join(chain.written)} is not another form of {' = '.join(before.written)}"
        before = chain


def _is_form(first: Statement, second: Statement) -> bool:
    start = len(first.before) + len(first.written)
    between = second.before[start:] if second.before.startswith(first.before) else ""
    return len(between) < 160 and bool(_REWRITTEN.search(between))


def _is_explained(chain: Chain, zero: Expression) -> bool:
    """Whether `explained` could have said so: a relation explains only what has all its unknowns on the left."""
    return bool(chain.sides[0] and zero.names <= chain.sides[0].names)
