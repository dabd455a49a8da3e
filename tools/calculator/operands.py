"""Values in the syntax: numbers, brackets, lists, absolute values, roots, dates, quoted numbers."""

from tools.calculator.cursor import Cursor
from tools.calculator.lexer import Token, tokens
from tools.calculator.result import CalculationError
from tools.calculator.tree import Call, Day, Each, Items, Name, Node, Num

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
_BESIDE = frozenset(("+", "-", "*", "/", "//", "^", "**", "|"))
_BEFORE = _BESIDE | {"number", ")"}
"""What makes one value in square or curly brackets a group instead of a list."""


class Operands(Cursor):
    """Reads a value that is not a name."""

    __slots__ = ()

    def primary(self) -> Node:
        token = self.token
        kind = token.kind
        if kind == "number":
            self.next()
            return Num(token.value)  # type: ignore[arg-type]
        if kind == "name":
            return self.named()
        if kind == "(":
            return self.group(")")
        if kind in ("[", "{"):
            return self.bracketed("]" if kind == "[" else "}")
        return self.rare(token)

    def rare(self, token: Token) -> Node:
        kind = token.kind
        if kind == "°" and self.peek().value in ("C", "F"):
            self.next()
            return Name(f"deg{self.next().value}")
        if kind in ("√", "∛", "∜", "super"):
            return self.radical()
        if kind == "|":
            return self.absolute()
        if kind == "⌊" or kind == "⌈":
            return Call("floor" if kind == "⌊" else "ceil", (self.group("⌋" if kind == "⌊" else "⌉"),))
        if kind == "date":
            self.next()
            self.days = True
            return Day(token.value)  # type: ignore[arg-type]
        if kind == "text":
            return self.quoted()
        raise self.error("A value is missing")

    def group(self, closing: str) -> Node:
        self.deeper()
        self.next()
        bars, self.bars = self.bars, 0
        node = self.comparison()
        if self.token.kind == "," and closing == ")":
            node = Items((node, *self.items(closing)))
        else:
            self.expect(closing, "to close the bracket")
        self.bars = bars
        self.depth -= 1
        return node

    def bracketed(self, closing: str) -> Node:
        """A list; one value in brackets beside an operator is that value: `[(1 + 2) * 3] / 4`."""
        self.deeper()
        before = self.tokens[self.index - 1].kind if self.index else ""
        self.next()
        bars, self.bars = self.bars, 0
        found = self.items(closing, first=True)
        self.bars = bars
        self.depth -= 1
        if len(found) == 1 and (isinstance(found[0], Each) or before in _BEFORE or self.token.kind in _BESIDE):
            return found[0]
        return Items(tuple(found))

    def items(self, closing: str, first: bool = False) -> list[Node]:
        """The items up to the closing bracket; from after the first item unless `first`."""
        found: list[Node] = []
        while True:
            if not first:
                if self.accept(closing):
                    return found
                if not self.accept("->"):
                    self.expect(",", "between two items, or the list is not closed")
            first = False
            if self.accept(closing):
                return found
            found.append(self.item())

    def absolute(self) -> Node:
        self.deeper()
        self.next()
        self.bars += 1
        node = self.comparison()
        self.expect("|", "to close the absolute value")
        self.bars -= 1
        self.depth -= 1
        return Call("abs", (node,))

    def radical(self) -> Node:
        token = self.next()
        degree = {"√": 2, "∛": 3, "∜": 4}.get(token.kind) or token.value
        if token.kind == "super":
            self.expect("√", "after the degree of a root")
        self.deeper()
        operand = self.radical() if self.token.kind in ("√", "∛", "∜") else self.primary()
        self.depth -= 1
        if self.token.kind in ("!", "%", "name") and not self.is_name(_INFIX) and not isinstance(operand, Items):
            if self.tokens[self.index - 1].kind != ")":
                raise self.error("It is not clear how far the root reaches; write √( )")
        elif self.token.kind == "(" and self.tokens[self.index - 1].kind == "number":
            raise self.error("It is not clear how far the root reaches; write √( )")
        return Call("root", (operand, Num(degree)))  # type: ignore[arg-type]

    def quoted(self) -> Node:
        """A quoted number or date, as in Decimal('0.1')."""
        token = self.next()
        inner = tokens(str(token.value).strip(), dates=True)
        if len(inner) == 2 and inner[0].kind == "number":
            return Num(inner[0].value)  # type: ignore[arg-type]
        if len(inner) == 2 and inner[0].kind == "date":
            self.days = True
            return Day(inner[0].value)  # type: ignore[arg-type]
        raise CalculationError(
            "not_allowed", "Text in quotation marks is not allowed, except one number or one date such as '2024-03-01'."
        )
