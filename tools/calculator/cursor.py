"""The parser's place in the tokens, and what it has noticed on the way."""

from abc import ABC, abstractmethod

from tools.calculator import limits
from tools.calculator.lexer import Token
from tools.calculator.result import CalculationError
from tools.calculator.tree import Each, Node

_FOR = frozenset(("for",))
_IN = frozenset(("in",))


class Cursor(ABC):
    """Reads tokens one after the other. What is read at each level of precedence is told by the classes below this one."""

    __slots__ = ("bars", "days", "depth", "index", "symbolic", "token", "tokens", "units", "variables")

    def __init__(self, found: list[Token], variables: bool) -> None:
        self.tokens = found
        self.index = 0
        self.token = found[0]
        self.variables = variables
        self.symbolic = self.units = self.days = False
        self.bars = 0
        self.depth = 0

    def next(self) -> Token:
        token = self.token
        self.index += 1
        if self.index < len(self.tokens):
            self.token = self.tokens[self.index]
        return token

    def peek(self, ahead: int = 1) -> Token:
        return self.tokens[min(self.index + ahead, len(self.tokens) - 1)]

    def accept(self, kind: str) -> bool:
        if self.token.kind == kind:
            self.next()
            return True
        return False

    def expect(self, kind: str, what: str) -> None:
        if not self.accept(kind):
            raise self.error(f"{kind!r} is missing {what}")

    def error(self, message: str) -> CalculationError:
        found = "the end" if self.token.kind == "end" else repr(str(self.token.value)[:20])
        return CalculationError("syntax", f"{message}; found {found} at character {self.token.at + 1}.")

    def deeper(self) -> None:
        self.depth += 1
        if self.depth > limits.DEPTH:
            raise CalculationError("too_complex", f"The expression is nested more than {limits.DEPTH} deep.")

    def is_name(self, wanted: frozenset[str]) -> bool:
        return self.token.kind == "name" and self.token.value in wanted

    def item(self) -> Node:
        """An item of a list or an argument, which may be `body for name in list`."""
        body = self.comparison()
        if not self.is_name(_FOR):
            return body
        self.next()
        name = str(self.token.value)
        self.expect("name", "after 'for'")
        if not self.is_name(_IN):
            raise self.error("'in' is missing after the name")
        self.next()
        return Each(body, name, self.comparison())

    @abstractmethod
    def comparison(self) -> Node:
        """The loosest level inside brackets."""

    @abstractmethod
    def power(self) -> Node:
        """A base and its exponent."""

    @abstractmethod
    def postfix(self) -> Node:
        """A value and the signs after it."""

    @abstractmethod
    def starts_factor(self) -> bool:
        """Whether a factor follows without a sign."""

    @abstractmethod
    def named(self) -> Node:
        """A name, or a call."""
