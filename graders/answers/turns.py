# ruff: noqa: E501  (word lists are data: broken up they cannot be read)
"""Words that turn a figure round: "a 5 % decrease" is -5 %, and not "a 5 % increase"; "north" is not "south"."""

import re
from collections.abc import Callable
from fractions import Fraction

from graders.wording import Verdict

_FALL = r"decreas\w*|declin\w*|drop(?:s|ped|ping)?|f[ae]ll(?:s|en|ing)?|loss(?:es)?|lost|reduc\w*|shrank|shrunk|shrink\w*|deficit|down(?!\s+payment)|lower(?:ed)?|contract(?:ed|ion)"
_RISE = r"increas\w*|rise|rises|rose|risen|rising|grow(?:s|n|th|ing)?|grew|gain(?:s|ed)?|up(?!\s+to)|higher|rais\w+|profit|surplus|expan(?:ded|sion)"
_FALLS, _RISES = (re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for words in (_FALL, _RISE))
_OPPOSITES = tuple(
    (re.compile(rf"\b(?:{one})\b", re.IGNORECASE), re.compile(rf"\b(?:{two})\b", re.IGNORECASE))
    for one, two in (
        (_FALL, _RISE), ("less|fewer|shorter|younger|lighter|slower|cheaper|smaller", "more|greater|longer|taller|older|heavier|faster|dearer|larger|bigger|additional|extra"),
        ("below|under|beneath", "above|over"), ("before|earlier|ago", "after|later|hence|from now"), ("north\\w*", "south\\w*"), ("east\\w*", "west\\w*"),
        ("left", "right"), ("warmer|hotter", "colder|cooler"), ("clockwise", "counter-?clockwise|anti-?clockwise"), ("up\\w*", "down\\w*"), ("at least|minimum", "at most|maximum"),
        ("male|men|boys?|males", "female|women|girls?|females"), ("positive", "negative"), ("first", "last"), ("inner|inside", "outer|outside"),
    )
)  # fmt: skip


_ACCOUNT = re.compile(
    r"(?P<sign>[$€£¥]?)\s?\((?P<in>[$€£¥]?)\s?(?P<figure>\d{1,3}(?:,\d{3})+|\d+\.\d+|\d+(?=\s?%)|(?<=[$€£¥])\d+|(?<=[$€£¥]\()\d+)(?P<rest>\.\d+)?(?P<share>\s?%?)\)\s*(?P<scale>(?:thousand|million|billion|trillion|[kmb]n?)?)",
    re.IGNORECASE,
)


def accounted(text: str) -> str | None:
    """The bare figure of an amount in an account's brackets, which may make it negative: "(1,250)", "$(450) million", "(3.2%)"."""
    m = _ACCOUNT.fullmatch(text.strip())
    return f"{m['sign'] or m['in']}{m['figure']}{m['rest'] or ''}{m['share']} {m['scale']}".strip() if m else None


def direction(text: str) -> int:
    """1 where a text tells a rise, -1 where it tells a fall, 0 where it tells neither or both."""
    if accounted(text):
        return -1
    return int(bool(_RISES.search(text))) - int(bool(_FALLS.search(text)))


_POINT = re.compile(r"(?:due\s+)?((?:(?:north|south|east|west|[nsew])[\s-]?){1,3})(?:wards?|bound)?", re.IGNORECASE)


def heading(text: str) -> str:
    """A point of the compass by its letters: "sw" for "south-west", "nne" for "north-northeast"."""
    m = _POINT.fullmatch(text)
    return (
        "".join(re.findall(r"north|south|east|west|[nsew]", m[1].lower()))
        .replace("orth", "")
        .replace("outh", "")
        .replace("ast", "")
        .replace("est", "")
        if m
        else ""
    )


def opposed(one: str, two: str) -> bool:
    """Whether the words of two texts say opposite things: each has one of a pair that the other has not."""
    mine, theirs = heading(one), heading(two)
    return (bool(mine and theirs) and mine != theirs) or any(
        (a.search(one) and b.search(two) and not b.search(one) and not a.search(two))
        or (b.search(one) and a.search(two) and not a.search(one) and not b.search(two))
        for a, b in _OPPOSITES
    )


_OF_TIME = re.compile(r"\d\s*(?:s|secs?|seconds?|min|mins|minutes?|h|hrs?|hours?|days?|weeks?)\b", re.IGNORECASE)
"""What lasts is never negative: "3.5 seconds to fall"."""


def turned(a: Fraction, b: Fraction, one: str, two: str, compare: Callable[[Fraction, Fraction], Verdict]) -> Verdict:
    """Compare two figures, each taken with the sign that the words around it give; a fall against a bare figure is left open."""
    mine, theirs = (0 if _OF_TIME.search(text) else direction(text) for text in (one, two))
    if mine and theirs:
        return compare(a, b) if mine == theirs else "different"
    if not mine and not theirs:
        return compare(a, b)
    if mine < 0 or theirs < 0:
        if (b if mine else a) < 0:
            return compare(-abs(a), -abs(b))
        verdict = compare(a, b)
        return "undecided" if verdict == "equal" else verdict
    return compare(a, b)
