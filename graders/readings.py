"""What a figure may be worth in the formats of several languages: "1,234.5", "1.234,5", "12 340", "1'234"."""

import re
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple


class Reading(NamedTuple):
    """What a figure may be worth; `ulp` is one unit of its last written place (0: exact, as a fraction or a word is)."""

    value: Fraction
    ulp: Fraction


_GROUPED = re.compile(r"\d{1,3}(?:[^\d]\d{3})+$")
_HARD_SPACES = "\u00a0\u202f\u2009"
_NO_MARKS = str.maketrans("", "", f"{_HARD_SPACES} '’_")
"""Takes out what only groups figures."""


_ONE = Fraction(1)


def reading(digits: str, decimals: int) -> Reading:
    """Bare digits, of which so many stand behind the decimal mark."""
    if not decimals:
        return Reading(Fraction(int(digits or "0")), _ONE)
    return Reading(Fraction(int(digits or "0"), 10**decimals), _place(decimals))


@lru_cache(maxsize=64)
def _place(decimals: int) -> Fraction:
    return Fraction(1, 10**decimals)


def _two_separators(body: str) -> tuple[Reading, ...]:
    """Both "." and "," (or "'" and either): the last one is the decimal mark when it stands once."""
    last = max(body.rfind("."), body.rfind(","))
    head, tail = re.sub(r"\D", "", body[:last]), body[last + 1 :]
    whole = re.sub(r"\D", "", body)
    return (reading(head + tail, len(tail)),) if body.count(body[last]) == 1 else (reading(whole, 0),)


def _one_separator(body: str, mark: str) -> tuple[Reading, ...]:
    """One kind of separator: a decimal mark unless it groups; both where it can be either."""
    pieces = body.split(mark)
    joined = "".join(pieces)
    grouping = bool(_GROUPED.match(body)) and pieces[0] != "0" * len(pieces[0])
    if len(pieces) > 2:
        return (reading(joined, 0),)
    decimal = reading(joined, len(pieces[1]))
    if not grouping:
        return (decimal,)
    if mark == "," and joined.endswith(
        "0"
    ):  # "17,000" is never seventeen: nobody writes a decimal comma with idle zeros behind it
        return (reading(joined, 0),)
    return (decimal, reading(joined, 0)) if mark == "." else (reading(joined, 0), decimal)


@lru_cache(maxsize=8192)
def readings_of(body: str) -> tuple[Reading, ...]:
    """All that a figure with its separators may be worth, the likelier first."""
    if body.isdecimal():
        return (reading(body, 0),)
    body = body.replace("{,}", ",").replace("\\!", "").replace("\\,", "").translate(_NO_MARKS)
    if "." in body and "," in body:
        return _two_separators(body)
    if body.startswith("."):
        return (reading(body[1:], len(body) - 1),)
    mark = "." if "." in body else "," if "," in body else ""
    return _one_separator(body, mark) if mark else (reading(body, 0),)


def figure_values(figure: str) -> tuple[Fraction, ...]:
    """What a bare figure may be worth."""
    return tuple(r.value for r in readings_of(figure))


_SPACED = re.compile(r"\d{1,3}(?: \d{3})+(?:[.,]\d+)?")
_REGULAR = re.compile(
    rf"\d*[.,]?\d+|\d{{1,3}}(?:(?P<g>[.,'’_{_HARD_SPACES}])\d{{3}})(?:(?P=g)\d{{3}})*(?:[.,]\d+)?"
    r"|\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?|\d+(?:_\d+)+"
)


@lru_cache(maxsize=8192)
def regular(body: str) -> bool:
    """Whether the separators of a body can belong to one number: groups of three (or Indian ones), one decimal mark."""
    core = body.replace("{,}", ",").replace("\\!", "").replace("\\,", "\u202f")
    return bool((_SPACED if " " in core else _REGULAR).fullmatch(core))


_PARTED = re.compile(r"\d+(?:[ ,]\d+)+")


@lru_cache(maxsize=8192)
def parts_of(body: str) -> tuple[Fraction, ...]:
    """The figures of a body that may also be several, apart."""
    return tuple(Fraction(int(p)) for p in re.split(r"[ ,]", body)) if _PARTED.fullmatch(body) else ()
