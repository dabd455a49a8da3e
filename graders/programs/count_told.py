# ruff: noqa: E501  (patterns are data)
"""C4 without the oracle: an answer gives a count and then the names counted, and they are more or fewer.

"4 of them: Upper Tarn, Osk and Velmora." Only where each name of the list was said before as it is, so that no comma is part of one. Or the
line above a list counts its items, and they are more or fewer.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar

from graders.base import Case, Finding, Grader, LooksAt
from graders.claims import claimed_numbers
from graders.numbers import Mention
from graders.sentences import sentence_at
from traces.record import Step

_LIST = re.compile(
    r"(?::|,?\s(?:namely|viz\.|i\.e\.,?|that\s{1,3}is,?)|\s[–—])[^\S\n]{1,3}(?P<names>[^\n:;!?()]{1,600}?)(?:[.!?](?=\s|$)|$)",
    re.MULTILINE,
)
"""What leads to a list, and the list. Its length is bound: in a text of a hundred thousand signs every sign may lead to one."""
_FAR = 300
"""Characters before a list in which its count is looked for."""
_BETWEEN = re.compile(r",\s+(?:and|und|et|y|e)\s+|\s+(?:and|&|und|et|y|e)\s+|,\s+")
_ARTICLE = re.compile(r"^(?:the|der|die|das|le|la|les|el|los|las)\s+|^\W+|\W+$", re.IGNORECASE)
_BOUND = re.compile(r"(?:than|above|below|over|under|least|most|exceed\w*|of|[<>≤≥])\s*(?:the\s+)?$", re.IGNORECASE)
"""What stands before a number that is a bound or a total."""
_ASIDE = re.compile(r"\b(?:to|with|in|from|by|on|at|until|after|before|between|for)\s*(?:the\s+)?$", re.IGNORECASE)
_STOPS = re.compile(
    r"[\s-]*(?:stops?|legs?|connections?|transfers?|layovers?|segments?|changes?|hops?)\b", re.IGNORECASE
)
"""What stands behind a number that counts what lies between the places of a way."""
_SAYS = re.compile(
    r"(?:^|\b(?:are|is|were|was|have|has|had|find|found|only|just|exactly|answer|total|count|sind|sont|son|sono))\W*$",
    re.IGNORECASE,
)
"""What stands before a number right at the colon that counts, and numbers nothing ("Round 2: ...")."""
_MOST = 20


@dataclass(frozen=True)
class CountTold(Grader):
    """Judges the answers. Only one small number may stand before the list that is no bound and no total."""

    name: ClassVar[str] = "count_told"
    version: ClassVar[str] = "4"
    looks_at: ClassVar[LooksAt] = "answers"
    codes: ClassVar[tuple[str, ...]] = ("C4",)

    def judge(self, case: Case, step: Step) -> Iterator[Finding]:
        if step not in case.answers:
            return
        text = case.text(step)
        yield from _items(case, step, text)
        lists = list(_LIST.finditer(text))
        told_before = [m.content for m in case.messages[: step.message] if m.role in ("user", "tool")] if lists else []
        for told, names in _lists(lists, "\n".join(told_before).casefold()):
            start = _begin(text, told.start())
            counts = [
                m
                for m in claimed_numbers(text)
                if start <= m.start < told.start() and not _BOUND.search(text[start : m.start]) and not _year(m)
            ]
            if len(counts) != 1:
                continue
            count, before = counts[0], text[start : counts[0].start]
            plain = count.kind != "ordinal" and not count.percent and count.value.denominator == 1
            if (
                not plain
                or _STOPS.match(text, count.end)
                or _ASIDE.search(before)
                or (count.end == told.start() and not _SAYS.search(before))
            ):
                continue
            if 0 < count.value <= _MOST and count.value != len(names):
                here = case.here(step, text[start : told.end()].strip(), count.start, told.end())
                yield Finding("C4", f"says {count.text.strip()} and names {len(names)}", (here,), silent=True)


def _lists(lists: Iterable[re.Match[str]], known: str) -> Iterator[tuple[re.Match[str], list[str]]]:
    """The lists of different names, each of which was said before (`known`, in small letters) and no two as one name."""
    for told in lists:
        listed = _APART.sub("", told["names"])
        names = [_ARTICLE.sub("", part.strip()) for part in _BETWEEN.split(listed)]
        if not all(name and name[0].isupper() and name.casefold() in known for name in names) or len(set(names)) != len(
            names
        ):
            continue
        joined = (
            f"{a} {link} {b}".casefold() in known for a, b in pairwise(names) for link in ("and", "&", "und", "et", "y")
        )
        if not any(joined):
            yield told, names


_APART = re.compile(r"[*_`]+|\s*\([^()\n]{1,60}\)")
"""What stands with a name and is no part of it: emphasis, and a year or value in brackets."""
_HEAD = re.compile(r"^(?P<head>[^\n]{1,200}):[ *_]*\n\s*(?=(?:[-*•]|\d{1,2}[.)])\s)", re.MULTILINE)
_ITEM = re.compile(r"^(?P<indent>[ \t]*)(?:[-*•]|\d{1,2}[.)])\s+\S")
_SOME = re.compile(
    r"\b(?:top|first|last|main|best|some|such\s+as|includ\w+|examples?|popular|highlights?|key|notable|latest|recent|cheapest|largest|most|more|others?|rest|remaining|"
    r"of\s+(?:the|these|them|your|all)|out\s+of|at\s+least|up\s+to|over|under|about|around|between|and\s+so\s+on|steps?|options?)\b|…|\.\.\.",
    re.IGNORECASE,
)
_OTHERS = re.compile(r"\b(?:these|those|ones?|can|could|may|eligible|usable|match\w*|fit|which|only)\b", re.IGNORECASE)
"""What tells between a count and its list that the list is of something else."""
_HAS = re.compile(r"\b(?:are|is|have|has|had|found|were|was|released|lists?|with|contains?|returned|shows?|got|own)\b[\s*_]*(?:only|just|exactly|currently|a\s+total\s+of)?[\s*_]*$", re.IGNORECASE)  # fmt: skip


def _items(case: Case, step: Step, text: str) -> Iterator[Finding]:
    """Counts that a line gives of the items right below it."""
    for head in _HEAD.finditer(text):
        items = _below(text[head.end() :])
        start = max(head.start(), sentence_at(text, head.end("head") - 1).start)
        counts = [m for m in claimed_numbers(text) if start <= m.start < head.end("head") and not _year(m)]
        if len(counts) != 1 or _SOME.search(head["head"]) or not 2 <= items <= _MOST:
            continue
        count = counts[0]
        if _OTHERS.search(text[count.end : head.end("head")]):
            continue
        whole = count.kind != "ordinal" and not count.percent and not count.unit and count.value.denominator == 1
        if (
            whole
            and 1 < count.value <= _MOST
            and count.value != items
            and _HAS.search(text[head.start() : count.start])
        ):
            here = case.here(step, head["head"].strip(), count.start, head.end("head"))
            yield Finding("C4", f"says {count.text.strip()} and lists {items}", (here,), silent=True)


def _year(m: Mention) -> bool:
    return 1000 <= m.value <= 2100 and m.text.strip().isdigit()


def _below(text: str) -> int:
    """How many items a list has, those of lists in it left out; none where the text goes on to tell of more."""
    indents: list[int] = []
    lines = text.splitlines()
    if _fields(lines):
        return 0
    for place, line in enumerate(lines):
        if m := _ITEM.match(line):
            indents.append(len(m["indent"].expandtabs()))
        elif line.strip() and not line[0].isspace():
            if re.search(r"\b(?:more|others?|rest|remaining|also|total)\b", line, re.IGNORECASE):
                return 0
            break
        elif (
            not line.strip()
            and place + 1 < len(lines)
            and not _ITEM.match(lines[place + 1])
            and lines[place + 1].strip()
        ):
            if re.search(r"\b(?:more|others?|rest|remaining|also|another)\b", lines[place + 1], re.IGNORECASE):
                return 0
            break
    return sum(indent == min(indents) for indent in indents)


_KEY = re.compile(r"^\s*[-*•]\s+[*_]*([^\W\d][\w ]{1,30}?)[*_]*:")


def _fields(lines: list[str]) -> bool:
    """Whether a list has the fields of its items on lines of their own: a key comes again."""
    keys = [m[1].casefold() for line in lines if (m := _KEY.match(line))]
    return len(keys) > len(set(keys))


def _begin(text: str, place: int) -> int:
    """Where the part of a sentence that ends at a place begins."""
    sentence = sentence_at(text, place, semicolons=True)
    return max(sentence.start, text.rfind(":", 0, place) + 1, place - _FAR)
