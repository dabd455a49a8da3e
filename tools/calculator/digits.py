"""Fractions in decimal digits."""

from fractions import Fraction

from tools.calculator import limits

DIGITS = 12
_SMALL = 7
"""Zeros after the point from which scientific notation is used."""


def terminating(value: Fraction) -> str | None:
    """The exact decimal, if it ends."""
    rest = value.denominator
    twos = (rest & -rest).bit_length() - 1
    rest >>= twos
    fives = 0
    while rest % 5 == 0:
        rest //= 5
        fives += 1
    places = max(twos, fives)
    if rest != 1 or places > limits.BITS * 3 // 10 - value.numerator.bit_length() // 3:
        return None
    sign, digits = "-" * (value < 0), str(abs(value.numerator) * (10**places // value.denominator))
    if len(digits) - 1 - places <= -_SMALL:
        return sign + _placed(digits, len(digits) - 1 - places)
    digits = digits.zfill(places + 1)
    return f"{sign}{digits[:-places]}.{digits[-places:]}"


def rounded(value: Fraction) -> str:
    """12 significant digits, more only to show a whole number below 10^15."""
    if not value:
        return "0"
    top, bottom = abs(value.numerator), value.denominator
    exponent = _exponent(top, bottom)
    digits = max(DIGITS, exponent + 1) if exponent < 15 else DIGITS
    scaled, rest = _divided(top, bottom, digits - 1 - exponent)
    text = str(scaled + (rest > 0 or (rest == 0 and scaled % 2)))
    if len(text) > digits:
        exponent += 1
    return "-" * (value < 0) + _placed(text.rstrip("0") or "0", exponent)


def _divided(top: int, bottom: int, shift: int) -> tuple[int, int]:
    """The quotient of top * 10^shift, rounded down, and the sign of what is left minus a half."""
    if shift >= 0:
        top *= 10**shift
    else:
        bottom *= 10**-shift
    quotient, rest = divmod(top, bottom)
    return quotient, (2 * rest > bottom) - (2 * rest < bottom)


def _exponent(top: int, bottom: int) -> int:
    """The decimal exponent of a positive fraction."""
    guess = (top.bit_length() - bottom.bit_length()) * 30103 // 100000 + 1
    while _divided(top, bottom, -guess)[0] == 0:
        guess -= 1
    return guess


def _placed(digits: str, exponent: int) -> str:
    """Digits with the point after the first times 10^exponent."""
    if -_SMALL < exponent < 0:
        return f"0.{'0' * (-exponent - 1)}{digits}"
    if 0 <= exponent < 15:
        whole = digits[: exponent + 1].ljust(exponent + 1, "0")
        return f"{whole}.{digits[exponent + 1 :]}" if len(digits) > exponent + 1 else whole
    point = f".{digits[1:]}" if len(digits) > 1 else ""
    return f"{digits[0]}{point}e{exponent:+03d}"
