# ruff: noqa: E501, SIM905  (patterns and word lists are data)
"""O2 for small numbers: an answer has one before the very words before which the results have another, as in "its third Nobel Prize".

Such numbers need no account of themselves, for they may count in passing. Before two words that a result has with one other number alone, and that
nothing told with this one, they are misread. Totals, comparisons and denials are left alone, counts where the user gave a number or something was
changed since, multiples of what each one has, and ranks of a list.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from graders.base import Case, Finding, Grader, LooksAt
from graders.changes import changed_since
from graders.dates import MONTHS
from graders.numbers import numbers
from graders.units import unit_named
from traces.record import Step

_ORDINALS = {word: place for place, word in enumerate("first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split(), 1)}  # fmt: skip
_CARDINALS = {word: count for count, word in enumerate("one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty".split(), 1)}  # fmt: skip
_NUMBER = rf"(?P<number>\d{{1,2}}(?:st|nd|rd|th)?|{'|'.join([*_ORDINALS, *_CARDINALS])})"
_COUNTED = re.compile(
    rf"(?<![\w.,:/$€£%-]){_NUMBER}(?=[\s-]{{1,3}}(?P<one>[^\W\d_]+)[\s-]{{1,3}}(?P<two>[^\W\d_]+))", re.IGNORECASE
)
_PLAIN = frozenset(
    "about after and are before but for from had has have her his into its million more most much not one other over per percent than that the their them then there these they this those "
    "thousand billion hundred time times was were what when which while who will with would year years day days month months week weeks hour hours minute minutes second seconds".split()
)
"""Words that tell nothing of what is counted."""
_OPEN = re.compile(
    r"\b(?:total|together|combined|altogether|sum|more|less|fewer|other|another|others|rest|remaining|left|each|every|per|both|only|at\s+least|at\s+most|up\s+to|not|no|than|instead|if|would|could)\b|n['’]t\b",
    re.IGNORECASE,
)


class _Count(NamedTuple):
    """A number, and whether it orders instead of counting."""

    value: int
    orders: bool


@dataclass(frozen=True)
class ToldInPlace(Grader):
    """Judges the answer of each user turn."""

    name: ClassVar[str] = "told_in_place"
    version: ClassVar[str] = "2"
    looks_at: ClassVar[LooksAt] = "answers"
    codes: ClassVar[tuple[str, ...]] = ("O2",)

    def judge(self, case: Case, step: Step) -> Iterator[Finding]:
        text = case.text(step)
        for m in _COUNTED.finditer(text) if step in case.answers else ():
            words = (m["one"], m["two"])
            if (
                max(map(len, words)) < 4
                or any(map(_plain, words))
                or unit_named(words[0])
                or _OPEN.search(_clause(text, m))
            ):
                continue
            told = _read(m["number"])
            if not told.orders and any(numbers(asked) for asked in case.asked(step)):
                continue  # a count may follow from one that the user gave: servings, nights, copies
            shown = _before(case, step, told.orders, *words)
            if len(shown) == 1 and told not in shown and told not in _before(case, step, told.orders, words[0]):
                (read, (other, place)), *_ = shown.items()
                if _ranked(case, step, told) if told.orders else _may_have_become(case, step, told, read, place):
                    continue
                here = case.here(step, text[m.start() : m.end("two")], m.start(), m.end("two"))
                yield Finding("O2", f"says {here.text}, where a result has {other}", (here,), silent=True)


def _may_have_become(case: Case, step: Step, told: _Count, shown: _Count, place: int) -> bool:
    """Whether a count may be what another one has become, or what several of what has that many have."""
    each = re.search(r"\b(?:each|every|per)\b", case.messages[place].content, re.IGNORECASE)
    return changed_since(case, step, place) or bool(each and shown.value and told.value % shown.value == 0)


def _ranked(case: Case, step: Step, told: _Count) -> bool:
    """Whether a result numbers what it lists, with this number too."""
    rank = re.compile(rf"^\W{{0,4}}{told.value}\b|\"(?:rank|position|place)\"\s*:\s*{told.value}\b", re.MULTILINE)
    return any(m.role == "tool" and rank.search(m.content) for m in case.messages[: step.message])


def _plain(word: str) -> bool:
    """Whether a word tells nothing of what is counted, or names a month."""
    low = word.casefold()
    return low in _PLAIN or low in MONTHS


def _read(number: str) -> _Count:
    low = number.casefold()
    if low in _ORDINALS:
        return _Count(_ORDINALS[low], orders=True)
    return _Count(
        _CARDINALS.get(low) or int(re.sub(r"\D", "", low)), orders=not low.isdigit() and low not in _CARDINALS
    )


def _clause(text: str, m: re.Match[str]) -> str:
    """The words around a number up to the next marks, or "and"."""
    before, behind = (
        _MARK.split(text[max(0, m.start() - _FAR) : m.start()]),
        _MARK.split(text[m.end() : m.end() + _FAR]),
    )
    return before[-1] + m[0] + behind[0]


_MARK = re.compile(r"[.,;:!?()\n]|\band\b")
_FAR = 120


def _before(case: Case, step: Step, orders: bool, *words: str) -> dict[_Count, tuple[str, int]]:
    """The numbers that stand before some words in what was told, each with how it stands there and in which message."""
    pattern = re.compile(
        rf"(?<![\w.,:/-]){_NUMBER}[\s-]{{1,3}}" + r"[\s-]{1,3}".join(map(re.escape, words)) + r"\b", re.IGNORECASE
    )
    last, found = words[-1].casefold(), dict[_Count, tuple[str, int]]()
    for place, message in enumerate(case.messages[: step.message]):
        if message.role != "assistant" and last in message.content.casefold():
            found |= {
                read: (m[0], place)
                for m in pattern.finditer(message.content)
                if (read := _read(m["number"])).orders == orders
            }
    return found
