"""Arithmetic on integers, fractions and balls: exact where it can be, sizes checked before anything is computed."""

from fractions import Fraction
from math import isqrt
from typing import TypeAlias, cast

from mpmath import libmp as mp

from tools.calculator import ball, limits
from tools.calculator.ball import Ball, MorePrecision
from tools.calculator.result import CalculationError

Rational: TypeAlias = int | Fraction
Number: TypeAlias = int | Fraction | Ball


def plain(value: Rational) -> Rational:
    """An integer where the value is one."""
    return value.numerator if value.denominator == 1 else value


def bits(value: Rational) -> int:
    if type(value) is int:
        return value.bit_length()
    return max(value.numerator.bit_length(), value.denominator.bit_length())


def too_large(what: str) -> CalculationError:
    return CalculationError("too_large", f"{what} has more than {limits.BITS * 3 // 10} digits; use smaller numbers.")


class Arithmetic:
    """One evaluation at one precision. `last` marks the last precision, where open questions are settled."""

    __slots__ = ("cost", "last", "precision")

    def __init__(self, precision: int, last: bool, cost: float) -> None:
        self.precision = precision
        self.last = last
        self.cost = cost

    def charge(self, amount: float) -> None:
        """Counts work before it is done. Raises too_complex when it is used up."""
        self.cost -= amount
        if self.cost < 0:
            raise CalculationError(
                "too_complex", "The expression needs too much computing; split it into smaller parts."
            )

    def sized(self, value: Rational) -> Rational:
        """The value, an integer where it is one, if it is not too large."""
        if type(value) is not int:
            value = plain(value)
            if value.denominator.bit_length() <= 512 >= value.numerator.bit_length():
                return value
        elif value.bit_length() <= 512:
            return value
        size = bits(value)
        self.charge((size / 64) ** 2 * 0.025)
        if size > limits.BITS:
            raise too_large("The result of a step")
        return value

    def ball(self, value: Number) -> Ball:
        self.charge(5.0 + self.precision / 256)
        return value if isinstance(value, Ball) else ball.from_rational(value, self.precision)

    def add(self, a: Number, b: Number) -> Number:
        if type(a) is int and type(b) is int:
            return self.sized(a + b)
        if isinstance(a, Ball) or isinstance(b, Ball):
            return ball.add(self.ball(a), self.ball(b), self.precision)
        return self.sized(a + b)

    def subtract(self, a: Number, b: Number) -> Number:
        return self.add(a, self.negate(b))

    def negate(self, a: Number) -> Number:
        return ball.negate(a) if isinstance(a, Ball) else -a

    def multiply(self, a: Number, b: Number) -> Number:
        if type(a) is int and type(b) is int:
            return self.sized(a * b)
        if isinstance(a, Ball) or isinstance(b, Ball):
            if a == 0 or b == 0:
                return 0
            return ball.multiply(self.ball(a), self.ball(b), self.precision)
        return self.sized(a * b)

    def divide(self, a: Number, b: Number) -> Number:
        if b == 0 or self.sign(b) == 0:
            raise CalculationError("division_by_zero", "A divisor is zero; nothing can be divided by zero.")
        if type(a) is int and type(b) is int and a % b == 0:
            return a // b
        if isinstance(a, Ball) or isinstance(b, Ball):
            return 0 if a == 0 else ball.divide(self.ball(a), self.ball(b), self.precision)
        return self.sized(Fraction(a.numerator * b.denominator, a.denominator * b.numerator))

    def sign(self, a: Number) -> int:
        """-1, 0 or 1."""
        if not isinstance(a, Ball):
            return (a > 0) - (a < 0)
        if not ball.is_small(a):
            return -1 if a.mid[0] else 1
        if self.last and a.radius < -limits.ZERO_BITS:
            return 0
        raise MorePrecision

    def compare(self, a: Number, b: Number) -> int:
        """The sign of a - b."""
        if isinstance(a, Ball) or isinstance(b, Ball):
            return self.sign(self.subtract(a, b))
        return (a > b) - (a < b)

    def floor(self, a: Number) -> int:
        if not isinstance(a, Ball):
            return a.numerator // a.denominator
        if ball.magnitude(a.mid) > limits.BITS:
            raise too_large("The result of rounding")
        nearest = int(mp.to_int(a.mid, "n"))
        return nearest - (self.compare(a, nearest) < 0)

    def absolute(self, a: Number) -> Number:
        return self.negate(a) if self.sign(a) < 0 else a

    def floor_divide(self, a: Number, b: Number) -> int:
        return self.floor(self.divide(a, b))

    def modulo(self, a: Number, b: Number) -> Number:
        """The remainder with the sign of b, as in Python."""
        if not isinstance(a, Ball) and not isinstance(b, Ball) and b != 0:
            return self.sized(a % b)
        return self.subtract(a, self.multiply(b, self.floor_divide(a, b)))

    def power(self, a: Number, b: Number) -> Number:
        if isinstance(b, Ball) or (isinstance(a, Ball) and type(b) is not int):
            return self._real_power(a, b)
        if isinstance(a, Ball):
            return self._ball_power(a, cast(int, b))
        if type(b) is int:
            return self._integer_power(a, b)
        return self._fraction_power(a, cast(Fraction, b))

    def _integer_power(self, a: Rational, n: int) -> Rational:
        if n < 0 and a == 0:
            raise CalculationError("division_by_zero", "Zero has no negative power.")
        if a in (0, 1, -1):
            return 1 if n == 0 or a == 1 or (a == -1 and n % 2 == 0) else a
        if abs(n) * (bits(a) - 1) > limits.BITS:
            raise too_large("A power")
        self.charge((abs(n) * bits(a) / 64) ** 2 * 0.005)
        return self.sized(Fraction(a) ** n if n < 0 else a**n)

    def _fraction_power(self, a: Rational, b: Fraction) -> Number:
        """Exact where the root is rational: 27^(2/3) = 9."""
        if a == 0:
            return self._integer_power(a, 1 if b > 0 else -1)
        if a < 0:
            raise CalculationError(
                "domain",
                "A negative number has no real value with a fractional exponent; for the real root of odd degree write root(x, n).",
            )
        root = self.exact_root(a, b.denominator)
        return self._real_power(a, b) if root is None else self._integer_power(root, b.numerator)

    def _ball_power(self, a: Ball, n: int) -> Number:
        if n == 0:
            return 1
        if abs(n) > 64:
            if self.sign(a) < 0:
                positive = self._real_power(ball.negate(a), n)
                return self.negate(positive) if n % 2 else positive
            return self._real_power(a, n)
        result: Number = a
        for digit in bin(abs(n))[3:]:
            result = self.multiply(result, result)
            if digit == "1":
                result = self.multiply(result, a)
        return result if n > 0 else self.divide(1, result)

    def _real_power(self, a: Number, b: Number) -> Number:
        sign = self.sign(a)
        if sign < 0:
            raise CalculationError(
                "domain", "A negative number has no real power with an irrational or fractional exponent."
            )
        if sign == 0:
            return self._integer_power(0, self.sign(b))
        return self.real("exp", self.multiply(b, self.real("ln", a)))

    def exact_root(self, a: Rational, n: int) -> Rational | None:
        """The rational n-th root of a non-negative number, if it has one."""
        if n > limits.BITS:
            return None
        self.charge(1 + (bits(a) / 64) ** 2 * 0.02)
        top = _integer_root(a.numerator, n)
        if top is None:
            return None
        bottom = _integer_root(a.denominator, n)
        return None if bottom is None else plain(Fraction(top, bottom))

    def root(self, a: Number, n: int) -> Number:
        """The real n-th root; that of a negative number where n is odd."""
        if n < 1:
            raise CalculationError("domain", f"The degree of a root must be a positive whole number, not {n}.")
        sign = self.sign(a)
        if sign == 0:
            return 0
        if sign < 0:
            if n % 2 == 0:
                raise CalculationError(
                    "domain", "A negative number has no real root of even degree; no complex numbers here."
                )
            return self.negate(self.root(self.negate(a), n))
        exact = None if isinstance(a, Ball) else self.exact_root(a, n)
        if exact is not None:
            return exact
        return self.real("sqrt", a) if n == 2 else self._real_power(a, Fraction(1, n))

    def real(self, name: str, a: Number) -> Ball:
        """A function of `ball.FUNCTIONS` inside its domain."""
        self.charge(30 + 10 * (self.precision / 128) ** 1.8)
        x = self.ball(a)
        if name == "exp" and ball.magnitude(x.mid) > 15:
            raise too_large("A power")
        return ball.apply(name, x, self.precision)

    def circular(self, name: str, a: Number) -> Ball:
        """sin or cos: a large exact argument keeps all its digits."""
        if isinstance(a, Ball):
            return self.real(name, a)
        extra = max(0, a.numerator.bit_length() - a.denominator.bit_length())
        self.charge(30 + 10 * ((self.precision + extra) / 128) ** 1.8)
        return ball.apply(name, ball.from_rational(a, self.precision + extra), self.precision)

    def pi(self) -> Ball:
        return ball.pi(self.precision)


def _integer_root(a: int, n: int) -> int | None:
    """The n-th root of a non-negative integer if it is one."""
    if a < 2 or n == 1:
        return a
    if n >= a.bit_length():
        return None
    root = isqrt(a) if n == 2 else _near_root(a, n)
    return root if root**n == a else None


def _near_root(a: int, n: int) -> int:
    """The integer nearest to the n-th root; it is the root if there is an exact one."""
    precision = a.bit_length() // n + 32
    return int(mp.to_int(mp.mpf_nthroot(mp.from_int(a), n, precision, "n"), "n"))
