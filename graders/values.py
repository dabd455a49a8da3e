"""What a short answer is: a quantity, a day or a span of days, a time, an interval, a ratio, a collection, a truth value, or neither.

`parse(text)` strips the dressing (markdown, LaTeX, "x =", a full stop) and returns a typed value, or None for what is only text.
"""

import re
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from graders.dates import MONTHS, Day, dates
from graders.expressions import Expression, expression
from graders.numbers import Mention, numbers
from graders.units import UNITS


class Quantity(NamedTuple):
    """A number with its unit; `ulp` is one unit of its last place (0: exact); `noun` is what it counts, where it says so."""

    value: Fraction
    ulp: Fraction
    unit: str = ""
    percent: bool = False
    noun: str = ""
    other: Fraction | None = None
    """The second reading of "1.234"."""


class Span(NamedTuple):
    """From one day, year or number to another, both included."""

    first: "Day | Fraction"
    last: "Day | Fraction"


class Clock(NamedTuple):
    minutes: int


class Interval(NamedTuple):
    """A union of stretches of the line: (low, low closed, high, high closed), infinite ends as None."""

    parts: tuple[tuple["Fraction | None", bool, "Fraction | None", bool], ...]


class Ratio(NamedTuple):
    terms: tuple[Fraction, ...]


class Collection(NamedTuple):
    """Several values. `ordered` for tuples and bracketed lists; a bare enumeration and a set in braces are not."""

    items: tuple[str, ...]
    ordered: bool
    bare: bool = False
    braces: bool = False


class Truth(NamedTuple):
    yes: bool


class Formula(NamedTuple):
    """An expression, or an equation as `left - right`."""

    left: Expression
    equation: bool = False


Parsed = Quantity | Day | Span | Clock | Interval | Ratio | Collection | Truth | Formula

_WRAPS = (
    re.compile(r"^\$\$(.*)\$\$$", re.S),
    re.compile(r"^\$(?=[^$]*[\\^_=a-zA-Z{(|\[+\-*/])([^$]+)\$$|^\$([-\d.,/]+)\$$", re.S),
    re.compile(r"^\\\((.*)\\\)$|^\\\[(.*)\\\]$", re.S),
    re.compile(r"^\\boxed\{(.*)\}$|^\\fbox\{(.*)\}$", re.S),
    re.compile(r"^\\(?:text|mathrm|textbf|mathbf|textit|operatorname)\{([^{}]*)\}$"),
    re.compile(
        r"^\*\*(.+)\*\*$|^__(.+)__$|^`([^`]+)`$|^\"([^\"]+)\"$|^“([^”]+)”$|^'([^']+)'$|^<answer>(.*)</answer>$", re.S
    ),
)


_THIN = re.compile(r"\\[,;:!](?![a-zA-Z])|\\ |\\quad|~")


def undressed(text: str) -> str:
    """A text without markdown, LaTeX delimiters, quotation marks and a final full stop."""
    plain = _THIN.sub(" ", re.sub(r"(?<=\d)\\,(?=\d{3}(?!\d))", "", text.strip().replace("\u00a0", " ")))
    while True:
        before = plain
        plain = re.sub(r"(?<=[^.\s])[.;]$|^[-•]\s+(?=\D)|,$", "", plain).strip()
        for wrap in _WRAPS:
            if m := wrap.match(plain):
                plain = next(g for g in m.groups() if g is not None).strip()
        if plain == before:
            return (
                re.sub(r"\\text\{\s*([^{}]*)\}|\\mathrm\{\s*([^{}]*)\}", lambda m: f" {m[1] or m[2]}", plain)
                .replace("\\%", "%")
                .replace("\\$", "$")
                .strip()
            )


_ASSIGN = re.compile(r"^[A-Za-zα-ωΑ-Ω](?:_\{?\w+\}?)?(?:\([a-z]\))?\s*(?:=|:=|≈|\\approx|\\in\s*(?=\\?\{))\s*(?=[^=])")


@lru_cache(maxsize=8192)
def parse(text: str) -> Parsed | None:
    """What a short text is worth, typed; the first reading that takes the whole of it."""
    plain = undressed(text)
    if not plain or len(plain) > 400:
        return None
    for read in (_truth, _interval, _clock, _day, _span, _ratio, _quantity, _collection, _formula):
        if (found := read(plain)) is not None:
            return found
    assigned = _ASSIGN.sub("", plain, count=1)
    return parse(assigned) if assigned and assigned != plain else None


