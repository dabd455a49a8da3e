"""Inequalities between expressions: "a > b" is "b < a", and "2x + 1 ≤ y" is "y - 2x ≥ 1". Those of one unknown are intervals first."""

import re
from typing import NamedTuple

from graders.answers.intervals import RELATION, RELATIONS
from graders.expressions import Expression, expression, times
from graders.wording import Verdict

_SIDES = re.compile(rf"(?P<left>[^<>≤≥=]+?)\s*{RELATION}\s*(?P<right>[^<>≤≥=]+)")


class Relation(NamedTuple):
    """`surplus` is above zero, or zero too where `closed`."""

    surplus: Expression
    closed: bool


def read_relation(text: str) -> Relation | None:
    """One inequality between two expressions, and nothing else."""
    m = _SIDES.fullmatch(text.strip())
    if not m:
        return None
    sign = RELATIONS[m[2]]
    more, less = (m["left"], m["right"]) if sign[0] == ">" else (m["right"], m["left"])
    surplus = expression(f"({more})-({less})")
    return Relation(surplus, "=" in sign) if surplus and surplus.names else None


def relations(one: str, two: str) -> Verdict | None:
    """Two inequalities; None where either is none, open where neither is the other times a constant."""
    a, b = read_relation(one), read_relation(two)
    if a is None or b is None:
        return None
    found = times(a.surplus, b.surplus)
    if found is None:
        return "different" if a.surplus.names != b.surplus.names else "undecided"
    return "equal" if found > 0 and a.closed == b.closed else "different"
