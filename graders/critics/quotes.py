"""Evidence of a critic: a quotation must stand, word for word, at the place that is named. White space, the kind of quotation marks and
dashes, and capitals do not matter; nothing else is forgiven. A quotation of nothing, or one that is cut with dots, is none.
"""

import re
from collections.abc import Iterable

from graders.critics.view import BAR, Part
from traces.record import Evidence

_SAME = str.maketrans(
    {**dict.fromkeys("“”„«»", '"'), **dict.fromkeys("‘’‚`", "'"), **dict.fromkeys("–—−‐‑", "-"), "\u00a0": " "}
)
_PLACE = re.compile(
    r"(?:step\s*)?(\d+)\W*(?:the\s+)?(?:assistant'?s?\s+)?(text|words?|message|call|result|error)\D*(\d*)",
    re.IGNORECASE,
)
_NAMES = {"word": "text", "words": "text", "message": "text", "error": "result"}


def place_named(where: str, own: str) -> str:
    """The place a critic means by `2.call1`, `[2.call1]`, "step 2, call 1" or (of the judged step) "call 1"; as it is where it is none."""
    text = where.strip().strip("[]() .:").casefold()
    bare = re.fullmatch(r"(text|words?|message|call|result|error)\D*(\d*)", text)
    if bare:
        return _named(own.rstrip("."), bare[1], bare[2])
    found = _PLACE.search(text)
    return _named(*found.groups()) if found else text


def _named(step: str, kind: str, number: str) -> str:
    kind = _NAMES.get(kind, kind)
    return f"{step}.text" if kind == "text" else f"{step}.{kind}{number or 1}"


def find(quote: str, part: Part) -> Evidence | None:
    """The span of a part that a quotation quotes; None where it does not stand there."""
    pattern = _pattern(quote)
    found = re.search(pattern, part.text.translate(_SAME), re.IGNORECASE) if pattern else None
    if found is None:
        return None
    span = (found.start(), found.end()) if part.where == "content" else (None, None)
    return Evidence(
        message=part.message, text=part.text[found.start() : found.end()], where=part.where, start=span[0], end=span[1]
    )


def elsewhere(quote: str, parts: Iterable[Part]) -> str | None:
    """The place where a quotation really stands, if it stands anywhere."""
    return next((part.place for part in parts if find(quote, part)), None)


def _pattern(quote: str) -> str:
    """The quotation with any white space between its words, without the bars a copied line begins with."""
    lines = [line.removeprefix(BAR.strip()) if line.startswith(BAR.strip()) else line for line in quote.split("\n")]
    words = " ".join(lines).translate(_SAME).split()
    text = r"\s+".join(map(re.escape, words))
    return text if re.search(r"\w|[+*/=<>%$€£]", quote) else ""
