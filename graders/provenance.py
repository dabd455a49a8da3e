"""Where each number and name comes from: the query, an observation, or a computation shown on them.

`Knowledge.of(messages)` reads a conversation once; `link(mention, before)` answers for what stood before a message. A link says how the two
agree: the same value, rounded, percent against fraction, another unit, a count, a sum of two known numbers, ... No link is not yet a
fault: the graders decide what needs one. What the assistant itself said counts only where it shows a computation that holds.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cached_property
from itertools import combinations, permutations
from typing import Literal, NamedTuple

from graders.dates import DateMention, Day, dates
from graders.figures import KINDS, Figures, Source, shown_in, told
from graders.names import folded, words
from graders.numbers import Mention, magnitude
from graders.readings import figure_values
from graders.units import MONEY, UNITS
from traces.record import Message

LinkKind = Literal["same", "rounded", "percent", "scaled", "unit", "complement", "derived", "count", "date", "constant"]

_HUNDRED = Fraction(100)
_THOUSANDS = tuple(Fraction(10) ** p for p in (3, 6, 9, -3, -6, -9))


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


@dataclass
class Knowledge:
    """What a conversation has said so far. `before` arguments are message indexes, exclusive. Each index is built when first asked for."""

    messages: Sequence[Message]
    _shown: dict[int, frozenset[Fraction]] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, messages: Sequence[Message]) -> "Knowledge":
        return cls(messages)

    @cached_property
    def figures(self) -> Figures:
        return Figures.of(self.messages)

    @property
    def values(self) -> dict[Fraction, Source]:
        """Every value shown, with its first place."""
        return self.figures.values

    @property
    def percents(self) -> set[Fraction]:
        return self.figures.percents

    @cached_property
    def _told(self) -> list[tuple[int, str]]:
        return [(i, told(m)) for i, m in enumerate(self.messages) if m.role != "assistant"]

    @cached_property
    def _folded(self) -> list[tuple[int, str]]:
        return [(i, text.casefold()) for i, text in self._told]

    @cached_property
    def days(self) -> list[tuple[Day, Source]]:
        """Every date shown, in all its readings."""
        return [
            (reading, Source(i, day.start, day.end, KINDS[self.messages[i].role]))
            for i, text in self._told
            for day in dates(text)
            for reading in day.readings
        ]

    def literal(self, text: str, before: int) -> Source | None:
        """Where a figure stood exactly so, not as a part of a longer one."""
        for index, content in self._told:
            if index >= before:
                return None
            at = content.find(text)
            while at >= 0:
                end = at + len(text)
                if not _continued(content[at - 2 : at] if at > 1 else content[:at], content[end : end + 2]):
                    return Source(index, at, end, KINDS[self.messages[index].role])
                at = content.find(text, end)
        return None

    def spelt(self, mention: Mention, before: int) -> Source | None:
        """Where a figure stood in this or the usual other spelling: found without reading all the figures of all pages."""
        figure = _FIGURE.search(mention.text) if mention.kind == "figure" else None
        if not figure or abs(mention.value) not in figure_values(figure[0]):
            return None
        return next(
            (s for text in _spellings(figure[0], abs(mention.value)) if (s := self.literal(text, before))), None
        )

    def source(self, value: Fraction, before: int) -> Source | None:
        """Where this very value stood before that message."""
        found = self.values.get(magnitude(value))
        return found if found and found.message < before else None

    def holds(self, value: Fraction, before: int) -> bool:
        """Whether this very value stood before that message, wherever. Short messages are read first, to save reading pages."""
        if "figures" in self.__dict__:
            return self.source(value, before) is not None
        wanted = magnitude(value)
        return any(index < before and wanted in self._shown_in(index) for index in self._by_length)

    @cached_property
    def _by_length(self) -> list[int]:
        return sorted(range(len(self.messages)), key=lambda index: len(self.messages[index].content))

    def _shown_in(self, index: int) -> frozenset[Fraction]:
        if index not in self._shown:
            self._shown[index] = shown_in(self.messages[index])
        return self._shown[index]

    def near(self, value: Fraction, slack: Fraction, before: int) -> Source | None:
        """A known value within `slack`, from before that message."""
        return self.figures.near(value, slack, before)

    def known(self, before: int) -> list[Fraction]:
        """All values that stood before that message."""
        return self._in_order[: bisect_left(self._first_told, before)]

    @cached_property
    def _in_order(self) -> list[Fraction]:
        return list(self.values)

    @cached_property
    def _first_told(self) -> list[int]:
        """The message of each value, ascending: they are read in order of messages."""
        return [source.message for source in self.values.values()]

    def word(self, word: str, before: int) -> bool:
        """Whether a word stood before that message, in any case or accent."""
        return self._words.get(folded(word), before) < before

    @cached_property
    def _words(self) -> dict[str, int]:
        """The first message that has a word."""
        first: dict[str, int] = {}
        for index, text in reversed(self._told):
            first |= dict.fromkeys(words(text), index)
        return first

    def text_has(self, text: str, before: int) -> int | None:
        """The first message before that one whose content has this text, by any letter case."""
        wanted = text.casefold()
        return next((i for i, content in self._folded if i < before and wanted in content), None)

    def link(self, mention: Mention, before: int, *, derive: bool = True) -> Link | None:
        """How a number is accounted for by what stood before message `before`, or None."""
        if source := self.spelt(mention, before):
            return Link("same", source)
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
                source = self.near(value * scale, (place or 0) * scale / 2, before)
                if source and not (abs(value * scale) >= _LARGE and _SCALE_WORD.search(m.text)):
                    return Link("scaled", source)
        return None

    def _as_percent(self, m: Mention, value: Fraction, ulp: Fraction, before: int) -> Link | None:
        if (
            not m.percent
            and abs(value) > 1
            and abs(value) not in self.percents
            and value * 100 not in self.figures.percents
        ):
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
        if degrees := OTHER_DEGREES.get(m.unit):
            source = self.near(degrees[0](value), max(slack, Fraction(1)) * degrees[1], before)
            return source if source and _DEGREES.search(self._around(source)) else None
        others = {u for u in UNITS.values() if u.dimension == unit.dimension and u.name != unit.name}
        for other in others:
            factor = unit.factor / other.factor
            if source := self.near(value * factor, slack * factor, before):
                return source
        return None

    def _factors(self, m: Mention) -> list[Fraction]:
        """What percentages multiply by: 0.05 for 5 %, and 1.05 and 0.95 on the way to an amount."""
        shares = [rate / 100 for rate in self.percents]
        return shares if m.percent else [*shares, *(f for r in self.figures.rates for f in (1 + r / 100, 1 - r / 100))]

    def _around(self, source: Source) -> str:
        return self.messages[source.message].content[max(0, source.start - 30) : source.end + 14]

    def _derived(self, m: Mention, before: int) -> Link | None:
        """A number that one operation on two known ones gives: any known ones where it is too fine to be chance, else those spelled out."""
        spelled = [v for v, at in self.figures.shown.items() if at < before]
        known = self.known(before)
        fine = significant(m.value) >= 3 or _telling(len(known), abs(m.value), m.ulp / 2)
        base = [*spelled, *known, *self._factors(m)] if fine else spelled
        if m.percent and any(abs(abs(a) - abs(b)) == abs(m.value) for a, b in combinations(self.percents, 2)):
            return Link("derived")
        if m.percent and (self._share(m, before) or self._change(m, known)):
            return Link("derived")
        for target, slack in _targets(m):
            operands = [v for v in base[-400:] if (v > 1 and v != target) or 0 < v < 1]
            if target and (_pair(operands, target, slack) or self._aggregate(target, slack, before)):
                return Link("derived")
        if fine and significant(m.value) >= 4 and self._over_time(m, known):
            return Link("derived")
        if m.value.denominator != 1:
            return None
        if self.figures.counts.get(int(m.value), before) < before:
            return Link("count")
        return Link("date") if self._between_days(int(m.value), before) else None

    def _over_time(self, m: Mention, known: list[Fraction]) -> bool:
        """Whether a number is a known rate times a known count of years in months, weeks or days: a payment over the term of a loan."""
        value, slack = abs(m.value), trailing(abs(m.value), m.ulp) / 2
        counts = [v for v in known if v.denominator == 1 and 1 <= v <= 100]
        rates = [v for v in known if v > 100]
        return len(known) <= 60 and any(
            abs(rate * count * times - value) <= slack for rate in rates for count in counts for times in (12, 52, 365)
        )

    def _aggregate(self, target: Fraction, slack: Fraction, before: int) -> bool:
        """Whether a value is the sum, the mean or the spread of a column that was shown."""
        return any(
            at < before and abs(value - target) <= max(slack, target / 10**9) for value, at in self.figures.aggregates
        )

    def _share(self, m: Mention, before: int) -> bool:
        """Whether a percentage is the share that a known value has in the sum of a column shown."""
        share, slack = abs(m.value) / 100, max(m.ulp, trailing(m.value, m.ulp, 1)) / 200
        return any(
            at < before
            and total > 1
            and (source := self.near(total * share, total * slack, before))
            and source.message == at
            for total, at in self.figures.aggregates
        )

    def _change(self, m: Mention, known: list[Fraction]) -> bool:
        """Whether a percentage is what one of the few long figures known is of another, or more or less than it."""
        long = [v for v in known if v > 0 and significant(v) >= 4 and not (v.denominator == 1 and 1000 <= v <= 2100)]
        if not 2 <= len(long) <= 4:
            return False
        share, slack = abs(m.value) / 100, max(m.ulp, Fraction(1, 10)) / 200
        ratios = [a / b for a, b in permutations(long, 2)]
        return any(abs(r - wanted) <= slack for r in ratios for wanted in (share, 1 + share, 1 - share))

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
            if reading.day and reading.year and (figure := self._in_figures(reading, before)):
                return Link("date", figure)
        return None

    def _in_figures(self, day: Day, before: int) -> Source | None:
        """Where a day stood as a figure: 20210917, or the seconds or milliseconds since 1970, a day more or less for the time zone."""
        if source := self.literal(f"{day.year:04}{day.month:02}{day.day:02}", before):
            return source
        seconds = Fraction(86_400) * (date(*day).toordinal() - date(1970, 1, 1).toordinal()) + 43_200
        if seconds < _EPOCH_BEGAN:
            return None
        return self.near(seconds, Fraction(86_400), before) or self.near(seconds * 1000, Fraction(86_400_000), before)


_EPOCH_BEGAN = 10**8
"""Seconds since 1970 below which a figure is likelier one of something else."""
_LARGE = 10**6
"""A figure as large as this is written out: one with a scale word that is a thousandth of it is another amount."""
_SCALE_WORD = re.compile(r"million|billion|trillion|mio|mrd|milliard|\d\s?(?:mn|bn|[MB])\b", re.IGNORECASE)
OTHER_DEGREES: dict[str, tuple[Callable[[Fraction], Fraction], Fraction]] = {
    "°F": (lambda v: (v - 32) * Fraction(5, 9), Fraction(5, 9)),
    "°C": (lambda v: v * Fraction(9, 5) + 32, Fraction(9, 5)),
}
"""The other scale's degrees of a temperature, and how many of them are one of its own."""
_DEGREES = re.compile(r"temp|°|_[fc]\b|fahrenheit|celsius|degrees|feels|high|low|min|max", re.IGNORECASE)
_FIGURE = re.compile(r"\d[\d.,'\u00a0\u202f]*\d|\d")


