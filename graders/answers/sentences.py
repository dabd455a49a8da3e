"""A short answer in a sentence: by what the sentence sets apart, by its only figure or date, by the name it gives; and what it denies."""

import re
from collections.abc import Callable
from typing import NamedTuple

from graders.answers.days import read_span
from graders.answers.kinds import Collection, Parsed, Quantity, Span, Truth
from graders.answers.values import parse
from graders.claims import claimed_dates, claimed_numbers
from graders.dates import Day
from graders.headlines import headlines
from graders.wording import Verdict, says

Compare = Callable[[str, str], Verdict]

_VERB = re.compile(
    r"\b(?:is|was|are|were|be|been|has|have|had|became|called|does|did|says?|said|wrote|made|took|came|got|won|lost|lies|"
    r"lasts?|takes?|costs?|weighs?|gives?|makes?|comes?|equals?|get|found|find|believe|think|would|will|"
    r"ist|sind|war|waren|lautet|beträgt|hat|wurde|est|sont|était|fut|es|son|fue|era|tiene|è|sono|é|são|foi|born|[a-z]{3,}ed)\b"
    r"|\b(?:it|he|she|that|there)'s\b"
)
_DENIAL = re.compile(r"\b(?:not|never|isn't|wasn't|aren't|n't|neither|nor)\b", re.IGNORECASE)


class Bound(NamedTuple):
    """What limits a figure on one side ("more than", "at most"), and the text without it."""

    side: str
    text: str


_ABOVE = re.compile(
    r"^(?:more\s+than|over|above|at\s+least|greater\s+than|no\s+less\s+than|after)\s+|\s+(?:or|and)\s+(?:more|above|over)$",
    re.IGNORECASE,
)
_BELOW = re.compile(
    r"^(?:less\s+than|fewer\s+than|under|below|at\s+most|up\s+to|no\s+more\s+than|before)\s+|\s+or\s+(?:less|fewer|under|below)$",
    re.IGNORECASE,
)


def bounded(text: str) -> Bound:
    """The bound that stands at either end of a text; none where there is none."""
    for side, pattern in (("above", _ABOVE), ("below", _BELOW)):
        bare = pattern.sub("", text, count=1)
        if bare != text and len(bare.split()) <= 4 and any(c.isdigit() for c in bare):
            return Bound(side, bare.strip())
    return Bound("", text)


_NOT_BUT = re.compile(
    r"^(?:it\s+(?:is|was)\s+)?not\s+(?P<denied>[^,]+?),?\s+but\s+(?:rather\s+)?(?P<kept>.+)$", re.IGNORECASE
)
_NOT_AFTER = re.compile(
    r"^(?P<kept>.{2,}?),?\s+(?:(?<=,\s)(?:and\s+)?not|rather\s+than|instead\s+of)\s+(?P<denied>[^,]+)$", re.I
)
_NOT = re.compile(
    r"^(?:(?:it|this|that|he|she)\s+)?(?:is\s+|was\s+)?(?:not|isn't|wasn't)\s+(?P<denied>.+)$", re.IGNORECASE
)


def asserted(text: str) -> str | None:
    """What is left of "not A but B" and "B, not A"; None where nothing is denied in that way."""
    m = _NOT_BUT.match(text) or _NOT_AFTER.match(text)
    return m["kept"].strip() if m else None


def denied(text: str) -> str | None:
    """What "not A" denies; None where the text is no mere denial."""
    m = _NOT.match(text)
    return m["denied"].strip() if m else None


def is_sentence(text: str) -> bool:
    """Whether a text says something of something: it has a verb that is no name, and four words or more."""
    return len(text.split()) >= 4 and bool(_VERB.search(text))


def sentence(long: str, short: str, b: Parsed | None, compare: Compare) -> Verdict | None:
    """A longer text against a short answer; None where the longer one is no sentence around it."""
    words = len(long.split())
    if words < 4 or words <= len(short.split()) + 1:
        return None
    for headline in (*headlines(long), *_formulas(long)):
        verdict = compare(headline, short)
        if verdict != "undecided":
            return verdict
    for kind, read in _READINGS:
        if isinstance(b, kind):
            return read(long, short, compare)
    if not is_sentence(long):
        return None
    said = says(long, short)
    return said if said != "different" or words > 8 else ("different" if words <= 12 else "undecided")


_MATH = re.compile(r"(?<![\\$])\$(?=[^$]*[\\^_=a-zA-Z])([^$]+)\$(?!\$)|\\\((.+?)\\\)")


def _formulas(text: str) -> tuple[str, ...]:
    """The only formula set in a text, where it ends with it."""
    found = [m[1] or m[2] for m in _MATH.finditer(text)]
    return (found[0].strip(),) if len(found) == 1 and "=" not in found[0].replace("=", "", 1) else ()


def _figure(long: str, short: str, compare: Compare) -> Verdict | None:
    """By its figures: the only one, all of them, or the one behind the last "="."""
    claimed = claimed_numbers(long)
    if not claimed:
        return None
    result = [m for m in claimed if re.search(r"=\s*\$?$", long[: m.start])]
    chosen = result[-1:] or claimed
    verdicts = {compare(m.text, short) for m in chosen}
    if _DENIAL.search(long):
        return "undecided"
    return verdicts.pop() if len(verdicts) == 1 else "undecided" if verdicts & {"equal", "undecided"} else "different"


def _date(long: str, short: str, compare: Compare) -> Verdict | None:
    claimed = claimed_dates(long)
    if len(claimed) != 1 or _DENIAL.search(long):
        return "undecided"
    return compare(claimed[0].text, short)


_STRETCH = re.compile(
    r"\b(?:from|between|von|zwischen|entre|de|desde)\s+.{1,30}?\s+(?:to|until|till|and|bis|und|et|y|a|à|hasta)\s+[^.,;]{1,25}|\b\d{4}\s*[–—-]\s*\d{2,4}\b",
    re.IGNORECASE,
)


def _span(long: str, short: str, compare: Compare) -> Verdict | None:
    found = [m[0] for m in _STRETCH.finditer(long) if read_span(m[0])]
    return compare(found[0], short) if len(found) == 1 and not _DENIAL.search(long) else "undecided"


_LISTED = re.compile(r"(?:\b(?:are|were|include[sd]?|namely|sind|sont|son)\b|:)\s+([^:]+)$")


_POINT = re.compile(r"(?<![\w\\])\([^()]*\d[^()]*,[^()]*\)")


def _list(long: str, short: str, compare: Compare) -> Verdict | None:
    points = _POINT.findall(long)
    if short.startswith("(") and len(points) == 1 and not _DENIAL.search(long):
        return compare(points[0], short)
    m = _LISTED.search(long)
    return compare(m[1], short) if m and not _DENIAL.search(long) else None


def _truth(long: str, short: str, compare: Compare) -> Verdict | None:
    return None


_READINGS: tuple[tuple[type, Callable[[str, str, Compare], Verdict | None]], ...] = (
    (Quantity, _figure),
    (Day, _date),
    (Span, _span),
    (Truth, _truth),
    (Collection, _list),
)


def enumerates(text: str, parsed: Parsed | None) -> bool:
    """Whether commas and "and" in a sentence were taken for a list of things."""
    if not isinstance(parsed, Collection) or not parsed.bare:
        return False
    return is_sentence(text) or any(len(item.split()) > 3 and parse(item) is None for item in parsed.items)
