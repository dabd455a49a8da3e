"""Formulas compared: with each other, but for the names of their constants, and with numbers and angles."""

import math
import re
from fractions import Fraction

from graders.answers.formulas import ASSIGN, read_formula
from graders.answers.kinds import Formula, Quantity
from graders.answers.number_pairs import cut, measured, quantities, two_values
from graders.answers.values import parse
from graders.expressions import close, expression, proportional, same
from graders.provenance import significant
from graders.wording import Verdict


def formulas(a: Formula, b: Formula, one: str, two: str) -> Verdict | None:
    if a.equation != b.equation:
        return None
    if a.measures and b.measures and (one_value := _number(a)) and (two_value := _number(b)):
        return measured(one_value, two_value)
    agree = proportional(a.left, b.left) if a.equation else same(a.left, b.left)
    if agree is None or (not agree and _renamed(a, b, one, two)):
        return "equal" if _constant_renamed(a, b, one, two) else "undecided"
    if agree or a.equation:
        return "equal" if agree else "different"
    return _rounded_formula(a, b, one, two) or "different"


def _renamed(a: Formula, b: Formula, one: str, two: str) -> bool:
    """Whether two formulas are alike but for the names of their unknowns, or for those that stand for constants."""
    mine, theirs = a.left.names, b.left.names
    if mine == theirs:
        return False
    odd = {n.lower() for n in mine ^ theirs}
    return odd <= {"c", "k", "n", "m"} or (len(mine) == len(theirs) and _shape(one) == _shape(two))


def _constant_renamed(a: Formula, b: Formula, one: str, two: str) -> bool:
    """Whether two formulas are one but for the letter of a constant that may be anything: "+ C" and "+ k", "n pi" and "k pi"."""
    mine, theirs = a.left.names - b.left.names, b.left.names - a.left.names
    if len(mine) != 1 or len(theirs) != 1:
        return False
    (name,), (other,) = mine, theirs
    one, two = (ASSIGN.sub("", text, count=1) for text in (one, two))
    if not (_stands_free(name, one) and _stands_free(other, two)):
        return False
    again = read_formula(re.sub(rf"(?<!\\)(?<![A-Za-z]{{2}}){other}(?![A-Za-z]{{2}})", name, two))
    return again is not None and same(a.left, again.left) is True


def _stands_free(letter: str, text: str) -> bool:
    """Whether a letter is a summand at either end, a factor of pi, or one in front of an exponential as in "C e^{2x}"."""
    if len(letter) != 1:
        return False
    summand = rf"[+-]\s*{letter}\s*$|(?:^|=)\s*{letter}\s*[+-]"
    growth = rf"^\s*{letter}\s*(?:\\cdot\s*|\*\s*)?(?:e\s*\^|\\?exp\b)" if letter in "ABCKck" else r"(?!)"
    return re.search(rf"{summand}|{growth}|{letter}\s*\\?(?:pi|π)|(?:pi|π)\s*{letter}\b", text) is not None


def _shape(text: str) -> str:
    """A formula with its letters numbered in order."""
    letters: dict[str, str] = {}
    return re.sub(
        r"\\[a-zA-Z]+|[A-Za-z]",
        lambda m: m[0] if m[0][0] == "\\" else letters.setdefault(m[0], f"<{len(letters)}>"),
        re.sub(r"\s", "", text),
    )


def _rounded_formula(a: Formula, b: Formula, one: str, two: str) -> Verdict | None:
    """A decimal written for an expression without end: "1.41" for the root of two."""
    for exact_one, text in ((a, two), (b, one)):
        value, shown = exact_one.left.value(), parse(text)
        if value is not None and isinstance(shown, Quantity):
            return formula_and_number(exact_one, shown, "", text)
    return None


def _number(a: Formula) -> Quantity | None:
    """A formula that is a real number, as one with a unit."""
    value = a.left.value()
    if value is None or abs(complex(value).imag) > 1e-12 or not math.isfinite(complex(value).real):
        return None
    return Quantity(Fraction(complex(value).real), Fraction(0), measures=a.measures)


_PLANE = (("rad", 1),)


def _angle(a: Formula, b: Quantity) -> Verdict | None:
    """A formula without a unit against an angle: it is in radians, or in the unit of the other."""
    value = _number(a)
    if value is None or not b.measures or b.measures[0].powers != _PLANE or a.measures:
        return None
    radians = two_values(b.value * b.measures[0].factor, b.ulp * b.measures[0].factor, value.value, Fraction(0))
    bare = two_values(b.value, b.ulp, value.value, Fraction(0))
    if "equal" in (radians, bare):
        return "equal"
    return "different" if (radians, bare) == ("different", "different") else "undecided"


def formula_and_number(a: Formula, b: Quantity, one: str, two: str) -> Verdict | None:
    value = a.left.value()
    if a.equation and value is not None:
        last = parse(one.rpartition("=")[2])
        return quantities(last, b, "", two) if close(value, Fraction(0)) and isinstance(last, Quantity) else None
    if value is None and b.unit in a.left.names and (product := read_formula(f"{two}+0")):
        return formulas(a, product, one, two)
    if value is None:
        constant = (
            None
            if a.equation or not a.left.names
            else expression(f"{b.value.numerator}/{b.value.denominator}".replace("-", "0-"))
        )
        agree = same(a.left, constant) if constant else None
        return None if constant is None else "equal" if agree else "undecided" if agree is None else "different"
    if (angle := _angle(a, b)) is not None:
        return angle
    if a.measures and b.measures and (number := _number(a)):
        return measured(number, b)
    if close(value, b.value) or (b.percent and close(value, b.value / 100)):
        return "equal"
    real = complex(value)
    if abs(real.imag) > 1e-12 or not 0 < b.ulp <= Fraction(1, 10):
        return "different"
    near = abs(real.real - float(b.value))
    rounds = near <= float(b.ulp) * 0.501 or (near < float(b.ulp) and cut(Fraction(real.real), b.value))
    return "different" if not rounds else "equal" if significant(b.value) >= 3 else "undecided"
