"""Mathematical expressions in plain notation or LaTeX read into what computes them (`expression_nodes`), by recursive descent.

Reads + - * / ^, implied products, fractions, roots, factorials, absolute values, pi, e, i, the usual functions and variables.
"""

from fractions import Fraction

from graders.expression_nodes import CONSTANTS, FUNCTIONS, Node, applied, binary, choose, factorial, number
from graders.expression_tokens import SUPERSCRIPT, Token, plain_name


class Parser:
    """Reads tokens once, and gathers the names of the variables."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens, self.at, self.names = tokens, 0, set[str]()

    def parse(self) -> Node | None:
        """What computes all the tokens; None where they are no expression."""
        try:
            node = self._sum()
        except (ValueError, IndexError):
            return None
        return node if self.at == len(self.tokens) else None

    def _peek(self) -> Token:
        return self.tokens[self.at] if self.at < len(self.tokens) else Token("end", "")

    def _take(self) -> Token:
        token = self.tokens[self.at]
        self.at += 1
        return token

    def _sum(self) -> Node:
        node = self._product()
        while self._peek().kind == "op" and self._peek().text in "+-":
            node = binary(self._take().text, node, self._product())
        return node

    def _product(self) -> Node:
        node = self._unary()
        while True:
            token = self._peek()
            if token.kind == "op" and token.text in "*/":
                node = binary(self._take().text, node, self._unary())
            elif token.kind in ("num", "frac", "sqrt", "fn", "name", "open"):
                if token.kind == "num" and self.tokens[self.at - 1].kind in ("num", "name"):
                    raise ValueError("a number is no second factor: two are digits of one, and a name's is its index")
                node = binary("*", node, self._power())
            else:
                return node

    def _unary(self) -> Node:
        if self._peek().kind == "op" and self._peek().text in "+-":
            sign, inner = self._take().text, self._unary()
            return inner if sign == "+" else binary("-", number("0"), inner)
        return self._power()

    def _power(self) -> Node:
        base = self._atom()
        while self._peek().text == "!":
            self._take()
            base = factorial(base)
        if self._peek().kind == "sup":
            return binary("^", base, number(self._take().text.translate(SUPERSCRIPT)))
        if self._peek().text == "^":
            self._take()
            return binary("^", base, self._exponent())
        return base

    def _exponent(self) -> Node:
        """What stands behind "^": of a figure before a fraction the figure alone, as in "x^2\\frac{1}{3}"."""
        if self._peek().kind == "num" and self.at + 1 < len(self.tokens) and self.tokens[self.at + 1].kind == "frac":
            return number(self._take().text)
        return self._unary()

    def _atom(self) -> Node:
        token = self._take()
        if token.kind == "num":
            return self._mixed(number(token.text))
        if token.kind == "name":
            return self._name(plain_name(token.text))
        if token.kind == "frac":
            top, bottom = self._group(), self._group()
            return choose(top, bottom) if "binom" in token.text else binary("/", top, bottom)
        if token.kind == "sqrt":
            return self._root(token.text)
        if token.kind == "fn":
            return self._function(token.text.lstrip("\\"))
        if token.kind in ("open", "bar"):
            node = self._sum()
            closing = self._take()
            if closing.kind != ("bar" if token.kind == "bar" or token.text == "|" else "close") and closing.text != "|":
                raise ValueError("a bracket that is not closed")
            return applied("abs", node) if token.kind == "bar" or token.text == "|" else node
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
            return binary("+", whole, part)
        self.at = start
        return whole

    def _name(self, name: str) -> Node:
        if name in CONSTANTS:
            constant = CONSTANTS[name]
            return lambda _: constant
        self.names.add(name)
        return lambda at: at[name]

    def _group(self) -> Node:
        token = self._peek()
        if token.kind == "open":
            return self._atom()
        if token.kind == "num" and len(token.text) > 1 and token.text.isdigit():
            self.tokens[self.at : self.at + 1] = [Token("num", digit) for digit in token.text]
        return self._atom()

    def _root(self, sign: str) -> Node:
        degree: Node = number("3" if sign == "∛" else "2")
        if sign == "\\sqrt" and self._peek().text == "[":
            degree = self._atom()
        inner = self._group() if sign == "\\sqrt" else self._atom()
        return binary("^", inner, binary("/", number("1"), degree))

    def _function(self, name: str) -> Node:
        power = None
        if name == "log" and self._peek().text == "_":
            self._take()
            base = self._atom()
            return binary("/", applied("ln", self._power()), applied("ln", base))
        if self._peek().text == "^":
            self._take()
            name, power = self._raised(name)
        inner = self._atom() if self._peek().kind == "open" else self._argument()
        node = applied(name, inner)
        return binary("^", node, power) if power else node

    def _argument(self) -> Node:
        """What a function without brackets is of: "\\cos 2x", "\\sin \\pi x"; "\\sin x \\cos x" and "\\cos 2x e^x" end before the next."""
        first = self._peek()
        node = self._power()
        more = first.kind == "num" or (first.kind == "name" and (len(first.text) > 1 or first.text in "πn"))
        while more and self._peek().kind == "name" and self._peek().text not in ("e", "i"):
            node = binary("*", node, self._power())
        return node

    def _raised(self, name: str) -> tuple[str, Node | None]:
        """The power of a function; the power -1 is its inverse: "\\tan^{-1}"."""
        start = self.at
        power = self._unary() if self._peek().text == "-" else self._atom()
        if (
            "".join(token.text for token in self.tokens[start : self.at]).strip("{}()") == "-1"
            and f"arc{name}" in FUNCTIONS
        ):
            return f"arc{name}", None
        return name, power
