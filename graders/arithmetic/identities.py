"""Equalities whose sides hold variables: is one meant for all values of them, and does it hold?

An equation may also be something to be solved, so only what can hardly be that is an identity: a step in a chain of three sides or more
that expands, factors or collects; or two sides of which one is the other multiplied out but for a single coefficient.
"""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from graders.expression_nodes import Value
from graders.expressions import Expression, expression, same

_DEGREE = 8
_SPREAD = (Fraction(1), Fraction(37, 23), Fraction(41, 53), Fraction(101, 47), Fraction(83, 59), Fraction(179, 61))
"""Multiples of one number that stand for several variables, so that a polynomial in them becomes one in it; odd ones, so that no term
is lost by chance."""
_BRACKET = re.compile(r"[)\]][^()\[\]]*?(?:\^|[(\[])|[A-Za-z\d]\s*[(\[]|[(\[][^()\[\]]*[)\]]|\\[dt]?frac")
_CONTEXT = re.compile(r"complex|imaginary|i\^2|i\^\{2\}|\d\s*[-+]\s*\d+i(?![a-z])", re.IGNORECASE)
_COMPLEX = re.compile(r"(?<![a-zA-Z\\])(?:\d+|\})?\s*i(?![a-zA-Z])")


class Sides(NamedTuple):
    """Two sides of an equality as formulas, whether they are a step in a longer chain, and whether the text calls them the same."""

    left: str
    right: str
    chained: bool
    said: bool = False


def is_complex(text: str, answers: str) -> bool:
    """Whether `i` is the imaginary unit in a text."""
    return bool(_CONTEXT.search(text) or (_COMPLEX.search(answers) and not re.search(r"[a-zA-Z]{2}", answers)))


def broken_identity(sides: Sides) -> bool:
    """Whether two sides with the same variables are meant to be the same for all of their values, and are not."""
    one, two = expression(sides.left), expression(sides.right)
    if not one or not two or not one.names or one.names != two.names or same(one, two) is not False:
        return False
    first, second = coefficients(one), coefficients(two)
    if first and second and sum(map(bool, first)) == sum(map(bool, second)) == 1 and len(first) == len(second) > 1:
        return not any(UNCLEAR.search(side) for side in sides[:2])  # "2x = 3x" is nothing to be solved
    if sides.said and first and second and _multiplied_out(sides) and max(len(first), len(second)) > 2:
        return True
    if sides.chained and not any(UNCLEAR.search(side) for side in sides[:2]):
        return True
    if first is None or second is None or len(first) != len(second):
        return False
    brackets = bool(_BRACKET.search(sides.left)), bool(_BRACKET.search(sides.right))
    if sides.chained and len(one.names) > 1:
        return any(brackets) and len(first) > 2 and max(len(_terms(sides.left)), len(_terms(sides.right))) > 1
    if first[-1] != second[-1]:
        return False
    if sides.chained:
        return any(brackets)
    differing = sum(a != b for a, b in zip(first, second, strict=True))
    alike = [c != 0 for c in first] == [c != 0 for c in second]
    return len(one.names) == 1 and len(first) > 2 and brackets[0] != brackets[1] and differing == 1 and alike


UNCLEAR = re.compile(
    r"(?<![a-zA-Z\\])[d-hp-uD-HN-U](?:_\{?\w\}?|'+)?\s*(?:\\left\s*)?\(|/\s*(?:\([^()]*\)|\w+)\s*[*(\\a-zA-Z]|\^\s*[a-zA-Z][a-zA-Z]|[A-Z][A-Z]\s*\^"
)
"""What may be read in two ways: a letter before a bracket, which may be a function; a product behind a slash; two letters as a power, or
under one."""


def _multiplied_out(sides: Sides) -> bool:
    """Whether one side only is a product or a power of brackets, so that the other is it multiplied out."""
    return bool(_PRODUCT.fullmatch(sides.left)) != bool(_PRODUCT.fullmatch(sides.right))


