# ruff: noqa: E501, SIM905  (word lists and patterns are data: broken up they cannot be read)
"""What an answer claims: its numbers, dates and names, without what is only form (list marks, citations, code, addresses, headings)."""

import math
import re
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from graders.constants import constant, round_figure
from graders.dates import DateMention, dates
from graders.names import Name, folded, names
from graders.numbers import Mention, numbers
from graders.provenance import significant
from graders.units import UNITS
from traces.record import Step

if TYPE_CHECKING:
    from graders.base import Case

_FORM = re.compile(
    r"```.*?```|`[^`\n]*`|https?://\S+|\[\^?\d+(?:,\s*\d+)*\]|\(\d\)|【.*?】|^\s*#{1,6}\s*\d+|^\s*\(?\d{1,2}[.)](?=\s)|\b(?:step|section|chapter|figure|fig\.|table|page|part|item|option|"
    r"source|note|question|q|no\.|number|appendix|version|doc(?:ument)?|id|result|hit|line|row|example|case|phase|schritt|étape|paso)\s?#?:?\s?\d+\b",
    re.DOTALL | re.MULTILINE | re.IGNORECASE,
)
_HEDGE = re.compile(
    r"(?:about|around|approximately|approx\.?|roughly|nearly|almost|over|under|more\s+than|less\s+than|fewer\s+than|at\s+least|at\s+most|up\s+to|some|circa|c\.|ca\.|~|≈|just\s+(?:over|under)|"
    r"etwa|rund|ungefähr|circa|environ|près\s+de|plus\s+de|unos|cerca\s+de|aproximadamente|más\s+de|>|<|≥|≤)\s*(?:\*\*|\$|\\\()?\s*(?:[$€£¥]\s?)?$",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    r"\b(?:between|zwischen|entre|from|von)\s+\S+(?:\s\S+)?\s+(?:and|und|et|y|to|bis)\s*(?:[$€£¥]\s?)?$|\b(?:between|zwischen|entre)\s*(?:[$€£¥]\s?)?$",
    re.IGNORECASE,
)
_NEGATED = re.compile(
    r"\b(?:not|isn't|instead\s+of|rather\s+than|no\s+longer|nicht|pas|think|believe[ds]?)\s+(?:\w+\s+)?(?:[$€£¥]\s?)?$",
    re.IGNORECASE,
)
_EXAMPLE = re.compile(r"(?:as\s+of|e\.g\.|for\s+example|such\s+as|copyright|©)\s*,?\s*(?:\w+\s+){0,2}$", re.IGNORECASE)


@lru_cache(maxsize=512)
def _form_spans(text: str) -> tuple[tuple[int, int], ...]:
    return tuple(m.span() for m in _FORM.finditer(text))


def _is_form(text: str, start: int) -> bool:
    return any(a <= start < b for a, b in _form_spans(text))


@lru_cache(maxsize=512)
def claimed_numbers(text: str) -> tuple[Mention, ...]:
    """The numbers a text claims. Dates, codes, ordinals and list marks are left out."""
    return tuple(
        m
        for m in numbers(text)
        if not m.glued
        and not m.dated
        and m.kind != "ordinal"
        and not _is_form(text, m.start)
        and not _EXAMPLE.search(text[max(0, m.start - 30) : m.start])
        and not _NEGATED.search(text[max(0, m.start - 30) : m.start])
    )


@lru_cache(maxsize=512)
def claimed_dates(text: str) -> tuple[DateMention, ...]:
    return tuple(
        d
        for d in dates(text)
        if not _is_form(text, d.start) and not _EXAMPLE.search(text[max(0, d.start - 30) : d.start])
    )


def small(mention: Mention) -> bool:
    """Whether a number is so small that it may count or compare things in passing."""
    return (abs(mention.value) <= 20 and mention.value.denominator == 1 and not mention.percent) or (
        mention.kind == "word" and abs(mention.value) <= 100
    )


def accounted(case: "Case", mention: Mention, before: int, *, chosen: bool = True) -> bool:
    """Whether a number in a call's arguments has an account: anything that has one in an answer, a round figure, or "1.05" for 5 %.

    Where it cannot be `chosen`, as a price cannot, a round figure or a constant is no account of itself.
    """
    value, ulp = mention.readings[0]
    known = case.knowledge
    free = chosen and (round_figure(value) or constant(value, ulp))
    if mention.kind == "word" or free or known.spelt(mention, before):
        return True
    if mention.parts and all(round_figure(p) or constant(p, ulp) or known.holds(p, before) for p in mention.parts):
        return True
    if _factor(case, value, before) or known.link(mention, before, derive=False):
        return True
    return not misspelt(case, mention, before) and known.link(mention, before) is not None


