"""Rules of `graders.answers.rewording` on what is set equal to something: values of functions, points, and the sets of numbers by name."""

import re

from graders.answers.enumerations import cut
from graders.wording import Compare, Verdict

_NUMBER_SETS = {
    "N": "natural|counting", "Z": "integer", "Q": "rational", "R": "real", "C": "complex",
}  # fmt: skip


def number_set(text: str, other: str, compare: Compare) -> Verdict | None:
    """The set of all integers and the like by its letter or its name."""
    mine, theirs = _set_of(text), _set_of(other)
    return None if not mine or not theirs else "equal" if mine == theirs else "different"


def _set_of(text: str) -> str:
    if letter := re.fullmatch(r"(?:[a-z]\s*(?:\\in|∈)\s*)?(?:\\mathbb\s*\{?([NZQRC])\}?|([ℕℤℚℝℂ]))", text):
        return letter[1] or "NZQRC"["ℕℤℚℝℂ".index(letter[2])]
    named = re.fullmatch(
        r"(?:the\s+)?(?:set\s+of\s+)?(?:all\s+)?(?:the\s+)?([a-z]+?)s?(?:\s+numbers)?", text, re.IGNORECASE
    )
    return next(
        (letter for letter, words in _NUMBER_SETS.items() if named and re.fullmatch(words, named[1].lower())), ""
    )


_VALUE_OF = re.compile(
    r"(?:[A-Za-z]{1,4}(?:_\w)?\([^()=]{1,20}\)|m?\\(?:overline|angle|triangle|left\||begin\{[vp]matrix\})[^=]*|\\(?:vec|overrightarrow)[^=]*|[rR](?:\^\{?2\}?|²)|(?=.*_)[\d_{}+*×·\s-]+|\|[^=|]+\||[A-Z]{2,3})\s*=\s*(?P<value>[^=]+)"
)


_CONCLUDED = re.compile(
    r".*=.*[,;.]\s*(?:so|thus|hence|therefore|giving|which\s+gives|which\s+means)\s+(?P<value>[^;.]+)", re.DOTALL
)


def set_equal(text: str, other: str, compare: Compare) -> Verdict | None:
    """ "f(2) = 7" against "7", "(x-2)(x-3) = 0, so x = 2 or x = 3" against "2, 3"."""
    m = (_VALUE_OF.fullmatch(text) if "=" not in other else None) or (
        None if _CONCLUDED.fullmatch(other) else _CONCLUDED.fullmatch(text)
    )
    return compare(m["value"], other) if m else None


_POINT = re.compile(r"\(([a-z](?:,\s*[a-z]){1,3})\)\s*=\s*\((.+)\)")


def by_letter(text: str, other: str, compare: Compare) -> Verdict | None:
    """ "(x, y) = (1, 2)" as "x = 1, y = 2"."""
    m = _POINT.fullmatch(text)
    names, values = (re.split(r",\s*", m[1]), cut(m[2])) if m else ([], ())
    if not m or len(names) != len(values):
        return None
    return compare(", ".join(f"{n} = {v}" for n, v in zip(names, values, strict=True)), other)
