"""Offers the calculator to a model: exact arithmetic, functions, statistics, units, dates and symbolic work."""

from typing import Annotated, Any

from langchain_core.tools import InjectedToolArg, tool

from tools.calculator import Result, compute
from tools.results import ToolEnv, ToolOutput, failed
from traces.record import ToolErrorKind


@tool(response_format="content_and_artifact", parse_docstring=True)
async def calculator(expression: str, env: Annotated[ToolEnv | None, InjectedToolArg] = None) -> tuple[str, ToolOutput]:
    """Compute one mathematical expression exactly, and as a decimal number of 12 significant digits.

    Operators: + - * / ^ (or **), // and mod, !, %, brackets, |x|, comparisons. Functions: sqrt, cbrt, root(x, n), exp,
    ln, log(x) which is the natural logarithm, log(x, base), log10, log2, sin and the other trigonometric functions in radians
    (write sin(30°) for degrees), round(x, digits), floor, ceil, abs, gcd, lcm, factorial, comb, perm, min, max, sum, mean,
    median, mode, stdev and variance (of a sample), pstdev and pvariance (of a population). Constants: pi, e. Percentages
    ("15% of 80"), unit conversion ("5 miles to km"), dates ("2024-03-01 - 2024-01-15", "weekday(2024-02-29)",
    "2024-01-31 + 3 months"). Symbolic: solve(x^2 = 4, x), simplify, expand, factor, diff(f, x), integrate(f, x) or
    integrate(f, x, a, b), limit(f, x, a), series(f, x, a, n), det, inverse and matrix products of [[1, 2], [3, 4]].

    Args:
        expression: One expression without assignments or words, such as "1200 * (1 + 5%)^3" or "sqrt(2) / 3".
    """
    seconds = env.limits.get("calculator") if env else None
    output = _output(await compute(expression, seconds))
    return output.content, output


def _output(result: Result) -> ToolOutput:
    if result.error:
        kind: ToolErrorKind = "timeout" if result.error.code == "timeout" else "invalid_input"
        return failed(kind, result.error.message, code=result.error.code)
    return ToolOutput(result.text, data=_numbers(result))


def _numbers(result: Result) -> dict[str, Any]:
    return {"exact": result.exact, "decimal": result.decimal}