def misspelt(case: "Case", mention: Mention, before: int) -> bool:
    """Whether a number is a known one with two neighbouring digits swapped: likelier a slip than a result of its own."""
    digits = f"{float(abs(mention.value)):.12g}"
    if not 3 <= sum(c.isdigit() for c in digits) == len(digits.replace(".", "")):
        return False
    return any(case.knowledge.holds(Fraction(swap), before) for swap in swapped_digits(digits))


def swapped_digits(text: str) -> Iterator[str]:
    """A text with each two different neighbouring digits swapped in turn; over a point or a comma they are neighbours too."""
    places = [i for i, c in enumerate(text) if c.isdigit()]
    for i, j in pairwise(places):
        if text[i] != text[j] and (j == i + 1 or text[i + 1 : j] in (".", ",")):
            yield text[:i] + text[j] + text[i + 1 : j] + text[i] + text[j + 1 :]


def _factor(case: "Case", value: Fraction, before: int) -> bool:
    """Whether a value is what a known percentage multiplies by: 1.05 or 0.95 for 5 %, or 105 and 95 of a hundred."""
    known = case.knowledge
    if abs(value - 100) in known.percents:
        return True
    return 0 < value < 3 and (known.holds(abs(value - 1) * 100, before) or known.holds(value * 100, before))


def supported(case: "Case", step: Step, mention: Mention) -> bool:
    """Whether a claimed number has an account: a source, a computation shown up to and in this step, a constant, or a hedge near a known value."""
    before = step.message + 1
    value, ulp = mention.readings[0]
    if (
        _in_passing(case, mention, before)
        or (value in (Fraction(100), Fraction(50)) and mention.percent)
        or constant(value, ulp)
    ):
        return True
    if case.knowledge.spelt(mention, before) or _factor(case, value, before):
        return True
    if case.knowledge.link(mention, before, derive=False):
        return True
    if _measured(case, mention, before) or misspelt(case, mention, before):
        return False
    if case.knowledge.link(mention, before):
        return True
    text = case.text(step)
    before_it = text[max(0, mention.start - 40) : mention.start]
    if (
        _tail(case, mention, before_it, before)
        or _factored(text, mention)
        or _age(case, text, mention, before)
        or _round_words(case, mention, before)
        or _composed(case, text, mention, before)
        or _taken_from(case, text, mention, before)
    ):
        return True
    if _ago(case, value, text[mention.start : mention.end + 12], before):
        return True
    if _HEDGE.search(before_it[-24:]) or _BETWEEN.search(before_it):
        room = Fraction(1, 10) if significant(value) <= 2 else _ROOM
        return any(
            case.knowledge.near(value * s, abs(value * s) * (room if s == 1 else _ROOM), before) for s in _SCALES
        )
    return False


_ROOM = Fraction(1, 40)
_SCALES = (Fraction(1), *(Fraction(10) ** p for p in (-3, -6, -9)))
_MEASURED = {
    "celsius": re.compile(r"temp|_c\b|celsius|°C", re.IGNORECASE),
    "fahrenheit": re.compile(r"temp|_f\b|fahrenheit|°F", re.IGNORECASE),
    "speed": re.compile(r"wind|speed|_(?:mps|kph|kmh|mph)\b|\d\s?(?:m/s|km/h|mph)\b", re.IGNORECASE),
    "mass": re.compile(r"weight|mass|_(?:kg|g|lbs?)\b|\d\s?(?:kg|g|lbs?)\b", re.IGNORECASE),
}


def _in_passing(case: "Case", mention: Mention, before: int) -> bool:
    """Whether a small number needs no account: not where it is a measure, and none of the few that were observed leads to it."""
    return small(mention) and not _measured(case, mention, before)


