"""The sides of chains of equalities in LaTeX, each apart from its unit and its box: "\\boxed{5} \\text{ m} = 5 \\text{ m}".

A chain ends at a comma, an arrow, an inequality, a word in `text` that joins statements, and at a line that does not begin with a sign.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from graders.arithmetic.bases import in_ten
from graders.arithmetic.formula_values import DEGREES, TRIGONOMETRY
from graders.arithmetic.latex import GROUPS, TEXT, THIN, apart_at_commas

_APART = re.compile(
    r"\\q?quad(?!\s*\+)|\\(?:Long)?[Rr]ightarrow|\\implies|\\(?:L|l)eftrightarrow|\\iff|\\to(?![a-z])|\\therefore|\\text\s*\{[\s,;]*(?:and|or|so|if|for|when|where|since|because|thus|then|but)\b[^{}]*\}|;|\\\\(?:\[[^\]]*\])?(?!\s*&?\s*(?:=|\\approx)|\s*&\s*(?:\\q?quad\s*)*[-+])|"
    r"\\leq?(?![a-z])|\\geq?(?![a-z])|\\[lg]eqslant|[<>≤≥]|\\[lg]t(?![a-z])|\\mid(?![a-z])|\\sim(?![a-z])"
)
_NEWLINE = re.compile(r"\\\\(?:\[[^\]]*\])?|&")
_NAMED = re.compile(TEXT.pattern + r"\s*\}?\s*(?:\\left\s*)?[(\[]")
"""A function whose name is written as text."""
_MEASURED = re.compile(TEXT.pattern + r"(?:\s*\^\s*\{?\s*[23]\s*\}?)?")
"""A unit with its power: "\\text{ m}^3"."""
_BOX = re.compile(r"\\(?:boxed|fbox)\s*(?=\{)")


class Side(NamedTuple):
    """One side of an equality: as it was written, without its unit, and its unit."""

    written: str
    formula: str
    unit: str
    symbols: str = ""
    """The formula with its units, as `unit_symbols` reads them."""


def chained_sides(formula: str) -> Iterator[list[tuple[Side, bool]]]:
    """The sides of each statement, with whether the sign before a side says that it is rounded."""
    for statement in _APART.split(THIN.sub(" ", GROUPS.sub("", formula))):
        for part in apart_at_commas(_NEWLINE.sub(" ", statement)):
            pieces = re.split(r"(=|\\approx(?![a-z])|≈|\\simeq(?![a-z])|\\doteq(?![a-z]))", part)
            sides = [(_side(pieces[0]), False)]
            sides += [(_side(text), sign != "=") for sign, text in zip(pieces[1::2], pieces[2::2], strict=True)]
            if len(sides) > 1:
                yield sides


def _side(text: str) -> Side:
    written = text.strip().rstrip(".,").strip()
    plain = _BOX.sub(" ", written)
    units = " ".join(TEXT.findall(plain)).strip(" .,")
    bare = plain.replace("\\$", " ").strip().rstrip(".")
    if _NAMED.search(bare):  # "\\text{gcd}(12, 8)" is not the point (12, 8)
        return Side(written, bare, units)
    formula = in_ten(_unboxed(_MEASURED.sub(" ", bare)).strip())
    return Side(written, formula if TRIGONOMETRY.search(formula) else DEGREES.sub("", formula), units, _unboxed(bare))


def _unboxed(formula: str) -> str:
    """Without the braces that a box has left around a whole side."""
    m = re.fullmatch(r"\s*\{([^{}]*(?:\{[^{}]*\}[^{}]*)*)\}\s*", formula)
    return m[1] if m else formula
