"""Rules of `graders.answers.rewording` on times: moments, opening hours, weekdays, parts of years, and what goes on until now."""

import re
from datetime import date

from graders.answers.days import read_hours, read_moment, read_span
from graders.answers.kinds import Clock
from graders.dates import MONTHS as MONTH_NUMBERS
from graders.dates import Day
from graders.wording import Compare, Verdict


def moments(text: str, other: str, compare: Compare) -> Verdict | None:
    """Two days with times: both must agree."""
    mine, theirs = read_moment(text), read_moment(other)
    if not mine or not theirs:
        return None
    (day, clock), (other_day, other_clock) = mine, theirs
    if clock.zone is not None and other_clock.zone is not None and clock.zone != other_clock.zone:
        return "equal" if _instant(day, clock) == _instant(other_day, other_clock) else "different"
    return "equal" if day == other_day and clock.minutes == other_clock.minutes else "different"


def _instant(day: Day, clock: Clock) -> int:
    """Minutes from the first day of all, in UTC."""
    return date(day.year or 1, day.month, day.day).toordinal() * 1440 + clock.minutes - (clock.zone or 0)


def opening(text: str, other: str, compare: Compare) -> Verdict | None:
    """ "18:00–20:00" and "6 to 8 pm"."""
    mine, theirs = read_hours(text), read_hours(other)
    if not mine or not theirs:
        return None
    verdicts = {"equal" if x.minutes == y.minutes else "different" for x, y in zip(mine, theirs, strict=True)}
    return "equal" if verdicts == {"equal"} else "different"


_WHEN = r"(?:[a-z]{3,9}\.?\s+)?[12]\d{3}"


_ONWARD = re.compile(
    rf"(?:(?:from|since)\s+)?(?P<of>{_WHEN})\s*(?:–|—|-|to|until|till)\s*(?:the\s+)?(?:present|now|today)(?:\s+day)?|(?:from\s+)?(?P<on>{_WHEN})\s+onwards?|since\s+(?P<since>{_WHEN})",
    re.IGNORECASE,
)


def onward(text: str, other: str, compare: Compare) -> Verdict | None:
    """ "1998–present" and "since 1998"."""
    mine, theirs = _ONWARD.fullmatch(text), _ONWARD.fullmatch(other)
    return compare(mine[mine.lastgroup or 0], theirs[theirs.lastgroup or 0]) if mine and theirs else None


_PART = re.compile(
    r"(?:(?:in|at)\s+)?(?:the\s+)?(?:(?P<early>early|beginning\s+of|start\s+of)|(?P<mid>mid|middle\s+of)|(?P<late>late|end\s+of))(?:-|\s+)(?:the\s+)?(?P<whole>\d.{2,30}|[A-Z][a-z]{2,8}(?:\s+\d{4})?)",
    re.IGNORECASE,
)


def same_part(text: str, other: str, compare: Compare) -> Verdict | None:
    """ "the late 18th century" and "late 1700s"."""
    mine, theirs = _PART.fullmatch(text), _PART.fullmatch(other)
    part = next((p for p in ("early", "mid", "late") if mine and theirs and mine[p] and theirs[p]), "")
    if not mine or not theirs or not part:
        return None
    whole = compare(mine["whole"], theirs["whole"])
    if part != "mid" and mine[part].lower() != theirs[part].lower():
        return "undecided" if whole == "equal" else whole
    return "equal" if whole == "undecided" and read_span(mine["whole"]) == read_span(theirs["whole"]) else whole


_NAMED_DAYS = re.compile(
    r"(?:from\s+)?([a-z]{3,9})\.?\s*(?:–|—|-|\bto\b|\bthrough\b|\buntil\b|\btill\b)\s*([a-z]{3,9})\.?", re.IGNORECASE
)


_WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def from_day_to_day(text: str, other: str, compare: Compare) -> Verdict | None:
    """ "Monday to Friday" and "Mon–Fri", "May through August"."""
    mine, theirs = _ends(text), _ends(other)
    return None if mine is None or theirs is None else "equal" if mine == theirs else "different"


def _ends(text: str) -> tuple[str, str] | None:
    m = _NAMED_DAYS.fullmatch(text)
    ends = [_day_or_month(word) for word in m.groups()] if m else []
    return (ends[0], ends[1]) if len(ends) == 2 and all(ends) else None


def _day_or_month(word: str) -> str:
    """The first letters of a day of the week, or the number of a month; empty for another word."""
    low = word.lower()
    if low[:3] in _WEEK and (low.endswith("day") or len(low) <= 5):
        return low[:3]
    return str(MONTH_NUMBERS.get(low, ""))


_FROM_TO = re.compile(
    r"(?:from\s+)?(?P<first>[^–—]{3,40}?)\s*(?:\s-\s|–|—|\bto\b|\buntil\b|\bthrough\b)\s*(?P<last>[^–—]{3,40})",
    re.IGNORECASE,
)
_SEASON = re.compile(r"\b(?:spring|summer|autumn|fall|winter)\b", re.IGNORECASE)


def seasons(text: str, other: str, compare: Compare) -> Verdict | None:
    """ "spring 1848 – autumn 1849" and "from Spring 1848 to Fall 1849"."""
    mine, theirs = _FROM_TO.fullmatch(text), _FROM_TO.fullmatch(other)
    if not mine or not theirs or not (_SEASON.search(text) and _SEASON.search(other)):
        return None
    said = {compare(mine[end], theirs[end]) for end in ("first", "last")}
    return "equal" if said == {"equal"} else "different" if "different" in said else "undecided"
