"""Arithmetic written out in text, computed again: "12 × 4 = 50", "15% of 200 is 30", "(3 + 4) / 2 ≈ 3.5", LaTeX and code comments.

An equation is judged only where every part of it was understood; anything else (a variable, a function, a time of day, mixed units that
do not convert) leaves it alone. A claim holds where any usual reading makes it true: rounding to the places shown, operands that
are themselves rounded, a percent as fraction or as figure, "1.234" as a decimal or as thousands.
"""

from graders.arithmetic.congruences import incongruent
from graders.arithmetic.consequences import broken_consequences, lines_that_follow
from graders.arithmetic.equations import Equation, equations, wording
from graders.arithmetic.formula_values import values_of
from graders.arithmetic.functions import put_in
from graders.arithmetic.identities import is_complex
from graders.arithmetic.latex import without_formulas
from graders.arithmetic.quotients import wrong_products
from graders.arithmetic.rescaled import rescaled
from graders.arithmetic.slips import slips
from graders.arithmetic.systems import inconsistent, rewritten
from graders.arithmetic.told import contradictions, unmet
from graders.arithmetic.told import told as told_values
from graders.arithmetic.unknowns import in_prose, misput, statements, unsolved

__all__ = [
    "Equation",
    "broken_consequences",
    "contradictions",
    "equations",
    "in_prose",
    "incongruent",
    "inconsistent",
    "is_complex",
    "lines_that_follow",
    "misput",
    "put_in",
    "rescaled",
    "rewritten",
    "slips",
    "statements",
    "told_values",
    "unmet",
    "unsolved",
    "values_of",
    "without_formulas",
    "wording",
    "wrong_products",
]
