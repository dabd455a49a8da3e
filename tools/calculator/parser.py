"""Reads cleaned text into a tree, by recursive descent.

From loosest to tightest: `to`, comparison, + and -, * / // mod `of` and products without a sign, sign, ^ (to the right), postfix ! % °.
Products without a sign go from left to right like `*`; after a `/` only a bracket may follow that way, anything else is ambiguous.
"""

from typing import NamedTuple

from tools.calculator import angles, names
from tools.calculator.lexer import Token, tokens
from tools.calculator.postfixes import Postfixes
from tools.calculator.result import CalculationError
from tools.calculator.tree import (
    Compare,
    Convert,
    Either,
    Factor,
    Items,
    Name,
    Negate,
    Node,
    Num,
    Percent,
    Power,
    Product,
    Relation,
    Sum,
)
from tools.calculator.unit_names import UNITS

_RELATIONS: dict[str, Relation] = {
    "=": "=", "==": "=", "!=": "!=", "<>": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">=",
}  # fmt: skip
_CLOSERS = frozenset((")", "]", "}", "⌋", "⌉", "super", "!", "!!"))
_PRODUCTS: dict[str, Factor] = {"*": "*", "/": "/", "//": "//", ":": "/"}
_OPENERS = frozenset(("(", "√", "∛", "∜", "⌊", "⌈"))
_INFIX = frozenset(
    (
        "of",
        "mod",
        "modulo",
        "MOD",
        "Mod",
        "to",
        "in",
        "into",
        "as",
        "choose",
        "percent",
        "pct",
        "for",
        "and",
        "or",
        "if",
    )
)
_WORDED = frozenset(("mod", "modulo", "of", "MOD", "Mod"))
_CONVERT = frozenset(("to", "in", "into", "as"))
_LEAD = frozenset(("convert",))
_AFTER_ITEM = frozenset((",", ")", "]"))
_AFTER_PLAIN = frozenset(("+", "-", "*", "/", ")", ",", "end"))


class Parsed(NamedTuple):
    """A tree and what it needs: the worker's symbolic functions, units, or the calendar; and whether degrees are in it."""

    tree: Node
    symbolic: bool
    units: bool
    days: bool
    angles: bool


def parse(text: str, variables: bool = False, bound: frozenset[str] = frozenset()) -> Parsed:
    """The tree of a cleaned text. With `variables`, unknown names and equations are part of the language.

    Names in `bound` have a value, whatever they mean elsewhere.
    """
    found = tokens(text)
    parser = _Parser(found, variables, bound)
    parsed = parser.whole()
    if "!=" not in text:
        return parsed
    factorial = _with_factorial(found)
    if len(factorial) == len(found):
        return parsed
    try:
        return parsed._replace(tree=Either(_Parser(factorial, variables, bound).whole().tree, parsed.tree))
    except CalculationError:
        return parsed


def _with_factorial(found: list[Token]) -> list[Token]:
    """The tokens with `!=` as a factorial and an equation wherever no space stands before it."""
    made: list[Token] = []
    for token in found:
        if token.kind == "!=" and not token.spaced:
            made += [Token("!", "!", False, token.at), Token("=", "=", False, token.at + 1)]
        else:
            made.append(token)
    return made


def _is_quantity(node: Node) -> bool:
    """Whether a tree is one number and one unit."""
    return isinstance(node, Product) and node.ops == ("*",) and [type(x) for x in node.factors] == [Num, Name]


def _has_unit(node: Node) -> bool:
    """Whether a name, a unit that is, stands in a factor."""
    if isinstance(node, Product):
        return any(map(_has_unit, node.factors))
    return isinstance(node, Name) or (isinstance(node, Power) and _has_unit(node.base))


