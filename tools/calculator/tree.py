"""The syntax tree. Long sums and products are one node, so depth grows only with brackets, signs and powers."""

from datetime import date
from fractions import Fraction
from typing import Literal, NamedTuple, TypeAlias

Factor = Literal["*", "/", "//", "mod"]
Relation = Literal["=", "!=", "<", "<=", ">", ">="]


class Num(NamedTuple):
    value: int | Fraction


class Day(NamedTuple):
    """A date, written as `2024-03-01`."""

    day: date


class Name(NamedTuple):
    id: str


class Negate(NamedTuple):
    operand: "Node"


class Sum(NamedTuple):
    """`minus[i]` says whether term i is subtracted."""

    terms: "tuple[Node, ...]"
    minus: tuple[bool, ...]


class Product(NamedTuple):
    """`factors[0] ops[0] factors[1] ops[1] ...`, from left to right."""

    factors: "tuple[Node, ...]"
    ops: tuple[Factor, ...]


class Power(NamedTuple):
    base: "Node"
    exponent: "Node"


class Factorial(NamedTuple):
    """`n!`, or `n!!` with step 2."""

    operand: "Node"
    step: int


class Percent(NamedTuple):
    operand: "Node"


class Degrees(NamedTuple):
    operand: "Node"


class Call(NamedTuple):
    """`name` is the function's first name in the table, aliases resolved."""

    name: str
    args: "tuple[Node, ...]"


class Items(NamedTuple):
    """A list, tuple or set, in the order written."""

    items: "tuple[Node, ...]"


class Each(NamedTuple):
    """`body for name in source if condition`: a list made from a list."""

    body: "Node"
    name: str
    source: "Node"
    condition: "Node | None" = None


class Let(NamedTuple):
    """`name = value` lines before the body, each of which may use those before it."""

    names: tuple[str, ...]
    values: "tuple[Node, ...]"
    body: "Node"


class Either(NamedTuple):
    """`5!=120`, read as `5! = 120` and as `5 != 120`: the truth value both come to."""

    factorial: "Node"
    inequality: "Node"


class Compare(NamedTuple):
    sides: "tuple[Node, ...]"
    relations: tuple[Relation, ...]


class Convert(NamedTuple):
    """`operand to unit`."""

    operand: "Node"
    unit: "Node"


Node: TypeAlias = (
    Num
    | Day
    | Name
    | Negate
    | Sum
    | Product
    | Power
    | Factorial
    | Percent
    | Degrees
    | Call
    | Items
    | Each
    | Let
    | Either
    | Compare
    | Convert
)
