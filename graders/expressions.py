# ruff: noqa: E501  (patterns are data: broken up they cannot be read)
"""Mathematical expressions in plain notation or LaTeX, compared by evaluating them: exactly where they are rational, else at sample points.

Two expressions that agree at every sample point to twelve digits are the same for all that an answer can mean; equality is not proved.
What cannot be read is None: a caller then knows nothing.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from graders.expression_nodes import Node, Value
from graders.expression_parser import Parser
from graders.expression_tokens import formula_tokens


class Expression(NamedTuple):
    node: Node
    names: frozenset[str]

    def value(self) -> Value | None:
        """Its value where it has no variables and can be computed."""
        return None if self.names else _at(self.node, {})


def _at(node: Node, point: Mapping[str, Value]) -> Value | None:
    try:
        found = node(point)
    except (ValueError, ZeroDivisionError, OverflowError, KeyError, RecursionError):
        return None
    return None if isinstance(found, Fraction) and found.numerator.bit_length() > _MOST_BITS else found


_MOST_BITS = 1000
"""Of a numerator: a greater one is no float."""
_DEEPEST = 40
"""Brackets beyond which a text is not read: no answer needs them, and each costs a few frames."""


@lru_cache(maxsize=512)
def expression(text: str) -> Expression | None:
    """The expression a text is, or None where it is none."""
    if len(text) > 400:
        return None
    tokens = formula_tokens(text)
    if not tokens or sum(token.kind in ("open", "bar") for token in tokens) > _DEEPEST:
        return None
    parser = Parser(tokens)
    node = parser.parse()
    return Expression(node, frozenset(parser.names)) if node else None


def at_point(found: Expression, value: Value) -> Value | None:
    """What an expression of one variable, or of none, is worth where the variable has this value; None where it has no value."""
    return _at(found.node, dict.fromkeys(found.names, value))


_POINTS = (0.7312, 1.9173, 2.3817, 0.3391, 3.1127)


def _points(names: frozenset[str], sign: int = 1) -> Iterator[dict[str, complex]]:
    for shift in range(len(_POINTS)):
        yield {
            n: complex(sign * (_POINTS[(i + shift) % len(_POINTS)] + 0.11 * shift)) for i, n in enumerate(sorted(names))
        }


def samples(names: frozenset[str]) -> Iterator[dict[str, complex]]:
    """Points at which expressions in these names are compared."""
    return _points(names)


def close(a: Value, b: Value) -> bool:
    """Whether two values are the same: exactly where both are rational, else to eleven digits."""
    if isinstance(a, Fraction) and isinstance(b, Fraction):
        return a == b
    x, y = complex(a), complex(b)
    return abs(x - y) <= 1e-11 * max(1.0, abs(x), abs(y))


def same(one: Expression, two: Expression) -> bool | None:
    """Whether two expressions agree at every sample point where both have a value; None where there is none, or only below zero they differ.

    Below zero a value that is not real is none: there a logarithm or a root tells nothing.
    """
    above = _agree(one, two, 1)
    if not above or not one.names | two.names:
        return above
    return True if _agree(one, two, -1) is not False else None


def _agree(one: Expression, two: Expression, sign: int) -> bool | None:
    compared = False
    for point in _points(one.names | two.names, sign):
        a, b = _at(one.node, point), _at(two.node, point)
        if a is None or b is None or (sign < 0 and not (_is_real(a) and _is_real(b))):
            continue
        if not close(a, b):
            return False
        compared = True
    return True if compared else None


def constant(found: Expression) -> Value | None:
    """What an expression is worth whatever its names stand for, as 3ab/(ab) is; None where it depends on them."""
    values = [_at(found.node, point) for point in _points(found.names)]
    if any(value is None for value in values) or not values or values[0] is None:
        return None
    first = complex(values[0])
    size = max(1.0, abs(first))
    if any(abs(complex(value or 0) - first) > 1e-9 * size for value in values[1:]) or abs(first.imag) > 1e-9 * size:
        return None
    near = Fraction(first.real).limit_denominator(1000)
    return near if abs(float(near) - first.real) < 1e-9 * size else first


def _is_real(value: Value) -> bool:
    plain = complex(value)
    return abs(plain.imag) <= 1e-9 * max(1.0, abs(plain))


def _ratios(one: Expression, two: Expression) -> Iterator[complex]:
    """How many times the second the first is, at the sample points where neither is zero."""
    for point in _points(one.names | two.names):
        a, b = _at(one.node, point), _at(two.node, point)
        if a is not None and b is not None and complex(a) and complex(b):
            yield complex(a) / complex(b)


def proportional(one: Expression, two: Expression) -> bool | None:
    """Whether one is a constant multiple of the other: as equations set to zero they then say the same."""
    found = list(_ratios(one, two))
    return all(abs(each - found[0]) <= 1e-9 * max(1.0, abs(found[0])) for each in found) if found else None


def times(one: Expression, two: Expression) -> float | None:
    """The real constant that the second is multiplied by to be the first; None where there is none."""
    found = next(_ratios(one, two), None)
    return found.real if found and proportional(one, two) and abs(found.imag) < 1e-9 else None
