"""Computes the value of a tree: exactly where it is rational, else at rising precision until the digits are sure."""

from collections.abc import Callable
from datetime import date
from typing import Any

from tools.calculator import ball, limits, names
from tools.calculator.arithmetic import Arithmetic, Number
from tools.calculator.ball import Ball, MorePrecision
from tools.calculator.functions import TABLE, Span, Value, dates
from tools.calculator.functions.base import described, number, truth
from tools.calculator.functions.basic import modular_power
from tools.calculator.functions.combinatorics import factorial
from tools.calculator.functions.trigonometry import exact_in_degrees
from tools.calculator.result import CalculationError
from tools.calculator.tree import (
    Call,
    Compare,
    Convert,
    Day,
    Degrees,
    Each,
    Either,
    Factorial,
    Items,
    Let,
    Name,
    Negate,
    Node,
    Num,
    Percent,
    Power,
    Product,
    Sum,
)


def evaluated(tree: Node) -> Value:
    """The value. Raises CalculationError."""
    cost = limits.COST
    for precision in limits.PRECISIONS:
        last = precision == limits.PRECISIONS[-1]
        arithmetic = Arithmetic(precision, last, cost)
        try:
            value = Evaluator(arithmetic).value(tree)
            if _settled(arithmetic, value):
                return value
        except MorePrecision:
            pass
        cost = arithmetic.cost
    raise CalculationError(
        "too_complex",
        "The value cannot be told from a nearby number with the digits kept here; simplify the expression.",
    )


def _settled(arithmetic: Arithmetic, value: Value) -> bool:
    """Whether the digits are sure. At the last precision a value that cannot be told from zero passes, and is zero."""
    if isinstance(value, list):
        return all(_settled(arithmetic, item) for item in value)
    return not isinstance(value, Ball) or ball.good(value) or (arithmetic.last and arithmetic.sign(value) == 0)


class Evaluator:
    """Walks the tree with one arithmetic."""

    __slots__ = ("arithmetic", "bound")

    def __init__(self, arithmetic: Arithmetic) -> None:
        self.arithmetic = arithmetic
        self.bound: dict[str, Value] = {}

    def value(self, node: Node) -> Value:
        if type(node) is Num:
            return node.value
        return _WALKS[type(node)](self, node)

    def number(self, node: Node, what: str) -> Number:
        value = self.value(node)
        return value if type(value) is int else number(value, what)

    def name(self, node: Name) -> Value:
        if node.id in self.bound:
            return self.bound[node.id]
        if node.id == "pi":
            return self.arithmetic.pi()
        if node.id == "e":
            return self.arithmetic.real("exp", 1)
        if node.id == "tau":
            return self.arithmetic.multiply(self.arithmetic.pi(), 2)
        if node.id == "phi":
            return self.arithmetic.divide(self.arithmetic.add(self.arithmetic.root(5, 2), 1), 2)
        if node.id in dates.SPANS:
            return dates.SPANS[node.id]
        raise names.unknown(node.id, called=False)

    def negate(self, node: Negate) -> Value:
        return self.arithmetic.negate(self.number(node.operand, "the sign -"))

    def sum(self, node: Sum) -> Value:
        total = self.value(node.terms[0])
        add = self.arithmetic.add
        for term, minus in zip(node.terms[1:], node.minus[1:], strict=True):
            value = self.value(term)
            if type(total) is int and type(value) is int:
                total = add(total, -value if minus else value)
            elif isinstance(total, _CALENDAR) or isinstance(value, _CALENDAR):
                total = _shifted(total, value, -1 if minus else 1)
            else:
                x = number(value, "the sign -" if minus else "the sign +")
                total = add(number(total, "the sign +"), self.arithmetic.negate(x) if minus else x)
        return total

    def product(self, node: Product) -> Value:
        arithmetic = self.arithmetic
        arithmetic.charge(1.0)
        modular = self.modular(node)
        if modular is not None:
            return modular
        total = self.value(node.factors[0])
        for factor, op in zip(node.factors[1:], node.ops, strict=True):
            value = self.value(factor)
            if isinstance(value, Span) and op == "*":
                total = _times(value, total)
                continue
            a = total if type(total) is int else number(total, _SIGNS[op])
            b = value if type(value) is int else number(value, _SIGNS[op])
            if op == "*":
                total = arithmetic.multiply(a, b)
            elif op == "/":
                total = arithmetic.divide(a, b)
            else:
                total = arithmetic.modulo(a, b) if op == "mod" else arithmetic.floor_divide(a, b)
        return total

    def modular(self, node: Product) -> Value | None:
        """`a^b mod m` of whole numbers, without the power itself."""
        if node.ops != ("mod",) or not isinstance(node.factors[0], Power):
            return None
        base, exponent, modulus = (self.value(x) for x in (*node.factors[0], node.factors[1]))
        if type(base) is not int or type(exponent) is not int or type(modulus) is not int or exponent < 0:
            return None
        return modular_power(self.arithmetic, base, exponent, modulus)

    def power(self, node: Power) -> Value:
        return self.arithmetic.power(self.number(node.base, "the sign ^"), self.number(node.exponent, "the sign ^"))

    def factorial(self, node: Factorial) -> Value:
        return factorial(self.arithmetic, self.value(node.operand), node.step)

    def percent(self, node: Percent) -> Value:
        return self.arithmetic.divide(self.number(node.operand, "the sign %"), 100)

    def degrees(self, node: Degrees) -> Value:
        angle = self.number(node.operand, "the sign °")
        return self.arithmetic.divide(self.arithmetic.multiply(self.arithmetic.pi(), angle), 180)

    def call(self, node: Call) -> Value:
        row = TABLE.get(node.name)
        if row is None:
            raise CalculationError("not_allowed", f"{node.name} cannot stand inside another expression; call it alone.")
        if node.name in ("sin", "cos", "tan") and isinstance(node.args[0], Degrees):
            exact = exact_in_degrees(node.name, self.number(node.args[0].operand, "the sign °"))
            if exact is not None:
                return exact
        self.arithmetic.charge(1.0)
        return row.run(self.arithmetic, *[self.value(arg) for arg in node.args])

    def items(self, node: Items) -> Value:
        return [self.value(item) for item in node.items]

    def each(self, node: Each) -> Value:
        source = self.value(node.source)
        if not isinstance(source, list):
            raise CalculationError("domain", f"'for {node.name} in' takes a list, not {described(source)}.")
        outer = dict(self.bound)
        made = []
        for item in source:
            self.arithmetic.charge(5.0)
            self.bound[node.name] = item
            if node.condition is None or truth(self.arithmetic, self.value(node.condition)):
                made.append(self.value(node.body))
        self.bound = outer
        return made

    def let(self, node: Let) -> Value:
        for name, value in zip(node.names, node.values, strict=True):
            self.bound[name] = self.value(value)
        return self.value(node.body)

    def either(self, node: Either) -> Value:
        inequality = self.value(node.inequality)
        try:
            factorial = self.value(node.factorial)
        except CalculationError:
            return inequality
        if factorial == inequality:
            return inequality
        raise CalculationError("syntax", "'!=' may be a factorial or an inequality; put spaces around =, or around !=.")

    def compare(self, node: Compare) -> Value:
        self.arithmetic.charge(3.0)
        sides = [self.value(side) for side in node.sides]
        return all(holds(self.arithmetic, sides[i], r, sides[i + 1]) for i, r in enumerate(node.relations))

    def day(self, node: Day) -> Value:
        return node.day

    def convert(self, node: Convert) -> Value:
        raise CalculationError("units", "A conversion cannot stand with dates; convert plain quantities only.")


