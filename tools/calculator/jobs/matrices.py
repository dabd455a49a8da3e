"""Matrices, written as lists of rows."""

from collections.abc import Callable
from typing import Any

import sympy

from tools.calculator.result import CalculationError

CELLS = 400


def matrix(value: Any) -> Any:
    """A matrix from a list of rows, or a column from a list of numbers. Raises CalculationError."""
    if isinstance(value, sympy.MatrixBase):
        return value
    if not isinstance(value, list) or not value:
        raise CalculationError("domain", "A matrix is written as a list of rows, such as [[1, 2], [3, 4]].")
    rows = [row if isinstance(row, list) else [row] for row in value]
    if len({len(row) for row in rows}) != 1 or any(isinstance(cell, list) for row in rows for cell in row):
        raise CalculationError("domain", "The rows of a matrix must have the same length.")
    if len(rows) * len(rows[0]) > CELLS:
        raise CalculationError("too_large", f"A matrix has at most {CELLS} cells here.")
    return sympy.Matrix(rows)


def _square(value: Any, name: str) -> Any:
    found = matrix(value)
    if found.rows != found.cols:
        raise CalculationError("domain", f"{name} needs a square matrix, not {found.rows} by {found.cols}.")
    return found


def _inverse(value: Any) -> Any:
    found = _square(value, "inverse")
    if sympy.simplify(found.det()) == 0:
        raise CalculationError("division_by_zero", "The matrix has no inverse; its determinant is zero.")
    return found.inv()


def _matmul(*values: Any) -> Any:
    total, *rest = (matrix(v) for v in values)
    for other in rest:
        if total.cols != other.rows:
            raise CalculationError(
                "domain", f"A matrix with {total.cols} columns needs one with {total.cols} rows, not {other.rows}."
            )
        total = total * other
    return total[0, 0] if total.shape == (1, 1) else total


def _dot(*values: Any) -> Any:
    """Two plain lists have a scalar product; anything else is a matrix product."""
    if len(values) == 2 and all(isinstance(v, list) and v and not isinstance(v[0], list) for v in values):
        return _matmul(matrix(values[0]).T, values[1])
    return _matmul(*values)


def _eigenvalues(value: Any) -> Any:
    found = _square(value, "eigenvalues").eigenvals()
    return sorted((v for v, times in found.items() for _ in range(times)), key=sympy.default_sort_key)


TABLE: dict[str, Callable[..., Any]] = {
    "det": lambda m: _square(m, "det").det(),
    "inverse": _inverse,
    "transpose": lambda m: matrix(m).T,
    "rank": lambda m: sympy.Integer(matrix(m).rank()),
    "eigenvalues": _eigenvalues,
    "matmul": _dot,
}
