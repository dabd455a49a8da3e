# ruff: noqa: E501  (patterns are data: broken up they cannot be read)
"""The things that a user asks for: figures and names in a request, which of them are asked for alike, and whether something that was said has them."""

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from graders.dates import dates
from graders.names import names
from graders.numbers import numbers
from graders.outcomes.words import plain_text

_LINK = re.compile(r"[\"'”’)]*\s*(?P<link>,\s*(?:and\b|&)?|;\s*(?:and\b)?|\band\b|&)", re.IGNORECASE)
_LITTLE = frozenset(["the", "a", "an", "for", "in", "at", "of", "on", "also", "then", "with", "to", "from"])
_QUOTED = re.compile(r"(?<![\w’'])[\"“‘']([^\W_](?:[^\"“”‘’'\n]|(?<=\w)['’](?=\w)){0,160})[\"”’'](?!\w)")
_WORDS = re.compile(r"[A-Za-z]+")
_NO_THING = re.compile(
    r"(?:I['’]\w+|(?:mon|tues|wednes|thurs|fri|satur|sun)day.*|(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec).*|[A-Z]{1,2})",
    re.IGNORECASE,
)
_SCALES = tuple(
    Fraction(n, d) for n, d in ((1, 1), (1, 100), (100, 1), (1000, 1), (1, 1000), (1, 60), (60, 1), (1, 12), (12, 1))
)
"""By what a figure may be given in another unit, or as a share."""


_MOST = 0.75


class Item(NamedTuple):
    """A thing that a user named, and where it stands: a figure with what it may be read as, or a name, perhaps in quotation marks."""

    start: int
    end: int
    text: str
    readings: tuple[tuple[Fraction, ...], ...] = ()
    unit: str = ""
    quoted: bool = False


class Told:
    """What texts say: their words, their figures, and each up to its first comma as a whole."""

    def __init__(self, texts: Iterable[str]) -> None:
        kept = list(texts)
        self._each = [set(plain_text(text).split()) for text in kept]
        self._words = f" {plain_text(' '.join(kept))} "
        self._wholes = {plain_text(text.partition(",")[0]) for text in kept}
        self._values = {abs(v) for text in kept for m in numbers(text) for v in (m.value, *m.parts)}

    def has(self, item: Item) -> bool:
        """Whether a figure is told, perhaps in another unit, or a name by its words."""
        if item.readings:
            return any(all(abs(v * k) in self._values for v in each) for each in item.readings for k in _SCALES)
        return f" {plain_text(item.text)} " in self._words

    def has_most(self, item: Item) -> bool:
        """Whether one of the texts has nearly all words of another."""
        wanted = set(plain_text(item.text).split())
        return any(len(wanted & each) >= _MOST * len(wanted) for each in self._each)

    def as_value(self, item: Item) -> bool:
        """Whether one of the texts is the thing itself."""
        return self.has(item) if item.readings else plain_text(item.text) in self._wholes


@lru_cache(maxsize=64)
def figures_asked(query: str) -> tuple[Item, ...]:
    """The figures of a request, without days, ordinals and the numbers of its own points."""
    return tuple(
        Item(m.start, m.end, m.text.strip(), ((m.value,), m.parts) if m.parts else ((m.value,),), m.unit)
        for m in numbers(query)
        if not m.dated and not m.glued and m.kind == "figure" and not _numbers_a_point(query, m.start, m.end)
    )


def _numbers_a_point(query: str, start: int, end: int) -> bool:
    """Whether a figure stands before a point of a list: "2) Book a hotel"."""
    return query[end : end + 1] in (")", ".") and _BEFORE_A_POINT.search(query[max(0, start - 4) : start]) is not None


_BEFORE_A_POINT = re.compile(r"(?:^|[\n:;,.]\s?)$")


@lru_cache(maxsize=64)
def names_asked(query: str) -> tuple[Item, ...]:
    """The names of a request: what stands in quotation marks, and capitalised words that begin no sentence. Days and letters are none."""
    quoted = tuple(Item(m.start(1), m.end(1), m[1], quoted=True) for m in _QUOTED.finditer(query))
    return (*quoted, *_unquoted(query, quoted))


def _unquoted(query: str, quoted: tuple[Item, ...]) -> Iterator[Item]:
    for name in names(query):
        at = name.start
        for part in re.split(r"(\s+(?:and|&)\s+|^IDs?\s+)", name.text):
            item = Item(at, at := at + len(part), part)
            opens = (name.opens and item.start == name.start) or any(q.start <= item.start < q.end for q in quoted)
            if not opens and part[:1].isupper() and not _NO_THING.fullmatch(part) and not dates(part):
                yield item


def asked_alike(query: str, items: Iterable[Item]) -> Iterator[tuple[Item, Item]]:
    """Pairs of things asked for alike, each both ways: those in one list, and figures with the same words before them."""
    ordered = sorted(items)
    row: list[Item] = []
    for item, then in pairwise((*ordered, None)):
        if item is None:
            return
        row.append(item)
        if then is None or not _linked(query, item, then):
            yield from _of_a_row(query, row)
            row = []
    for one in ordered:
        for other in ordered:
            if one.text != other.text and one.readings and one.unit == other.unit and _led_alike(query, one, other):
                yield one, other


def _of_a_row(query: str, row: list[Item]) -> Iterator[tuple[Item, Item]]:
    links = [_linked(query, a, b) for a, b in pairwise(row)]
    if not any("and" in link or "&" in link for link in links):
        return
    for n, item in enumerate(row):
        place = (
            not item.readings and not item.quoted and n > 0 and links[n - 1] == ","
        )  # "Lyon, France and Turin, Italy"
        if not place:
            yield from ((item, other) for other in row if other.text != item.text)


def _linked(query: str, first: Item, second: Item) -> str:
    """What links two things to a list: "and", a comma; nothing where other words stand between them than stand before the first."""
    between = query[first.end : second.start]
    m = _LINK.match(between)
    if (
        m is None
        or len(between) > 40
        or first.quoted != second.quoted
        or (first.unit and second.unit and first.unit != second.unit)
    ):
        return ""
    ahead = {w.lower() for w in _WORDS.findall(query[max(0, first.start - 40) : first.start])}
    rest = {w.lower() for w in _WORDS.findall(between[m.end() :])}
    return m["link"].strip().lower() if rest <= ahead | _LITTLE else ""


def _led_alike(query: str, one: Item, other: Item) -> bool:
    """Whether the same two words, one of them of some length, lead to both."""
    before = [_LEADING.search(query[max(0, i.start - 40) : i.start]) for i in (one, other)]
    words = [(m[1].lower(), m[2].lower()) for m in before if m]
    return len(words) == 2 and words[0] == words[1] and max(map(len, words[0])) > 3


_LEADING = re.compile(r"([A-Za-z]+)\s+([A-Za-z]+)[\s$€£:=(]*$")
