"""The functions of the calculator, one table. A new function is one row in one of these files."""

from tools.calculator.functions import basic, combinatorics, dates, statistics, trigonometry
from tools.calculator.functions.base import Function, Span, Value

GROUPS: dict[str, tuple[Function, ...]] = {
    "Roots, powers, logarithms, rounding": basic.FUNCTIONS,
    "Trigonometry": trigonometry.FUNCTIONS,
    "Counting and divisibility": combinatorics.FUNCTIONS,
    "Lists and statistics": statistics.FUNCTIONS,
    "Dates": dates.FUNCTIONS,
}
TABLE: dict[str, Function] = {f.name: f for group in GROUPS.values() for f in group}
NAMES: dict[str, str] = {alias: f.name for f in TABLE.values() for alias in (f.name, *f.aliases)}
"""Every name and alias, and the name it stands for."""

SYMBOLIC: dict[str, str] = {
    "solve": "solve(x^2 = 4, x)",
    "simplify": "simplify((x^2 - 1)/(x - 1))",
    "expand": "expand((x + 1)^3)",
    "factor": "factor(x^2 - 5x + 6)",
    "factorint": "factorint(360)",
    "diff": "diff(x^3, x)",
    "integrate": "integrate(x^2, x, 0, 1)",
    "limit": "limit(sin(x)/x, x, 0)",
    "series": "series(exp(x), x, 0, 4)",
    "summation": "summation(k^2, k, 1, n)",
    "det": "det([[1, 2], [3, 4]])",
    "inverse": "inverse([[1, 2], [3, 4]])",
    "transpose": "transpose([[1, 2], [3, 4]])",
    "rank": "rank([[1, 2], [2, 4]])",
    "eigenvalues": "eigenvalues([[2, 0], [0, 3]])",
    "matmul": "matmul([[1, 2], [3, 4]], [[5], [6]])",
}
"""Done by the worker; each with an example."""
SYMBOLIC_NAMES: dict[str, str] = {name: name for name in SYMBOLIC} | {
    "roots": "solve",
    "solveset": "solve",
    "nsolve": "solve",
    "factorise": "factor",
    "factorize": "factor",
    "primefactors": "factorint",
    "prime_factors": "factorint",
    "derivative": "diff",
    "differentiate": "diff",
    "Derivative": "diff",
    "integral": "integrate",
    "Integral": "integrate",
    "lim": "limit",
    "taylor": "series",
    "Sum": "summation",
    "determinant": "det",
    "inv": "inverse",
    "matrix_rank": "rank",
    "eigenvals": "eigenvalues",
    "eigvals": "eigenvalues",
    "dot": "matmul",
}
__all__ = ["GROUPS", "NAMES", "SYMBOLIC", "SYMBOLIC_NAMES", "TABLE", "Function", "Span", "Value"]
