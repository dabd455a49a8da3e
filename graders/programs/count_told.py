"""C4 without the oracle: an answer gives a count and then the names counted, and they are more or fewer.

"4 of them: Upper Tarn, Osk and Velmora." Only where each name of the list stands in the query as it is, so that no comma is part of one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from graders.base import Case, Finding, Grader, LooksAt
from graders.claims import claimed_numbers
from traces.record import Step

_LIST = re.compile(
    r"(?::|,?\s(?:namely|viz\.|i\.e\.,?|that\s{1,3}is,?)|\s[–—])\s{1,3}(?P<names>[^\n:;!?()]{1,600}?)(?:[.!?](?=\s|$)|$)",
    re.MULTILINE,
)
"""What leads to a list, and the list. Its length is bound: in a text of a hundred thousand signs every sign may lead to one."""
_ENDS = "\n.!?;:"
_FAR = 300
"""Characters before a list in which its count is looked for."""
_BETWEEN = re.compile(r",\s+(?:and|und|et|y|e)\s+|\s+(?:and|&|und|et|y|e)\s+|,\s+")
_ARTICLE = re.compile(r"^(?:the|der|die|das|le|la|les|el|los|las)\s+|^\W+|\W+$", re.IGNORECASE)
_BOUND = re.compile(r"(?:than|above|below|over|under|least|most|exceed\w*|of|[<>≤≥])\s*(?:the\s+)?$", re.IGNORECASE)
"""What stands before a number that is a bound or a total."""
_ASIDE = re.compile(r"\b(?:to|with|in|from|by|on|at|until|after|before|between|for)\s*(?:the\s+)?$", re.IGNORECASE)
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
    version: ClassVar[str] = "2"
    looks_at: ClassVar[LooksAt] = "answers"
    codes: ClassVar[tuple[str, ...]] = ("C4",)

    def judge(self, case: Case, step: Step) -> Iterator[Finding]:
        if step not in case.answers:
            return
        text = case.text(step)
        query = "\n".join(m.content for m in case.messages[: step.message] if m.role == "user").casefold()
        for told, names in _lists(text, query):
            start = _begin(text, told.start())
            counts = [
                m
                for m in claimed_numbers(text)
                if start <= m.start < told.start() and not _BOUND.search(text[start : m.start])
            ]
            if len(counts) != 1:
                continue
            count, before = counts[0], text[start : counts[0].start]
            plain = count.kind != "ordinal" and not count.percent and count.value.denominator == 1
            if not plain or _ASIDE.search(before) or (count.end == told.start() and not _SAYS.search(before)):
                continue
            if 0 < count.value <= _MOST and count.value != len(names):
                here = case.here(step, text[start : told.end()].strip(), count.start, told.end())
                yield Finding("C4", f"says {count.text.strip()} and names {len(names)}", (here,), silent=True)


def _lists(text: str, query: str) -> Iterator[tuple[re.Match[str], list[str]]]:
    """The lists of different names, each of which the query (in small letters) knows."""
    for told in _LIST.finditer(text):
        names = [_ARTICLE.sub("", part.strip()) for part in _BETWEEN.split(told["names"])]
        known = all(name and name[0].isupper() and name.casefold() in query for name in names)
        if known and len(set(names)) == len(names):
            yield told, names


def _begin(text: str, place: int) -> int:
    """Where the part of a sentence that ends at a place begins."""
    return max(text.rfind(end, max(0, place - _FAR), place) for end in _ENDS) + 1 or max(0, place - _FAR)
