# ruff: noqa: E501  (patterns are data)
"""C1 for means: a smaller amount is said to cover, or to be enough for, a larger one.

"Your card with a balance of $60 covers the remaining $75." Only where the two stand in one sentence in one unit, with no third figure, no denial, and
nothing that helps out.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from graders.base import Case, Finding, Grader
from graders.claims import claimed_numbers
from graders.names import has_any
from graders.numbers import Mention
from graders.sentences import Sentence, sentences
from traces.record import Evidence, Step

_COVERS = re.compile(
    r"[^.!?;:\n\d]{0,40}?\b(?:to\s+(?:fully\s+)?cover|(?:will|would|can|could|should|does)?\s*(?:fully\s+)?covers?|(?:is|are|be)\s+(?:more\s+than\s+)?(?:enough|sufficient)\s+(?:for|to\s+(?:cover|pay|buy|book))|suffices?\s+for|which\s+(?:fully\s+)?covers)\s"
    r"(?:(?:the|your|this|that|entire|full|whole|total|remaining|new|ticket|order|cost|costs|price|amount|fee|fare|balance|difference|bill|payment|purchase|of|for|which|is)\s){0,7}[*$€£(]*$"
)
_MEANS = re.compile(r"\b(?:balance|card|certificate|voucher|credit|budget|account|wallet|deposit|points|funds|savings|cash|allowance)\b", re.IGNORECASE)  # fmt: skip
"""What one pays from: of a premium, other things are said to be covered."""
_HELP = re.compile(
    r"\b(?:not|n't|cannot|never|no|nor|neither|part|partly|partial\w*|portion|towards?|some|only|up\s+to|first|plus|together|combined|along|both|another|other|remainder|rest|left|then|split|short|less|after|discount|per|each|every|if|unless|and\s+the|with\s+(?:a|an|the|your|my)\s+(?:\w+\s+)?(?:card|certificate|voucher))\b|n't",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class FallsShort(Grader):
    """Looks at what any step says."""

    name: ClassVar[str] = "falls_short"
    version: ClassVar[str] = "2"
    codes: ClassVar[tuple[str, ...]] = ("C1",)

    def judge(self, case: Case, step: Step) -> Iterator[Finding]:
        text = case.said(step).content
        if not has_any(text, ("cover", "enough", "suffic")):
            return
        claims = [m for m in claimed_numbers(text) if m.kind == "figure"]
        starts = [m.start for m in claims]
        for sentence in sentences(text) if len(claims) >= 2 else ():
            inside = claims[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
            if (
                len(inside) == 2
                and _short(text, *inside)
                and _MEANS.search(sentence.text)
                and not _helped(text, sentence, inside[0])
            ):
                own, owed = inside
                here = Evidence(message=step.message, text=text[own.start : owed.end], start=own.start, end=owed.end)
                yield Finding("C1", f"says that {own.text.strip()} covers {owed.text.strip()}", (here,), silent=True)


def _short(text: str, own: Mention, owed: Mention) -> bool:
    """Whether the first of two figures of one unit is said to cover the second, and is smaller."""
    alike = own.unit == owed.unit and own.unit and not own.percent and not owed.percent
    return bool(alike) and 0 < own.value < owed.value and _COVERS.fullmatch(text[own.end : owed.start]) is not None


def _helped(text: str, sentence: Sentence, own: Mention) -> bool:
    """Whether a sentence denies, limits or adds to what one amount covers. "With a balance of" is no help of another kind."""
    return (
        _HELP.search(text[own.start : sentence.end]) is not None
        or re.search(
            r"\b(?:insur\w*|premium|policy|warranty|not|n't|cannot|part\w*|plus|together|combined|along|both|if|unless|another)\b",
            text[sentence.start : own.start],
        )
        is not None
    )
