"""What a text sets apart as its answer, in any of the ways models do."""

import re
from functools import lru_cache

_HEADLINE = re.compile(
    r"\\boxed\{(?P<boxed>[^{}]*(?:\{[^{}]*\}[^{}]*)*)\}|<answer>\s*(?P<tag>.*?)\s*</answer>|(?:^|\n)[#*\s]{0,40}(?:final\s+)?answer\s*:?\s*\**\s*\n+\s*(?P<below>[^\n]+)\s*$|\*\*(?P<bold>[^*\n]{1,80})\*\*|(?:^|[^\n#]\s)\s*####\s*(?P<hash>[^\n]+)$|"
    r"\b(?:final\s+answer|answer|result|antwort|ergebnis|réponse|résultat|respuesta|resultado)(?:\s+(?:is|ist|est|es))?\s*:\s*(?P<line>[^\n]+)",
    re.IGNORECASE | re.DOTALL | re.MULTILINE,
)


def answered(text: str) -> str | None:
    """What a text of several lines or words surely gives as its answer; bold print alone may stress anything."""
    found = headlines(text) if len(text) > 8 else ()
    return (
        found[0]
        if len(found) == 1 and found[0] != text and not re.search(r"\*\*" + re.escape(found[0]), text)
        else None
    )


_JOINED = re.compile(r"(?:[\s$,;]|[a-zA-Z]\s*=|\\(?:quad|text|mbox|[\])\[(,;])|\b(?:and|or)\b|\{\s*(?:and|or)\s*\})*")


def _in_a_row(text: str) -> str | None:
    """The last boxes of a text as one list, where nothing but "and" or a comma stands between them."""
    boxes = [m for m in _HEADLINE.finditer(text) if m.lastgroup == "boxed"]
    row = boxes[-1:]
    while len(row) < len(boxes) and _JOINED.fullmatch(text, boxes[-len(row) - 1].end(), row[0].start()):
        row.insert(0, boxes[-len(row) - 1])
    return ", ".join(m["boxed"] for m in row) if len(row) > 1 else None


@lru_cache(maxsize=512)
def headlines(text: str) -> tuple[str, ...]:
    """What a text sets apart as its answer: boxed, tagged, in bold, behind "Answer:"; strongest kind only, empty where nothing is."""
    found: dict[str, list[str]] = {}
    for m in _HEADLINE.finditer(text):
        if m.lastgroup and m[m.lastgroup]:
            found.setdefault(m.lastgroup, []).append(m[m.lastgroup])
    if (several := _in_a_row(text)) is not None:
        return (several,)
    for kind in ("boxed", "tag", "hash", "below", "line"):
        if kind in found:
            return (found[kind][-1],)
    return tuple(found.get("bold", ()))