def _measured(case: "Case", mention: Mention, before: int) -> bool:
    """Whether a small number has a unit that few figures observed are of, and comes from none of them."""
    if not small(mention) or mention.value == 0 or not mention.unit or mention.kind != "figure":
        return False
    pattern = _MEASURED.get(UNITS[mention.unit].dimension)
    if pattern is None or not any(pattern.search(m.content) for m in case.messages[:before] if m.role == "tool"):
        return False
    known = {abs(value) for value in case.knowledge.known(before)}
    if len(known) > 24 or case.knowledge.link(mention, before, derive=False):
        return False
    value = abs(mention.value)
    return _slip(value, known) or not any(value in (abs(a - b), a + b, (a + b) / 2) for a in known for b in known)


def _slip(value: Fraction, known: set[Fraction]) -> bool:
    """Whether a number is a known one with a digit put before or behind it."""
    figure = str(value)
    return len(figure) == 2 and any(str(k) in (figure[0], figure[1]) for k in known)


_LAST_DIGITS = re.compile(
    r"(?:\bending(?:\s+(?:in|with))?|\blast\s+(?:four|4)(?:\s+digits)?|[*x•]{2,})\s*:?\s*$", re.IGNORECASE
)


def _tail(case: "Case", mention: Mention, before_it: str, before: int) -> bool:
    """Whether a figure is the end of a known number: "your card ending in 3926"."""
    digits = mention.text.strip()
    return bool(_LAST_DIGITS.search(before_it)) and any(
        re.search(rf"{re.escape(digits)}(?!\d)", m.content) for m in case.messages[: before - 1]
    )


_PRODUCT = re.compile(r"(\d+)\s*=\s*(\d+(?:\s*(?:×|\*|·|\\times|\\cdot)\s*\d+)+)(?![\d.,^]*\d)")


def _factored(text: str, mention: Mention) -> bool:
    """Whether a number stands in a factorisation that holds: it proves itself."""
    for m in _PRODUCT.finditer(text):
        if m.start() <= mention.start < m.end():
            return math.prod(int(factor) for factor in re.findall(r"\d+", m[2])) == int(m[1])
    return False


_AGED = re.compile(r"\b(?:aged?|old|age\s+of|at(?:\s+(?:about|around|roughly|almost|nearly))?)\s+$", re.IGNORECASE)
_YEARS = (Fraction(1000), Fraction(2100))


def _age(case: "Case", text: str, mention: Mention, before: int) -> bool:
    """Whether a number told as an age lies within a year of what two known years lie apart."""
    told = _AGED.search(text[max(0, mention.start - 24) : mention.start]) or _AGO.search(
        text[mention.end - 6 : mention.end + 12]
    )
    if not told or mention.value.denominator != 1 or not 0 < mention.value < 130:
        return False
    years = {Fraction(day.year) for day, source in case.knowledge.days if source.message < before and day.year}
    years |= {value for value in case.knowledge.known(before) if _YEARS[0] <= value <= _YEARS[1]}
    return any(year + mention.value + slip in years for year in years for slip in (-1, 0, 1))


