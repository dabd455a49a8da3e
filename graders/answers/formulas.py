"""Expressions and equations."""

import re

from graders.answers.dressing import undressed
from graders.answers.kinds import Formula
from graders.expressions import expression

ASSIGN = re.compile(
    r"^[A-Za-zα-ωΑ-Ω](?:_\{?\w+\}?)?(?:\([a-z]\))?\s*(?:=|:=|≈|\\approx|\\in\s*(?=\\?\{)|\bequals\b)\s*(?=[^=])"
)


_LETTERS = re.compile(r"[A-Za-z]{2,}")
_KNOWN = frozenset(
    [
        "sin",
        "cos",
        "tan",
        "cot",
        "sec",
        "csc",
        "arcsin",
        "arccos",
        "arctan",
        "asin",
        "acos",
        "atan",
        "sinh",
        "cosh",
        "tanh",
        "ln",
        "log",
        "exp",
        "sqrt",
        "frac",
        "dfrac",
        "tfrac",
        "pi",
        "cdot",
        "times",
        "left",
        "right",
        "abs",
        "div",
    ]
)


_UNIT = re.compile(
    r"(?<=[\dπi)}])\s+(?:(?:square|cubic|sq\.?|cu\.?)\s+)?(?:units?|[cmk]?m|in|ft|inch(?:es)?|feet|met(?:er|re)s?|(?:centi|kilo)met(?:er|re)s?|miles?|yards?)"
    r"(?:\^\{?[23]\}?|[²³])?$"
)


def read_formula(text: str) -> Formula | None:
    text = re.sub(r"(\d+(?:\.\d+)?)\s*°", r"(\1\\pi/180)", _UNIT.sub("", text))
    words = _LETTERS.findall(re.sub(r"\\[a-zA-Z]+", " ", text))
    if any(w.lower() not in _KNOWN and (len(w) > 2 or not re.search(r"[\d^+*/=\\()]", text)) for w in words):
        return None
    sides = re.split(r"(?<![<>!:])=(?!=)", text)
    if len(sides) == 2:
        left, right = sides
        if ASSIGN.match(text):
            return None
        both = expression(f"({left})-({right})")
        return Formula(both, True) if both else None
    read = expression(text)
    return Formula(read) if read and len(sides) == 1 else None


def equation(text: str) -> Formula | None:
    """A text as an equation set to zero."""
    sides = undressed(text).split("=")
    both = expression(f"({sides[0]})-({sides[1]})") if len(sides) == 2 else None
    return Formula(both, True) if both else None
