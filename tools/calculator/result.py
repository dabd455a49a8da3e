"""What a calculation comes to: a value written two ways, or an error from a closed list."""

import re
from fractions import Fraction
from typing import Literal, NamedTuple, get_args

from tools.calculator.digits import rounded

ErrorCode = Literal[
    "empty",
    "syntax",
    "not_allowed",
    "unknown_name",
    "unknown_function",
    "domain",
    "division_by_zero",
    "too_large",
    "too_long",
    "too_complex",
    "timeout",
    "units",
]
ERROR_CODES: tuple[ErrorCode, ...] = get_args(ErrorCode)
MEANINGS: dict[ErrorCode, str] = {
    "empty": "there is no expression",
    "syntax": "it cannot be read, or it can be read in two ways; the message says where",
    "not_allowed": "it contains code, text or a character that has no place in mathematics",
    "unknown_name": "a variable or a word without a value",
    "unknown_function": "a function the calculator does not have, or one whose name means two things",
    "domain": "the function or operator has no real value there",
    "division_by_zero": "a divisor, a modulus or a determinant is zero",
    "too_large": "a number, factorial, list or power would be too large",
    "too_long": "the text is too long",
    "too_complex": "it is nested too deeply, has too many parts, needs too much computing, or no way to solve it is known",
    "timeout": "symbolic or unit work was stopped at its limit",
    "units": "the units or currencies do not fit together",
}


_FRACTION = re.compile(r"-?\d+/\d+").fullmatch
_LONG = 60
"""Characters of a fraction beyond which only 12 digits are shown."""


class Problem(NamedTuple):
    """Why there is no value. `message` says what was found and what would be right."""

    code: ErrorCode
    message: str


class Result(NamedTuple):
    """The value, or an error; never both.

    `exact` is a fraction, an integer, a truth value, a list, a date, a quantity or a formula; None where the value is irrational.
    `decimal` has 12 significant digits (a terminating decimal has them all); None where the value is no number.
    """

    exact: str | None = None
    decimal: str | None = None
    error: Problem | None = None

    @property
    def text(self) -> str:
        """The result as it is shown: `3.5`, `1/3 ≈ 0.333333333333`, or `≈ 1.41421356237` without a short exact form."""
        if self.error:
            return f"Error ({self.error.code}): {self.error.message}"
        if self.exact is None:
            return f"≈ {self.decimal}"
        if self.decimal is None or self.exact == self.decimal:
            return self.exact
        if len(self.exact) > _LONG and _FRACTION(self.exact):
            return f"≈ {rounded(Fraction(self.exact))}"
        return self.decimal if _same(self.exact, self.decimal) else f"{self.exact} ≈ {self.decimal}"


def _same(exact: str, decimal: str) -> bool:
    """Whether the decimal says all that the exact form says; a unit may follow both."""
    try:
        return Fraction(exact.partition(" ")[0]) == Fraction(decimal.partition(" ")[0])
    except (ValueError, ZeroDivisionError):
        return False


class CalculationError(Exception):
    """Raised inside the calculator, returned as a `Problem` at its border."""

    def __init__(self, code: ErrorCode, message: str) -> None:
        super().__init__(message)
        self.problem = Problem(code, message)
