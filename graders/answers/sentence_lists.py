"""A list that a sentence tells: names side by side, what stands in brackets or behind "are", or each item somewhere in it.

Order counts for nothing here; a sentence that denies something is read by its items alone.
"""

import re

from graders.answers.figured import CONCLUDES, DENIAL, MOST, clauses, joined
from graders.answers.kinds import Collection, Parsed, Quantity
from graders.answers.named_places import NAME
from graders.answers.told import told
from graders.answers.values import parse
from graders.answers.verbs import is_sentence
from graders.wording import Compare, Verdict

_SAME_LEVEL = re.compile(rf"{NAME.pattern}(?:,\s+{NAME.pattern})*,?\s+(?:and|&)\s+{NAME.pattern}")
"""Names side by side: "Ann Lee, Bob Ray and Cy Orr"."""
_LISTED = re.compile(
    r"(?:\b(?:are|were|include[sd]?|namely|at|(?:made|composed|consists?|consisting)\s+(?:up\s+)?(?:of|from)|sind|sont|son)\b|:)\s+([^:]+)$"
)
_IS_LISTED = re.compile(r"\b(?:is|was)\s+([^:]*(?:,|\band\b)[^:]*)$")
_GROUPS = {
    "(": re.compile(r"(?<![\w\\])\([^()]*\d[^()]*,[^()]*\)"),
    "[": re.compile(r"(?<!\w)\[[^\[\]]*,[^\[\]]*\]"),
    "{": re.compile(r"(?<!\w)\{[^{}]*,[^{}]*\}"),
}
"""What stands in brackets in a sentence, by the bracket that opens it."""


def list_told(long: str, short: str, compare: Compare) -> Verdict | None:
    """By the only brackets or row of names in a sentence, by what stands at its end, else by each item."""
    if DENIAL.search(long):
        return each_item(long, short, compare)
    points = _GROUPS[short[0]].findall(long) if short[:1] in _GROUPS else []
    if len(points) == 1:
        return compare(points[0], short)
    sides = _SAME_LEVEL.findall(long)
    if len(sides) == 1 and (by_names := compare(sides[0], short)) != "undecided":
        return by_names
    m = _LISTED.search(long)
    verdict = compare(m[1], short) if m else None
    if m is None and (said := _IS_LISTED.search(long)) and compare(said[1], short) == "equal":
        return "equal"
    return verdict if verdict in ("equal", "different") else each_item(long, short, compare) or verdict


def each_item(long: str, short: str, compare: Compare) -> Verdict | None:
    """By each item of a short list: all told and no other figure, or none of them told at all."""
    items = b.items if isinstance(b := parse(short), Collection) and b.bare else ()
    figures = [m.text for clause in clauses(long) for m in joined(clause)]
    if not items or not is_sentence(long) or DENIAL.search(long) or len(figures) > MOST:
        return None
    if all(re.fullmatch(r"(?:1[5-9]|20)\d{2}", item) for item in items):
        figures = [figure for figure in figures if re.fullmatch(r"(?:1[5-9]|20)\d{2}(?:\s+in)?", figure)]
        if figures and len(figures) < len(items):
            return "different"
    if all(isinstance(parse(item), Quantity) for item in items):
        same = [[item for item in items if compare(figure, item) == "equal"] for figure in figures]
        if all(same) and len({item for found in same for item in found}) == len(items):
            return "equal"
        return "different" if len(figures) == len(items) else None
    said = [told(long, item, compare) for item in items]
    if all(verdict is None for verdict in said):
        return "different" if not any(parse(item) for item in items) else None
    return "equal" if all(verdict == "equal" for verdict in said) else None


def enumerates(text: str, parsed: Parsed | None) -> bool:
    """Whether commas and "and" in a sentence were taken for a list of things."""
    if not isinstance(parsed, Collection) or not parsed.bare:
        return False
    return (
        is_sentence(text)
        or bool(CONCLUDES.search(text) and "=" not in text)
        or any(len(item.split()) > 3 and parse(item) is None for item in parsed.items)
    )
