# ruff: noqa: SIM905  (word lists are data: broken up they cannot be read)
"""Products in plain text with units between the factors: "3 yards * 4 feet/yard = 12 feet".

Judged only where the units come to what is claimed, so that nothing is converted in silence.
"""

import re
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

from graders.arithmetic.unit_symbols import singular
from graders.numbers import plain
from graders.units import unit_named

_NUMBER = r"[-−]?\$?\s?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:/\d+)?|\$?\.\d+"
_WORD = r"(?:(?:square|cubic)\s+)?[A-Za-z]{1,14}"
_FACTOR = rf"({_NUMBER})(?!\d)[\s-]?({_WORD})?(?:\s*(?:/|\bper\b|\beach\b)\s*({_WORD}))?"
_ONE = re.compile(_FACTOR)
_CHAIN = re.compile(
    rf"(?<![\d.,*/×÷+−^)=-])(?<![*/×÷+=-]\s)(?:{_FACTOR})(?:\s*[*×÷x/]\s*(?:{_FACTOR}))+\s*=\s*({_NUMBER})(?![\d.,]*\d)[\s-]?({_WORD})?(?:\s*(?:/|\bper\b)\s*({_WORD}))?"
)
_SIGN = re.compile(r"\s*([*×÷x/])\s*")
_SCALES = frozenset(
    ("dozen hundred thousand million billion score percent pair half cent dime nickel quarter penny mod x").split()
)


def wrong_products(text: str) -> Iterator[str]:
    """Products whose figures do not come to what is claimed though their units do, in words."""
    for found in _CHAIN.finditer(text):
        left, claimed = found[0].rsplit("=", 1)
        factors = _factors(left.strip())
        result = _ONE.match(claimed.strip())
        if factors is None or result is None:
            continue
        value, units = factors
        wanted = _figure(result[1]), _units(result)
        if wanted[0] is None or not _comes_to(units, wanted[1]) or not any(units.values()):
            continue
        places = len(result[1].partition(".")[2])
        if abs(value - wanted[0]) > (Fraction(1, 10**places) if places or value.denominator != 1 else 0):
            yield f"{left.strip()} is {plain(value)}, not {claimed.strip()}"


def _factors(text: str) -> tuple[Fraction, Counter[str]] | None:
    """What a product comes to, and its units with their powers."""
    value, units, at, sign = Fraction(1), Counter[str](), 0, "*"
    while factor := _ONE.match(text, at):
        figure = _figure(factor[1])
        if figure is None or (sign in "/÷" and not figure):
            return None
        value = value / figure if sign in "/÷" else value * figure
        for unit, power in _units(factor).items():
            units[unit] += -power if sign in "/÷" else power
        if factor.end() == len(text):
            return value, units
        following = _SIGN.match(text, factor.end())
        if not following:
            return None
        at, sign = following.end(), following[1]
    return None


def _figure(text: str) -> Fraction | None:
    try:
        return Fraction(re.sub(r"[$,\s]", "", text).replace("−", "-"))
    except (ValueError, ZeroDivisionError):
        return None


def _units(factor: re.Match[str]) -> Counter[str]:
    found = Counter[str]()
    money = "$" in factor[1]
    words = [singular(word) for word in (factor[2], factor[3]) if word]
    if money:
        found["dollar"] += 1
        words = [word for word in words if word != "dollar"]
    if factor[2] and not money:
        found[words[0]] += 1
    if factor[3]:
        found[words[-1]] -= 1
    return found


def _comes_to(units: Counter[str], claimed: Counter[str]) -> bool:
    """Whether the units of a product are those claimed, or those and things that are only counted."""
    if not any(claimed.values()) or any(name in _SCALES for name in (*units, *claimed)):
        return False
    left = Counter({name: units[name] - claimed[name] for name in {*units, *claimed}})
    if any(power < 0 for power in left.values()) or any(units[name] == 0 for name, power in claimed.items() if power):
        return False
    dimensions = {_dimension(name) for name, power in claimed.items() if power}
    return not any(power and _dimension(name) in dimensions for name, power in left.items())


def _dimension(name: str) -> str:
    unit = unit_named(name)
    return unit.dimension if unit else name
