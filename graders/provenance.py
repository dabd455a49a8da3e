"""Where each number and name comes from: the query, an observation, or a computation shown on them.

`Knowledge.of(messages)` reads a conversation once; `link(mention, before)` answers for what stood before a message. A link says how the two
agree: the same value, rounded, percent against fraction, another unit, a count, a sum of two known numbers, ... No link is not yet a
fault: the graders decide what needs one. What the assistant itself said counts only where it shows a computation that holds.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Literal, NamedTuple

from graders.arithmetic import equations
from graders.columns import aggregates
from graders.dates import DateMention, Day, dates
from graders.names import folded, words
from graders.notices import without_notices
from graders.numbers import Mention, numbers
from graders.units import MONEY, UNITS
from traces.record import Message

LinkKind = Literal["same", "rounded", "percent", "scaled", "unit", "complement", "derived", "count", "date", "constant"]
SourceKind = Literal["query", "system", "observation", "computation"]

_HUNDRED = Fraction(100)
_THOUSANDS = tuple(Fraction(10) ** p for p in (3, 6, 9, -3, -6, -9))


class Source(NamedTuple):
    """The first place of a value: which message, which span of its content."""

    message: int
    start: int
    end: int
    kind: SourceKind


class Link(NamedTuple):
    """How a number is accounted for; `source` is missing where a constant or a count needs none."""

    kind: LinkKind
    source: Source | None = None


def significant(value: Fraction) -> int:
    """Significant digits of a value as people write it (12,000 has two); 15 where it does not end."""
    digits = f"{float(abs(value)):.15g}".replace(".", "").split("e")[0].strip("0")
    return max(1, len(digits))


def trailing(value: Fraction, ulp: Fraction, keep: int = 2) -> Fraction:
    """The place a whole number may have been rounded to: its trailing zeros, `keep` digits left at least."""
    if ulp != 1 or value.denominator != 1 or value == 0:
        return ulp
    figure = str(abs(value.numerator))
    zeros = len(figure) - len(figure.rstrip("0"))
    return Fraction(10) ** min(zeros, max(0, len(figure) - keep))


_KINDS: dict[str, SourceKind] = {"user": "query", "system": "system", "tool": "observation"}


@dataclass
class Knowledge:
    """What a conversation has said so far, by value and by word. `before` arguments are message indexes, exclusive."""

    messages: Sequence[Message]
    values: dict[Fraction, Source] = field(default_factory=dict)
    shown: dict[Fraction, list[int]] = field(default_factory=dict)
    """For each value, the messages of the assistant or user that spell it out: what a derivation may start from."""
    percents: set[Fraction] = field(default_factory=set)
    days: list[tuple[Day, Source]] = field(default_factory=list)
    seen: dict[str, int] = field(default_factory=dict)
    """Each word (folded) with the first message that has it."""
    counts: dict[int, int] = field(default_factory=dict)
    """How many lines or items an observation has, with the first such message."""

    aggregates: list[tuple[Fraction, int]] = field(default_factory=list)
    """Sums, means and spreads of the columns and lists shown, with the message that shows them."""

    @classmethod
    def of(cls, messages: Sequence[Message]) -> "Knowledge":
        known = cls(messages)
        for index, message in enumerate(messages):
            if message.role == "assistant":
                known._take_assistant(index, message)
            else:
                text = without_notices(message.content) if message.role == "system" else message.content
                known._take(index, text, _KINDS[message.role])
        return known

    def _take(self, index: int, text: str, kind: SourceKind) -> None:
        for mention in numbers(text):
            source = Source(index, mention.start, mention.end, kind)
            for value in (*(abs(r.value) for r in mention.readings), *map(abs, mention.parts)):
                self.values.setdefault(value, source)
                if kind == "query":
                    self.shown.setdefault(value, []).append(index)
            if mention.percent:
                self.percents.add(abs(mention.value))
        for day in dates(text):
            self.days.extend((reading, Source(index, day.start, day.end, kind)) for reading in day.readings)
        for word in words(text):
            self.seen.setdefault(word, index)
        self.aggregates.extend((value, index) for value in aggregates(text))
        lines = [line for line in text.splitlines() if line.strip()]
        for count in {
            len(lines),
            len(lines) - 1,
            len(lines) - 2,
            sum(line.lstrip()[:1] in "-*•0123456789|" for line in lines),
        }:
            self.counts.setdefault(count, index)

    def _take_assistant(self, index: int, message: Message) -> None:
        for text in (message.content, message.reasoning or ""):
            for mention in numbers(text):
                self.shown.setdefault(abs(mention.value), []).append(index)
            self.aggregates.extend((value, index) for value in aggregates(text))
            for equation in equations(text):
                if equation.holds:
                    source = Source(index, equation.claimed.start, equation.claimed.end, "computation")
                    self.values.setdefault(abs(equation.claimed.value), source)

    @cached_property
    def _ordered(self) -> list[Fraction]:
        return sorted(self.values)

    def source(self, value: Fraction, before: int) -> Source | None:
        """Where this very value stood before that message."""
        found = self.values.get(abs(value))
        return found if found and found.message < before else None

    def near(self, value: Fraction, slack: Fraction, before: int) -> Source | None:
        """A known value within `slack`, from before that message."""
        value = abs(value)
        at = bisect_left(self._ordered, value - slack)
        while at < len(self._ordered) and self._ordered[at] <= value + slack:
            source = self.values[self._ordered[at]]
            if source.message < before:
                return source
            at += 1
        return None

    def known(self, before: int) -> list[Fraction]:
        """All values that stood before that message."""
        return [value for value, source in self.values.items() if source.message < before]

    def word(self, word: str, before: int) -> bool:
        """Whether a word (in any case or accent, as part of its stem) stood before that message."""
        first = self.seen.get(folded(word))
        return first is not None and first < before

    def text_has(self, text: str, before: int) -> int | None:
        """The first message before that one whose content has this text, by any letter case."""
        wanted = text.casefold()
        return next(
            (i for i, m in enumerate(self.messages[:before]) if m.role != "assistant" and wanted in _folded_content(m)),
            None,
        )

    def link(self, mention: Mention, before: int, *, derive: bool = True) -> Link | None:
        """How a number is accounted for by what stood before message `before`, or None."""
        for reading in mention.readings:
            if link := self._direct(mention, reading.value, reading.ulp, before):
                return link
        if mention.parts and all(self._direct(mention, p, Fraction(1), before) for p in mention.parts):
            return Link("same", self.source(mention.parts[0], before))
        if not derive:
            return None
        return self._derived(mention, before)

    def _direct(self, m: Mention, value: Fraction, ulp: Fraction, before: int) -> Link | None:
        if source := self.source(value, before):
            return Link("same", source)
        if link := self._as_percent(m, value, ulp, before):
            return link
        place = trailing(value, ulp)
        if value and place and (source := self.near(value, place * Fraction(501, 1000), before)):
            return Link("rounded", source)
        if 0 < ulp < 1 and (source := self.near(value, ulp * Fraction(999, 1000), before)):
            return Link("rounded", source)
        if m.unit and (source := self._converted(m, value, max(place, abs(value) / 2000), before)):
            return Link("unit", source)
        if significant(value) >= 3:
            for scale in _THOUSANDS:
                if source := self.near(value * scale, (place or 0) * scale / 2, before):
                    return Link("scaled", source)
        return None

    def _as_percent(self, m: Mention, value: Fraction, ulp: Fraction, before: int) -> Link | None:
        if not m.percent and abs(value) > 1 and abs(value) not in self.percents and value * 100 not in self.percents:
            return None
        slack = max(ulp, abs(value) / 10**6) / 2
        options = (
            [(value / _HUNDRED, slack / 100)]
            if m.percent
            else [(value * _HUNDRED, slack * 100), (value / _HUNDRED, slack / 100)]
        )
        for wanted, within in options:
            if source := self.near(wanted, within, before):
                return Link("percent", source)
        if m.percent and (
            source := self.near(_HUNDRED - value, slack, before) or self.near(_HUNDRED + value, slack, before)
        ):
            return Link("complement", source)
        return None

    def _converted(self, m: Mention, value: Fraction, slack: Fraction, before: int) -> Source | None:
        unit = UNITS[m.unit]
        if unit.dimension in MONEY:
            return None
        others = {u for u in UNITS.values() if u.dimension == unit.dimension and u.name != unit.name}
        for other in others:
            factor = unit.factor / other.factor
            if source := self.near(value * factor, slack * factor, before):
                return source
        return None

    def _derived(self, m: Mention, before: int) -> Link | None:
        """A number that one operation on two known ones gives: any known ones where it is too fine to be chance, else those spelled out."""
        spelled = [v for v, at in self.shown.items() if at[0] < before]
        base = spelled if significant(m.value) < 3 else [*spelled, *self.known(before)]
        for target, slack in _targets(m):
            operands = [v for v in base[-400:] if (v > 1 and v != target) or 0 < v < 1]
            if target and (_pair(operands, target, slack) or self._aggregate(target, slack, before)):
                return Link("derived")
        if m.value.denominator != 1:
            return None
        if self.counts.get(int(m.value), before) < before:
            return Link("count")
        return Link("date") if self._between_days(int(m.value), before) else None

    def _aggregate(self, target: Fraction, slack: Fraction, before: int) -> bool:
        """Whether a value is the sum, the mean or the spread of a column that was shown."""
        return any(at < before and abs(value - target) <= max(slack, target / 10**9) for value, at in self.aggregates)

    def _between_days(self, count: int, before: int) -> bool:
        known = [d for d, source in self.days if source.message < before][-40:]
        return any(_apart(a, b, abs(count)) for i, a in enumerate(known) for b in known[i + 1 :])

    def day(self, mention: DateMention, before: int) -> Link | None:
        """How a date is accounted for: a known date that agrees with it."""
        for reading in mention.readings:
            for known, source in self.days:
                if source.message < before and known.agrees(reading):
                    return Link("same", source)
            if not reading.day and self.source(Fraction(reading.year), before):
                return Link("same", self.source(Fraction(reading.year), before))
        return None


def _targets(m: Mention) -> Iterator[tuple[Fraction, Fraction]]:
    """The values that a derivation may give for a mention: as written, without its scale word, a percentage as share or change."""
    for reading in m.readings:
        target, slack = abs(reading.value), trailing(reading.value, reading.ulp, 3) / 2
        yield target, slack
        if m.percent:
            share, room = target / 100, slack / 100
            yield from ((share, room), (1 + share, room), (1 - share, room))
        elif any(c.isalpha() for c in m.text) and reading.ulp >= 100:
            for scale in (10**3, 10**6, 10**9):
                if reading.ulp * 1000 >= scale:
                    yield target / scale, slack / scale


def _telling(count: int, target: Fraction, slack: Fraction) -> bool:
    """Whether it would mean something that one operation on two of so many numbers gives the target, rather than chance."""
    return count * count * 2 * max(slack, target / 10**6) < target


def _folded_content(message: Message) -> str:
    return message.content.casefold()


def _pair(base: Sequence[Fraction], target: Fraction, slack: Fraction) -> bool:
    """Whether one operation on two of these gives the target. Floats, with the slack as tolerance: this is a search, not a proof."""
    floats = sorted({float(v) for v in base})
    wanted, within = float(target), max(float(slack), abs(float(target)) * 1e-9)
    for a in floats:
        partners = [(wanted - a, within), (wanted + a, within)]
        if a:
            partners += [(wanted / a, within / abs(a)), (wanted * a, within * abs(a))]
            if wanted:
                partners.append((a / wanted, within * abs(a) / wanted**2))
        if any(_has(floats, partner, room) for partner, room in partners):
            return True
    return False


def _has(ordered: Sequence[float], value: float, slack: float) -> bool:
    at = bisect_left(ordered, value - slack)
    return at < len(ordered) and ordered[at] <= value + slack


def _apart(a: Day, b: Day, count: int) -> bool:
    if not (a.year and b.year):
        return False
    months = abs((a.year - b.year) * 12 + a.month - b.month)
    if count in (months, months // 12, months // 12 + 1, abs(a.year - b.year)):
        return True
    if not (a.day and b.day):
        return False
    from datetime import date

    days = abs((date(*a) - date(*b)).days)
    return count in (days, days - 1, days + 1) or count in (days // 7, round(days / 7))