_YES, _NO = (
    frozenset(["yes", "true", "yeah", "yep", "correct", "ja", "oui", "sí", "si", "sim", "right"]),
    frozenset(["no", "false", "nope", "incorrect", "nein", "non", "não", "wrong"]),
)


def _truth(text: str) -> Truth | None:
    word = text.lower().strip(" .!,")
    first = re.split(r"[,.;:!]\s", word)[0]
    return Truth(True) if first in _YES else Truth(False) if first in _NO else None


_WEEKDAY = re.compile(
    r"\b(?:on\s+)?(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+|^(?:on|in|the|since)\s+|\b(?:a\.?d\.?|c\.?e\.?)$",
    re.IGNORECASE,
)


def _day(text: str) -> Day | None:
    plain = _WEEKDAY.sub("", text).strip(" ,.")
    iso = re.fullmatch(r"(\d{4})[-/](\d{1,2})", plain)
    if iso and 1 <= int(iso[2]) <= 12:
        return Day(int(iso[1]), int(iso[2]), 0)
    found = dates(plain)
    return found[0].readings[0] if len(found) == 1 and found[0].start == 0 and found[0].end == len(plain) else None


def day_readings(text: str) -> tuple[Day, ...]:
    """All readings of a text that is a date: "3/12/2021" has two."""
    found = dates(_WEEKDAY.sub("", undressed(text)).strip(" ,."))
    return found[0].readings if len(found) == 1 else ()


_TO = re.compile(
    r"\s*(?:–|—|-|\bto\b|\buntil\b|\btill\b|\bthrough\b|\bthru\b|\bbis\b|\band\b|\bau\b|\bà\b|\bhasta\b|\.\.+|…)\s*",
    re.IGNORECASE,
)
_FROM = re.compile(r"^(?:from|between|von|vom|entre|de|du|desde)\s+(?:the\s+)?|^the\s+", re.IGNORECASE)


def _span(text: str) -> Span | None:
    plain = _FROM.sub("", _WEEKDAY.sub("", text))
    for cut in _TO.finditer(plain):
        if cut[0].strip().lower() == "and" and not _FROM.match(text):
            continue
        first, last = plain[: cut.start()].strip(" ,"), plain[cut.end() :].strip(" ,")
        if first and last and (span := _ends(first, last)):
            return span
    return None


def _ends(first: str, last: str) -> Span | None:
    if re.fullmatch(r"[12]\d{3}", first) and re.fullmatch(r"\d{2}", last):
        last = first[:2] + last
    if re.fullmatch(r"[12]\d{3}", first) and re.fullmatch(r"[12]\d{3}", last):
        return Span(Day(int(first), 0, 0), Day(int(last), 0, 0)) if first < last else None
    end = _day(last) or _shared(last, first)
    begin = _day(first) or (_completed(first, end) if isinstance(end, Day) else None)
    if begin and end:
        begin = begin if begin.year else begin._replace(year=end.year)
        return Span(begin, end if end.year else end._replace(year=begin.year))
    one, two = _quantity(first), _quantity(last)
    if one and two and not one.noun and not first.startswith("-"):
        scale = two.value >= 1000 > one.value and any(c.isalpha() for c in last) and not two.unit
        low = one.value * (two.value / Fraction(re.sub(r"[^\d.]", "", last) or "1")) if scale else one.value
        return Span(low, two.value) if low < two.value else None
    return None


def _completed(text: str, end: Day) -> Day | None:
    """ "12" before "15 March 2021", "March 12" before "15, 2021" or "March" before "May 2021"."""
    if re.fullmatch(r"\d{1,2}(?:st|nd|rd|th)?\.?", text):
        return end._replace(day=int(re.match(r"\d+", text)[0]))  # type: ignore[index]
    return Day(end.year, MONTHS[text.lower()], 0) if text.lower() in MONTHS else None


