# ruff: noqa: E501  (patterns are data: broken up they cannot be read)
"""Answers that give no value: that there is none, that it does not exist, that it cannot be told, that the answerer does not know."""

import re
from typing import Literal

from graders.wording import Verdict

Absence = Literal["none", "undefined", "untold", "unknown"]

_THERE = r"(?:there\s+(?:is|are|exists?|exist)\s+)?"
_PATTERNS: tuple[tuple[Absence, str], ...] = (
    (
        "none",
        rf"\\?\{{\s*\\?\}}|\[\]|∅|\\emptyset|\\varnothing|(?:the\s+)?empty\s+(?:set|list)|(?:there\s+(?:is|are|were)\s+)?none(?:\s+of\s+(?:them|these|those|the\s+(?:options|choices)))?|{_THERE}no\s+(?:(?:real|integer|such|possible|valid|positive)\s+)*"
        r"(?:solutions?|roots?|values?|numbers?|integers?|answer)(?:\s+exists?|\s+for\s+[a-z])?|(?:has|have)\s+no\s+(?:real\s+)?solutions?|nothing|no\s+(?:elements|members)|no\s*one|nobody|null|nil",
    ),
    ("undefined", r"(?:it\s+)?(?:is\s+)?undefined|dne|does\s+not\s+exist|doesn't\s+exist|(?:the\s+)?limit\s+does\s+not\s+exist|not\s+defined|nan"),
    (
        "untold",
        rf"(?:(?:it|this|the\s+answer)\s+)?(?:cannot|can't|can\s+not|could\s+not)\s+be\s+(?:determined|answered|known|computed)(?:\s+from\s+.{{1,50}})?|{_THERE}(?:not\s+enough|not\s+sufficient|insufficient|inadequate)\s+(?:information|data|context)(?:\s+(?:is\s+)?(?:given|provided|available))?(?:\s+to\s+.{{1,40}})?|"
        r"(?:is\s+|was\s+)?not\s+(?:stated|specified|mentioned|given|provided|available|known|disclosed)(?:\s+in\s+.{1,40})?|unanswerable|(?:it\s+is\s+)?(?:unable|impossible|not\s+possible)\s+to\s+(?:determine|answer|tell|know|say|find|calculate|compute)\b.{0,60}|unknown|no\s+information(?:\s+.{1,40})?|n/?a|indeterminate|undetermined",
    ),
    (
        "unknown",
        r"i\s+(?:do\s+not|don't|do\s*n't)\s+know(?:\s+.{1,60})?|i(?:'m|\s+am)\s+not\s+sure(?:\s+.{1,60})?|i\s+(?:could|can|was|am)\s*(?:not|n't|unable\s+to|not\s+able\s+to|'t)?\s*(?:find|determine|answer|tell|locate|verify)\b.{0,60}|no\s+idea|idk|"
        r"(?:sorry|unfortunately),?\s.{0,30}(?:not|n't|unable)\b.{0,60}",
    ),
)  # fmt: skip
_ABSENCES = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _PATTERNS)


def absence(text: str) -> Absence | None:
    """In which way a whole text gives no value; None where it gives one."""
    if len(text) > 120:
        return None
    return next((kind for kind, pattern in _ABSENCES if pattern.fullmatch(text)), None)


_COUNTED = re.compile(r"there\s+(?:is|are|were)\s+none", re.IGNORECASE)
"""None of what was to be counted, which is 0 of it."""


def absent(one: str, two: str) -> Verdict | None:
    """Two answers of which one gives no value at least: the same in one way, open in two; a value is something else."""
    mine, theirs = absence(one), absence(two)
    if mine is None and theirs is None:
        return None
    if mine == theirs:
        return "equal"
    if mine and theirs:
        return "undecided"
    value, missing, kind = (two, one, mine) if mine else (one, two, theirs)
    if re.fullmatch(r"0(?:\.0+)?|zero", value, re.IGNORECASE):
        if _COUNTED.fullmatch(missing):
            return "equal"
        if re.fullmatch(r"\w+", missing):
            return "undecided"
    if re.search(
        r"\b(?:no|not|none|never|nothing|without|unknown|undefined|impossible|unable)\b|n't", value, re.IGNORECASE
    ):
        return "undecided"
    return "different" if len(value.split()) <= 8 or kind != "none" else "undecided"
