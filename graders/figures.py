"""An index of the figures a conversation shows: by value, with the first place of each; built once, when a figure is not found as it is."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import Literal, NamedTuple

from graders.arithmetic import equations
from graders.calls import strings
from graders.columns import aggregates
from graders.notices import without_notices
from graders.numbers import Mention, magnitude, numbers
from traces.imports.trace import HANDS_IN
from traces.record import Message

SourceKind = Literal["query", "system", "observation", "computation"]
KINDS: dict[str, SourceKind] = {"user": "query", "system": "system", "tool": "observation"}


class Source(NamedTuple):
    """The first place of a value: which message, which span of its content."""

    message: int
    start: int
    end: int
    kind: SourceKind


def told(message: Message) -> str:
    """What a message that is not the assistant's says about the task."""
    return without_notices(message.content) if message.role == "system" else message.content


@dataclass
class Figures:
    """`before` arguments are message indexes, exclusive. What the assistant said counts only where it shows a computation that holds."""

    values: dict[Fraction, Source] = field(default_factory=dict)
    shown: dict[Fraction, int] = field(default_factory=dict)
    """The values that the user or the assistant spells out, with the first such message: what a derivation may start from."""
    percents: set[Fraction] = field(default_factory=set)
    rates: set[Fraction] = field(default_factory=set)
    """Percentages that anybody told, the assistant too."""
    counts: dict[int, int] = field(default_factory=dict)
    """How many lines or items an observation has, with the first such message."""
    aggregates: list[tuple[Fraction, int]] = field(default_factory=list)
    """Sums, means and spreads of the columns and lists shown, with the message that shows them."""

    @classmethod
    def of(cls, messages: Sequence[Message]) -> "Figures":
        figures = cls()
        for index, message in enumerate(messages):
            if message.role == "assistant":
                figures._take_assistant(index, message)
            else:
                figures._take(index, told(message), KINDS[message.role])
        return figures

    def _take(self, index: int, text: str, kind: SourceKind) -> None:
        read = _read(text)
        for value, start, end in read.values:
            self.values.setdefault(value, Source(index, start, end, kind))
            if kind == "query":
                self.shown.setdefault(value, index)
        self.percents |= read.percents
        self.rates |= read.percents
        self.aggregates.extend((value, index) for value in aggregates(text))
        for count in read.counts:
            self.counts.setdefault(count, index)

    def _take_assistant(self, index: int, message: Message) -> None:
        for text in _said(message):
            for mention in numbers(text):
                self.shown.setdefault(magnitude(mention.value), index)
                if mention.percent:
                    self.rates.add(magnitude(mention.value))
            self.aggregates.extend((value, index) for value in aggregates(text))
            for claimed in _computed(text):
                source = Source(index, claimed.start, claimed.end, "computation")
                self.values.setdefault(magnitude(claimed.value), source)

    @cached_property
    def _ordered(self) -> list[tuple[float, Fraction]]:
        return sorted((float(value), value) for value in self.values)

    def near(self, value: Fraction, slack: Fraction, before: int) -> Source | None:
        """A known value within `slack`, from before that message."""
        wanted, room = abs(float(value)), float(slack) * (1 + 1e-12)
        at = bisect_left(self._ordered, (wanted - room, Fraction(0)))
        while at < len(self._ordered) and self._ordered[at][0] <= wanted + room:
            source = self.values[self._ordered[at][1]]
            if source.message < before:
                return source
            at += 1
        return None


class Read(NamedTuple):
    """What a text that is not the assistant's shows: each value with its first place, percentages, counts of lines."""

    values: tuple[tuple[Fraction, int, int], ...]
    percents: frozenset[Fraction]
    counts: frozenset[int]


@lru_cache(maxsize=512)
def _read(text: str) -> Read:
    first: dict[tuple[int, int], tuple[Fraction, int, int]] = {}
    for mention in numbers(text):
        for value in (*(reading.value for reading in mention.readings), *mention.parts):
            value = magnitude(value)
            key = (value.numerator, value.denominator)  # a pair is compared ten times as fast as a fraction
            if key not in first:
                first[key] = (value, mention.start, mention.end)
    percents = frozenset(magnitude(m.value) for m in numbers(text) if m.percent)
    return Read(tuple(first.values()), percents, frozenset(_counts(text)))


def shown_in(message: Message) -> frozenset[Fraction]:
    """The values that a message alone shows; of the assistant's, the results of computations that hold."""
    if message.role == "assistant":
        return frozenset(magnitude(m.value) for text in _said(message) for m in _computed(text))
    return frozenset(value for value, _, _ in _read(told(message)).values)


def _said(message: Message) -> Iterator[str]:
    """The texts of the assistant: content, reasoning, and an answer that it hands in."""
    yield message.content
    yield message.reasoning or ""
    yield from (t for c in message.tool_calls if c.name.casefold() in HANDS_IN for t in strings(c.arguments))


def _computed(text: str) -> Iterator[Mention]:
    return (equation.claimed for equation in equations(text) if equation.holds)


def _counts(text: str) -> set[int]:
    lines = [line for line in text.splitlines() if line.strip()]
    marked = sum(line.lstrip()[:1] in "-*•0123456789|" for line in lines)
    return {len(lines), len(lines) - 1, len(lines) - 2, marked}