def _shared(last: str, first: str) -> Day | None:
    """ "15, 2021" or "15" behind "March 12"."""
    m = re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)?(?:,?\s+(\d{4}))?", last)
    begin = _day(first)
    if not m or not begin or not begin.day or not any(c.isalpha() for c in first):
        return None
    return Day(int(m[2] or begin.year), begin.month, int(m[1]))


def _clock(text: str) -> Clock | None:
    m = re.fullmatch(
        r"(?:at\s+)?(\d{1,2})(?:[:.h](\d{2}))?(?::\d{2})?\s*(?:(a|p)\.?m\.?|uhr|o'clock|h(?:rs)?)?",
        text.strip(),
        re.IGNORECASE,
    )
    if not m or not ((m[2] and ":" in text) or m[3] or re.search(r"uhr|o'clock", text, re.IGNORECASE)):
        return {"noon": Clock(720), "midday": Clock(720), "midnight": Clock(0)}.get(text.lower())
    hour, minute = int(m[1]), int(m[2] or 0)
    if hour > 24 or minute > 59 or (":" in text and not m[3] and hour > 23):
        return None
    if m[3]:
        hour = hour % 12 + (12 if m[3].lower() == "p" else 0)
    return Clock(hour * 60 + minute)


_HEDGE = re.compile(
    r"^(?:about|around|approximately|approx\.?|roughly|nearly|almost|circa|ca\.|~|≈|\\approx|a\s+total\s+of|exactly|some|only|just|in\s+total|rund|etwa|environ)\s*",
    re.IGNORECASE,
)
_SIGN = re.compile(r"^(?:minus|negative)\s+", re.IGNORECASE)


def _quantity(text: str) -> Quantity | None:
    plain = _HEDGE.sub("", text).strip()
    if re.match(r"one\s", plain, re.IGNORECASE) and not any(m.start == 0 for m in numbers(plain)):
        plain = f"1{plain[3:]}"
    plain = re.sub(r"^(?:(?:in|since|by|the)\s+)?(?:the\s+)?(?:year\s+)?(?=\d{4}$)", "", plain, flags=re.IGNORECASE)
    negative = bool(_SIGN.match(plain))
    plain = re.sub(r"^([-−+])\s+(?=[\d.$€£])", r"\1", _SIGN.sub("", plain))
    found = [m for m in numbers(plain) if not m.glued]
    if not found or found[0].start != 0 or found[0].kind == "ordinal":
        return None
    if len(found) > 1:
        return _compound(plain, found)
    m = found[0]
    noun = plain[m.end :].strip(" .,")
    if (
        m.dated
        or not re.fullmatch(r"(?:(?:\b(?:[^\W\d_]+|[²³/])[\s-]?){1,4})?", noun)
        or (noun and not m.unit and len(noun) == 1)
    ):
        return None
    sign = -1 if negative else 1
    first = m.readings[0]
    other = m.readings[1].value * sign if len(m.readings) > 1 else None
    return Quantity(first.value * sign, first.ulp, m.unit, m.percent, noun.lower(), other)


def _compound(text: str, found: list[Mention]) -> Quantity | None:
    """ "5 ft 3 in", "2 hours and 30 minutes": units of one dimension, larger first."""
    dimension = UNITS[found[0].unit].dimension if found[0].unit else ""
    if not dimension or any(not m.unit or UNITS[m.unit].dimension != dimension for m in found):
        return None
    gaps = [text[a.end : b.start].strip(" ,").lower() for a, b in pairwise(found)]
    if any(gap not in ("", "and", "und", "et", "y") for gap in gaps) or text[found[-1].end :].strip(" ."):
        return None
    smallest = found[-1].unit
    total = sum((m.value * UNITS[m.unit].factor for m in found), Fraction(0)) / UNITS[smallest].factor
    return Quantity(total, found[-1].ulp, smallest)


def _ratio(text: str) -> Ratio | None:
    m = re.fullmatch(
        r"(\d+(?:\.\d+)?)((?:\s*:\s*\d+(?:\.\d+)?)+|\s+(?:to|in|out\s+of|zu|sur)\s+\d+(?:\.\d+)?)", text.strip()
    )
    if m:
        terms = [Fraction(t) for t in re.findall(r"\d+(?:\.\d+)?", text)]
        return Ratio(tuple(t / terms[-1] for t in terms)) if terms[-1] else None
    return None


