# ruff: noqa: E501  (patterns are data: broken up they cannot be read)
"""Ways in which an answer accounts for a number by its own words: the end of a card's number, a factorisation, an age, an amount in two units.

Each is asked with the case, the answer's text, the number and the message before which things count as known.
"""

import math
import re
from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING

from graders.calls import kind_of, strings
from graders.claims import small
from graders.numbers import Mention, numbers
from graders.sentences import sentence_at
from graders.shown_otherwise import (
    added_beside,
    grouped,
    in_bytes,
    mean_of_a_result,
    sum_of_a_result,
    told_in_minor_units,
)
from graders.units import factor_between
from graders.written_out import in_derivation, left_or_raised, of_two_told, product_shown, range_start, residue, rest_of

if TYPE_CHECKING:
    from graders.base import Case

_LAST_DIGITS = re.compile(
    r"(?:\bend(?:s|ing)(?:\s+(?:in|with))?|\blast\s+(?:four|4)(?:\s+digits)?|[*x•]{2,})\s*:?\s*$", re.IGNORECASE
)


def _tail(case: "Case", text: str, mention: Mention, before: int) -> bool:
    """Whether a figure is the end of a known number: "your card ending in 3926"."""
    digits = mention.text.strip()
    return bool(_LAST_DIGITS.search(text[max(0, mention.start - 40) : mention.start])) and any(
        re.search(rf"{re.escape(digits)}(?!\d)", m.content) for m in case.messages[: before - 1]
    )


_PRODUCT = re.compile(r"(?<!\d)(\d+)\s*=\s*(\d+(?:\s*(?:×|\*|·|\\times|\\cdot)\s*\d+)+)(?![\d.,^]*\d)")


def _factored(case: "Case", text: str, mention: Mention, before: int) -> bool:
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


def _round_words(case: "Case", text: str, mention: Mention, before: int) -> bool:
    """Whether a number in words is a known one rounded to its last word: "eleven million" for 11.2 million."""
    zeros = len(str(mention.value)) - len(str(mention.value).rstrip("0"))
    if mention.kind != "word" or mention.value.denominator != 1 or zeros < 3:
        return False
    return case.knowledge.near(mention.value, Fraction(10) ** (zeros // 3 * 3) / 2, before) is not None


_COMPOSED = re.compile(
    r"(?<!\d)(\d{1,9})\s?(?:(h|hrs?|hours?|Std\.?|Stunden?|heures?|horas?)|(m|mins?|minutes?)|(ft|feet|')|(lbs?|pounds?))\s?(?:,|and|und|et|y)?\s?"
    r"(\d{1,9})\s?(?:m|mins?|minutes?|Min\.?|Minuten|minutos|s|secs?|seconds?|in|inches|\"|oz|ounces)?(?![\w.])"
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


def _put_together(case: "Case", text: str, mention: Mention, before: int) -> bool:
    """Whether a number is an amount in one unit that was told in two: 112 minutes for "1h 52min", 201 cm for "6 ft 7 in"."""
    inches = [int(m[1]) * 12 + int(m[6]) for m in case.once(_amounts) if m[4]]
    if (factor := factor_between("in", mention.unit)) and inches:
        return any(abs(abs(mention.value) - whole * factor) <= mention.ulp for whole in inches)
    told = {int(m[1]) * (60 if m[2] or m[3] else 12 if m[4] else 16) + int(m[6]) for m in case.once(_amounts)}
    return bool(mention.unit) and mention.value in told


def _amounts(case: "Case") -> list[re.Match[str]]:
    return [m for message in case.messages if message.role != "assistant" for m in _COMPOSED.finditer(message.content)]


_TAKES = re.compile(
    r"\b(?:less|minus|without|keep\w*|reserv\w*|plus|add\w*|except|remov\w*|subtract\w*|tak\w*|leav\w*|left|drop\w*|los[et]\w*|sold|used|extra)\b",
    re.IGNORECASE,
)


def _taken_from(case: "Case", text: str, mention: Mention, before: int) -> bool:
    """Whether a number is a known one of its sentence with a small one of it added or taken off: "57 are free; keeping one leaves 56"."""
    start = sentence_at(text, mention.start).start
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


def _ago(case: "Case", text: str, mention: Mention, before: int) -> bool:
    """Whether "800 years ago" counts from a known year to about now, whenever now is."""
    value = mention.value
    if not _AGO.search(text[mention.start : mention.end + 12]):
        return False
    slack = max(Fraction(1), abs(value) / 20)
    middle, half = (_PRESENT[0] + _PRESENT[1]) / 2 - value, (_PRESENT[1] - _PRESENT[0]) / 2
    return bool(case.knowledge.near(middle, half + slack, before))


_PERIODS = (
    (re.compile(r"month|mensu|monat|/mo\b", re.IGNORECASE), re.compile(r"year|annual|annuel|anual|jahr|jährlich|annum", re.IGNORECASE), 12),
    (re.compile(r"week|woche|semain|semana", re.IGNORECASE), re.compile(r"year|annual|jahr", re.IGNORECASE), 52),
    (re.compile(r"da(?:y|ily)|täglich|\btag|jour|\bdía", re.IGNORECASE), re.compile(r"week|woche|semain|semana", re.IGNORECASE), 7),
)  # fmt: skip
"""What is told for one period and asked for another, with how often the first goes into the second."""


def _in_another_period(case: "Case", text: str, mention: Mention, before: int) -> bool:
    """Whether a number is a known one told for another period: 108 a year for 9 a month."""
    told = "\n".join(m.content for m in case.messages[:before])
    value = abs(mention.value)
    for short, long, times in _PERIODS:
        if short.search(told) and (long.search(told) or long.search(text)):
            slack = mention.ulp / 2 if mention.ulp < 1 else Fraction(0)
            for wanted, room in ((value / times, slack / times), (value * times, slack * times)):
                if case.knowledge.near(wanted, room, before):
                    return True
    return False


def _as_share(case: "Case", text: str, mention: Mention, before: int) -> bool:
    """Whether a fraction of whole numbers is a known decimal to its last digit: 91/216 for 0.4212962962962963."""
    value = abs(mention.value)
    return value.denominator > 1 and mention.ulp == 0 and case.knowledge.near(value, value / 10**9, before) is not None


def _operand(case: "Case", text: str, mention: Mention, before: int) -> bool:
    """Whether a calculation or program was given the number: whether it knew it is judged there."""
    given = (
        argument
        for m in case.messages[:before]
        for c in m.tool_calls
        if kind_of(c) in ("calculator", "code")
        for argument in strings(c.arguments)
    )
    return any(mention.value == n.value for argument in given for n in numbers(argument) if not n.glued)


ACCOUNTS: tuple[Callable[["Case", str, Mention, int], bool], ...] = (
    _tail,
    _factored,
    _age,
    _round_words,
    _composed,
    _put_together,
    _taken_from,
    _ago,
    told_in_minor_units,
    _as_share,
    mean_of_a_result,
    sum_of_a_result,
    added_beside,
    grouped,
    in_bytes,
    _operand,
    _in_another_period,
    rest_of,
    range_start,
    product_shown,
    residue,
    of_two_told,
    left_or_raised,
    in_derivation,
)
