"""What an agent reads off a tool's text: the number it came to, the hits, the page. Tolerant of how tools lay it out."""

import re
from fractions import Fraction

from scenarios.policy import Observation

_NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?(?:e[+-]?\d+)?(?:\s*/\s*\d+)?", re.IGNORECASE)
_PASSING = ("Error (timeout)", "Error (search_unavailable)", "Error (internal)")


def passing(result: Observation) -> bool:
    """Whether the call failed for a reason that may pass."""
    return result.failed and result.content.startswith(_PASSING)


def broken(result: Observation) -> bool:
    """Whether the tool did not do its work, through no fault of the call."""
    return passing(result) or (result.failed and result.content.startswith("Error (out_of_service)"))


def numbers(text: str) -> list[Fraction]:
    """Every number in a text, in order."""
    found = []
    for match in _NUMBER.finditer(text):
        top, _, bottom = match[0].replace(",", "").replace(" ", "").partition("/")
        found.append(Fraction(top) / (Fraction(bottom or 1) or 1))
    return found


def first_line(result: Observation) -> str:
    """The first line a program printed."""
    return next((line.strip() for line in result.content.splitlines() if line.strip()), "")


class NoNumber(ValueError):
    """A tool worked, and what it returned holds no number."""


def number(result: Observation) -> Fraction:
    """The number a calculation or a program came to. Raises NoNumber where the text holds none."""
    for label in ("exact", "result", "value", "decimal", "stdout"):
        if found := re.search(rf"{label}\W{{1,4}}({_NUMBER.pattern})", result.content, re.IGNORECASE):
            return numbers(found[1])[0]
    found_all = numbers(result.content)
    if not found_all:
        raise NoNumber(f"no number in {result.content!r}")
    return found_all[0] if len(found_all) == 1 or "=" not in result.content else found_all[-1]
