# ruff: noqa: E501  (patterns are data: broken up they cannot be read)
"""Mathematical expressions in plain notation or LaTeX read into what computes them, exactly where they are rational.

Reads + - * / ^, implied products, fractions, roots, factorials, absolute values, pi, e, i, the usual functions and variables.
"""

import cmath
import math
import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import NamedTuple

Value = Fraction | complex


Node = Callable[[Mapping[str, Value]], Value]


_FUNCTIONS: dict[str, Callable[[complex], complex]] = {
    "sin": cmath.sin, "cos": cmath.cos, "tan": cmath.tan, "sqrt": cmath.sqrt, "ln": cmath.log, "log": cmath.log10, "exp": cmath.exp,
    "arcsin": cmath.asin, "asin": cmath.asin, "arccos": cmath.acos, "acos": cmath.acos, "arctan": cmath.atan, "atan": cmath.atan,
    "sinh": cmath.sinh, "cosh": cmath.cosh, "tanh": cmath.tanh, "cot": lambda z: 1 / cmath.tan(z), "sec": lambda z: 1 / cmath.cos(z),
    "lg": cmath.log10, "arccot": lambda z: cmath.pi / 2 - cmath.atan(z), "arcsec": lambda z: cmath.acos(1 / z),
    "arccsc": lambda z: cmath.asin(1 / z), "csc": lambda z: 1 / cmath.sin(z), "abs": lambda z: complex(abs(z)),
    "cosec": lambda z: 1 / cmath.sin(z), "cis": lambda z: cmath.exp(1j * z),
}  # fmt: skip


_CONSTANTS = {
    "pi": complex(math.pi),
    "π": complex(math.pi),
    "e": complex(math.e),
    "i": 1j,
    "τ": complex(math.tau),
    "φ": complex((1 + 5**0.5) / 2),
}


_GREEK = (
    "alpha|beta|gamma|delta|(?:var)?epsilon|zeta|eta|(?:var)?theta|kappa|lambda|mu|nu|xi|(?:var)?rho|sigma|tau|(?:var)?phi|chi|psi|omega|"
    "Gamma|Delta|Theta|Lambda|Xi|Sigma|Phi|Psi|Omega|hbar|ell"
)


LETTERS = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ϵ": "epsilon", "η": "eta", "θ": "theta", "κ": "kappa", "λ": "lambda",
    "μ": "mu", "ν": "nu", "ξ": "xi", "ρ": "rho", "σ": "sigma", "χ": "chi", "ψ": "psi", "ω": "omega",
}  # fmt: skip
"""Greek letters by the names that LaTeX has for them."""


_TOKEN = re.compile(
    r"\s*(?:(?P<num>\d+(?:\.\d+)?|\.\d+)|(?P<frac>\\[dtc]?frac|\\[dt]?binom)|(?P<sqrt>\\sqrt|√|∛)|(?P<fn>\\?(?:arcsin|arccos|arctan|arccot|arcsec|arccsc|asin|acos|atan|sinh|cosh|tanh|sin|cos|tan|cot|sec|cosec|csc|cis|sqrt|ln|log|lg|exp|abs)(?![a-zA-Z]))|"
    rf"(?P<name>\\?pi(?![a-zA-Z])|π|τ|φ|(?:\\angle\s*\{{?[A-Z]{{1,3}}(?![A-Za-z])\}}?|\\(?:{_GREEK})(?![a-zA-Z])|[A-Za-zα-ρσ-ωϵ])(?:_(?:\{{\s*\\?\w+\s*\}}|\\?\w+))?)|(?P<op>\*\*|\\cdot|\\times|\\div|[-+*/^!·×÷−]|_)|(?P<open>[(\[{{]|\\left\s*[(\[|{{]|\\{{)|(?P<close>[)\]}}]|\\right\s*[)\]|}}]|\\}})|(?P<bar>\|)|(?P<sup>[⁰¹²³⁴⁵⁶⁷⁸⁹]+))"
)


_OPS = {"**": "^", "\\cdot": "*", "\\times": "*", "\\div": "/", "·": "*", "×": "*", "÷": "/", "−": "-"}


_SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


