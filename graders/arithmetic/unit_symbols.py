"""Formulas with units in `\\text{...}`, compared with the units as unknowns: 4 crates times 3 boxes a crate are 12 boxes.

Where both sides measure the same, their figures must agree; where they do not, nothing is known.
"""

import re
from collections.abc import Mapping
from itertools import chain

from graders.expression_nodes import Value
from graders.expressions import expression

_UNIT = re.compile(r"\\(?:text|mathrm|mbox|textrm)\s*\{\s*([^{}]*?)\s*\}")
_WORDS = re.compile(r"[A-Za-z]+(?: [a-z]+)?(?:\s*(?:/|\bper\b)\s*[A-Za-z]+(?: [a-z]+)?)?\.?")
_OPERATION = re.compile(r"[-+*/×·]|\\(?:cdot|times|div|[dt]?frac)")
_POINTS = (1.3, 2.1, 0.7, 3.4, 1.9, 2.7)
_IRREGULAR = {"feet": "foot", "inches": "inch", "people": "person", "children": "child", "men": "man", "women": "woman"}


def differ(left: str, right: str, slack: float) -> bool:
    """Whether two sides of one dimension have figures that are not the same by more than `slack`."""
    names: dict[str, str] = {}
    one, two = _read(left, names), _read(right, names)
    if one is None or two is None or not names:
        return False
    points = [_point(names, shift) for shift in range(3)]
    first, second = ([_at(side, point) for point in points] for side in (one, two))
    if None in chain(first, second) or any(not b for b in second):
        return False
    ratios = [complex(a or 0) / complex(b or 1) for a, b in zip(first, second, strict=True)]
    if all(abs(ratio - ratios[0]) < 1e-9 for ratio in ratios):
        return _apart(ratios[0], complex(_at(two, dict.fromkeys(names.values(), 1.0)) or 1), slack)
    if expression(two) and not _UNIT.search(right) and _OPERATION.search(_UNIT.sub("", left)) and _single(one, names):
        ones: Mapping[str, Value] = dict.fromkeys(names.values(), 1.0)
        mine, theirs = _at(one, ones), _at(two, ones)
        return mine is not None and theirs is not None and abs(complex(mine) - complex(theirs)) > slack + 1e-9
    return False


def _apart(ratio: complex, size: complex, slack: float) -> bool:
    return abs(ratio - 1) * abs(size) > slack + 1e-9 * abs(size)


def _read(side: str, names: dict[str, str]) -> str | None:
    """The side with a sign for each unit; None where a text is no unit."""
    for found in _UNIT.finditer(side):
        if found[1] and not _WORDS.fullmatch(found[1]):
            return None
    text = _UNIT.sub(lambda m: _signs(m[1], names) if m[1] else " ", side)
    return re.sub(r"(?<=\d)(\s|\\,|~)*(?=\\[dt]?frac\{\(q_)", r" \\cdot ", text)


def _signs(phrase: str, names: dict[str, str]) -> str:
    parts = re.split(r"\s*(?:/|\bper\b)\s*", phrase.rstrip("."))
    signs = [names.setdefault(singular(part), f"q_{len(names)}") for part in parts]
    return f"({'/'.join(signs)})"


def singular(unit: str) -> str:
    """A unit's name for one of it, in small letters."""
    words = [_IRREGULAR.get(word, word) for word in unit.lower().split()]
    last = words[-1]
    if re.search(r"(?:s|x|ch|sh)es$", last):
        words[-1] = last[:-2]
    elif last.endswith("s") and not last.endswith("ss") and len(last) > 2:
        words[-1] = last[:-1]
    return " ".join(words)


def _point(names: Mapping[str, str], shift: int) -> dict[str, Value]:
    return {sign: complex(_POINTS[(n + shift) % len(_POINTS)] + 0.17 * n) for n, sign in enumerate(names.values())}


def _at(formula: str, point: Mapping[str, Value]) -> Value | None:
    found = expression(formula)
    if found is None or not found.names <= set(point):
        return None
    try:
        return found.node(point)
    except (ValueError, ZeroDivisionError, OverflowError, KeyError):
        return None


def _single(formula: str, names: Mapping[str, str]) -> bool:
    """Whether a side is a figure times one unit, and no other."""
    powers = []
    for sign in names.values():
        base: dict[str, Value] = {name: complex(1.3) for name in names.values()}
        a, b = _at(formula, base), _at(formula, {**base, sign: complex(2.6)})
        if a is None or b is None or not a:
            return False
        powers.append(complex(b) / complex(a))
    return sum(abs(p - 2) < 1e-9 for p in powers) == 1 and all(abs(p - 1) < 1e-9 or abs(p - 2) < 1e-9 for p in powers)
