# ruff: noqa: E501  (patterns are data: broken up they cannot be read)
"""Whether a number has an account: what was said, computed, or may be said in passing. For arguments of calls and for answers."""

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from graders.accounts import ACCOUNTS
from graders.claims import small
from graders.constants import constant, round_figure
from graders.numbers import Mention, numbers
from graders.provenance import OTHER_DEGREES, significant
from graders.sentences import sentence_at
from graders.units import MONEY, UNITS
from traces.record import Step

if TYPE_CHECKING:
    from graders.base import Case

_HEDGE = re.compile(
    r"(?:about|around|approximately|approx\.?|roughly|nearly|almost|over|under|more\s+than|less\s+than|fewer\s+than|at\s+least|at\s+most|up\s+to|some|circa|c\.|ca\.|~|≈|just\s+(?:over|under)|"
    r"etwa|rund|ungefähr|circa|environ|près\s+de|plus\s+de|unos|cerca\s+de|aproximadamente|más\s+de|>|<|≥|≤)\s*(?:\*\*|\$|\\\()?\s*(?:[$€£¥]\s?)?$",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    r"\b(?:between|zwischen|entre|from|von)\s+\S+(?:\s\S+)?\s+(?:and|und|et|y|to|bis)\s*(?:[$€£¥]\s?)?$|\b(?:between|zwischen|entre)\s*(?:[$€£¥]\s?)?$",
    re.IGNORECASE,
)


def accounted(case: "Case", mention: Mention, before: int, *, chosen: bool = True) -> bool:
    """Whether a number in a call's arguments has an account: anything that has one in an answer, a round figure, or "1.05" for 5 %.

    Where it cannot be `chosen`, as a price cannot, a round figure or a constant is no account of itself.
    """
    value, ulp = mention.readings[0]
    known = case.knowledge
    if _raised(case, mention, before):
        return True
    free = chosen and (round_figure(value) or constant(value, ulp))
    if mention.kind == "word" or free or known.spelt(mention, before):
        return True
    if mention.parts and all(round_figure(p) or constant(p, ulp) or known.holds(p, before) for p in mention.parts):
        return True
    if _factor(case, value, before) or known.link(mention, before, derive=False) or _converted(case, value, before):
        return True
    return not misspelt(case, mention, before) and known.link(mention, before) is not None


def _converted(case: "Case", value: Fraction, before: int) -> bool:
    """Whether a value is what a user said with its unit in another unit of the kind, to a hundredth: 19 liters given as 5.02 gallons."""
    said = (n for m in case.messages[:before] if m.role == "user" for n in numbers(m.content) if n.unit)
    return any(abs(other - value) * 100 <= abs(value) for mention in said for other in _in_other_units(mention))


def _in_other_units(mention: Mention) -> Iterator[Fraction]:
    own = UNITS[mention.unit]
    if own.dimension in MONEY:
        return
    yield from (
        mention.value * own.factor / unit.factor
        for unit in UNITS.values()
        if unit.dimension == own.dimension and unit.factor != own.factor
    )
    if turned := OTHER_DEGREES.get(own.name):
        yield turned[0](mention.value)


_POWER = re.compile(r"(\d+(?:\.\d+)?)[eE]\+?\d{1,3}")


def _raised(case: "Case", mention: Mention, before: int) -> bool:
    """Whether a number with an exponent is one that a page has times a power of ten, the power perhaps not raised: "5.97×1024 kg"."""
    written = _POWER.fullmatch(mention.text.strip())
    if written is None:
        return False
    page = re.compile(rf"(?<![\d.]){re.escape(written[1])}\s?[×x*·]\s?10")
    return any(page.search(m.content) for m in case.messages[:before] if m.role == "tool")


def misspelt(case: "Case", mention: Mention, before: int) -> bool:
    """Whether a number is a known one with two neighbouring digits swapped: likelier a slip than a result of its own."""
    digits = f"{float(abs(mention.value)):.12g}"
    if not 3 <= sum(c.isdigit() for c in digits) == len(digits.replace(".", "")):
        return False
    known = case.knowledge
    swaps = [s for s in swapped_digits(digits) if s[0] != "0"]  # nobody writes 070 for 700
    if any(known.holds(Fraction(swap), before) for swap in swaps):
        return True
    least = 3 if len(known.known(before)) <= _FEW // 2 else 4
    fine = mention.ulp < 1 and sum(c.isdigit() for c in digits) >= least  # a result that was rounded, then misspelt
    return fine and any(known.near(Fraction(s), mention.ulp / 2, before) for s in swaps)


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
        or (constant(value, ulp) and not _measured(case, mention, before))
    ):
        return True
    if case.knowledge.spelt(mention, before) or _factor(case, value, before):
        return True
    text = case.text(step)
    if _invented_year(case, text, mention, before) or _in_another_scale(case, mention, before):
        return False
    if case.knowledge.link(mention, before, derive=False):
        return True
    if _measured(case, mention, before) or misspelt(case, mention, before):
        return False
    if case.knowledge.link(mention, before):
        return True
    before_it = text[max(0, mention.start - 40) : mention.start]
    if any(account(case, text, mention, before) for account in ACCOUNTS):
        return True
    if _HEDGE.search(before_it[-24:]) or _BETWEEN.search(before_it):
        room = Fraction(1, 10) if significant(value) <= 2 else _ROOM
        if mention.percent:
            near = case.knowledge.near(value / 100, value * room / 100, before)
            return near is not None or any(abs(p - abs(value)) <= abs(value) * room for p in case.knowledge.percents)
        return any(
            case.knowledge.near(value * s, abs(value * s) * (room if s == 1 else _ROOM), before) for s in _SCALES
        )
    return False


