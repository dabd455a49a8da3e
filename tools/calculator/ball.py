"""Irrational values as balls: a binary midpoint and a bound on its error, so that no digit is shown that is not known.

`radius` is the binary logarithm of the error's bound, as a float. Bounds are first-order with a bit to spare, which holds
because a result is only used where its error is many orders smaller than the value. A question that the error leaves open
(the sign of a difference, the floor near an integer) raises `MorePrecision`; at the last precision a ball that reaches zero
within 2^-ZERO_BITS is zero.
"""

from collections.abc import Callable
from fractions import Fraction
from math import log2
from typing import Any, NamedTuple

from mpmath import libmp as mp

from tools.calculator import limits
from tools.calculator.result import CalculationError

Mpf = tuple[int, Any, int, int]
NOTHING = float("-inf")


class MorePrecision(Exception):
    """The error of a value is too large to decide something."""


class Ball(NamedTuple):
    mid: Mpf
    radius: float


def magnitude(x: Mpf) -> float:
    """The least integer m with |x| < 2^m."""
    return x[2] + x[3] if x[1] else NOTHING


def joined(*radii: float) -> float:
    """The logarithm of the sum of errors given by their logarithms."""
    top = max(radii)
    if top == NOTHING:
        return top
    return top + log2(sum(2.0 ** max(r - top, -200.0) for r in radii))


def rounded(mid: Mpf, radius: float, precision: int) -> Ball:
    """A ball whose midpoint was rounded to `precision` bits."""
    size = magnitude(mid)
    if abs(size) > limits.EXPONENT_BITS and size != NOTHING:
        raise CalculationError("too_large", "The value is too large or too close to zero; keep it within 10^±12000.")
    return Ball(mid, joined(radius, size - precision))


def from_rational(value: int | Fraction, precision: int) -> Ball:
    mid = mp.from_rational(value.numerator, value.denominator, precision, "n")
    return Ball(mid, magnitude(mid) - precision)


def add(a: Ball, b: Ball, precision: int) -> Ball:
    return rounded(mp.mpf_add(a.mid, b.mid, precision, "n"), joined(a.radius, b.radius), precision)


def multiply(a: Ball, b: Ball, precision: int) -> Ball:
    error = joined(magnitude(a.mid) + b.radius, magnitude(b.mid) + a.radius, a.radius + b.radius)
    return rounded(mp.mpf_mul(a.mid, b.mid, precision, "n"), error, precision)


def divide(a: Ball, b: Ball, precision: int) -> Ball:
    """`b` must be known not to be zero."""
    low = magnitude(b.mid) - 1
    error = joined(a.radius - low, magnitude(a.mid) - 2 * low + b.radius) + 1
    return rounded(mp.mpf_div(a.mid, b.mid, precision, "n"), error, precision)


def negate(a: Ball) -> Ball:
    return Ball(mp.mpf_neg(a.mid), a.radius)


def pi(precision: int) -> Ball:
    return rounded(mp.mpf_pi(precision), NOTHING, precision)


def is_small(a: Ball) -> bool:
    """Whether zero lies within the ball."""
    return magnitude(a.mid) - 1 <= a.radius


def good(a: Ball, bits: int = 56) -> bool:
    """Whether the value is known to this many bits."""
    return magnitude(a.mid) - 1 - bits >= a.radius


Slope = Callable[[Mpf, Mpf], float]
"""From x and f(x), a bound on log2 |f'(x)|."""


def _asin_slope(x: Mpf, y: Mpf) -> float:
    left = mp.mpf_sub(mp.fone, mp.mpf_mul(x, x), 64, "n")
    return -(magnitude(left) - 1) / 2


def _acosh_slope(x: Mpf, y: Mpf) -> float:
    left = mp.mpf_sub(mp.mpf_mul(x, x), mp.fone, 64, "n")
    return -(magnitude(left) - 1) / 2


def _gamma_slope(x: Mpf, y: Mpf) -> float:
    return magnitude(y) + max(0.0, 1 - magnitude(x)) + max(0.0, log2(max(1.0, magnitude(x)))) + 1


FUNCTIONS: dict[str, tuple[Callable[..., Mpf], Slope]] = {
    "sqrt": (mp.mpf_sqrt, lambda x, y: -magnitude(y)),
    "exp": (mp.mpf_exp, lambda x, y: magnitude(y)),
    "ln": (mp.mpf_log, lambda x, y: 1 - magnitude(x)),
    "sin": (mp.mpf_sin, lambda x, y: 0.0),
    "cos": (mp.mpf_cos, lambda x, y: 0.0),
    "asin": (mp.mpf_asin, _asin_slope),
    "acos": (mp.mpf_acos, _asin_slope),
    "atan": (mp.mpf_atan, lambda x, y: 0.0),
    "sinh": (mp.mpf_sinh, lambda x, y: max(magnitude(y), 0.0) + 1),
    "cosh": (mp.mpf_cosh, lambda x, y: magnitude(y)),
    "tanh": (mp.mpf_tanh, lambda x, y: 0.0),
    "asinh": (mp.mpf_asinh, lambda x, y: 0.0),
    "acosh": (mp.mpf_acosh, _acosh_slope),
    "atanh": (mp.mpf_atanh, lambda x, y: 2 * _asin_slope(x, y)),
    "gamma": (mp.mpf_gamma, _gamma_slope),
    "erf": (mp.mpf_erf, lambda x, y: 1.0),
}


def apply(name: str, a: Ball, precision: int) -> Ball:
    """The function of the table at a point of its domain; the caller checks the domain."""
    function, slope = FUNCTIONS[name]
    value = function(a.mid, precision + 10, "n")
    return rounded(value, a.radius + slope(a.mid, value) + 1, precision)
