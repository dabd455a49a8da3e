"""What a formula in LaTeX may be worth, in each of its usual readings, and whether two values agree as far as rounding leaves it open.

Angles count as degrees only where the formula says so or has pi. A formula with variables has a value only where it is a constant.
"""

import re
from collections.abc import Iterator
from fractions import Fraction

from graders.arithmetic.ellipses import unfolded
from graders.arithmetic.identities import UNCLEAR
from graders.expression_nodes import Value
from graders.expressions import Expression, close, constant, expression

TRIGONOMETRY = re.compile(r"\\?(?:arc)?(?:sin|cos|tan|cot|sec|csc)(?![a-z])")
DEGREES = re.compile(r"\^\s*\{?\s*\\circ\s*\}?|\\degree|°")
_DECIMAL = re.compile(r"\d+\.(\d+)")
_EXACT = re.compile(r"0\.0\d|\d*\.\d[05]")
"""A decimal of two places that is none rounded: one figure alone, or the last one a nought or a five."""
_ONE_SIGN = re.compile(r"\^\s*(\d)(?=\d+\s*\^)")
"""Factors as LaTeX sets them, of which "^" takes one sign only: "2^35^2" is 2^3 5^2."""


def values_of(formula: str) -> Iterator[Value]:
    """What a formula may be worth: a percentage as its fraction or its figure, "2\\frac13" as a mixed number or a product."""
    for read in _readings(formula):
        found = expression(read)
        if found and (value := _worth(found, read)) is not None:
            yield value


def _worth(found: Expression, written: str) -> Value | None:
    return found.value() if not found.names else None if UNCLEAR.search(written) else constant(found)


def _readings(formula: str) -> Iterator[str]:
    yield from unfolded(formula)
    if TRIGONOMETRY.search(formula):
        if not (DEGREES.search(formula) or "pi" in formula):
            return
        formula = re.sub(r"(\d+(?:\.\d+)?)\s*(?:" + DEGREES.pattern + ")", r"(\1\\pi/180)", formula)
    formula = DEGREES.sub("", formula)
    if "%" in formula:
        yield re.sub(r"(\d+(?:\.\d+)?)\s*\\?%", r"(\1/100)", formula)
        formula = re.sub(r"\s*\\?%", "", formula)
    yield formula
    product = re.sub(r"(?<=\d)\s*(?=\\[dtc]?frac)", r"\\cdot ", formula)
    if product != formula:
        yield product
    if _ONE_SIGN.search(formula):
        yield _ONE_SIGN.sub(r"^{\1} \\cdot ", formula)


def slack_of(formula: str) -> float:
    """How far a formula's value may be off because its decimals are rounded: a bare one by one in its last place, each in a
    sum or a product by half of it; a single decimal there counts as exact."""
    total = 0.0
    bare = _DECIMAL.fullmatch(formula.strip("-−{} "))
    for m in _DECIMAL.finditer(formula):
        ulp = Fraction(1, 10 ** len(m[1])) / (1 if bare else 2)
        if not bare and (len(m[1]) < 2 or _EXACT.fullmatch(m[0])):
            continue
        moved = [
            _first(f"{formula[: m.start()]}{_decimal(Fraction(m[0]) + step)}{formula[m.end() :]}") for step in (0, ulp)
        ]
        if moved[0] is not None and moved[1] is not None:
            total += abs(complex(moved[1]) - complex(moved[0]))
    return total


def _decimal(value: Fraction) -> str:
    return f"({value.numerator}/{value.denominator})"


def _first(formula: str) -> Value | None:
    return next(values_of(formula), None)


def agree(a: Value, b: Value, slack: float, rounded: bool) -> bool:
    """Whether two values are the same within a slack; where the second is said to be `rounded`, within two percent."""
    if close(a, b):
        return True
    gap = abs(complex(a) - complex(b))
    return gap <= slack * 1.001 or (rounded and gap <= max(abs(complex(b)) / 50, 0.01))