_INFINITY = re.compile(r"^([-+−]?)\s*(?:\\infty|∞|inf(?:inity)?|oo)$")
_RELATIONS = {
    "<": "<",
    ">": ">",
    "≤": "<=",
    "≥": ">=",
    "<=": "<=",
    ">=": ">=",
    "\\le": "<=",
    "\\leq": "<=",
    "\\ge": ">=",
    "\\geq": ">=",
    "\\lt": "<",
    "\\gt": ">",
    "⩽": "<=",
    "⩾": ">=",
}
_REL = r"(<=|>=|<|>|≤|≥|⩽|⩾|\\leq?(?![a-z])|\\geq?(?![a-z])|\\lt|\\gt)"


def _end(text: str) -> tuple[bool, Fraction | None] | None:
    """An end of an interval: (is infinite, value); None where it is no number."""
    plain = text.strip()
    if _INFINITY.match(plain):
        return True, None
    quantity = _quantity(plain)
    if quantity and not quantity.noun:
        return False, quantity.value / 100 if quantity.percent else quantity.value
    read = expression(plain)
    value = read.value() if read else None
    if value is None:
        return None
    return False, value if isinstance(value, Fraction) else Fraction(round(complex(value).real, 10))


def _interval(text: str) -> Interval | None:
    if text.lower().strip(" .") in _EVERYTHING:
        return Interval(((None, False, None, False),))
    if built := _BUILT.fullmatch(text):
        return _interval(built[1].strip())
    plain = re.sub(r"^[a-z]\s*(?:∈|\\in|in)\s*", "", text).replace("\\left", "").replace("\\right", "")
    pieces = re.split(r"\s*(?:∪|\\cup|\bU\b|\bor\b|\bunion\b)\s*", plain)
    parts = [_stretch(piece) or _inequality(piece) for piece in pieces]
    if not parts or any(part is None for part in parts):
        return None
    whole = tuple(part for part in parts if part is not None)
    obvious = len(whole) > 1 or _shows_interval(plain)
    return Interval(tuple(sorted(whole, key=lambda p: (p[0] is not None, p[0] or 0)))) if obvious else None


_EVERYTHING = frozenset({"all real numbers", "all reals", "the real numbers", "\\mathbb{r}", "ℝ", "\\r", "all real"})
_BUILT = re.compile(r"\\?\{\s*[a-z]\s*(?:(?:∈|\\in)\s*(?:\\mathbb\{R\}|ℝ)\s*)?(?:\\mid|\||:)\s*(.+?)\s*\\?\}")


def _shows_interval(text: str) -> bool:
    """Whether brackets alone tell an interval from a pair: mixed, infinite, or an inequality."""
    return bool(re.search(_REL, text) or re.search(r"\\infty|∞|inf", text) or (text[0] + text[-1]) in ("[)", "(]"))


def _stretch(text: str) -> tuple[Fraction | None, bool, Fraction | None, bool] | None:
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


def _inequality(text: str) -> tuple[Fraction | None, bool, Fraction | None, bool] | None:
    both = re.fullmatch(rf"\s*(.+?)\s*{_REL}\s*[a-zA-Z]\s*{_REL}\s*(.+?)\s*", text)
    if both:
        first, one, two, last = both.groups()
        low, high = _end(first), _end(last)
        if low is None or high is None or _RELATIONS[one][0] != _RELATIONS[two][0]:
            return None
        closed = ("=" in _RELATIONS[one], "=" in _RELATIONS[two])
        return (
            (low[1], closed[0], high[1], closed[1])
            if _RELATIONS[one][0] == "<"
            else (high[1], closed[1], low[1], closed[0])
        )
    m = re.fullmatch(rf"\s*([a-zA-Z])\s*{_REL}\s*(.+?)\s*", text)
    turned = re.fullmatch(rf"\s*(.+?)\s*{_REL}\s*([a-zA-Z])\s*", text)
    if not m and not turned:
        return None
    relation, bound = (_RELATIONS[m[2]], _end(m[3])) if m else (_RELATIONS[turned[2]], _end(turned[1]))  # type: ignore[index]
    if bound is None or bound[0]:
        return None
    above = (relation[0] == ">") is bool(m)
    return (bound[1], "=" in relation, None, False) if above else (None, False, bound[1], "=" in relation)