_FEW = 24
"""Figures observed, beyond which one may be another's likeness by chance."""
_ROOM = Fraction(1, 40)
_SCALES = (Fraction(1), *(Fraction(10) ** p for p in (-3, -6, -9)))
_MEASURED = {
    "celsius": re.compile(r"temp|_c\b|celsius|°C", re.IGNORECASE),
    "fahrenheit": re.compile(r"temp|_f\b|fahrenheit|°F", re.IGNORECASE),
    "speed": re.compile(r"wind|speed|_(?:mps|kph|kmh|mph)\b|\d\s?(?:m/s|km/h|mph)\b", re.IGNORECASE),
    "length": re.compile(r"distance|length|height|depth|_k?m\b|\d\s?(?:k?m|miles?|met(?:er|re)s?)\b", re.IGNORECASE),
    "mass": re.compile(r"weight|mass|_(?:kg|g|lbs?)\b|\d\s?(?:kg|g|lbs?)\b", re.IGNORECASE),
}


_SCALE = re.compile(r"\b(thousand|million|billion|trillion)s?\b", re.IGNORECASE)


def _in_another_scale(case: "Case", mention: Mention, before: int) -> bool:
    """Whether a figure is told in millions where the only result that has it tells but of billions."""
    own = _SCALE.search(mention.text)
    figure = re.search(r"\d[\d.,]*\d", mention.text)
    if own is None or figure is None:
        return False
    shown = [m.content for m in case.messages[:before] if m.role != "assistant" and figure[0] in m.content]
    scales = {s.lower() for text in shown for s in _SCALE.findall(text)}
    return len(shown) == 1 and len(scales) == 1 and own[1].lower() not in scales


_YEARS = (Fraction(1000), Fraction(2100))
_YEAR_COUNTED = re.compile(
    r"\b(?:years?|later|earlier|plus|minus|add\w*|would|will|ago|old|age|turn\w*|decades?|centur\w+|from\s+now|Jahre?n?|ans|años|anni)\b|[+=]"
    r"|\b(?:after|before|since|by|until)\s+\**\d{4}\b",
    re.IGNORECASE,
)


def _invented_year(case: "Case", text: str, mention: Mention, before: int) -> bool:
    """Whether a number is a year that nobody said, near years that were, where no word tells that it was counted from one."""
    figure = mention.text.strip(" +-–−")
    if not (_YEARS[0] <= mention.value <= _YEARS[1] and len(figure) == 4 and figure.isdigit()) or mention.unit:
        return False
    said = text[max(sentence_at(text, mention.start).start, mention.start - 80) : mention.start]
    if _YEAR_COUNTED.search(said + text[mention.start : mention.end + 24]) or _HEDGE.search(said[-24:]):
        return False
    near = case.knowledge.near(mention.value, Fraction(30), before) is not None
    return near and not any(figure in m.content for m in case.messages[: before - 1])


def _in_passing(case: "Case", mention: Mention, before: int) -> bool:
    """Whether a small number needs no account: not where it is a measure, and none of the few that were observed leads to it."""
    return small(mention) and not _measured(case, mention, before) and not _turned_round(case, mention, before)


def _turned_round(case: "Case", mention: Mention, before: int) -> bool:
    """Whether a small number of two digits is one of few observed the other way round, and nothing leads to it: 14 for 41."""
    figure = str(abs(mention.value))
    if (
        mention.kind != "figure"
        or len(figure) != 2
        or figure[0] == figure[1]
        or figure[1] == "0"
        or not figure.isdigit()
    ):
        return False
    source = case.knowledge.source(Fraction(int(figure[::-1])), before)
    few = source is not None and source.kind == "observation" and len(case.knowledge.known(before)) <= _FEW
    return few and case.knowledge.link(mention, before) is None


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
