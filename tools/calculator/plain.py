"""From text to value without a worker: cleaning, parsing, computing."""

import re
from fractions import Fraction

from mpmath import libmp as mp

from tools.calculator import angles, ball, limits, names, writing
from tools.calculator.ball import Ball
from tools.calculator.clean import clean
from tools.calculator.evaluator import evaluated
from tools.calculator.functions import SYMBOLIC_NAMES
from tools.calculator.lines import statements
from tools.calculator.parser import Parsed, parse
from tools.calculator.quick import quick
from tools.calculator.result import CalculationError, Problem, Result
from tools.calculator.tree import Compare, Let, Name, Node

_CALLED = re.compile(r"([A-Za-z_]\w*)\s*\(").findall


def read(expression: str) -> Parsed:
    """The tree of an expression and what it needs. Raises CalculationError."""
    if not isinstance(expression, str):
        raise CalculationError("syntax", f"An expression is text, not {type(expression).__name__}.")
    if "\n" in expression or "#" in expression or ";" in expression:
        return _program(expression)
    return _single(expression)


def _single(expression: str, bound: frozenset[str] = frozenset()) -> Parsed:
    variables = "(" in expression and not SYMBOLIC_NAMES.keys().isdisjoint(_CALLED(expression))
    return parse(clean(expression, variables), variables, bound)


def _program(text: str) -> Parsed:
    """Several lines: assignments, and the expression after them."""
    if len(text) > limits.CHARACTERS:
        return _single(text)
    before, last = statements(text)
    bound: list[str] = []
    parts: list[Parsed] = []
    for name, value in before:
        parts.append(_single(value, frozenset(bound)))
        bound.append(name)
    parsed = _single(last, frozenset(bound))
    if not parts:
        return parsed
    if any(part.symbolic or (part.units and not part.days) for part in (*parts, parsed)):
        raise CalculationError(
            "not_allowed", "Lines with names cannot stand before units or symbolic work; put the values in."
        )
    return parsed._replace(tree=Let(tuple(bound), tuple(part.tree for part in parts), _assigned(parsed.tree)))


def needs_worker(parsed: Parsed) -> bool:
    return parsed.symbolic or (parsed.units and not parsed.days)


def computed(parsed: Parsed) -> Result:
    """The result of a tree that needs no worker. Raises CalculationError."""
    tree = _assigned(parsed.tree)
    found = writing.result(evaluated(tree))
    angle = angles.in_degrees(tree) if parsed.angles else None
    if angle is None:
        return found
    degrees = writing.result(evaluated(angle)).exact
    return Result(degrees and f"{degrees}°", found.decimal)


def _assigned(tree: Node) -> Node:
    """`total = 3 * 4` is 3 * 4: a name without meaning on the left of one = is a label."""
    if type(tree) is Compare and tree.relations == ("=",):
        label = tree.sides[0]
        if isinstance(label, Name) and names.constant(label.id) is None:
            return tree.sides[1]
    return tree


def failure(error: Exception) -> Result:
    """The result of a calculation that raised: the one place where what we did not foresee becomes a value."""
    if isinstance(error, CalculationError):
        return Result(error=error.problem)
    return Result(
        error=Problem("too_complex", f"The expression could not be computed ({type(error).__name__}); simplify it.")
    )


def value(expression: str) -> Fraction | float | None:
    """The number an expression comes to, without writing it: a Fraction where exact, else a float; None for anything else.

    None for errors, truth values, lists, dates, units and symbolic results. Never raises.
    """
    try:
        found = quick(expression)
        if found is not None:
            return Fraction(found)
        parsed = read(expression)
        if needs_worker(parsed):
            return None
        number = evaluated(_assigned(parsed.tree))
        if isinstance(number, Ball):
            return 0.0 if ball.is_small(number) else float(mp.to_float(number.mid))
        if isinstance(number, bool) or not isinstance(number, int | Fraction):
            return None
        return Fraction(number)
    except Exception:
        return None
