# ruff: noqa: E501  (patterns are data: broken up they cannot be read)
"""Expressions and equations."""

import re

from graders.answers.dressing import undressed
from graders.answers.kinds import Formula
from graders.answers.measures import measures
from graders.expressions import expression

_GREEK = "alpha|beta|gamma|delta|(?:var)?epsilon|eta|theta|kappa|lambda|mu|nu|xi|rho|sigma|tau|(?:var)?phi|chi|psi|omega|Gamma|Delta|Theta|Lambda|Sigma|Phi|Psi|Omega|ell"
_SYMBOL = rf"(?:(?:\\?Delta\s?|Δ)?[A-Za-zα-ωΑ-Ω]|\\(?:{_GREEK}))(?:_(?:\{{[^{{}}=]{{1,12}}\}}|\w+))?(?:'|\^\{{?(?:\\prime|')\}}?)*(?:\s?\((?:[a-z]|\\[a-z]+)(?:,\s*(?:[a-z]|\\[a-z]+))*\))?"
ASSIGN = re.compile(
    rf"^(?:{_SYMBOL}|\([a-z](?:,\s*[a-z]){{1,3}}\)(?=\s*\\?(?:in|∈))|\\frac\{{d\w?\}}\{{d\w\}}|d\w/d\w)\s*(?:(?:=|:=|≈|≡|\\approx(?![a-z])|\\equiv(?![a-z])|\bequals\b)\s*(?=[^=])|(?:\\in(?![a-z])|∈)\s*(?=\\?\{{|\\emptyset|∅))"
)
"""A name before its value: "x =", "f(x) =", "\\Delta p \\approx", "I_{\\max} =", "\\frac{dy}{dx} =", "(x, y) \\in" before a set."""


_LETTERS = re.compile(r"[A-Za-z]{2,}")
KNOWN = frozenset(
    [
        "sin",
        "cos",
        "tan",
        "cot",
        "sec",
        "csc",
        "cosec",
        "cis",
        "arcsin",
        "arccos",
        "arctan",
        "arccot",
        "arcsec",
        "arccsc",
        "asin",
        "acos",
        "atan",
        "sinh",
        "cosh",
        "tanh",
        "ln",
        "lg",
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


_SMALL = frozenset(
    ["we", "so", "is", "of", "it", "to", "in", "if", "or", "be", "as", "at", "by", "an", "no", "on", "do", "he", "my"]
)
_TAIL = re.compile(r"(?<=[\dπi)}])\s+(?=\S)|(?<=[\dπi)}])(?=\\(?:text|mathrm|,|;|:|!| ))")
_COUNTED = re.compile(r"(?:(?:square|cubic|sq\.?|cu\.?)\s+)?units?(?:\^\{?[23]\}?|[²³])?")


_SUBSCRIPT = re.compile(r"_(?:\{\s*\w+\s*\}|\w+)")
_PRODUCT = re.compile(r"(?=.*[a-z])(?=.*[A-Z])(?![A-Z][a-z]+$)[A-Za-z]{3,4}|[b-df-hj-np-tv-xz]{3,4}")
"""Letters side by side that are no word but a product: "GMm", "mgh", "nRT"."""


def read_formula(text: str) -> Formula | None:
    """An expression or an equation, also one with a unit behind it."""
    for cut in _TAIL.finditer(text):
        tail = text[cut.end() :].strip()
        found = measures(tail)
        if (found or _COUNTED.fullmatch(tail)) and (bare := _bare_formula(text[: cut.start()])):
            return bare._replace(measures=found) if not bare.equation else None
    return _bare_formula(text)


def _bare_formula(text: str) -> Formula | None:
    text = re.sub(r"(\d+(?:\.\d+)?)\s*°", r"(\1\\pi/180)", text)
    words = _LETTERS.findall(_SUBSCRIPT.sub("", re.sub(r"\\[a-zA-Z]+", " ", text)))
    shown = re.search(r"[\d^+*/=\\()]", text) is not None
    if any(
        w in _SMALL or (w.lower() not in KNOWN and (not shown or (len(w) > 2 and not _PRODUCT.fullmatch(w))))
        for w in words
    ):
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
    """A text as an equation set to zero; words beside it make it a sentence."""
    if any(
        w.lower() in _SMALL or (len(w) > 2 and w.lower() not in KNOWN)
        for w in _LETTERS.findall(re.sub(r"\\[a-zA-Z]+", " ", text))
    ):
        return None
    sides = undressed(text).split("=")
    both = expression(f"({sides[0]})-({sides[1]})") if len(sides) == 2 else None
    return Formula(both, True) if both else None