def _round_words(case: "Case", mention: Mention, before: int) -> bool:
    """Whether a number in words is a known one rounded to its last word: "eleven million" for 11.2 million."""
    zeros = len(str(mention.value)) - len(str(mention.value).rstrip("0"))
    if mention.kind != "word" or mention.value.denominator != 1 or zeros < 3:
        return False
    return case.knowledge.near(mention.value, Fraction(10) ** (zeros // 3 * 3) / 2, before) is not None


_COMPOSED = re.compile(
    r"(\d+)\s?(?:(h|hrs?|hours?|Std\.?|Stunden?|heures?|horas?)|(m|mins?|minutes?)|(ft|feet|')|(lbs?|pounds?))\s?(?:,|and|und|et|y)?\s?"
    r"(\d+)\s?(?:m|mins?|minutes?|Min\.?|Minuten|minutos|s|secs?|seconds?|in|inches|\"|oz|ounces)?(?![\w.])"
)


def _composed(case: "Case", text: str, mention: Mention, before: int) -> bool:
    """Whether a number is part of an amount in two units that is known in one: "1 h 57 min" for 117 minutes."""
    for m in _COMPOSED.finditer(text):
        if m.start() <= mention.start < m.end():
            times = 60 if m[2] or m[3] else 12 if m[4] else 16
            whole = int(m[1]) * times + int(m[6])
            return any(
                case.knowledge.near(Fraction(whole) * scale, Fraction(1, 2) * scale, before)
                for scale in (Fraction(1), Fraction(times), Fraction(1, times))
            )
    return False


_SENTENCE_END = re.compile(r"[.!?](?=\s|$)|\n")
_TAKES = re.compile(
    r"\b(?:less|minus|without|keep\w*|reserv\w*|plus|add\w*|except|remov\w*|subtract\w*|tak\w*|leav\w*|left|drop\w*|los[et]\w*|sold|used|extra)\b",
    re.IGNORECASE,
)


def _taken_from(case: "Case", text: str, mention: Mention, before: int) -> bool:
    """Whether a number is a known one of its sentence with a small one of it added or taken off: "57 are free; keeping one leaves 56"."""
    start = max((m.end() for m in _SENTENCE_END.finditer(text, 0, mention.start)), default=0)
    said = text[start : mention.start]
    if not _TAKES.search(said):
        return False
    inside = [m for m in numbers(text) if start <= m.start < mention.start and not m.dated and m.kind != "ordinal"]
    few = {abs(m.value) for m in inside if small(m)} | (
        {Fraction(1)} if re.search(r"\bone\b", said, re.IGNORECASE) else set()
    )
    return any(
        abs(abs(mention.value) - abs(known.value)) in few - {abs(known.value)}
        and case.knowledge.source(known.value, before) is not None
        for known in inside
    )


_AGO = re.compile(r"\byears?\s+(?:ago|old)\b")
_PRESENT = (Fraction(2015), Fraction(2035))


def _ago(case: "Case", value: Fraction, around: str, before: int) -> bool:
    """Whether "800 years ago" counts from a known year to about now, whenever now is."""
    if not _AGO.search(around):
        return False
    slack = max(Fraction(1), abs(value) / 20)
    middle, half = (_PRESENT[0] + _PRESENT[1]) / 2 - value, (_PRESENT[1] - _PRESENT[0]) / 2
    return bool(case.knowledge.near(middle, half + slack, before))


_MONTHS_AND_DAYS = "january february march april may june july august september october november december monday tuesday wednesday thursday friday saturday sunday"
_COMMON = frozenset(
    f"{_MONTHS_AND_DAYS} i yes no the a an it he she they we you this that these those there here if so as in on at of for and or but not note answer final result "
    "source sources based according total sum since because therefore thus hence first second third finally however also both mr mrs ms dr prof sir lady saint st mount lake river "
    "university college institute company inc ltd corp street road avenue city town county state kingdom republic province district north south east west northern southern "
    "eastern western central english german french spanish italian latin american british european african asian usd eur gbp us uk eu un ad bc ce bce am pm gmt utc ok "
    "wikipedia google python celsius fahrenheit kelvin christmas internet web god earth sun moon euro dollar".split()
)
_STOP = frozenset("of de del della di du da dos la le van von der den the and y und".split())


def unseen(case: "Case", step: Step, name: Name) -> list[str]:
    """The words of a name that stood nowhere before, folded; empty where each was seen or is common."""
    found, codes = [], _CODES.findall(name.text)
    for word in re.findall(r"[^\W\d_]{2,}(?:['’]s)?", name.text):
        plain = folded(word)
        if plain in _COMMON or plain in _STOP or len(plain) < 3:
            continue
        if any(word in code and case.knowledge.word(code, step.message) for code in codes):
            continue
        if not any(case.knowledge.word(form, step.message) for form in _forms(plain)):
            found.append(word)
    return found


_CODES = re.compile(r"\w*\d\w*")


def _forms(word: str) -> Iterator[str]:
    """A word and what it may be an ending of: plurals, "-n", "-an", "-ian", "-ish"."""
    yield word
    for ending in ("s", "es", "n", "an", "ian", "ish", "ese", "er", "i", "in", "en", "e", "'"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            yield word[: -len(ending)]
    yield word + "s"
    yield word + "a"


_HEADLINE = re.compile(r"(?:\*\*|<answer>\s*|\\boxed\{(?:\\text\{)?|answer(?:\s+is)?:?\s*\**\s*)$", re.IGNORECASE)


def headline(text: str, name: Name) -> bool:
    """Whether a name stands where an answer puts its result: bold, boxed, behind "answer:", or in a text of hardly anything else."""
    return bool(_HEADLINE.search(text[max(0, name.start - 24) : name.start])) or (
        len(text.split()) <= 3 and " " in name.text
    )


def claimed_names(text: str) -> tuple[Name, ...]:
    return tuple(n for n in names(text) if not _is_form(text, n.start))
