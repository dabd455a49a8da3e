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
        r"(?:solutions?|roots?|values?|numbers?|integers?|answer)(?:\s+exists?|\s+for\s+[a-z])?|(?:(?:the|this|that)\s+[a-z]+\s+|it\s+)?(?:has|have)\s+no\s+(?:real\s+)?(?:solutions?|roots?)|(?:there\s+(?:is|are|was|were)|(?:I|we)\s+(?:found|see)|you\s+have)\s+no\s+(?!doubt|question|need|reason|other|one\b)\w+(?:\s+\w+)?(?:\s+(?:on|in|at|for|from)\s+(?:\w+\s+)?\w+)?|nothing|no\s+(?:elements|members)|no\s*one|nobody|null|nil",
    ),
    ("undefined", r"(?:it\s+)?(?:is\s+)?undefined|dne|does\s+not\s+exist|doesn't\s+exist|(?:the\s+)?limit\s+does\s+not\s+exist|not\s+defined|nan"),
    (
        "untold",
        rf"(?:(?:it|this|the\s+answer)\s+)?(?:cannot|can't|can\s+not|could\s+not)\s+be\s+(?:determined|answered|known|computed)(?:\s+from\s+.{{1,50}})?|{_THERE}(?:not\s+enough|not\s+sufficient|insufficient|inadequate)\s+(?:information|data|context)(?:\s+(?:is\s+)?(?:given|provided|available))?(?:\s+to\s+.{{1,40}})?|"
        r"(?:\w+\s+)?(?:is\s+|was\s+)?not\s+(?:stated|specified|mentioned|given|provided|available|known|disclosed)(?:\s+in\s+.{1,40})?|no\s+\w+\s+(?:is|was|are|were)\s+(?:mentioned|given|stated|specified|provided|found|listed)|not\s+found|no\s?(?:one|body)\s+knows(?:\s.{1,40})?|(?:we|one|you|i)\s+(?:cannot|can't|can\s+not)\s+(?:know|tell|say|determine)(?:\s+.{1,50})?|"
        r"(?:it|the\s+(?:text|page|document|passage|article|report|source|context|table)s?)\s+(?:does|do)(?:\s+not|n't)\s+(?:say|state|mention|specify|give|tell|provide)(?:\s+.{1,40})?|unanswerable|(?:it\s+is\s+)?(?:unable|impossible|not\s+possible)\s+to\s+(?:determine|answer|tell|know|say|find|calculate|compute)\b.{0,60}|unknown|no\s+information(?:\s+.{1,40})?|n/?a|not\s+applicable|indeterminate|undetermined",
    ),
    (
        "unknown",
        r"i\s+(?:do\s+not|don't|do\s*n't)\s+know(?:\s+.{1,60})?|i(?:'m|\s+am)\s+not\s+sure(?:\s+.{1,60})?|i\s+(?:could|can|was|am)\s*(?:not|n't|unable\s+to|not\s+able\s+to|'t)?\s*answer\b.{0,60}|no\s+idea|idk|"
        r"(?:sorry|unfortunately),?\s.{0,30}(?:not|n't|unable)\b.{0,60}",
    ),
)  # fmt: skip
_ABSENCES = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _PATTERNS)


def absence(text: str) -> Absence | None:
    """In which way a whole text gives no value; None where it gives one."""
    if len(text) > 120:
        return None
    return next((kind for kind, pattern in _ABSENCES if pattern.fullmatch(text)), None)


_REFUSES = re.compile(
    r"\b(?:cannot|can['’]?t|can\s+not|could\s+not|couldn['’]t|unable\s+to|not\s+able\s+to|impossible\s+to|not\s+possible\s+to)\s+(?:\w+\s+)?(?:be\s+)?(?:determin|answer|tell\b|know|find|found|say\b|verif|confirm|identif|establish|provide|locate)"
    r"|(?:\bnot|n['’]t)\s+(?:specif|mention|stated?\b|provid|given?\b|disclos|indicat|available|known\b|enough\s+(?:information|data|context)|have\s+(?:enough|sufficient|any|access|information|(?:\w+\s+){1,3}information)|contain\s+any|include\s+any|enough\b)"
    r"|\b(?:no|insufficient|lacks?|need\s+more|without\s+more)\s+(?:\w+\s+)?(?:or\s+)?(?:record|information|context|details|mention|evidence)\b|\bI\s+(?:do\s+not|don['’]t)\s+know\b",
    re.IGNORECASE,
)
"""Within a sentence: that it cannot be told."""


def refuses(text: str) -> bool:
    """Whether a text says somewhere that the answer is not known or cannot be told."""
    return _REFUSES.search(_QUOTED.sub(" ", text)) is not None


_QUOTED = re.compile(r"\"[^\"]*\"|“[^”]*”")


_ENDLESS = re.compile(
    rf"{_THERE}(?:infinitely\s+many|an?\s+infinite\s+(?:number|amount|set)\s+of|infinite(?:\s+number\s+of)?(?=\s))(?:\s+(?:real\s+)?\w+)?(?:\s+exist)?",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"there\s+(?:is|are|were)\s+none", re.IGNORECASE)
"""None of what was to be counted, which is 0 of it."""


def absent(one: str, two: str) -> Verdict | None:
    """Two answers of which one gives no value at least: the same in one way, open in two; a value is something else."""
    if any(re.fullmatch(r"\(?[A-Ha-h]\)?", text) for text in (one, two)):
        return None
    one, two = (re.sub(r"^\(?[A-Ha-h]\)\s+(?=\S)", "", text) for text in (one, two))
    mine, theirs = absence(one), absence(two)
    if (endless := [_ENDLESS.fullmatch(text) is not None for text in (one, two)]) != [False, False]:
        same = all(endless) or re.fullmatch(r"\\infty|∞|infinity|infinite", two if endless[0] else one, re.IGNORECASE)
        return "equal" if same else "different" if mine == "none" or theirs == "none" else None
    if mine is None and theirs is None:
        return None
    for told, other in ((mine, two), (theirs, one)):
        if told in ("untold", "unknown") and absence(other) is None and len(other.split()) > 3 and refuses(other):
            return "equal"
    if mine == theirs:
        return "equal"
    if mine and theirs:
        return "undecided"
    value, missing, kind = (two, one, mine) if mine else (one, two, theirs)
    if re.fullmatch(r"None|null|nil|NaN", missing) and len(value.split()) > 3 and re.search(rf"\b{missing}\b", value):
        return None  # a sentence that names the value of a program
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
