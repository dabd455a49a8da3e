"""Reads one number as people and models write it. A text with more in it than one number is not read."""

import re
from fractions import Fraction

from tools.calculator.clean import clean
from tools.calculator.evaluator import evaluated
from tools.calculator.parser import parse
from tools.calculator.result import CalculationError
from tools.calculator.tree import Negate, Node, Num, Percent, Power, Product, Sum

_SIMPLE = re.compile(r"[+-]?\d{1,60}(?:\.\d{1,60})?").fullmatch
_SHORT = re.compile(r"(.*\d)\s*(k|K|M|mn|B|bn|T|tn)")
_SHORTS = {"k": 10**3, "K": 10**3, "M": 10**6, "mn": 10**6, "B": 10**9, "bn": 10**9, "T": 10**12, "tn": 10**12}
_MONEY = r"(?:US dollars?|dollars?|USD|euros?|EUR|pounds? sterling|GBP|yen|JPY|rupees?|INR|CHF|CAD|AUD)"
_MONEY_WORD = re.compile(rf"(?:{_MONEY}\s+(?=[-+\d.]))|(?:(?<=[\d\w])\s*{_MONEY}$)", re.IGNORECASE)
_WRAPPED = re.compile(r"\\boxed\{(.*)\}|\*\*(.*)\*\*|\\text\{(.*)\}", re.DOTALL)
_SPACED_GROUPS = re.compile(r"(?<![\d.,])\d{1,3}(?:[ '\u00a0\u2009\u202f]\d{3})+(?![\d,'])")
_POINT_GROUPS = re.compile(r"[+\-−]?\d{1,3}(?:\.\d{3})+,\d+|[+\-−]?\d{1,3}(?:\.\d{3}){2,}")
_BOOKED = re.compile(r"\(\s*(?:[$€£¥₹].*|.*,.*)\)")
"""In accounts a number in brackets is negative: not read, as it may be meant either way."""
_LONGEST = 200


def parse_number(text: str) -> Fraction | None:
    """The exact value of the one number in `text`, or None where there is none, several, or an ambiguous one.

    Reads `1,234.5`, `1 234`, `1.234,5`, `$1.2M`, `15%` (3/20), `1.5 million`, `2/3`, `1 1/2`, `½`, `-3`, `−3`, `1e-3`, `6.02×10^23`,
    `10⁶`, `\\frac{2}{3}`, `\\boxed{7}`. Does not compute (`2+3`), and reads no units (`5 km`) and no decimal comma alone (`1,5`).
    """
    try:
        if _SIMPLE(text):
            return Fraction(text)
        return _read(text)
    except (CalculationError, RecursionError, TypeError, ZeroDivisionError):
        return None


def _read(text: str) -> Fraction | None:
    text = text.strip()
    if len(text) > _LONGEST:
        return None
    while wrapped := _WRAPPED.fullmatch(text.strip("$ ")):
        text = next(inner for inner in wrapped.groups() if inner is not None)
    text = _MONEY_WORD.sub("", text.lstrip("≈~≃ ").removesuffix(".")).strip()
    scale = 1
    if short := _SHORT.fullmatch(text):
        text, scale = short[1], _SHORTS[short[2]]
    if _POINT_GROUPS.fullmatch(text):
        text = text.replace(".", "").replace(",", ".")
    text = _SPACED_GROUPS.sub(lambda m: re.sub(r"\D", "", m[0]), text)
    if _BOOKED.fullmatch(text):
        return None
    if ":" in text or "=" in text or '"' in text or "?" in text:
        return None
    value = _value(parse(clean(text, variables=True), variables=False).tree)
    return None if value is None else value * scale


def _value(tree: Node) -> Fraction | None:
    """The value of a tree that spells one number, else None."""
    if isinstance(tree, Negate):
        inner = None if isinstance(tree.operand, Negate) else _value(tree.operand)
        return None if inner is None else -inner
    if isinstance(tree, Percent):
        inner = None if isinstance(tree.operand, Percent) else _value(tree.operand)
        return None if inner is None else inner / 100
    if _is_literal(tree):
        value = evaluated(tree)
        return Fraction(value) if isinstance(value, int | Fraction) else None
    return None


def _is_literal(tree: Node) -> bool:
    if isinstance(tree, Num):
        return True
    if isinstance(tree, Power):
        return _is_power_of_ten(tree)
    if isinstance(tree, Sum):
        return _is_mixed(tree)
    if isinstance(tree, Product) and len(tree.factors) == 2:
        first, second = tree.factors
        if tree.ops == ("/",):
            return all(isinstance(_unsigned(x), Num) for x in tree.factors)
        return tree.ops == ("*",) and isinstance(_unsigned(first), Num) and _is_power_of_ten(second)
    return False


def _unsigned(tree: Node) -> Node:
    return tree.operand if isinstance(tree, Negate) else tree


def _is_power_of_ten(tree: Node) -> bool:
    if not isinstance(tree, Power) or tree.base != Num(10):
        return False
    exponent = _unsigned(tree.exponent)
    return isinstance(exponent, Num) and isinstance(exponent.value, int)


def _is_mixed(tree: Sum) -> bool:
    """A whole number and a proper fraction, as the cleaner makes of `1 1/2`."""
    if len(tree.terms) != 2 or tree.minus[1]:
        return False
    whole, part = tree.terms
    return isinstance(whole, Num) and isinstance(part, Product) and part.ops == ("/",) and _proper(part)


def _proper(part: Product) -> bool:
    top, bottom = part.factors
    return isinstance(top, Num) and isinstance(bottom, Num) and 0 < top.value < bottom.value
