"""Chains of equalities in LaTeX formulas, each side computed again: "\\frac{10}{6} = \\frac{5}{3}", over the lines of an `align` too.

Two sides are judged only where both have a value and nothing in them is open: a function that was not read, `e` and `i` where they may be
names, another base, a remainder, units that do not come to the same. Sides with variables are judged where they are meant to be the same
for all values (`identities`). A decimal may be rounded. What is refuted is left alone.
"""

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from graders.arithmetic import unit_symbols
from graders.arithmetic.assertions import asserted
from graders.arithmetic.bases import in_ten
from graders.arithmetic.formula_values import agree, slack_of, values_of
from graders.arithmetic.identities import Sides, broken_identity
from graders.arithmetic.latex import FIGURE, TEXT, apart_at_commas
from graders.arithmetic.side_relations import is_given
from graders.arithmetic.sides import Side, chained_sides
from graders.arithmetic.vectors import components
from graders.expression_nodes import Value
from graders.expressions import expression

_DEFINED = re.compile(r"\\(?:star|oplus|otimes|diamond|ast|circledast|Box|square)(?![a-z])|[@#]")
"""Signs of an operation that the problem defines, as far as the side goes in which they stand."""
_BASED = re.compile(r"[\d)}]_\{?\d")
"""A side in another base."""
_ONE_LETTER = re.compile(r"(?<![\\a-zA-Z{])[ei](?![a-zA-Z])|\\log(?!_)|(?<![\\a-z])log(?!_)")
_I = re.compile(r"(?<![\\a-zA-Z{])i(?![a-zA-Z])")
_SCALES = re.compile(
    r"\b(?:dozen|hundred|thousand|million|billion|score|percent|pairs?|half|cents?|remainder|rem|r)\b", re.IGNORECASE
)
_LITERAL = re.compile(r"\s*[-−+]?\s*\d+(?:\.\d+)?\s*")
"""A figure alone: two of them that differ measure one thing in two units, where they are no step of a chain."""
_OPERATION = re.compile(r"[\d)}]\s*(?:[-+*/×·]|\\(?:times|cdot|div)(?![a-z]))|\\[dtc]?frac")
_NAMED_POWER = re.compile(r"\^\s*\{?[^{}]{0,3}[a-z]")
"""A power that may hold for some whole numbers only, as for even ones."""
_SIGNED = re.compile(r"\\pm(?![a-z])|±")
_POINT = re.compile(r"\s*(?:\\left)?\s*\((.*?)(?:\\right)?\s*\)\s*", re.DOTALL)


class Slip(NamedTuple):
    """Two sides of an equality that are not the same, and what the first is worth where that is a number."""

    left: str
    right: str
    value: Value | None

    def __str__(self) -> str:
        return (
            f"{self.left} is {_shown(self.value)}, not {self.right}"
            if self.value is not None
            else f"{self.left} is not {self.right}"
        )


def _shown(value: Value) -> str:
    if isinstance(value, Fraction):
        return str(value)
    real = complex(value)
    return f"{real.real:.6g}" if abs(real.imag) < 1e-12 else f"{real:.6g}"


def slips(text: str, *, imaginary: bool = False, given: str = "", free: frozenset[str] = frozenset()) -> Iterator[Slip]:
    """The equalities of a text's formulas that do not hold, in order. `imaginary` says that `i` is the imaginary unit, `given` is
    the problem, whose equations may make sides the same that are not so for all values, `free` are names that nothing is said of."""
    for inner, said, sure in asserted(FIGURE.sub(" ", text)):
        for chain in chained_sides(inner):
            chained = len(chain) > 2
            for one, two in pairwise(chain):
                slip = _slip(one, two, chained or _is_free(one[0], two[0], free), imaginary, said)
                if slip and not sure and slip.value is None:
                    continue
                if slip and (
                    slip.value is not None
                    or not is_given(Sides(slip.left, slip.right, True), chain, f"{given}\n{text}")
                ):
                    yield slip


def _is_free(left: Side, right: Side, free: frozenset[str]) -> bool:
    """Whether both sides have names of which nothing is said, so that they are the same for all their values."""
    one, two = expression(left.formula), expression(right.formula)
    powers = _NAMED_POWER.search(left.formula) or _NAMED_POWER.search(right.formula)
    return bool(one and two and one.names and one.names == two.names <= free and not powers)


def _slip(one: tuple[Side, bool], two: tuple[Side, bool], chained: bool, imaginary: bool, said: bool) -> Slip | None:
    (left, _), (right, rounded) = one, two
    if any(
        _BASED.search(in_ten(side.written)) or _DEFINED.search(side.written) for side in (left, right)
    ) or _SCALES.search(f"{left.unit} {right.unit}"):
        return None
    if (parts := _parts(left.formula, right.formula)) is not None:
        apart = (_slip((Side(a, a, ""), False), (Side(b, b, ""), rounded), chained, imaginary, said) for a, b in parts)
        return next((slip for slip in apart if slip), None)
    if left.unit != right.unit and left.unit + right.unit and not _carries(left, right):
        slack = slack_of(left.formula) + slack_of(right.formula)
        judged = left.unit and not rounded and unit_symbols.differ(left.symbols, right.symbols, slack)
        return Slip(left.written, right.written, None) if judged else None
    if not chained and _LITERAL.fullmatch(left.formula) and _LITERAL.fullmatch(right.formula):
        return None
    if any(_ONE_LETTER.search(_I.sub("j", f) if imaginary else f) for f in (left.formula, right.formula)):
        return None
    if not rounded and broken_identity(Sides(left.formula, right.formula, chained, said)):
        return Slip(left.written, right.written, None)
    mine, theirs = list(values_of(left.formula)), list(values_of(right.formula))
    if not mine or not theirs:
        return None
    slack = slack_of(left.formula) + slack_of(right.formula)
    if any(agree(a, b, slack, rounded) for a in mine for b in theirs):
        return None
    return Slip(left.written, right.written, mine[0])


def _parts(left: str, right: str) -> list[tuple[str, str]] | None:
    """Sides that are to be compared in pairs: the coordinates of two points, or both values of "\\pm" on either side."""
    one, two = _coordinates(left), _coordinates(right)
    if one and two and len(one) == len(two):
        return list(zip(one, two, strict=True))
    if (vectors := components(left, right)) is not None:
        return vectors
    if len(_SIGNED.findall(left)) == len(_SIGNED.findall(right)) == 1 and "\\mp" not in left + right:
        return [(_SIGNED.sub(sign, left), _SIGNED.sub(sign, right)) for sign in ("+", "-")]
    return None


def _coordinates(formula: str) -> list[str] | None:
    """The coordinates of a point, where a formula is one."""
    m = _POINT.fullmatch(formula)
    parts = [part.strip() for part in apart_at_commas(m[1])] if m else []
    return parts if len(parts) > 1 and all(parts) else None


def _carries(left: Side, right: Side) -> bool:
    """Whether a unit is only left out behind the sign: "2.5 \\times 60 \\text{ minutes} = 150"; "2 \\text{ hours} = 120" is none. Or
    before it, where figures alone are multiplied or added."""
    if right.unit and not left.unit and _LITERAL.fullmatch(right.formula):
        read = expression(left.formula)
        return bool(read and not read.names and _OPERATION.search(left.formula))
    if right.unit or len(TEXT.findall(left.written)) != 1 or not left.written.rstrip(" .}").endswith(left.unit):
        return False
    return bool(re.search(r"[-+*/×·]|\\(?:cdot|times|div|[dt]?frac)", left.formula))