_NOISE = re.compile(
    r"\\hspace\s*\{[^{}]*\}|\\[,;!: ]|\\(?:displaystyle|mathrm|mathit|operatorname|quad|,)|\\left(?=[.])|\\right(?=[.])|\$|~|&"
)


class _Token(NamedTuple):
    kind: str
    text: str


def formula_tokens(text: str) -> list[_Token] | None:
    clean = _NOISE.sub(" ", text).strip()
    found, position = [], 0
    while position < len(clean):
        m = _TOKEN.match(clean, position)
        if not m or m.end() == position:
            return None
        kind = m.lastgroup or ""
        found.append(_Token(kind, _OPS.get(m[kind], m[kind]).replace("\\left", "").replace("\\right", "").strip()))
        position = m.end()
    return found


class Parser:
    def __init__(self, tokens: list[_Token]) -> None:
        self.tokens, self.at, self.names = tokens, 0, set[str]()

    def parse(self) -> Node | None:
        try:
            node = self._sum()
        except (ValueError, IndexError):
            return None
        return node if self.at == len(self.tokens) else None

    def _peek(self) -> _Token:
        return self.tokens[self.at] if self.at < len(self.tokens) else _Token("end", "")

    def _take(self) -> _Token:
        token = self.tokens[self.at]
        self.at += 1
        return token

    def _sum(self) -> Node:
        node = self._product()
        while self._peek().kind == "op" and self._peek().text in "+-":
            node = _binary(self._take().text, node, self._product())
        return node

    def _product(self) -> Node:
        node = self._unary()
        while True:
            token = self._peek()
            if token.kind == "op" and token.text in "*/":
                node = _binary(self._take().text, node, self._unary())
            elif token.kind in ("num", "frac", "sqrt", "fn", "name", "open"):
                if token.kind == "num" and self.tokens[self.at - 1].kind in ("num", "name"):
                    raise ValueError("a number is no second factor: two are digits of one, and a name's is its index")
                node = _binary("*", node, self._power())
            else:
                return node

    def _unary(self) -> Node:
        if self._peek().kind == "op" and self._peek().text in "+-":
            sign, inner = self._take().text, self._unary()
            return inner if sign == "+" else _binary("-", _number("0"), inner)
        return self._power()

    def _power(self) -> Node:
        base = self._atom()
        while self._peek().text == "!":
            self._take()
            base = _factorial(base)
        if self._peek().kind == "sup":
            return _binary("^", base, _number(self._take().text.translate(_SUPERSCRIPT)))
        if self._peek().text == "^":
            self._take()
            return _binary("^", base, self._exponent())
        return base

    def _exponent(self) -> Node:
        """What stands behind "^": of a figure before a fraction the figure alone, as in "x^2\\frac{1}{3}"."""
        if self._peek().kind == "num" and self.at + 1 < len(self.tokens) and self.tokens[self.at + 1].kind == "frac":
            return _number(self._take().text)
        return self._unary()

    def _atom(self) -> Node:
        token = self._take()
        if token.kind == "num":
            return self._mixed(_number(token.text))
        if token.kind == "name":
            return self._name(_plain_name(token.text))
        if token.kind == "frac":
            top, bottom = self._group(), self._group()
            return _choose(top, bottom) if "binom" in token.text else _binary("/", top, bottom)
        if token.kind == "sqrt":
            return self._root(token.text)
        if token.kind == "fn":
            return self._function(token.text.lstrip("\\"))
        if token.kind in ("open", "bar"):
            node = self._sum()
            closing = self._take()
            if closing.kind != ("bar" if token.kind == "bar" or token.text == "|" else "close") and closing.text != "|":
                raise ValueError("a bracket that is not closed")
            return _applied("abs", node) if token.kind == "bar" or token.text == "|" else node
        raise ValueError("no value")

    def _mixed(self, whole: Node) -> Node:
        """A figure just taken, with the fraction of figures behind it that is less than one: "2\\frac{1}{3}"."""
        if self._peek().kind != "frac" or "binom" in self._peek().text:
            return whole
        start = self.at
        try:
            part = self._atom()
            value = part({})
        except (KeyError, ValueError, IndexError, ZeroDivisionError):
            value = None
        if isinstance(value, Fraction) and 0 < value < 1:
            return _binary("+", whole, part)
        self.at = start
        return whole

    def _name(self, name: str) -> Node:
        if name in _CONSTANTS:
            constant = _CONSTANTS[name]
            return lambda _: constant
        self.names.add(name)
        return lambda at: at[name]

    def _group(self) -> Node:
        token = self._peek()
        if token.kind == "open":
            return self._atom()
        if token.kind == "num" and len(token.text) > 1 and token.text.isdigit():
            self.tokens[self.at : self.at + 1] = [_Token("num", digit) for digit in token.text]
        return self._atom()

    def _root(self, sign: str) -> Node:
        degree: Node = _number("3" if sign == "∛" else "2")
        if sign == "\\sqrt" and self._peek().text == "[":
            degree = self._atom()
        inner = self._group() if sign == "\\sqrt" else self._atom()
        return _binary("^", inner, _binary("/", _number("1"), degree))

    def _function(self, name: str) -> Node:
        power = None
        if name == "log" and self._peek().text == "_":
            self._take()
            base = self._atom()
            return _binary("/", _applied("ln", self._power()), _applied("ln", base))
        if self._peek().text == "^":
            self._take()
            name, power = self._raised(name)
        inner = self._atom() if self._peek().kind == "open" else self._argument()
        node = _applied(name, inner)
        return _binary("^", node, power) if power else node

    def _argument(self) -> Node:
        """What a function without brackets is of: "\\cos 2x", "\\sin \\pi x", but "\\sin x \\cos x" and "\\cos 2x e^x" end before the next."""
        first = self._peek()
        node = self._power()
        more = first.kind == "num" or (first.kind == "name" and (len(first.text) > 1 or first.text in "πn"))
        while more and self._peek().kind == "name" and self._peek().text not in ("e", "i"):
            node = _binary("*", node, self._power())
        return node

    def _raised(self, name: str) -> tuple[str, Node | None]:
        """The power of a function; the power -1 is its inverse: "\\tan^{-1}"."""
        start = self.at
        power = self._unary() if self._peek().text == "-" else self._atom()
        if (
            "".join(token.text for token in self.tokens[start : self.at]).strip("{}()") == "-1"
            and f"arc{name}" in _FUNCTIONS
        ):
            return f"arc{name}", None
        return name, power


