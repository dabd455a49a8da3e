"""C4 without the oracle: an answer gives a count and then the names counted, and they are more or fewer.

"4 of them: Upper Tarn, Osk and Velmora." Only where each name of the list stands in the query as it is, so that no comma is part of one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from graders.base import Case, Finding, Grader, LooksAt
from graders.numbers import numbers
from traces.record import Step

_LIST = re.compile(
    r"(?P<before>[^\n.!?;:]*?)(?::|,?\s+(?:namely|viz\.|i\.e\.,?|that\s+is,?)|\s[–—])\s+(?P<names>[^\n:;!?()]+?)(?:[.!?](?=\s|$)|$)",
    re.MULTILINE,
)
_BETWEEN = re.compile(r",\s+(?:and|und|et|y|e)\s+|\s+(?:and|&|und|et|y|e)\s+|,\s+")
_ARTICLE = re.compile(r"^(?:the|der|die|das|le|la|les|el|los|las)\s+|^\W+|\W+$", re.IGNORECASE)
_BOUND = re.compile(
    r"(?:than|above|below|over|under|least|most|to|exceed\w*|of|with|in|from|by|until|after|before|between|[<>≤≥])\s*(?:the\s+)?$",
    re.IGNORECASE,
)
_MOST = 20


@dataclass(frozen=True)
class CountTold(Grader):
    """Judges the answers. Only one small number may stand before the list that is no bound and no total."""

    name: ClassVar[str] = "count_told"
    looks_at: ClassVar[LooksAt] = "answers"
    codes: ClassVar[tuple[str, ...]] = ("C4",)

    def judge(self, case: Case, step: Step) -> Iterator[Finding]:
        if step not in case.answers:
            return
        text = case.text(step)
        query = "\n".join(m.content for m in case.messages[: step.message] if m.role == "user").casefold()
        for told in _LIST.finditer(text):
            names = [_ARTICLE.sub("", part.strip()) for part in _BETWEEN.split(told["names"])]
            counts = [
                m
                for m in numbers(told["before"])
                if m.kind != "ordinal"
                and not m.dated
                and not m.glued
                and not m.percent
                and not _BOUND.search(told["before"][: m.start])
            ]
            known = all(name and name[0].isupper() and name.casefold() in query for name in names)
            if len(counts) != 1 or not known or len(set(names)) != len(names):
                continue
            count = counts[0]
            if count.value.denominator == 1 and 0 < count.value <= _MOST and count.value != len(names):
                start = told.start() + count.start
                here = case.here(step, told[0].strip(), start, told.end())
                yield Finding("C4", f"says {count.text.strip()} and names {len(names)}", (here,), silent=True)
