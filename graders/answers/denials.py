"""What an answer denies ("not 5", "12, not 15") and how it limits a figure ("at least 5")."""

import re
from typing import NamedTuple

from graders.number_words import number_words


class Bound(NamedTuple):
    """What limits a figure on one side ("more than", "at most"), and the text without it."""

    side: str
    text: str


_ABOVE = re.compile(
    r"^(?:(?:just|slightly|a\s+(?:little|bit)|well|somewhat)\s+)?(?:more\s+than|over|above|at\s+least|greater\s+than|no\s+less\s+than|no\s+fewer\s+than|upwards\s+of|in\s+excess\s+of|exceeding|after|>|≥|\\geq?(?![a-z]))\s*(?<=[\s>≥eq])|\s+(?:or|and)\s+(?:more|above|over|up|later|older)$|(?<=\d)\+$",
    re.IGNORECASE,
)
_BELOW = re.compile(
    r"^(?:(?:just|slightly|a\s+(?:little|bit)|well|somewhat)\s+)?(?:less\s+than|fewer\s+than|under|below|at\s+most|up\s+to|no\s+more\s+than|before|<|≤|\\leq?(?![a-z]))\s*(?<=[\s<≤eq])|\s+or\s+(?:less|fewer|under|below|earlier|younger)$",
    re.IGNORECASE,
)


def bounded(text: str) -> Bound:
    """The bound that stands at either end of a text; none where there is none."""
    for side, pattern in (("above", _ABOVE), ("below", _BELOW)):
        bare = pattern.sub("", text, count=1)
        if (
            bare != text
            and len(bare.split()) <= 4
            and not re.search(r",\s+[a-z]", bare)
            and (any(c.isdigit() for c in bare) or number_words(bare))
        ):
            return Bound(side, bare.strip())
    return Bound("", text)


_NOT_BUT = re.compile(
    r"^(?:it\s+(?:is|was)\s+|it\s+)?(?:not|isn't|wasn't)\s+(?P<denied>[^,;.]+?)(?:[;,]\s+(?=[A-Z\d][^,;]{1,30}$)|[,;.]?\s+(?:but\s+(?:rather\s+)?(?:it\s+(?:is|was)\s+)?|(?:it\s+(?:is|was)|it's)\s+))(?P<kept>.+)$",
    re.IGNORECASE,
)
_NOT_AFTER = re.compile(
    r"^(?P<kept>.{2,}?),?\s+(?:(?<=,\s)(?:(?:and|but|definitely|certainly|surely)\s+){0,2}not|rather\s+than|instead\s+of)\s+(?P<denied>[^,]+)$",
    re.I,
)
_OTHER_IS = re.compile(
    r"^(?P<denied>[^,;.]{1,60}?)\s+(?:is|was|does|did)(?:\s+not|n't)\b[^,;.]{0,60}[,;.]\s+(?:but\s+)?(?P<kept>[^,;.]{1,60}?)\s+(?:is|was|does|did)(?:\s+so)?$",
    re.IGNORECASE,
)
_CORRECTED = re.compile(
    r"^(?P<denied>[^,;.—–!?]{1,40}?)\s*(?:[,;.…—–!?-]+\s*)(?:(?:oh|ah|er|um|hmm),?\s+)?(?:no|nope|wait|sorry|correction|scratch\s+that|i\s+mean(?:t)?|actually|or\s+rather|make\s+that|rather)"
    r"(?:[\s,:;.…—–-]+(?:no|wait|sorry|i\s+mean(?:t)?|actually|rather|make\s+that|it's|it\s+is)\b)*\s*[,:;.…—–-]*\s+(?P<kept>\S.{0,40})$",
    re.IGNORECASE,
)
_CORRECTION = re.compile(
    r"^[^()]{1,40}\s\((?:correction|corrected(?:\s+to)?|rather|sorry|no)[,:]?\s+(?P<kept>[^()]+)\)$", re.IGNORECASE
)
_NOT = re.compile(
    r"^(?:(?:it|this|that|he|she)\s+)?(?:is\s+|was\s+)?(?:\w+ly\s+)?(?:not(?!\s+until\b)|isn't|wasn't|anything\s+(?:but|except)|other\s+than|except)\s+(?P<denied>[^;,.]+(?:[.,]\d[^;,.]*)*)$",
    re.IGNORECASE,
)


def asserted(text: str) -> str | None:
    """What is left of "not A but B", "B, not A" and "A, no, B"; None where nothing is denied in that way."""
    m = (
        _NOT_BUT.match(text)
        or _NOT_AFTER.match(text)
        or _OTHER_IS.match(text)
        or _CORRECTED.match(text)
        or _CORRECTION.match(text)
    )
    return m["kept"].strip() if m else None


def denied(text: str) -> str | None:
    """What "not A" denies; None where the text is no mere denial."""
    m = _NOT.match(text)
    return m["denied"].strip() if m else None
