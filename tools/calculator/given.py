"""Expressions with the values of their letters beside them: `x^2 with x=4`, `let a = 3, b = 5; a*b`, `x = 4, x^2 + 1`."""

import re

_VALUE = r"[-+]?(?:(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|\.\d+)(?:\s*/\s*\d+)?"
_GIVEN = re.compile(rf"[A-Za-z](?:_?\d)?\s*(?:=|:=|\bis\b|\bequals\b)\s*{_VALUE}")
_LIST = rf"{_GIVEN.pattern}(?:\s*(?:,\s*and|,|;|and|&)\s*{_GIVEN.pattern})*"
_BEHIND = re.compile(
    rf"(?:(?:evaluate|calculate|compute|find|what\s+is|value\s+of)\s+)*(?P<body>.+?)\s*,?\s*(?:\b(?:with|where|at|for|when|if|given|using|and)\b|,|;|\|)\s*(?:that\s+)?(?P<given>{_LIST})\s*[.?]?",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    rf"(?:let|given|if|with|for|when|set|suppose)?\s*(?P<given>{_LIST})\s*(?:[,;:]\s*(?:then\s+)?|\s+then\s+)(?:(?:evaluate|calculate|compute|find|what\s+is)\s+)?(?P<body>.+?)\s*[.?]?",
    re.IGNORECASE,
)
_PAIR = re.compile(rf"([A-Za-z](?:_?\d)?)\s*(?:=|:=|\bis\b|\bequals\b)\s*({_VALUE})")
_WORDS = re.compile(r"\\?[A-Za-z]+(?:_?\d(?![\w.]))?")
_KEPT = frozenset(
    [
        "sqrt",
        "sin",
        "cos",
        "tan",
        "log",
        "ln",
        "exp",
        "abs",
        "pi",
        "e",
        "frac",
        "cdot",
        "times",
        "left",
        "right",
        "cbrt",
        "min",
        "max",
        "round",
        "floor",
        "ceil",
        "asin",
        "acos",
        "atan",
        "sinh",
        "cosh",
        "tanh",
    ]
)
_TAKEN = frozenset("eijIE")


def put_in(text: str) -> str | None:
    """The expression with the values in the place of their letters; None where there are none, or a letter would stay."""
    plain = text.strip().strip("$ ")
    m = _BEHIND.fullmatch(plain) or _BEFORE.fullmatch(plain)
    if not m or "=" in m["body"] or ":" in m["body"]:
        return None
    pairs = _PAIR.findall(m["given"])
    values = dict(pairs)
    if len(values) != len(pairs) or _TAKEN & values.keys() or not any(name in m["body"] for name in values):
        return None
    body = _WORDS.sub(lambda word: _replaced(word[0], values), m["body"])
    return (
        None
        if "?" in body or any(w not in _KEPT and w.lstrip("\\") not in _KEPT for w in re.findall(r"\\?[A-Za-z]+", body))
        else body
    )


def _replaced(word: str, values: dict[str, str]) -> str:
    """A letter by its value, "xy" by their product; the name of a function as it is; "?" where a letter has no value."""
    if word in values:
        return f"({values[word]})"
    if word.lstrip("\\") in _KEPT:
        return word
    return "".join(f"({values[c]})" for c in word) if all(c in values for c in word) else "?"
