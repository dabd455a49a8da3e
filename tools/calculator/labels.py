"""Takes the words off that people put before and after a calculation: `What is 5 + 3?`, `Total cost = 3 * 4`, `5 + 3 equals`."""

import re

from tools.calculator import names
from tools.calculator.functions import TABLE
from tools.calculator.result import CalculationError
from tools.calculator.unit_names import UNITS

_LEADING = re.compile(
    r"^\s*(?:=(?!=)|(?:please\s+)?(?:what\s+is|what's|calculate|compute|evaluate)\b(?:\s+the\s+value\s+of\b)?:?)\s*",
    re.IGNORECASE,
)
_LABEL = re.compile(r"\s*([A-Za-z_][\w']*(?: +[\w']+){0,7}) *(?::(?!:)|=(?![=~]))(.*\d.*)", re.DOTALL)
_NUMBERED = re.compile(
    r"(?<=step|part|case|item|line) *\d+\Z|(?<=question|equation) *\d+\Z|(?<=problem) *\d+\Z", re.IGNORECASE
)
_CALCULATING = """
plus minus times divided multiplied by of squared cubed percent half third quarter twice double one two three four five six
seven eight nine ten eleven twelve twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million mod choose
"""
_NO_LABEL = frozenset(_CALCULATING.split())
_FORM = re.compile(r"\s+(?:as|to|in(?:to)?)\s+(?:an?\s+)?(?:decimal|fraction)$")
"""Both forms are given anyway."""
_ENDING = re.compile(r"(?:\s*=\s*\??\s*|\s*\?\s*|\s*;\s*|(?<=[\d)\]!%]) *[.,]\s*|\s+(?:equals|is)\s*)$")
_LEADS = frozenset("=pPwWcCeE")
_WORDS = re.compile(r"[A-Za-z]+").findall
_ENDS = frozenset("=?;., ")


def trimmed(text: str, variables: bool) -> str:
    """The calculation without what stands around it."""
    if text[:1] in _LEADS:
        text = _LEADING.sub("", text)
    if (":" in text or "=" in text) and text[:1].isalpha() and not variables:
        text = _without_label(text)
    if text[-2:] in ("al", "on"):
        text = _FORM.sub("", text)
    if text[-1:] in _ENDS or text[-2:] in ("ls", "is"):
        text = _ENDING.sub("", text)
    return text


def _without_label(text: str) -> str:
    """`Step 1: 3 * 4` and `total cost = 3 * 4` are 3 * 4, `km = 1000 m` and `sin pi = 0` are left alone."""
    m = _LABEL.fullmatch(text)
    if m is None:
        return text
    colon = text[m.end(1) :].lstrip().startswith(":")
    words = (_NUMBERED.sub("", m[1]) if colon else m[1]).split()
    if len(words) == 1 and (words[0] in names.LIBRARIES or (words[0] in UNITS and not UNITS.isdisjoint(_WORDS(m[2])))):
        return text
    return m[2] if all(map(_is_word, words)) else text


def _is_word(word: str) -> bool:
    """Whether a word may be part of a label: it is no constant, no function that goes without brackets, no command."""
    if word[0].isdigit() or word in names.FORBIDDEN or word.lower() in _NO_LABEL:
        return False
    try:
        function = names.function(word)
        return names.constant(word) is None and (function is None or (function in TABLE and not TABLE[function].bare))
    except CalculationError:
        return False
