"""Cuts cleaned text into tokens."""

import re
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from tools.calculator import limits
from tools.calculator.arithmetic import Rational, plain
from tools.calculator.dated import DATE, is_dated
from tools.calculator.result import CalculationError


class Token(NamedTuple):
    """`kind` is `number`, `name`, `date`, `text`, `end`, or the sign itself; `spaced` says that a space stands before it."""

    kind: str
    value: Rational | date | str
    spaced: bool
    at: int


SUPERSCRIPT = "\ue000"
"""Stands before a bracketed whole number that was written as superscripts."""
_TOKEN = re.compile(
    rf"""(?P<date>{DATE})
    | (?P<prefixed>0[xX][0-9a-fA-F]+\b|0[bB][01]+\b|0[oO][0-7]+\b)
    | (?P<based>\d+_(?:\d{{1,2}}(?![\w.])|\(\d{{1,2}}\)))
    | (?P<number>(?:\d+(?:_\d{{3}})*\.?(?:\d+(?:_\d{{3}})*)?|\.\d+)(?:[eE][+-]?\d+(?![\w.]))?)
    | (?P<name>[^\W\d]\w*(?:\.[^\W\d]\w*)*)
    | (?P<super>\ue000\((?P<power>[+-]?\d+)\))
    | (?P<sign>\*\*|//|->|==|!!|!=|<=|>=|<>|[-+*/%^!(),\[\]{{}}|=<>√∛∜°:_]|@[⌊⌋⌈⌉])
    | (?P<text>"[^"]{{0,40}}"|'[^']{{0,40}}')
    """,
    re.VERBOSE,
)
_TOKEN_AT = _TOKEN.match
_COMMON_AT = re.compile(r"(\d{1,18})(?:\.(\d{1,18}))?(?![\w.])(?!(?<=\d\d\d\d)-\d\d-\d\d)|([A-Za-z]+)(?![\w.])").match
"""Whole numbers where no date begins, decimals and names: the most common tokens."""
_SINGLE = frozenset("+(),[]^%")
_SINGLE_UNLESS = {"-": ">", "*": "*", "/": "/"}
_FLOOR = {"@⌊": "⌊", "@⌋": "⌋", "@⌈": "⌈", "@⌉": "⌉"}


def tokens(text: str, dates: bool | None = None) -> list[Token]:
    """The tokens of the text and an `end`. `dates` says whether what has the form of a date is one; else the text decides.

    Raises CalculationError: syntax, not_allowed, too_large, too_complex.
    """
    found: list[Token] = []
    add = found.append
    at, length, spaced = 0, len(text), False
    while at < length:
        sign = text[at]
        if sign == " ":
            at, spaced = at + 1, True
            continue
        if sign in _SINGLE or (sign in _SINGLE_UNLESS and text[at + 1 : at + 2] != _SINGLE_UNLESS[sign]):
            add(Token(sign, sign, spaced, at))
            at += 1
        elif m := _COMMON_AT(text, at):
            add(_common(m, spaced, at))
            at = m.end()
        else:
            m = _TOKEN_AT(text, at)
            if m is None:
                raise _unreadable(text, at)
            if m.lastgroup == "date" and dates is None:
                dates = is_dated(text)
            if m.lastgroup == "date" and not dates:
                add(Token("number", int(m[0][:4]), spaced, at))
                at += 4
            else:
                add(_token(m.lastgroup or "", m, spaced, at))
                at = m.end()
        spaced = False
    if length > limits.NODES and len(found) > limits.NODES:
        raise CalculationError(
            "too_complex", f"The expression has {len(found)} parts; at most {limits.NODES} are read."
        )
    add(Token("end", "", spaced, length))
    return found


def _common(m: re.Match[str], spaced: bool, at: int) -> Token:
    whole, part, name = m.groups()
    if name:
        return Token("name", name, spaced, at)
    if part is None:
        return Token("number", int(whole), spaced, at)
    return Token("number", plain(Fraction(int(whole + part), 10 ** len(part))), spaced, at)


def _token(kind: str, m: re.Match[str], spaced: bool, start: int) -> Token:
    value = m[kind]
    if kind == "name":
        return Token("name", value, spaced, start)
    if kind == "sign":
        return Token(_FLOOR.get(value, value), value, spaced, start)
    if kind == "number":
        return Token("number", read_number(value), spaced, start)
    if kind == "super":
        return Token("super", int(m["power"]), spaced, start)
    if kind == "date":
        return _date(value, spaced, start)
    if kind == "prefixed" or kind == "based":
        return Token("number", _prefixed(value) if kind == "prefixed" else _based(value), spaced, start)
    return Token("text", value[1:-1], spaced, start)


def read_number(text: str) -> Rational:
    """An integer or decimal with optional exponent, exactly."""
    if text.isdecimal() and len(text) < limits.BITS // 4:
        return int(text)
    text = text.replace("_", "").lower()
    digits, _, exponent = text.partition("e")
    if len(digits) + abs(int(exponent[:9] or 0)) > limits.BITS * 3 // 10:
        raise CalculationError("too_large", f"A number has more than {limits.BITS * 3 // 10} digits.")
    whole, _, part = digits.partition(".")
    value = int((whole + part) or "0")
    shift = int(exponent or 0) - len(part)
    return plain(Fraction(value, 10**-shift)) if shift < 0 else value * 10**shift


def _based(text: str) -> int:
    """`1011_2` and `1011_{2}`: digits to a base."""
    digits, _, base = text.partition("_")
    try:
        if len(digits) < limits.BITS // 4 and int(base.strip("()")) <= 16:
            return int(digits, int(base.strip("()")))
    except ValueError:
        pass
    raise CalculationError(
        "syntax", f"{text[:40]!r} is no number to a base from 2 to 16; an underscore may also group by three digits."
    )


def _prefixed(text: str) -> int:
    if text[1] in "xX" and text[2:].isdecimal():
        raise CalculationError(
            "syntax", f"{text!r} may be a hexadecimal number or a product; write {text[2:]} * 0, or the decimal value."
        )
    return int(text, 0)


def _date(text: str, spaced: bool, start: int) -> Token:
    try:
        return Token("date", date.fromisoformat(text), spaced, start)
    except ValueError:
        raise CalculationError("domain", f"There is no day {text}.") from None


def _unreadable(text: str, at: int) -> CalculationError:
    sign = text[at:].lstrip()[:1]
    if sign in "\"'":
        return CalculationError("syntax", f"The quotation mark at character {at + 1} is not closed.")
    return CalculationError(
        "not_allowed", f"The character {sign!r} has no meaning here; write numbers, operators and functions only."
    )
