"""The short way for the plainest expressions: decimal numbers, + - * /, small powers, brackets, dollar signs, a `=` at the end.

`quick(text)` is the value, or None where the long way has to decide: whatever is not surely plain, and every error. What it
returns is what the long way returns; it is a shortcut in time, never in meaning.
"""

import re
from fractions import Fraction

_OTHER = re.compile(r"[^\d.+\-*/^()$ ]", re.ASCII).search
_LONGEST = 80
_SIGNS = str.maketrans("×÷−", "*/-")
_POWER_BITS = 2_000
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII).search
_TOKENS = re.compile(r"\d+\.?\d*|\.\d+|\*\*|[-+*/^().]", re.ASCII).findall
_DEPTH = 20
_PIECES = re.compile(r"\$(?! *[\d.(])|[\d.)]\s*\$|[\d.] +[\d.]", re.ASCII).search
"""A dollar sign that stands before no number, and numbers side by side."""


_RAISES = frozenset(("^", "**"))


class _Unsure(Exception):
    """Not plain after all."""


def quick(text: str) -> int | Fraction | None:
    """The value of a plain expression, or None."""
    if text[-1:] == "=":
        text = text[:-1]
    if not text.isascii():
        text = text.translate(_SIGNS)
    if len(text) > _LONGEST or _OTHER(text):
        return None
    if ("-" in text and _DATE(text)) or ((" " in text or "$" in text) and _PIECES(text)):
        return None
    reader = _Reader(_TOKENS(text))
    try:
        top, bottom = reader.sum(0)
    except (_Unsure, IndexError, ValueError):
        return None
    if reader.tokens[reader.at] != "":
        return None
    return top if bottom == 1 else top // bottom if top % bottom == 0 else Fraction(top, bottom)


class _Reader:
    """Numerators and denominators, reduced once at the end: eighty characters keep them small."""

    __slots__ = ("at", "tokens")

    def __init__(self, tokens: list[str]) -> None:
        self.tokens = tokens
        self.at = 0
        tokens.append("")

    def sum(self, depth: int) -> tuple[int, int]:
        top, bottom = self.product(depth)
        while (sign := self.tokens[self.at]) == "+" or sign == "-":
            self.at += 1
            a, b = self.product(depth)
            if sign == "-":
                a = -a
            top, bottom = (top + a, 1) if b == 1 == bottom else (top * b + a * bottom, bottom * b)
        return top, bottom

    def product(self, depth: int) -> tuple[int, int]:
        top, bottom = self.factor(depth)
        while (sign := self.tokens[self.at]) == "*" or sign == "/":
            self.at += 1
            a, b = self.factor(depth)
            if sign == "*":
                top, bottom = top * a, bottom * b
            elif a == 0:
                raise _Unsure
            else:
                top, bottom = (top * b, bottom * a) if a > 0 else (-top * b, -bottom * a)
        return top, bottom

    def factor(self, depth: int) -> tuple[int, int]:
        token = self.tokens[self.at]
        self.at += 1
        if token.isdecimal():
            base = int(token), 1
        elif token == "-" or token == "+":
            if depth > _DEPTH:
                raise _Unsure
            top, bottom = self.factor(depth + 1)
            return (-top if token == "-" else top), bottom
        elif token == "(":
            base = self.group(depth)
        else:
            whole, _, part = token.partition(".")
            base = int(whole + part), 10 ** len(part)
        return self.raised(base) if self.tokens[self.at] in _RAISES else base

    def raised(self, base: tuple[int, int]) -> tuple[int, int]:
        """The base to the power of one whole number."""
        exponent = self.tokens[self.at + 1]
        self.at += 2
        if not exponent.isdecimal() or self.tokens[self.at] in _RAISES:
            raise _Unsure
        if (base[0].bit_length() + base[1].bit_length()) * int(exponent) > _POWER_BITS:
            raise _Unsure
        return base[0] ** int(exponent), base[1] ** int(exponent)

    def group(self, depth: int) -> tuple[int, int]:
        if depth > _DEPTH:
            raise _Unsure
        value = self.sum(depth + 1)
        if self.tokens[self.at] != ")":
            raise _Unsure
        self.at += 1
        return value
