"""What a run of tokens comes to: an interval, as wide as the rounding of its figures leaves open."""

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from graders.arithmetic.tokens import Token
from graders.numbers import Mention

ZERO = Fraction(0)
_ONE = Fraction(1)
_HUNDREDTH = Fraction(1, 100)


class Interval(NamedTuple):
    """A value with what rounding of the shown operands leaves open. An exact one has one object for all three, and is reckoned once."""

    low: Fraction
    mid: Fraction
    high: Fraction

    @property
    def exact(self) -> bool:
        return self.low is self.high


def exactly(value: Fraction) -> Interval:
    """A value that no rounding leaves open."""
    return Interval(value, value, value)


class Parser:
    """Recursive descent over the tokens of one side; `percent` says how a percentage enters, `alternative` which reading of a figure."""

    def __init__(self, tokens: Sequence[Token], percent: str, alternative: bool, loose: bool) -> None:
        self.tokens, self.at = tokens, 0
        self.percent, self.alternative, self.loose = percent, alternative, loose

    def parse(self) -> Interval | None:
        try:
            value = self._sum()
        except (ValueError, ZeroDivisionError, OverflowError):
            return None
        return value if self.at == len(self.tokens) else None

    def _peek(self) -> Token | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def _take(self, *ops: str) -> str | None:
        token = self._peek()
        if token and token.kind == "op" and token.text in ops:
            self.at += 1
            return token.text
        return None

    def _sum(self) -> Interval:
        value = self._product()
        while op := self._take("+", "-"):
            mark = self.at
            other = self._product()
            token = self.tokens[mark]
            if self.percent == "on" and self.at == mark + 1 and token.mention and token.mention.percent:
                other = _multiply(value, other)
            value = _add(value, other if op == "+" else _negate(other))
        return value

    def _product(self) -> Interval:
        value = self._power()
        while op := self._take("*", "/", "of"):
            other = self._power()
            value = _multiply(value, other) if op != "/" else _divide(value, other)
        return value

    def _power(self) -> Interval:
        if self._take("-"):
            return _negate(self._power())
        base = self._atom()
        return _raise(base, self._power()) if self._take("^") else base

    def _atom(self) -> Interval:
        token = self._peek()
        if token is None:
            raise ValueError("nothing where a number was due")
        self.at += 1
        if token.kind == "open":
            value = self._sum()
            closing = self._peek()
            if closing is None or closing.kind != "close":
                raise ValueError("a bracket that is not closed")
            self.at += 1
            return value
        if token.mention is None:
            raise ValueError("no number")
        return self._number(token.mention)

    def _number(self, m: Mention) -> Interval:
        reading = m.readings[-1] if self.alternative else m.readings[0]
        rounded = 0 < reading.ulp < 1 and (reading.ulp <= _HUNDREDTH or self.loose)
        slack = reading.ulp / 2 if rounded else ZERO
        scale = _HUNDREDTH if m.percent and self.percent != "figure" else _ONE
        if slack is ZERO:
            return exactly(reading.value if scale == 1 else reading.value * scale)
        return Interval((reading.value - slack) * scale, reading.value * scale, (reading.value + slack) * scale)


def _add(a: Interval, b: Interval) -> Interval:
    if a.exact and b.exact:
        return exactly(a.mid + b.mid)
    return Interval(a.low + b.low, a.mid + b.mid, a.high + b.high)


def _negate(a: Interval) -> Interval:
    if a.exact:
        return exactly(-a.mid)
    return Interval(-a.high, -a.mid, -a.low)


def _multiply(a: Interval, b: Interval) -> Interval:
    if a.exact and b.exact:
        return exactly(a.mid * b.mid)
    ends = [x * y for x in (a.low, a.high) for y in (b.low, b.high)]
    return Interval(min(ends), a.mid * b.mid, max(ends))


def _divide(a: Interval, b: Interval) -> Interval:
    if b.low <= 0 <= b.high:
        raise ZeroDivisionError
    if b.exact:
        return _multiply(a, exactly(1 / b.mid))
    return _multiply(a, Interval(1 / b.high, 1 / b.mid, 1 / b.low))


def _raise(a: Interval, b: Interval) -> Interval:
    if b.low != b.high or abs(b.mid) > 64 or (a.mid <= 0 and b.mid.denominator != 1):
        raise ValueError("no power that is computed here")
    if a.exact:
        return exactly(_power_of(a.mid, b.mid))
    low, mid, high = sorted(_power_of(x, b.mid) for x in a)
    return Interval(low, mid, high)


def _power_of(base: Fraction, exponent: Fraction) -> Fraction:
    return Fraction(base ** int(exponent)) if exponent.denominator == 1 else Fraction(float(base) ** float(exponent))