_PRODUCT = re.compile(r"[-−]?\s*[\w\s]*(?:\([^()]*\)\s*(?:\^\s*\{?\d+\}?\s*)?)+")


def explained(sides: Sides, relations: Iterable[Expression]) -> bool:
    """Whether two sides are the same wherever a relation holds that the text gives, as an expression that is zero: z^2 + z + 1."""
    one, two = expression(sides.left), expression(sides.right)
    if not one or not two:
        return False
    return any(each.names <= one.names and _same_on(one, two, each) for each in relations)


def _same_on(one: Expression, two: Expression, zero: Expression) -> bool:
    """Whether two expressions agree at the points where a third one is zero, of which one variable is solved for."""
    for name in sorted(zero.names):
        point: dict[str, Value] = {n: _SPREAD[k % len(_SPREAD)] for k, n in enumerate(sorted(one.names | two.names))}
        values = [_at(zero, {**point, name: Fraction(t)}) for t in range(1, _DEGREE + 4)]
        exact = [value for value in values if isinstance(value, Fraction)]
        found = _interpolated(exact) if len(exact) == len(values) else None
        if found is None or len(found) < 2:
            continue
        pairs = [(_at(one, {**point, name: x}), _at(two, {**point, name: x})) for x in _roots(found)]
        return all(a is not None and b is not None and abs(complex(a) - complex(b)) < 1e-6 for a, b in pairs)
    return False


def _roots(found: Sequence[Fraction]) -> list[complex]:
    """All roots of a polynomial, lowest power first, by the method of Durand and Kerner."""
    monic = [complex(c) / complex(found[-1]) for c in found]
    roots = [complex(0.4, 0.9) ** k for k in range(len(found) - 1)]
    for _ in range(200):
        for k, x in enumerate(roots):
            value = sum(c * x**power for power, c in enumerate(monic))
            roots[k] = x - value / math.prod((x - other for n, other in enumerate(roots) if n != k), start=complex(1))
    return roots


def coefficients(found: Expression) -> tuple[Fraction, ...] | None:
    """Of a polynomial, lowest power first; of several variables along a line. None for anything else."""
    values: list[Fraction] = []
    for t in range(1, _DEGREE + 4):
        value = _at(found, {name: _SPREAD[n % len(_SPREAD)] * t for n, name in enumerate(sorted(found.names))})
        if not isinstance(value, Fraction):
            return None
        values.append(value)
    return _interpolated(values)


def _at(found: Expression, point: Mapping[str, Value]) -> Value | None:
    try:
        return found.node(point)
    except (ValueError, ZeroDivisionError, OverflowError, KeyError, RecursionError):
        return None


def _interpolated(values: list[Fraction]) -> tuple[Fraction, ...] | None:
    """By Newton's differences at 1, 2, 3, ...; None where more are needed than values allow."""
    table, heads = values, list[Fraction]()
    for order in range(len(values)):
        heads.append(table[0] / _factorial(order))
        table = [b - a for a, b in pairwise(table)]
    if any(heads[_DEGREE + 1 :]):
        return None
    found = [Fraction(0)] * len(heads)
    basis = [Fraction(1)]
    for order, head in enumerate(heads):
        for power, c in enumerate(basis):
            found[power] += head * c
        basis = [
            (basis[p - 1] if p else Fraction(0)) - (order + 1) * (basis[p] if p < len(basis) else 0)
            for p in range(len(basis) + 1)
        ]
    while len(found) > 1 and not found[-1]:
        found.pop()
    return tuple(found)


def _factorial(n: int) -> int:
    return 1 if n < 2 else n * _factorial(n - 1)


def _terms(formula: str) -> list[str]:
    """The terms of a sum, brackets whole."""
    found, depth = [""], 0
    for c in formula:
        depth += (c in "([{") - (c in ")]}")
        if c in "+-−" and not depth and found[-1].strip():
            found.append("")
        found[-1] += c
    return found
