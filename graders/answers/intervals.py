# ruff: noqa: E501  (patterns are data: broken up they cannot be read)
"""Stretches of the line: brackets, inequalities, unions."""

import re
from fractions import Fraction
from itertools import pairwise

from graders.answers.kinds import Collection, Interval, Stretch
from graders.answers.quantities import read_quantity
from graders.expressions import expression

_INFINITY = re.compile(r"^([-+−]?)\s*(?:\\infty|∞|inf(?:inity)?|oo)$")
RELATIONS = {
    "<": "<",
    ">": ">",
    "≤": "<=",
    "≥": ">=",
    "<=": "<=",
    ">=": ">=",
    "=<": "<=",
    "\\le": "<=",
    "\\leq": "<=",
    "\\leqslant": "<=",
    "\\geqslant": ">=",
    "\\ge": ">=",
    "\\geq": ">=",
    "\\lt": "<",
    "\\gt": ">",
    "⩽": "<=",
    "⩾": ">=",
}
RELATION = r"(<=|>=|=<|<|>|≤|≥|⩽|⩾|\\leq?(?:slant)?(?![a-z])|\\geq?(?:slant)?(?![a-z])|\\lt|\\gt)"


def _end(text: str) -> tuple[bool, Fraction | None] | None:
    """An end of an interval: (is infinite, value); None where it is no number."""
    plain = text.strip()
    if _INFINITY.match(plain):
        return True, None
    quantity = read_quantity(plain)
    if quantity and not quantity.noun:
        return False, quantity.value / 100 if quantity.percent else quantity.value
    read = expression(plain)
    value = read.value() if read else None
    if value is None:
        return None
    return False, value if isinstance(value, Fraction) else Fraction(round(complex(value).real, 10))


def read_interval(text: str) -> Interval | None:
    if text.lower().strip(" .") in _EVERYTHING:
        return Interval(((None, False, None, False),))
    if side := _SIDES.fullmatch(text):
        low = side[1].lower() in ("positive", "non-negative", "nonnegative")
        closed = side[1].lower().startswith("non")
        zero = Fraction(0)
        return Interval(((zero, closed, None, False) if low else (None, False, zero, closed),))
    said, text = text, _told(text)
    if built := _BUILT.fullmatch(text):
        return read_interval(built[1].strip())
    if round_it := _within(text):
        return round_it
    if apart := re.fullmatch(r"[a-zA-Z]\s*≠\s*(.+)", text):
        return _all_but(apart[1])
    if re.search(r"\band\b|,\s+[a-z]\s*≠", text) and (meet := _meet(text)):
        return meet
    plain = re.sub(r"^[a-z]\s*(?:∈|\\in|in)\s*", "", text).replace("\\left", "").replace("\\right", "")
    pieces = re.split(r"\s*(?:∪|\\cup|\bU\b|\bor\b|\bunion\b)\s*", plain)
    parts = [_stretch(piece) or _inequality(piece) for piece in pieces]
    if not parts or any(part is None for part in parts):
        return None
    whole = tuple(part for part in parts if part is not None)
    obvious = len(whole) > 1 or plain != text or text != said or _shows_interval(plain)
    return Interval(tuple(sorted(whole, key=lambda p: (p[0] is not None, p[0] or 0)))) if obvious else None


