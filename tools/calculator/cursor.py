"""The parser's place in the tokens, and what it has noticed on the way."""

from abc import ABC, abstractmethod

from tools.calculator import limits
from tools.calculator.lexer import Token
from tools.calculator.result import CalculationError
from tools.calculator.tree import Call, Each, Node

_FOR = frozenset(("for",))
_IN = frozenset(("in",))
_IF = frozenset(("if",))
_OR = frozenset(("or",))
_AND = frozenset(("and",))


class Cursor(ABC):
    """Reads tokens one after the other. What is read at each level of precedence is told by the classes below this one."""

    __slots__ = (
        "angles",
        "bars",
        "bound",
        "days",
        "depth",
        "index",
        "symbolic",
        "token",
        "tokens",
        "units",
        "variables",
    )

    def __init__(self, found: list[Token], variables: bool, bound: frozenset[str] = frozenset()) -> None:
        self.tokens = found
        self.index = 0
        self.token = found[0]
        self.variables = variables
        self.bound = bound
        self.symbolic = self.units = self.days = self.angles = False
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
        source = self.comparison()
        return Each(body, name, source, self.condition() if self.is_name(_IF) else None)

    def condition(self) -> Node:
        """`if a and b or c`, after the list of `for`."""
        self.next()
        either = [self.both()]
        while self.is_name(_OR):
            self.next()
            either.append(self.both())
        return either[0] if len(either) == 1 else Call("any", tuple(either))

    def both(self) -> Node:
        sides = [self.comparison()]
        while self.is_name(_AND):
            self.next()
            sides.append(self.comparison())
        return sides[0] if len(sides) == 1 else Call("all", tuple(sides))

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
