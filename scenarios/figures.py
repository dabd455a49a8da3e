"""Numbers in a text with their places. The reading of what decides on truth (`stated`, the mutator), and no grader's."""

import re
from fractions import Fraction
from typing import NamedTuple

_NUMBER = re.compile(r"(?<![\w.,/-])(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?![\w/-]|[.,]\d)")


class Figure(NamedTuple):
    """A number in a text. `places` counts its decimals."""

    start: int
    end: int
    text: str
    value: Fraction

    @property
    def places(self) -> int:
        return len(self.text.partition(".")[2])

    @property
    def digits(self) -> str:
        return re.sub(r"\D", "", self.text).strip("0")


def figures(text: str) -> tuple[Figure, ...]:
    """The plain numbers of a text. Codes, dates and parts of words are none."""
    return tuple(
        Figure(m.start(), m.end(), m[0], Fraction(m[0].replace(",", "")))
        for m in _NUMBER.finditer(text)
        if not _dated(text, m)
    )


_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*"


def _dated(text: str, m: re.Match[str]) -> bool:
    after, before = text[m.end() : m.end() + 12], text[max(0, m.start() - 16) : m.start()]
    return bool(
        re.match(rf"(?:st|nd|rd|th)?,? {_MONTH}\b", after) or re.search(rf"{_MONTH}\b\.?(?: \d{{1,2}},?)? $", before)
    )
