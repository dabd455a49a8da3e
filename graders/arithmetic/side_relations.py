"""Whether two sides that differ as they stand are the same by what else a text says: by its other equations, or for the values it tells.

Equations that are said to hold are taken as right here; whether they are is judged elsewhere.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from graders.arithmetic.identities import Sides, coefficients, explained
from graders.arithmetic.latex import FIGURE, SEGMENT, inner_of
from graders.arithmetic.sides import Side, chained_sides
from graders.arithmetic.told import at, told
from graders.arithmetic.unknowns import statements
from graders.expressions import Expression, close, expression

_UNITY = re.compile(r"\broots?\s+of\s+unity\b", re.IGNORECASE)
"""Words that make powers of a name one."""


def is_given(sides: Sides, chain: list[tuple[Side, bool]], text: str) -> bool:
    """Whether two sides are the same by another equation of the text, or for values that it tells."""
    if _UNITY.search(text):
        return True
    last = expression(chain[-1][0].formula)
    return explained(sides, _zeros(text, chain)) or bool(last and not last.names and _same_where_told(sides, text))


def _zeros(text: str, own: list[tuple[Side, bool]]) -> Iterator[Expression]:
    """What the equations of a text say to be zero; of the chain that is judged, only what has other unknowns."""
    without = [side.formula for side, _ in own]
    for m in SEGMENT.finditer(FIGURE.sub(" ", text)):
        for chain in chained_sides(inner_of(m)):
            for (left, _), (right, _) in pairwise(chain):
                zero = expression(f"({left.formula})-({right.formula})")
                if zero and zero.names and ([side.formula for side, _ in chain] != without or _ends(left, right)):
                    yield zero


def _ends(left: Side, right: Side) -> bool:
    """Whether an equality says what a linear side is in figures."""
    one, two = expression(left.formula), expression(right.formula)
    if not one or not two or bool(one.names) == bool(two.names):
        return False
    found = coefficients(one if one.names else two)
    return found is not None and len(found) == 2


def _same_where_told(sides: Sides, text: str) -> bool:
    one, two = expression(sides.left), expression(sides.right)
    if not one or not two:
        return False
    known = told(list(statements(text)), text)
    pairs = ((at(one, point), at(two, point)) for point in known.choices(one.names | two.names))
    return any(a is not None and b is not None and close(a, b) for a, b in pairs)
