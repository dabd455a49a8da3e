# ruff: noqa: E501  (patterns are data)
"""C4 for centuries: a year and the century it is said to lie in do not agree. "Founded in 1142, so in the 11th century."

Only where a word ties the two together, or the year stands in brackets behind the century.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from graders.base import Case, Finding, Grader
from traces.record import Evidence, Step

_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty-first".split()  # noqa: SIM905
_CENTURY = r"(?P<{0}>\d{{1,2}}(?=st|nd|rd|th)|" + "|".join(_ORDINALS) + r")(?:st|nd|rd|th)?[\s-]century\b"
_TIED = re.compile(
    r"(?<![\d.,$€£])(?P<year>1\d{3}|20\d\d)\**,?\s(?:(?:and\s)?(?:so|thus|therefore|hence|i\.e\.,?|meaning|that\sis,?|which\s(?:is|was|falls|lies|places\sit|puts\sit)|placing\sit|putting\sit)\s)+(?:(?:it\s(?:was|is)|founded|built|created|born|still|firmly|already|in|to|the|early|mid|late|during|within)[\s-]){0,4}\**"
    + _CENTURY.format("century")
    + r"|"
    + _CENTURY.format("before")
    + r"\**\s\((?:in\s|c\.\s|ca\.\s|around\s|circa\s)?(?P<behind>1\d{3}|20\d\d)\)(?!\s?BC)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class ToldCentury(Grader):
    """Looks at what any step says."""

    name: ClassVar[str] = "told_century"
    codes: ClassVar[tuple[str, ...]] = ("C4",)

    def judge(self, case: Case, step: Step) -> Iterator[Finding]:
        text = case.said(step).content
        if "century" not in text and "Century" not in text:
            return
        for m in _TIED.finditer(text):
            year, told = int(m["year"] or m["behind"]), (m["century"] or m["before"]).lower()
            century = int(told) if told.isdigit() else _ORDINALS.index(told) + 1
            if century not in {(year - 1) // 100 + 1, year // 100 + 1}:
                here = Evidence(message=step.message, text=m[0], start=m.start(), end=m.end())
                yield Finding("C4", f"{year} is not in century {century}", (here,), silent=True)
