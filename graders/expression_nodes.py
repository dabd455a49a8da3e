"""What computes an expression, node by node: exactly where it is rational, else as a complex number.

An odd root of a number below zero is the real one. A node raises an error where it has no value, as one divided by zero.
"""

import cmath
import math
from collections.abc import Callable, Mapping
from fractions import Fraction

Value = Fraction | complex
Node = Callable[[Mapping[str, Value]], Value]
"""What an expression is worth where its variables have these values."""

FUNCTIONS: dict[str, Callable[[complex], complex]] = {
    "sin": cmath.sin, "cos": cmath.cos, "tan": cmath.tan, "sqrt": cmath.sqrt, "ln": cmath.log, "log": cmath.log10, "exp": cmath.exp,
    "arcsin": cmath.asin, "asin": cmath.asin, "arccos": cmath.acos, "acos": cmath.acos, "arctan": cmath.atan, "atan": cmath.atan,
    "sinh": cmath.sinh, "cosh": cmath.cosh, "tanh": cmath.tanh, "cot": lambda z: 1 / cmath.tan(z), "sec": lambda z: 1 / cmath.cos(z),
    "lg": cmath.log10, "arccot": lambda z: cmath.pi / 2 - cmath.atan(z), "arcsec": lambda z: cmath.acos(1 / z),
    "arccsc": lambda z: cmath.asin(1 / z), "csc": lambda z: 1 / cmath.sin(z), "abs": lambda z: complex(abs(z)),
    "cosec": lambda z: 1 / cmath.sin(z), "cis": lambda z: cmath.exp(1j * z),
}  # fmt: skip
CONSTANTS = {
    "pi": complex(math.pi),
    "π": complex(math.pi),
    "e": complex(math.e),
    "i": 1j,
    "τ": complex(math.tau),
    "φ": complex((1 + 5**0.5) / 2),
}


def number(text: str) -> Node:
    value = Fraction(text)
    return lambda _: value


def binary(op: str, left: Node, right: Node) -> Node:
    return lambda at: _compute(op, left(at), right(at))


def applied(name: str, inner: Node) -> Node:
    function = FUNCTIONS[name]
    return lambda at: _exact_root(inner(at)) if name == "sqrt" else function(complex(inner(at)))


def factorial(inner: Node) -> Node:
    def node(at: Mapping[str, Value]) -> Value:
        value = inner(at)
        if not isinstance(value, Fraction) or value.denominator != 1 or not 0 <= value <= 500:
            raise ValueError("no factorial")
        return Fraction(math.factorial(int(value)))

    return node


def choose(top: Node, bottom: Node) -> Node:
    def node(at: Mapping[str, Value]) -> Value:
        n, k = top(at), bottom(at)
        if not (
            isinstance(n, Fraction)
            and isinstance(k, Fraction)
            and n.denominator == k.denominator == 1
            and 0 <= n <= 500
            and 0 <= k <= 500
        ):
            raise ValueError("no binomial")
        return Fraction(math.comb(int(n), int(k)))

    return node


def _compute(op: str, a: Value, b: Value) -> Value:
    if isinstance(a, Fraction) and isinstance(b, Fraction):
        if op == "^":
            return _power_of(a, b)
        return a + b if op == "+" else a - b if op == "-" else a * b if op == "*" else a / b
    x, y = complex(a), complex(b)
    if op == "^" and x.real < 0 == x.imag and isinstance(b, Fraction) and b.denominator > 1 and b.denominator % 2:
        return _odd_root(x.real, b)
    return x + y if op == "+" else x - y if op == "-" else x * y if op == "*" else x / y if op == "/" else x**y


def _exact_root(value: Value) -> Value:
    if isinstance(value, Fraction) and value >= 0:
        top, bottom = math.isqrt(value.numerator), math.isqrt(value.denominator)
        if top * top == value.numerator and bottom * bottom == value.denominator:
            return Fraction(top, bottom)
    return cmath.sqrt(complex(value))


def _power_of(a: Fraction, b: Fraction) -> Value:
    if b.denominator == 1 and abs(b) <= 1000:
        return Fraction(a ** int(b))
    if b == Fraction(1, 2):
        return _exact_root(a)
    if a < 0 and b.denominator % 2:
        return _odd_root(float(a), b)
    return complex(a) ** complex(b)


def _odd_root(a: float, b: Fraction) -> complex:
    """A number below zero to a power with an odd denominator, which is real: the cube root of -8 is -2."""
    root = (-a) ** float(b)
    return complex(-root if b.numerator % 2 else root)
