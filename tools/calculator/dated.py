"""Tells dates from differences: `2024-10-10` alone is a subtraction, `2024-10-10 + 3 days` a date.

What has the form of a date is one where the expression speaks of dates: with a function or a length of time of the calendar, with
a leading zero (`2024-01-15`), or as two of them with a spaced sign between (`2024-12-25 - 2024-10-11`).
"""

import re

from tools.calculator.functions import NAMES, dates

DATE = r"(?<![\d.])[12]\d{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?![\d.])"
_CALENDAR = {f.name for f in dates.FUNCTIONS}
_WORDS = sorted({*dates.SPANS, *(alias for alias, name in NAMES.items() if name in _CALENDAR)})
_SPEAKS = re.compile(rf"(?:\b|(?<=\d))(?:{'|'.join(map(re.escape, _WORDS))})\b", re.IGNORECASE).search
_ZERO = re.compile(r"(?<![\d.])[12]\d{3}-(?:0[1-9]-\d\d|1[0-2]-0[1-9])(?![\d.])").search
_PAIR = re.compile(rf"{DATE}\s+(?:-|[<>=!]=?)\s+{DATE}").search


def is_dated(text: str) -> bool:
    """Whether the text speaks of dates."""
    return bool(_ZERO(text) or _SPEAKS(text) or _PAIR(text))
