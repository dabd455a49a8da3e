"""What a sentence tells of the kind that the short answer is of: a date, a time, a span, a ratio, a truth value or a list.

Several of a kind are weighed by where they stand (`standing`); figures and names are read elsewhere (`figured`, `told`).
"""

import re
from collections.abc import Callable

from graders.answers.days import read_span
from graders.answers.figured import DENIAL
from graders.answers.kinds import Clock, Collection, Ratio, Span, Truth
from graders.answers.sentence_lists import each_item, list_told
from graders.answers.standing import by_standing, part_at
from graders.answers.values import parse
from graders.claims import claimed_dates, claimed_numbers
from graders.dates import Day
from graders.wording import Compare, Verdict

_TIME = re.compile(
    r"\b\d{1,2}(?::\d{2}){1,2}(?:\s*[ap]\.?m\b\.?)?|\b\d{1,2}(?:\.\d{2})?\s*[ap]\.?m\b\.?|\b(?:(?:half|quarter|ten|twenty|five)(?:\s+minutes)?\s+(?:past|to)\s+(?:[a-z]+|\d{1,2})(?:\s+in\s+the\s+(?:morning|afternoon|evening)|\s+at\s+night)?)\b|\b(?:noon|midnight)\b",
    re.IGNORECASE,
)
_STRETCH = re.compile(
    r"\b(?:from|between|von|zwischen|entre|de|desde)\s+.{1,30}?\s+(?:to|until|till|and|bis|und|et|y|a|à|hasta)\s+[^.,;]{1,25}|\b\d{4}\s*[–—-]\s*\d{2,4}\b"
    r"|(?<![\w-])[$€£]?\d[\d.,]*(?:\s?%|\s?[a-z]{1,3})?\s*(?:–|—|-|\bto\b)\s*[$€£]?\d[\d.,]*(?:\s?%|\s(?!(?:in|at|of|and|for|on|with|by|to|from|per)\b)[^\W\d_]+)?",
    re.IGNORECASE,
)
_RATIO = re.compile(r"(?<![\d:.])\d[\d.]*(?:\s?:\s?\d[\d.]*)+(?![\d:])")
_MAIN_DENIAL = re.compile(
    r"^[^,;:]*?\b(?:is|are|was|were|do|does|did|can|could|has|have|had|will|would|should)(?:\s+not\b|n['’]t\b)(?!\s+only)",
    re.IGNORECASE,
)
_NEITHER = re.compile(r"(?:no,\s+)?(?:neither|none)\b", re.IGNORECASE)
_BOTH = re.compile(
    r"(?:they\s+|we\s+)?(?:are\s+|were\s+|have\s+)?both\b(?!.*\b(?:different|but|only|whereas|while)\b)",
    re.IGNORECASE | re.DOTALL,
)
_TRUE = re.compile(
    r"\b(?:is|are|was|returns?|evaluates\s+to|prints?|gives?|outputs?|yields?)\s+\W?(true|false|correct|incorrect)\b",
    re.IGNORECASE,
)


def _date(long: str, short: str, compare: Compare) -> Verdict | None:
    said = claimed_dates(long)
    said = tuple(d for d in said if d.readings[0].day) or said
    found = [(d.start, _same_day(d.text, short, compare)) for d in said]
    if not found and (year := re.search(r"[12]\d{3}", short)):
        years = [(m.start, m.text) for m in claimed_numbers(long) if re.fullmatch(r"(?:1[5-9]|20)\d{2}", m.text)]
        found = [(at, "different") for at, text in years if text != year[0]]
    return by_standing(long, found) or "undecided"


def _same_day(text: str, short: str, compare: Compare) -> Verdict:
    """Two dates; a sentence may give the year beside a day that was asked for without it."""
    mine, theirs = parse(text), parse(short)
    if isinstance(mine, Day) and isinstance(theirs, Day) and mine.year and not theirs.year:
        return "equal" if mine.agrees(theirs) else "different"
    return compare(text, short)


def _time(long: str, short: str, compare: Compare) -> Verdict | None:
    return by_standing(long, [(m.start(), compare(m[0], short)) for m in _TIME.finditer(long)]) or "undecided"


def _span(long: str, short: str, compare: Compare) -> Verdict | None:
    found = [(m.start(), compare(m[0], short)) for m in _STRETCH.finditer(long) if read_span(m[0])]
    if not found and (ends := re.fullmatch(r"\D*(\d{4})\D+(\d{4})", short)):
        return each_item(long, f"{ends[1]}, {ends[2]}", compare) or "undecided"
    return by_standing(long, found) or "undecided"


def _ratio(long: str, short: str, compare: Compare) -> Verdict | None:
    return by_standing(long, [(m.start(), compare(m[0], short)) for m in _RATIO.finditer(long)]) or "undecided"


def _truth(long: str, short: str, compare: Compare) -> Verdict | None:
    """ "The function returns False": by the only such word, behind a verb; a sentence that denies says no, one on both says yes."""
    denials = len(DENIAL.findall(long))
    if (_MAIN_DENIAL.match(long) and denials == 1) or (_NEITHER.match(long) and denials <= 1):
        return compare("no", short)
    if _BOTH.match(long) and not denials:
        return compare("yes", short)
    said = list(_TRUE.finditer(long))
    part = part_at(long, said[0].start()) if len(said) == 1 else None
    return compare(said[0][1], short) if part and not DENIAL.search(long, part.start, said[0].start()) else None


READINGS: tuple[tuple[type, Callable[[str, str, Compare], Verdict | None]], ...] = (
    (Day, _date),
    (Span, _span),
    (Clock, _time),
    (Ratio, _ratio),
    (Truth, _truth),
    (Collection, list_told),
)