_SIDES = re.compile(
    r"(?:all\s+)?(?:the\s+)?(positive|negative|non-?negative|non-?positive)\s+(?:real\s+numbers|reals)", re.IGNORECASE
)
_WORDED = (
    (re.compile(r"(?<=^[a-z] )(?:must|has\s+to|should|needs\s+to)\s+be\s+"), "is "),
    (re.compile(r"^[a-z]\s*(?:\\in|∈)\s*(?:\\mathbb\s*\{?R\}?|ℝ)\s*,\s*(?=[a-z]\b)"), ""),
    (re.compile(r"^(?:[a-z]\s+(?:is\s+)?)?(?:all\s+(?:real\s+)?numbers\s+)?(?:the\s+interval\s+)?(?:between|from)\s+(\S+)\s+(?:and|to)\s+(\S+?),?\s+\(?(?:inclusive|including\s+(?:both\s+)?(?:ends|end\s?points))\)?$", re.IGNORECASE), r"[\1, \2]"),
    (re.compile(r"^(?:[a-z]\s+(?:is\s+)?)?(?:all\s+(?:real\s+)?numbers\s+)?(?:the\s+interval\s+)?(?:between|from)\s+(\S+)\s+(?:and|to)\s+(\S+?),?\s+\(?(?:exclusive|excluding\s+(?:both\s+)?(?:ends|end\s?points))\)?$", re.IGNORECASE), r"(\1, \2)"),
    (re.compile(r"^(?:[a-z]\s*(?:\\in|∈)\s*)?(?:\\mathbb\{R\}|\\R|ℝ)\s*(?:\\setminus|\\backslash|∖|-|\\)\s*\\?\{\s*(.+?)\s*\\?\}$"), r"x ≠ \1"),
    (re.compile(r"^(?:\\mathbb\s*\{?R\}?|ℝ)(?:\^\{?\+\}?|_\{?(?:\+|>\s?0)\}?)$"), "(0, ∞)"),
    (re.compile(r"^(?:\\mathbb\s*\{?R\}?|ℝ)(?:\^\{?-\}?|_\{?(?:-|<\s?0)\}?)$"), "(-∞, 0)"),
    (re.compile(r"^\](?=[^\[\]]+,)"), "("),
    (re.compile(r"(?<=\S)\[$"), ")"),
    (re.compile(r"^(?:for\s+)?all\s+(?:(?:real\s+)?(?:numbers|values\s+of)\s+|real\s+)?([a-z])\s+(?:such\s+that|with|where|for\s+which|satisfying)\s+(?=\1\b|\d|-)"), ""),
    (re.compile(r"^(?:for\s+)?all\s+(?:(?:real\s+)?numbers\s+|real\s+)?(?=[a-z]\s*(?:[<>≤≥≠]|\\(?:[gl]e|neq?)))", re.IGNORECASE), ""),
    (re.compile(r"^(?:all\s+)?(?:real\s+)?(?:numbers|values)\s+(?=(?:greater|less|larger|smaller|at\s+(?:least|most))\b)", re.IGNORECASE), "x "),
    (re.compile(r"^all\s+(?:real\s+)?(?:values\s+of\s+|numbers\s+)?([a-z])\s+(?:except|but|other\s+than)\s+(?:x\s*=\s*)?", re.IGNORECASE), r"\1 ≠ "),
    (re.compile(r"^(?:the\s+domain\s+is\s+|domain:\s+)?all\s+(?:reals|real\s+(?:numbers|values|x))\s+(?:except|but|other\s+than)\s+(?:x\s*=\s*)?", re.IGNORECASE), "x ≠ "),
    (re.compile(r"(?<=^[a-z] )(?:is\s+)?(?:greater|larger|more|bigger)\s+than\s+or\s+equal\s+to\b|(?<=^[a-z] )(?:is\s+)?at\s+least\b", re.IGNORECASE), "≥"),
    (re.compile(r"(?<=^[a-z] )(?:is\s+)?(?:less|smaller|lower)\s+than\s+or\s+equal\s+to\b|(?<=^[a-z] )(?:is\s+)?at\s+most\b", re.IGNORECASE), "≤"),
    (re.compile(r"(?<=^[a-z] )(?:is\s+)?(?:greater|larger|more|bigger)\s+than\b", re.IGNORECASE), ">"),
    (re.compile(r"(?<=^[a-z] )(?:is\s+)?(?:less|smaller|lower)\s+than\b", re.IGNORECASE), "<"),
)  # fmt: skip


def _told(text: str) -> str:
    """Bounds in words as signs: "all real numbers except 3", "x is at least 2"."""
    for pattern, sign in _WORDED:
        text = pattern.sub(sign, text)
    return text


def _meet(text: str) -> Interval | None:
    """ "x > 1 and x < 5", "x ≥ -4 and x ≠ 0": what all of them say."""
    told = re.split(r",?\s+and\s+|,\s+(?=[a-z]\s*≠)", text)
    sides = [read_interval(part) for part in told if len(told) > 1]
    parts = sides[0].parts if sides and sides[0] else ()
    for side in sides[1:]:
        parts = tuple(m for a in parts for b in (side.parts if side else ()) if (m := _overlap(a, b)))
    return Interval(parts) if parts else None


def _overlap(a: Stretch, b: Stretch) -> Stretch | None:
    """What two stretches share."""
    low = max((a[:2], b[:2]), key=lambda end: (end[0] is not None, end[0] or 0, not end[1]))
    high = min((a[2:], b[2:]), key=lambda end: (end[0] is None, end[0] or 0, end[1]))
    if (
        low[0] is not None
        and high[0] is not None
        and (low[0] > high[0] or (low[0] == high[0] and not (low[1] and high[1])))
    ):
        return None
    return (*low, *high)