class _Parser(Postfixes):
    """The levels of precedence."""

    __slots__ = ()

    def whole(self) -> Parsed:
        if self.is_name(_LEAD):
            self.next()
        tree = self.comparison()
        while self.is_name(_CONVERT) or self.token.kind == "->":
            self.next()
            tree, self.units = Convert(tree, self.product()), True
        if self.token.kind == ",":
            tree = self.sequence(tree)
        if self.token.kind != "end":
            raise self.leftover()
        return Parsed(tree, self.symbolic, self.units, self.days, self.angles)

    def sequence(self, first: Node) -> Node:
        items = [first]
        commas = sum(token.kind == "," for token in self.tokens)
        groups = any(len(str(token.value)) == 3 for token in self.tokens if token.kind == "number")
        while self.token.kind == ",":
            if not self.peek().spaced and (commas == 1 or groups):
                raise self.error("A comma without a space may be a decimal comma or a separator; write 1.5, or [1, 5]")
            self.next()
            items.append(self.comparison())
        return Items(tuple(items))

    def leftover(self) -> CalculationError:
        before = self.tokens[self.index - 1].kind
        for token in (self.tokens[self.index - 1], self.token):
            if token.kind == "name" and token.value in names.FORBIDDEN:
                return names.unknown(str(token.value), False)
        if self.token.kind in ("number", "name", "text") and before in ("number", "name", "text", ")"):
            if self.token.kind == "name" and not self.variables:
                return names.unknown(str(self.token.value), False)
            return self.error("An operator is missing between two values")
        if self.token.kind in (")", "]", "}"):
            return self.error("A closing bracket has no opening bracket")
        return self.error("The expression should end here or go on with an operator")

    def comparison(self) -> Node:
        if self.token.kind == "number" and self.tokens[self.index + 1].kind in _AFTER_ITEM:
            return Num(self.next().value)  # type: ignore[arg-type]
        first = self.sum()
        if self.token.kind not in _RELATIONS:
            return first
        sides, relations = [first], []
        while self.token.kind in _RELATIONS:
            relations.append(_RELATIONS[self.next().kind])
            sides.append(self.sum())
        return Compare(tuple(sides), tuple(relations))

    def sum(self) -> Node:
        first = self.product()
        kind = self.token.kind
        if kind != "+" and kind != "-":
            return first
        terms, minus = [first], [False]
        while kind == "+" or kind == "-":
            self.next()
            minus.append(kind == "-")
            terms.append(self.product())
            kind = self.token.kind
        node = Sum(tuple(terms), tuple(minus))
        if self.angles:
            angles.check(node)
        return node

    def product(self) -> Node:
        first = self.unary()
        factors: list[Node] = [first]
        ops: list[Factor] = []
        while True:
            token = self.token
            kind = token.kind
            if kind in _PRODUCTS:
                if kind == ":":
                    self.check_colon()
                ops.append(_PRODUCTS[kind])
                self.next()
                factors.append(self.unary())
            elif kind == "%" or (kind == "name" and token.value in _WORDED):
                ops.append("*" if token.value == "of" else "mod")
                self.check_of(factors, ops, token)
                self.next()
                factors.append(self.unary())
            elif self.starts_factor():
                self.implicit(factors, ops)
            else:
                break
        node = first if not ops else Product(tuple(factors), tuple(ops))
        return self.compound(node) if self.units and self.token.kind == "number" else node

    def compound(self, first: Node) -> Node:
        """`5 ft 3 in`: quantities side by side are added."""
        parts = [first]
        while self.token.kind == "number" and self.peek().value in UNITS and _is_quantity(first):
            number = Num(self.next().value)  # type: ignore[arg-type]
            parts.append(Product((number, Name(str(self.next().value))), ("*",)))
        return first if len(parts) == 1 else Sum(tuple(parts), (False,) * len(parts))

    def check_colon(self) -> None:
        before, after = self.tokens[self.index - 1], self.peek()
        if after.kind == "number" and before.kind == "number" and not after.spaced and not self.token.spaced:
            length = self.peek(2).at - after.at - self.peek(2).spaced
            if length >= 2 and isinstance(before.value, int) and before.value < 25 and 0 <= after.value < 60:  # type: ignore[operator]
                raise self.error("This may be a time of day or a ratio; write / for a division")

    def check_of(self, factors: list[Node], ops: list[Factor], token: Token) -> None:
        if token.value == "of" and len(ops) > 1 and isinstance(factors[-1], Percent) and ops[-2] != "*":
            raise self.error("It is not clear what 'of' belongs to; use brackets")

    def starts_factor(self) -> bool:
        kind = self.token.kind
        if kind == "name":
            return self.token.value not in _INFIX or self.is_inch()
        if kind == "|":
            return self.bars == 0
        if kind == "number":
            return self.tokens[self.index - 1].kind in _CLOSERS
        if kind == "[" or kind == "{":
            return self.tokens[self.index - 1].kind in ("number", ")")
        return kind in _OPENERS

    def is_inch(self) -> bool:
        """Whether the word `in` is the unit: a number stands before it and no name after it, or `in` or `to`."""
        if self.token.value != "in" or self.tokens[self.index - 1].kind != "number":
            return False
        after = self.peek()
        return after.kind != "name" or after.value in _CONVERT

    def implicit(self, factors: list[Node], ops: list[Factor]) -> None:
        unit = self.is_unit()
        spaced = self.tokens[self.index - 1].spaced
        if ops and ops[-1] != "*" and self.token.kind != "(" and not unit:
            raise self.error(f"A product without a sign after {ops[-1]!r} is ambiguous; write a * and brackets")
        if self.variables and ops and ops[-1] == "/":
            raise self.error("A product without a sign after '/' is ambiguous; write a * and brackets")
        factor = self.power()
        if unit and ops:
            if ops[-1] == "/" and self.token.kind == "/" and self.peek().value in UNITS:
                raise self.error(
                    "It is not clear what the second / divides; put the quantity in brackets: 100 km / (50 km/h)"
                )
            if ops[-1] == "/" and not any(map(_has_unit, factors)):
                if spaced:
                    raise self.error("It is not clear whether the unit belongs to the divisor; use brackets")
                ops.append("*")
                factors.append(factor)
                return
            factors[-1] = Product((factors[-1], factor), ("*",))
            return
        ops.append("*")
        factors.append(factor)

    def is_unit(self) -> bool:
        if self.variables or self.token.kind != "name" or self.peek().kind == "(":
            return False
        name = str(self.token.value)
        found = name in UNITS and name not in names.CONSTANTS and name not in self.bound
        self.units = self.units or found
        return found

    def unary(self) -> Node:
        kind = self.token.kind
        if kind == "number" and self.tokens[self.index + 1].kind in _AFTER_PLAIN:
            return Num(self.next().value)  # type: ignore[arg-type]
        if kind != "-" and kind != "+":
            return self.power()
        self.deeper()
        self.next()
        operand = self.unary()
        self.depth -= 1
        return Negate(operand) if kind == "-" else operand

    def power(self) -> Node:
        base = self.postfix()
        if self.token.kind != "^" and self.token.kind != "**":
            return base
        self.deeper()
        self.next()
        exponent = self.unary()
        self.depth -= 1
        return Power(base, exponent)