def _spellings(figure: str, value: Fraction) -> tuple[str, ...]:
    if value.denominator == 1 and value >= 1000:
        return tuple(dict.fromkeys((figure, f"{value.numerator:,}", str(value.numerator))))
    return (figure,)


def _continued(before: str, after: str) -> bool:
    """Whether what stands around a figure makes it a part of a longer one, or of a code."""
    if before and (before[-1].isalnum() or (before[-1] in ".,-_" and before[:-1].isalnum())):
        return True
    return bool(after) and (after[0].isalnum() or (after[0] in ".,'" and after[1:].isdigit()))


def _targets(m: Mention) -> Iterator[tuple[Fraction, Fraction]]:
    """The values that a derivation may give for a mention: as written, without its scale word, a percentage as share or change."""
    for reading in m.readings:
        target, slack = abs(reading.value), trailing(reading.value, reading.ulp, 3) / 2
        yield target, slack
        if m.percent:
            share, room = target / 100, slack / 100
            yield from ((share, room), (1 + share, room), (1 - share, room))
        elif any(c.isalpha() for c in m.text) and reading.ulp >= 100 and significant(target) >= 3:
            for scale in (10**3, 10**6, 10**9):
                if reading.ulp * 1000 >= scale:
                    yield target / scale, slack / scale


def _telling(count: int, target: Fraction, slack: Fraction) -> bool:
    """Whether it would mean something that one operation on two of so many numbers gives the target, rather than chance."""
    return count * count * 2 * max(slack, target / 10**6) < target


def _pair(base: Sequence[Fraction], target: Fraction, slack: Fraction) -> bool:
    """Whether one operation on two of these gives the target. Floats, with the slack as tolerance: this is a search, not a proof."""
    floats = sorted({float(v) for v in base})
    wanted, within = float(target), max(float(slack) * 1.001, abs(float(target)) * 1e-9)
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