_CALENDAR = (date, Span)
_SIGNS = {op: f"the sign {op}" for op in ("*", "/", "//", "mod")}
_WALKS: dict[type, Callable[[Evaluator, Any], Value]] = {
    Name: Evaluator.name,
    Negate: Evaluator.negate,
    Sum: Evaluator.sum,
    Product: Evaluator.product,
    Power: Evaluator.power,
    Factorial: Evaluator.factorial,
    Percent: Evaluator.percent,
    Degrees: Evaluator.degrees,
    Call: Evaluator.call,
    Items: Evaluator.items,
    Each: Evaluator.each,
    Let: Evaluator.let,
    Either: Evaluator.either,
    Compare: Evaluator.compare,
    Day: Evaluator.day,
    Convert: Evaluator.convert,
}


def holds(arithmetic: Arithmetic, a: Value, relation: str, b: Value) -> bool:
    if isinstance(a, date) and isinstance(b, date):
        order = (a > b) - (a < b)
    elif isinstance(a, list) and isinstance(b, list) and relation in ("=", "!="):
        order = int(len(a) != len(b) or not all(holds(arithmetic, x, "=", y) for x, y in zip(a, b, strict=True)))
    else:
        order = arithmetic.compare(number(a, "a comparison"), number(b, "a comparison"))
    return {"=": order == 0, "!=": order != 0, "<": order < 0, "<=": order <= 0, ">": order > 0, ">=": order >= 0}[
        relation
    ]


def _shifted(a: Value, b: Value, sign: int) -> Value:
    """A sum or difference with a date or a length of time in it."""
    if isinstance(a, date) and isinstance(b, Span):
        return dates.moved(a, b, sign)
    if isinstance(a, date) and isinstance(b, date) and sign < 0:
        return (a - b).days
    if isinstance(a, Span) and isinstance(b, Span):
        return Span(a.months + sign * b.months, a.days + sign * b.days)
    if isinstance(a, Span) and isinstance(b, date) and sign > 0:
        return dates.moved(b, a)
    raise CalculationError(
        "domain",
        f"{described(a).capitalize()} and {described(b)} cannot be added; write a date + 30 days, or subtract two dates.",
    )


def _times(span: Span, count: Value) -> Span:
    if type(count) is not int or abs(count) > 4_000_000:
        raise CalculationError("domain", "A length of time needs a whole number of days, weeks, months or years.")
    return Span(span.months * count, span.days * count)
