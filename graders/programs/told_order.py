# ruff: noqa: E501  (patterns are data: broken up they cannot be read)
"""C1 for order: what is said to be first, older or larger is not so by the two dates or figures that stand beside it.

"Lark aired in 2010 and Wren in 2009, so Lark aired first." Only where the words right before have two values of one kind, and one of them stands
with the very name that is said to be first.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, NamedTuple

from graders.base import Case, Finding, Grader
from graders.claims import claimed_dates, claimed_numbers
from graders.dates import Day
from graders.names import has_any, names
from graders.numbers import Mention
from graders.unseen import common
from traces.record import Evidence, Step

_SOONER = r"first|earlier|earliest|older|oldest|the\s+elder"
_LATER = r"later|latest|last|younger|youngest|newer|newest|more\s+recent(?:ly)?|most\s+recent(?:ly)?"
_LESS = r"smaller|smallest|fewer|fewest|less|lower|lowest|shorter|shortest|lighter|lightest|cheaper|cheapest|cooler|coldest|colder"
_MORE = r"larger|largest|bigger|biggest|more|greater|greatest|higher|highest|taller|tallest|heavier|heaviest|longest|longer|warmer|warmest|hotter|more\s+expensive|most\s+expensive|pricier"
_CLAIM = re.compile(
    r"(?:^|[,;:.!?\n]\s{1,3}|\b(?:so|therefore|thus|hence|that|means|and|but)\s)[\"“'*]{0,3}(?P<name>[A-ZÀ-Þ][^\n,;:.!?()\"“”*]{0,70}?)[\"”'*]{0,3}\s"
    r"(?:is|was|were|are|has|had|aired|premiered|opened|came|debuted|appeared|started|began|happened|occurred|costs|weighs)\s(?:(?:both|the|a|an|thus|also|born|released|founded|established|built|published|formed|made|broadcast|opened|created|launched|out|[a-z]+ed)\s){0,3}"
    rf"(?:(?P<sooner>{_SOONER})|(?P<later>{_LATER})|(?P<less>{_LESS})|(?P<more>{_MORE}))\b(?=(?:\s(?!of\b|than\b|by\b)[a-z]+){{0,2}}[\"”'*]{{0,3}}(?:[,.;:!)\n]|$|\s(?:of\sthe\stwo|than|by|—|–|-)\s?))"
)
_HINTS = ("first", "earl", "old", "elder", "late", "last", "new", "young", "recent", "small", "few", "less", "low", "short", "light", "cheap", "cool", "cold", "large", "big", "more", "great", "high", "tall", "heav", "long", "warm", "hot", "expensive", "pric")  # fmt: skip
_BEHIND_NAME = re.compile(r"[\"”'*]{0,3}(?:\s?\((?:born\s|b\.\s|in\s|released\s)?|:\s|\s[–—-]\s|,?\s(?:(?:is|was|were|has|had|aired|premiered|opened|came|debuted|first|originally|only|born|released|founded|established|built|published|on|in|at|costs?|weighs|with|about|around|[a-z]+ed)\s){0,5})[*$€£~]{0,3}$")  # fmt: skip
_BEFORE_NAME = re.compile(r"[\s%°a-zA-Z]{0,12}\([\"“'*]{0,3}(?:[Tt]he\s)?$")
_DENIED = re.compile(r"\b(?:if|whether|assuming|not|rather\s+than|unless|than)\b[^.!?\n]{0,20}$", re.IGNORECASE)
_NOUN = re.compile(r"\**\s([a-z]{3,})")
"""What a bare figure counts."""
_ENDED = re.compile(
    r"\b(?:die[ds]?|death|†|ended|closed|until|dissolved|demolished|renamed|retired)\b|\d\s?[–-]\s?\d{4}"
)
"""What makes one of two days another kind of day, unless both are."""
_FAR = 300


class _Told(NamedTuple):
    """A value, what it is of (a date, a year, or a unit), and where it stands."""

    value: tuple[int, ...] | Fraction
    kind: str
    start: int
    end: int


@dataclass(frozen=True)
class ToldOrder(Grader):
    """Looks at what any step says: agents conclude in their thoughts and hand in a name."""

    name: ClassVar[str] = "told_order"
    codes: ClassVar[tuple[str, ...]] = ("C1",)

    def judge(self, case: Case, step: Step) -> Iterator[Finding]:
        text = case.said(step).content
        for claim in _CLAIM.finditer(text) if has_any(text, _HINTS) else ():
            start, end = max(0, claim.start() - _FAR), claim.end("name")
            before = text[start:end]
            if _DENIED.search(text[max(0, claim.start() - 20) : claim.start("name")]):
                continue
            if fault := _fault(claim, before):
                here = Evidence(message=step.message, text=claim[0], start=claim.start("name"), end=claim.end())
                yield Finding("C1", fault, (here,), silent=True)


def _fault(claim: re.Match[str], before: str) -> str | None:
    """What is wrong with an order, by the one value that the words before it give the name and the one other."""
    timed = claim["sooner"] or claim["later"]
    told = [*_days(before)] if timed else [*_figures(before)]
    own = [t for t in told if _stands_with(before, t, claim["name"])]
    if not own or len({t.kind for t in told}) != 1 or not told[0].kind:
        return None
    if _ENDED.search(before) or not any(_another(before, t, claim["name"]) for t in told if t not in own):
        return None
    values = {t.value for t in told}
    mine = {t.value for t in own}
    if len(values) != 2 or len(mine) != 1:
        return None
    (value,), (other,) = mine, values - mine
    low = claim["sooner"] or claim["less"]
    wrong = value > other if low else value < other  # type: ignore[operator]  # of one kind
    return (
        f"says that {claim['name']} is {low or claim['later'] or claim['more']}, against its own figures"
        if wrong
        else None
    )


def _another(text: str, told: _Told, name: str) -> bool:
    """Whether a value stands nearest to another name than the one that is said to be first."""
    behind = names(text[told.end : told.end + 100])
    if behind and _BEFORE_NAME.fullmatch(text[told.end : told.end + behind[0].start]):
        return behind[0].text not in name
    ahead = names(text[max(0, told.start - 140) : told.start])
    ahead = tuple(n for n in ahead if not all(common(word) for word in n.text.split()))
    return bool(ahead) and ahead[-1].text not in name


def _days(text: str) -> Iterator[_Told]:
    """Dates with their years; years alone where one of them is told without a day."""
    dates = [d for d in claimed_dates(text) if d.readings[0].year]
    years = [m for m in claimed_numbers(text) if _is_year(m)]
    whole = not years and all(d.readings[0].day for d in dates)
    for d in dates:
        day: Day = d.readings[0]
        yield _Told(tuple(day) if whole else (day.year,), "time", d.start, d.end)
    yield from (_Told((int(m.value),), "time", m.start, m.end) for m in years)


def _is_year(m: Mention) -> bool:
    return m.value.denominator == 1 and 1000 <= m.value <= 2100 and m.text.strip().isdigit() and not m.unit


def _figures(text: str) -> Iterator[_Told]:
    for m in claimed_numbers(text):
        if m.kind == "figure":
            noun = _NOUN.match(text, m.end)
            yield _Told(m.value, "%" if m.percent else m.unit or (noun[1] if noun else ""), m.start, m.end)


def _stands_with(text: str, told: _Told, name: str) -> bool:
    """Whether a value stands right behind a name, or right before it in brackets."""
    bare = re.escape(re.sub(r"^[Tt]he\s", "", name))
    before, behind = text[max(0, told.start - 140) : told.start], text[told.end : told.end + 100]
    found = [*re.finditer(bare, before)]
    if found and _BEHIND_NAME.fullmatch(before[found[-1].end() :]):
        return True
    ahead = re.search(bare, behind)
    return ahead is not None and _BEFORE_NAME.fullmatch(behind[: ahead.start()]) is not None
