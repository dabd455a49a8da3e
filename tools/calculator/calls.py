"""Names in the syntax: constants, calls, and functions written without brackets (`sin 30°`, `log_2 8`, `sin^2(x)`)."""

import re

from tools.calculator import limits, names
from tools.calculator.functions import SYMBOLIC, TABLE, dates
from tools.calculator.lexer import read_number
from tools.calculator.operands import Operands
from tools.calculator.result import CalculationError
from tools.calculator.tree import (
    Call,
    Compare,
    Degrees,
    Factor,
    Items,
    Name,
    Negate,
    Node,
    Num,
    Power,
    Product,
    Relation,
)
from tools.calculator.unit_names import UNITS

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
_MOD = frozenset(("mod", "modulo", "MOD", "Mod"))
_AFTER_QUOTIENT = frozenset(("end", "+", "-", ")", "]", "}", ",", "|", "=", "==", "<", ">", "<=", ">=", "!="))
_GLUED = re.compile(r"((?:math\.|np\.)?[a-z]+)(\d{1,9})").fullmatch
_LOG_BASE = re.compile(r"(?:log|lg)_?(\d+)|log_")
_INVERSES = {"sin": "asin", "cos": "acos", "tan": "atan", "sinh": "asinh", "cosh": "acosh", "tanh": "atanh"}
_INVERSES |= {"sec": "asec", "csc": "acsc", "cot": "acot"}
_OPTIONS = frozenset(("ddof", "base", "ndigits", "decimals"))
_SAMPLES = {"pstdev": "stdev", "pvariance": "variance"}
_DATE_CALLS = frozenset(f.name for f in dates.FUNCTIONS)