_WITHIN = re.compile(rf"(?:\||\\left\|)\s*[a-z]\s*(?:([-+−])\s*([^|]+?)\s*)?(?:\\right\|?|)\|\s*{RELATION}\s*(.+)")


def _within(text: str) -> Interval | None:
    """ "|x - 3| < 2": what lies nearer than that, or farther."""
    m = _WITHIN.fullmatch(text)
    middle, reach = (_end(m[2] or "0"), _end(m[4])) if m else (None, None)
    if not m or not middle or not reach or middle[1] is None or reach[1] is None or reach[1] <= 0:
        return None
    centre = middle[1] if m[1] in ("-", "−") else -middle[1]
    low, high, closed = centre - reach[1], centre + reach[1], "=" in RELATIONS[m[3]]
    if RELATIONS[m[3]][0] == "<":
        return Interval(((low, closed, high, closed),))
    return Interval(((None, False, low, closed), (high, closed, None, False)))


def _all_but(text: str) -> Interval | None:
    text = re.sub(r"(?:\\pm(?![a-z])|±)\s*([^,]+)", r"\1, -\1", text)
    ends = [_end(part) for part in re.split(r"\s*,\s*(?:and\s+)?(?:[a-z]\s*≠\s*)?|\s+and\s+(?:[a-z]\s*≠\s*)?", text)]
    points = sorted({end[1] for end in ends if end is not None and end[1] is not None})
    if not points or any(end is None or end[1] is None for end in ends):
        return None
    return Interval(tuple((low, False, high, False) for low, high in pairwise([None, *points, None])))


_EVERYTHING = frozenset({"all real numbers", "all reals", "the real numbers", "\\mathbb{r}", "ℝ", "\\r", "all real"})
_BUILT = re.compile(r"\\?\{\s*[a-z]\s*(?:(?:∈|\\in)\s*(?:\\mathbb\{R\}|ℝ)\s*)?(?:\\mid|\||:)\s*(.+?)\s*\\?\}")


def _shows_interval(text: str) -> bool:
    """Whether brackets alone tell an interval from a pair: mixed, infinite, or an inequality."""
    return bool(re.search(RELATION, text) or re.search(r"\\infty|∞|inf", text) or (text[0] + text[-1]) in ("[)", "(]"))


def _stretch(text: str) -> Stretch | None:
    m = re.fullmatch(r"\s*([\[(])\s*([^,;]+)\s*[,;]\s*([^,;]+?)\s*([\])])\s*", text)
    if not m:
        return None
    low, high = _end(m[2]), _end(m[3])
    if low is None or high is None:
        return None
    return low[1], m[1] == "[" and not low[0], high[1], m[4] == "]" and not high[0]


def as_interval(collection: Collection, closed: bool) -> Interval | None:
    """A bracketed pair read as an interval."""
    low, high = (_end(item) for item in collection.items) if len(collection.items) == 2 else (None, None)
    return Interval(((low[1], closed, high[1], closed),)) if low and high else None


_LETTER = r"(?:[a-zA-Z]|\\(?:theta|alpha|beta|lambda|mu|(?:var)?phi|omega)|[θαβλμφω])"
_UNKNOWN = rf"(?:{_LETTER}|\\?(?:sin|cos|tan|ln|log)\s?\(?\s?[a-z]\s?\)?|[a-z]\([a-z]\))"


def _inequality(text: str) -> Stretch | None:
    both = re.fullmatch(rf"\s*(.+?)\s*{RELATION}\s*{_UNKNOWN}\s*{RELATION}\s*(.+?)\s*", text)
    if both:
        first, one, two, last = both.groups()
        low, high = _end(first), _end(last)
        if low is None or high is None or RELATIONS[one][0] != RELATIONS[two][0]:
            return None
        closed = ("=" in RELATIONS[one], "=" in RELATIONS[two])
        return (
            (low[1], closed[0], high[1], closed[1])
            if RELATIONS[one][0] == "<"
            else (high[1], closed[1], low[1], closed[0])
        )
    m = re.fullmatch(rf"\s*({_LETTER})\s*{RELATION}\s*(.+?)\s*", text)
    turned = re.fullmatch(rf"\s*(.+?)\s*{RELATION}\s*({_LETTER})\s*", text)
    if not m and not turned:
        return None
    relation, bound = (RELATIONS[m[2]], _end(m[3])) if m else (RELATIONS[turned[2]], _end(turned[1]))  # type: ignore[index]
    if bound is None or bound[0]:
        return None
    above = (relation[0] == ">") is bool(m)
    return (bound[1], "=" in relation, None, False) if above else (None, False, bound[1], "=" in relation)