_BRACKETS = {"(": ")", "[": "]", "{": "}"}


def _collection(text: str) -> Collection | None:
    plain = (
        text.replace("\\left", "")
        .replace("\\right", "")
        .replace("\\{", "{")
        .replace("\\}", "}")
        .replace("\\langle", "(")
        .replace("\\rangle", ")")
        .strip()
    )
    matrix = re.fullmatch(r"\\begin\{[a-z]*matrix\}(.*)\\end\{[a-z]*matrix\}", plain, re.S)
    if matrix:
        rows = [
            f"[{', '.join(cell.strip() for cell in row.split('&'))}]"
            for row in re.split(r"\\\\", matrix[1])
            if row.strip()
        ]
        return Collection(tuple(rows), True)
    head = plain[0]
    if head in _BRACKETS and plain.endswith(_BRACKETS[head]) and _closes_last(plain):
        inner = plain[1:-1].strip()
        items = cut(inner)
        if head == "(" and len(items) < 2:
            return None
        return Collection(items, head != "{", braces=head == "{")
    if re.search(r"\\pm|±", plain):
        return Collection(
            tuple(
                re.sub(r"\\pm|±", sign, plain).strip(" +") if sign == "+" else re.sub(r"\\pm|±", sign, plain)
                for sign in "+-"
            ),
            False,
            bare=True,
        )
    items = cut(_PLAIN_LINES.sub("", plain))
    return Collection(items, False, bare=True) if len(items) > 1 else None


_PLAIN_LINES = re.compile(r"^\s*(?:[-*•]|\d{1,2}[.)])\s+", re.MULTILINE)


def _closes_last(text: str) -> bool:
    depth = 0
    for i, c in enumerate(text):
        depth += (c in "([{") - (c in ")]}")
        if depth == 0:
            return i == len(text) - 1
    return False


_ITEM_CUT = re.compile(
    r"\s*;\s*|\s*\n+\s*|\s*,\s+(?:and|or|und|et|(?:y|e)(?!\s*=))\s+|\s*,\s*(?!\d{3}(?!\d))|,\s+|\s+(?:and|or|und|oder|et|ou|y(?!\s*=))\s+|\s+&\s+"
)


def cut(text: str) -> tuple[str, ...]:
    """The items of an enumeration, cut at commas, semicolons, lines and "and", never inside brackets."""
    items, depth, start, position = [], 0, 0, 0
    while position < len(text):
        c = text[position]
        depth += (c in "([{") - (c in ")]}")
        m = _ITEM_CUT.match(text, position) if depth == 0 and c in ",;\n& \t" else None
        if m and m.end() > position:
            items.append(text[start:position])
            start = position = m.end()
        else:
            position += 1
    items.append(text[start:])
    return tuple(item.strip() for item in items if item.strip())


_LETTERS = re.compile(r"[A-Za-z]{2,}")
_KNOWN = frozenset(
    [
        "sin",
        "cos",
        "tan",
        "cot",
        "sec",
        "csc",
        "arcsin",
        "arccos",
        "arctan",
        "asin",
        "acos",
        "atan",
        "sinh",
        "cosh",
        "tanh",
        "ln",
        "log",
        "exp",
        "sqrt",
        "frac",
        "dfrac",
        "tfrac",
        "pi",
        "cdot",
        "times",
        "left",
        "right",
        "abs",
        "div",
    ]
)


def _formula(text: str) -> Formula | None:
    words = _LETTERS.findall(re.sub(r"\\[a-zA-Z]+", " ", text))
    if any(w.lower() not in _KNOWN and (len(w) > 2 or not re.search(r"[\d^+*/=\\()]", text)) for w in words):
        return None
    sides = re.split(r"(?<![<>!:])=(?!=)", text)
    if len(sides) == 2:
        left, right = sides
        if _ASSIGN.match(text):
            return None
        both = expression(f"({left})-({right})")
        return Formula(both, True) if both else None
    read = expression(text)
    return Formula(read) if read and len(sides) == 1 else None


def equation(text: str) -> Formula | None:
    """A text as an equation set to zero."""
    sides = undressed(text).split("=")
    both = expression(f"({sides[0]})-({sides[1]})") if len(sides) == 2 else None
    return Formula(both, True) if both else None