def _plain_name(text: str) -> str:
    """A name in one spelling: "x_{1}" as "x_1", "\\varepsilon" as "epsilon"."""
    bare = re.sub(r"[\\{}\s]|(?<=\\)var", "", text)
    return LETTERS.get(bare[0], bare[0]) + bare[1:]


def _number(text: str) -> Node:
    value = Fraction(text)
    return lambda _: value


def _applied(name: str, inner: Node) -> Node:
    function = _FUNCTIONS[name]
    return lambda at: _exact_root(inner(at)) if name == "sqrt" else function(complex(inner(at)))


def _exact_root(value: Value) -> Value:
    if isinstance(value, Fraction) and value >= 0:
        top, bottom = math.isqrt(value.numerator), math.isqrt(value.denominator)
        if top * top == value.numerator and bottom * bottom == value.denominator:
            return Fraction(top, bottom)
    return cmath.sqrt(complex(value))


def _factorial(inner: Node) -> Node:
    def node(at: Mapping[str, Value]) -> Value:
        value = inner(at)
        if not isinstance(value, Fraction) or value.denominator != 1 or not 0 <= value <= 500:
            raise ValueError("no factorial")
        return Fraction(math.factorial(int(value)))

    return node


def _choose(top: Node, bottom: Node) -> Node:
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


def _binary(op: str, left: Node, right: Node) -> Node:
    return lambda at: _compute(op, left(at), right(at))


def _compute(op: str, a: Value, b: Value) -> Value:
    if isinstance(a, Fraction) and isinstance(b, Fraction):
        if op == "^":
            return _power_of(a, b)
        return a + b if op == "+" else a - b if op == "-" else a * b if op == "*" else a / b
    x, y = complex(a), complex(b)
    if op == "^" and x.real < 0 == x.imag and isinstance(b, Fraction) and b.denominator > 1 and b.denominator % 2:
        return _odd_root(x.real, b)
    return x + y if op == "+" else x - y if op == "-" else x * y if op == "*" else x / y if op == "/" else x**y


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


MOST_BITS = 1000
"""Of a numerator: a greater one is no float."""