class Calls(Operands):
    """Reads a name and what belongs to it."""

    __slots__ = ()

    def named(self) -> Node:
        name = str(self.token.value)
        called = self.peek().kind == "("
        if name in self.bound and not (called and names.function(name)):
            self.next()
            return Name(name)
        log = _LOG_BASE.fullmatch(name) if name.startswith(("log", "lg")) else None
        if log and names.function(name) is None:
            return self.log(log[1])
        if names.constant(name) is not None and not self.is_variable(name):
            self.next()
            if called and self.peek().kind == ")":
                self.next()
                self.next()
            return Name(names.constant(name) or name)
        function = names.function(name)
        if function is None and (glued := _GLUED(name)) and not called and self.is_glued(glued[1]):
            return self.glued(glued)
        if function and (called or self.is_bare(function)):
            return self.call(function, name, called)
        if function and len(name) > 1 and name not in UNITS and self.peek().kind in ("name", "number", "date"):
            raise self.no_argument(function)
        if called and not self.is_variable(name):
            if name in UNITS or name in dates.SPANS:
                self.next()
                return Name(name)
            raise names.unknown(name, called=True)
        self.next()
        return Name(name)

    def is_glued(self, name: str) -> bool:
        """Whether `sqrt16` and the like are a function and its argument."""
        row = TABLE.get(names.function(name) or "")
        return (
            row is not None and bool(row.bare) and self.peek().kind not in ("^", "**", "super", "!", "%", "°", "name")
        )

    def glued(self, found: re.Match[str]) -> Node:
        self.next()
        return Call(names.function(found[1]) or found[1], (Num(read_number(found[2])),))

    def no_argument(self, function: str) -> CalculationError:
        example = TABLE[function].example if function in TABLE else SYMBOLIC.get(function, "Eq(x^2, 4)")
        return self.error(f"{function} needs its arguments in brackets, as in {example}")

    def is_variable(self, name: str) -> bool:
        return self.variables and len(name) == 1 and name not in ("e",)

    def is_bare(self, function: str) -> bool:
        """Whether the function is followed by an argument without brackets."""
        row = TABLE.get(function)
        after = self.peek()
        if row is None or not (row.bare or after.kind == "["):
            return False
        if self.token.value in UNITS and self.index and self.tokens[self.index - 1].kind == "number":
            return False
        return after.kind in ("number", "√", "|", "^", "super", "[") or (
            after.kind == "name" and after.value not in _INFIX
        )

    def log(self, base: str | None) -> Node:
        """log_2(8), log_{2} 8, log2(8)."""
        self.next()
        to = Num(int(base[:9])) if base else self.primary()
        argument = self.group(")") if self.token.kind == "(" else self.wide()
        return Call("log", (argument, to))

    def call(self, function: str, name: str, called: bool) -> Node:
        self.next()
        self.days = self.days or function in _DATE_CALLS
        if self.token.kind in ("^", "super"):
            return self.raised_call(function)
        if not called:
            row = TABLE[function]
            if row.least > 1:
                raise self.wrong_count(function, 1)
            argument = (
                self.bracketed("]") if self.token.kind == "[" else self.tight() if row.bare == "tight" else self.wide()
            )
            return Call(function, (argument,))
        args, sample = self.arguments()
        if function == "eq":
            return self.equation(args)
        if name == "Sum" and not any(isinstance(arg, Items) for arg in args[1:]):
            function = "sum"
        if function in SYMBOLIC:
            self.symbolic = True
        elif TABLE[function].least > len(args) or len(args) > (TABLE[function].most or limits.NODES):
            raise self.wrong_count(function, len(args))
        return Call(_SAMPLES.get(function, function) if sample else function, tuple(args))

    def wide(self) -> Node:
        """The argument of a function written without brackets: factors without a sign between them."""
        self.deeper()
        factors: list[Node] = [self.power()]
        while self.starts_factor() and self.token.kind != "(" and not self.is_function():
            factors.append(self.power())
        self.depth -= 1
        times: Factor = "*"
        node = factors[0] if len(factors) == 1 else Product(tuple(factors), (times,) * (len(factors) - 1))
        if self.token.kind not in ("*", "/", "//", ":") and not self.is_name(_MOD):
            return node
        if factors[-1] == Name("pi") and self.is_quotient():
            self.next()
            over: Factor = "/"
            return Product((node, Num(self.next().value)), (over,))  # type: ignore[arg-type]
        if isinstance(factors[-1], Degrees) or self.is_function(1):
            return node
        raise self.error("It is not clear how far the function reaches; put its argument in brackets")

    def is_quotient(self) -> bool:
        """Whether `/4` and nothing else of the product follows, as in `sin pi/4`."""
        number, after = self.peek(), self.peek(2)
        return (
            self.token.kind == "/" and number.kind == "number" and not number.spaced and after.kind in _AFTER_QUOTIENT
        )

    def tight(self) -> Node:
        self.deeper()
        node = self.postfix()
        self.depth -= 1
        return node

    def is_function(self, ahead: int = 0) -> bool:
        """Whether a function follows; one that needs no brackets, where it comes after a sign."""
        token = self.peek(ahead)
        if token.kind != "name" or names.constant(str(token.value)) is not None:
            return False
        function = names.function(str(token.value))
        return function is not None and (not ahead or (function in TABLE and TABLE[function].bare == "wide"))

    def raised_call(self, function: str) -> Node:
        """sin^2(x) is (sin x)^2, sin^-1(x) the inverse."""
        if TABLE.get(function) is None or TABLE[function].bare != "wide":
            raise self.error(f"An exponent cannot stand between {function} and its argument")
        exponent = Num(self.next().value) if self.token.kind == "super" else self.exponent()  # type: ignore[arg-type]
        argument = self.group(")") if self.token.kind == "(" else self.wide()
        if exponent in (Num(-1), Negate(Num(1))):
            if function not in _INVERSES:
                raise self.error(f"{function}^-1 is ambiguous; write 1/{function}(x)")
            return Call(_INVERSES[function], (argument,))
        return Power(Call(function, (argument,)), exponent)

    def exponent(self) -> Node:
        self.next()
        if self.accept("-"):
            return Negate(self.primary())
        return self.primary()

    def equation(self, args: list[Node]) -> Node:
        if len(args) != 2:
            raise self.error("Eq takes two sides: Eq(x^2, 4)")
        equal: Relation = "="
        return Compare(tuple(args), (equal,))

    def wrong_count(self, function: str, given: int) -> CalculationError:
        row = TABLE[function]
        wanted = (
            f"{row.least}"
            if row.least == row.most
            else f"{row.least} to {row.most}"
            if row.most
            else f"at least {row.least}"
        )
        return CalculationError(
            "syntax", f"{function} takes {wanted} argument(s), {given} given; for example {row.example}."
        )

    def arguments(self) -> tuple[list[Node], bool]:
        """What stands in the brackets of a call, and whether ddof=1 was among it."""
        self.deeper()
        self.next()
        bars, self.bars = self.bars, 0
        args: list[Node] = []
        sample = False
        while not self.accept(")"):
            if self.is_name(_OPTIONS) and self.peek().kind == "=":
                option = self.next().value
                self.next()
                value = self.comparison()
                if option == "ddof":
                    sample = self.is_sample(value)
                else:
                    args.append(value)
            else:
                args.append(self.item())
            if self.token.kind != ")" and not self.accept("->"):
                self.expect(",", "between two arguments, or the call is not closed")
        self.bars = bars
        self.depth -= 1
        return args, sample

    def is_sample(self, ddof: Node) -> bool:
        if isinstance(ddof, Num) and ddof.value in (0, 1):
            return ddof.value == 1
        raise self.error("ddof must be 0 or 1")
