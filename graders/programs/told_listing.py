# ruff: noqa: E501  (patterns are data)
"""O2 for listings: below the name of a record an answer tells one of its fields, with another figure than the results have.

"1. **Birch Cabin**", and a line on "- Rating: 4.9" where the record has "rating": 4.7. The line holds the field's own words and one bare figure. What may be
worked out or converted is left alone: amounts times nights, other currencies and units, rounded figures, a figure that another result has.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar

from graders.base import Case, Finding, Grader, LooksAt
from graders.numbers import Mention, numbers, plain
from graders.records import loaded
from graders.units import MONEY, UNITS
from traces.record import Step

_LINE = re.compile(r"^[\s*+•–—-]{0,12}(?P<key>[A-Za-z][A-Za-z _-]{2,30}?)[*_]{0,2}:[*_\s]{0,6}(?P<told>[^\n:]{1,40})$")
_OWN = re.compile(
    r"(?:\w+ )?(?:ratings?|score|stars|reviews?|votes|price|fare|year|pages|followers|age|capacity|calories|mileage|bed(?:room)?s|bathrooms|population|elevation|price per \w+)(?: (?:usd|eur|gbp|count|total|year|value))?"
)
"""What belongs to a thing whatever is done with it: how many are taken, left or owed is another matter."""
_HEADING = re.compile(r"\s*(?:#{1,6}\s|\d{1,2}[.)]\s|\*\*[^*:\n]+\*\*\s*$)")
_NAMED = re.compile(r"(?:\w+_)?(?:name|title)|label", re.IGNORECASE)
_BARE = re.compile(r"[^\w]*(?:usd|eur|gbp|stars?|out\s+of|reviews?|ratings?|points?|votes?)?[^\w]*(?:(?:out\s+of|/)\s*(?:5|10|100))?[^\w]*", re.IGNORECASE)  # fmt: skip
"""What may stand about the figure: a sign or a word that changes nothing."""
_SIGNS = re.compile(r"[~≈<>+≤≥×–-]|\d[^\S\n]*x\b")
_CONVERTS = re.compile(r"convert|currency|exchange|discount|coupon|promo|\boff\b|\btax|\bfees?\b|surcharge|\bin\s+(?:usd|us\s+dollars?|dollars?|euros?|eur|gbp|pounds?|yen|jpy|inr|rupees?)\b", re.IGNORECASE)  # fmt: skip
_TIMES = 31
"""Nights or pieces at most by which an amount may have been multiplied."""
_SCALES = (100, 1000, 10**6, Fraction(1, 100), Fraction(1, 1000))
_MOST = 400
"""Records beyond which an answer is left alone."""

Fields = dict[str, set[Fraction]]
"""The figures of one record by the words of the field."""


@dataclass(frozen=True)
class ToldListing(Grader):
    """Judges the answer of each user turn by the records of all results before."""

    name: ClassVar[str] = "told_listing"
    version: ClassVar[str] = "2"
    looks_at: ClassVar[LooksAt] = "answers"
    codes: ClassVar[tuple[str, ...]] = ("O2",)

    def judge(self, case: Case, step: Step) -> Iterator[Finding]:
        text = case.text(step)
        if step not in case.answers or text.count(":") < 2:
            return
        bodies = [loaded(m.content) for m in case.messages[: step.message] if m.role == "tool"]
        known = _known(bodies)
        if not known or len(known) > _MOST or _converted(case, step):
            return
        head, start = None, 0
        for line in text.split("\n"):
            at, start = start, start + len(line) + 1
            m = _LINE.match(line)
            told = _one(m["told"]) if m and _OWN.fullmatch(_plain(m["key"])) else None
            if m and head and told and (shown := _field(known[head], _plain(m["key"]))):
                if not _comes_to(told, shown) and not _elsewhere(bodies, head, told.value):
                    here = case.here(step, line.strip(), at, at + len(line))
                    values = ", ".join(sorted(map(plain, shown)))
                    reason = f"says {line.strip()} of {head}, where the result has {values}"
                    yield Finding("O2", reason, (here,), silent=True)
            elif m is None and ((named := _head(line, known)) or _HEADING.match(line)):
                head = named


def _known(bodies: list[Any]) -> dict[str, Fields]:
    """The figures of each record by its name and field; where a name is borne by several, of all of them."""
    known: defaultdict[str, Fields] = defaultdict(lambda: defaultdict(set))
    for record in (record for body in bodies for record in _objects(body)):
        for name in _names(record):
            for key, value in record.items():
                figure = _figure(value)
                if figure is not None:
                    known[name][_plain(str(key))].add(figure)
    return dict(known)


def _objects(body: Any) -> Iterator[dict[str, Any]]:
    pending = [body]
    while pending:
        value = pending.pop()
        if isinstance(value, dict):
            yield value
            pending.extend(value.values())
        elif isinstance(value, list):
            pending.extend(value)


def _names(record: dict[str, Any]) -> list[str]:
    named = (v for k, v in record.items() if _NAMED.fullmatch(str(k)) and isinstance(v, str))
    return [plain for v in named if 4 <= len(plain := _plain(v)) <= 60]


def _figure(value: Any) -> Fraction | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str) or len(str(value)) > 20:
        return None
    found = numbers(str(value))
    return found[0].value if len(found) == 1 and _BARE.fullmatch(str(value).replace(found[0].text, "")) else None


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text).strip().casefold()


def _head(line: str, known: dict[str, Fields]) -> str | None:
    """The record that a short line names; the longest, where one name is part of another."""
    words = f" {_plain(line)} "
    named = [name for name in known if f" {name} " in words] if len(words) <= 90 else []
    longest = max(named, key=len, default=None)
    return longest if longest and all(name in longest for name in named) else None


def _field(fields: Fields, key: str) -> set[Fraction] | None:
    """The figures of a field by its own words, or by some of them where it is the only one: "Price" for nightly_price."""
    alike = [
        figures for name, figures in fields.items() if set(key.split()) <= set(name.split()) and _OWN.fullmatch(name)
    ]
    return fields.get(key) or (alike[0] if len(alike) == 1 else None)


def _one(told: str) -> Mention | None:
    """The one figure of a line that has nothing else on it, "4.7/5" and "$140" among them."""
    found = numbers(told)
    rest = told.replace(found[0].text, "", 1) if found else ""
    first = found[0] if found and told.count(found[0].text) == 1 else None
    if first is None or first.percent or (first.unit and UNITS[first.unit].dimension not in MONEY):
        return None
    return first if not _SIGNS.search(told) and _BARE.fullmatch(rest) else None


def _comes_to(told: Mention, shown: set[Fraction]) -> bool:
    """Whether a figure is one of those shown, rounded, in other thousands, or some whole times it."""
    value = abs(told.value)
    for shown_value in map(abs, shown):
        if abs(value - shown_value) <= max(told.ulp, shown_value / 1000):
            return True
        times = value / shown_value if shown_value else Fraction(0)
        if (times.denominator == 1 and 1 <= times <= _TIMES) or times in _SCALES:
            return True
    return False


def _elsewhere(bodies: list[Any], head: str, value: Fraction) -> bool:
    """Whether a result without that record tells the figure: it may be about the same thing."""
    others = [body for body in bodies if not any(head in _names(record) for record in _objects(body))]
    return any(_figure(v) == value for body in others for record in _objects(body) for v in record.values())


def _converted(case: Case, step: Step) -> bool:
    """Whether amounts may stand in another currency than the results have, or with something taken off or added."""
    called = (call.name for s in case.steps if s.message < step.message for call in case.said(s).tool_calls)
    return any(_CONVERTS.search(text) for text in (*case.asked(step), *called, case.text(step)))
