"""Days, times of day, and spans of them or of numbers compared."""

import re
from fractions import Fraction

from graders.answers.days import day_readings
from graders.answers.kinds import Clock, Collection, Formula, Interval, Quantity, Span
from graders.answers.number_pairs import two_numbers
from graders.answers.values import parse
from graders.dates import Day
from graders.wording import Verdict


def days(a: Day, b: Day, one: str, two: str) -> Verdict:
    mine, theirs = day_readings(one) or (a,), day_readings(two) or (b,)
    if a == b or set(mine) & set(theirs):
        return "equal"
    return "undecided" if any(x.agrees(y) for x in mine for y in theirs) else "different"


def day_and_year(a: Day, b: Quantity, one: str, two: str) -> Verdict:
    if month := re.fullmatch(r"(\d+)/(\d+)", one):
        return "equal" if b.value == Fraction(int(month[1]), int(month[2])) else "different"
    if run := re.fullmatch(r"([12]\d{3})(\d{2})(\d{2})", two):
        return "equal" if a == tuple(map(int, run.groups())) else "different"
    return "undecided" if b.value == a.year and not b.unit else "different"


def month_or_years(a: Day, b: Span, one: str, two: str) -> Verdict:
    """ "2001-09" may be a month, and the years up to 2009."""
    years = re.fullmatch(r"([12]\d)(\d\d)-(\d\d)", one)
    if not years or a.day:
        return "different"
    return (
        "equal" if b[:2] == (Day(int(years[1] + years[2]), 0, 0), Day(int(years[1] + years[3]), 0, 0)) else "different"
    )


def spans(a: Span, b: Span, one: str, two: str) -> Verdict:
    if a == b:
        return "equal"
    if a.first == b.first and any(re.fullmatch(r"(?:in\s+)?(?:the\s+)?[12]\d00'?s", text) for text in (one, two)):
        return "undecided"
    if isinstance(a.first, Day) and isinstance(b.first, Day) and isinstance(a.last, Day) and isinstance(b.last, Day):
        return "undecided" if a.first.agrees(b.first) and a.last.agrees(b.last) else "different"
    if a.counted and b.counted and not isinstance(a.first, Day) and not isinstance(b.first, Day):
        first = two_numbers(a.counted._replace(value=a.first), b.counted._replace(value=b.first), one, two)
        last = two_numbers(a.counted, b.counted, one, two)
        return "equal" if first == last == "equal" else "different" if "different" in (first, last) else "undecided"
    ends = [(float(e.year) if isinstance(e, Day) and not e.month else e) for e in (a.first, b.first, a.last, b.last)]
    return "equal" if ends[0] == ends[1] and ends[2] == ends[3] else "different"


def span_and_interval(a: Span, b: Interval, one: str, two: str) -> Verdict:
    if len(b.parts) != 1 or isinstance(a.first, Day) or isinstance(a.last, Day):
        return "different"
    low, low_closed, high, high_closed = b.parts[0]
    if (low, high) != (a.first, a.last):
        return "different"
    return "equal" if low_closed and high_closed else "undecided"


def span_and_list(a: Span, b: Collection, one: str, two: str) -> Verdict:
    """ "5 ± 0.2" for "4.8 to 5.2", "1881 and 1885" for "between 1881 and 1885"; another list is no span."""
    ends = [item.value for each in b.items if isinstance(item := parse(each), Quantity)]
    told = [Fraction(end.year) if isinstance(end, Day) and not end.month else end for end in (a.first, a.last)]
    if b.bare and len(b.items) == 2 and ends == told:
        return "equal" if re.search(r"\b(?:between|and)\b", one) else "undecided"
    sums = [f.left.value() for item in b.items if isinstance(f := parse(item), Formula)]
    reach = sorted(value for value in sums if isinstance(value, Fraction))
    return "equal" if re.search(r"±|\\pm", two) and [a.first, a.last] == reach else "different"


def clocks(a: Clock, b: Clock, one: str, two: str) -> Verdict:
    if a.seconds != b.seconds:
        return "different"
    if a.zone is not None and b.zone is not None and a.zone != b.zone:
        return "equal" if (a.minutes - a.zone - b.minutes + b.zone) % 1440 == 0 else "different"
    if a.minutes == b.minutes:
        return "equal"
    half = a.minutes % 720 == b.minutes % 720 and not all(
        re.search(r"[ap]\.?m|noon|midnight", t, re.I) for t in (one, two)
    )
    return "undecided" if half and min(a.minutes, b.minutes) < 720 and max(a.minutes, b.minutes) < 780 else "different"


_LASTS = (("s", 1),)


def clock_and_length(a: Clock, b: Quantity, one: str, two: str) -> Verdict:
    """ "1:45" may be an hour and three quarters, or a minute and three quarters; a time with its half of the day is neither."""
    seconds = {m.factor * b.value for m in b.measures if m.powers == _LASTS}
    if not seconds or re.search(r"[ap]\.?m|uhr|clock|noon|night", one, re.IGNORECASE):
        return "different"
    if a.seconds or one.count(":") > 1:
        return "equal" if Fraction(60 * a.minutes + a.seconds) in seconds else "different"
    return "equal" if seconds & {Fraction(60 * a.minutes), Fraction(a.minutes)} else "different"
