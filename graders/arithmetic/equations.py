"""Equations in text, each with whether it holds."""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from graders.arithmetic.tokens import FUNCTIONS, HEDGES, Token, runs, tidy, tokens_of
from graders.arithmetic.values import ZERO, Interval, Parser
from graders.numbers import Mention, numbers, plain
from graders.units import UNITS


class Equation(NamedTuple):
    """A claim `left = claimed` in a text; `holds` is whether any reading makes it true, `value` what `left` really comes to."""

    start: int
    end: int
    left: str
    claimed: Mention
    value: Fraction
    holds: bool


_DENIED = re.compile(
    r"\b(?:isn't|wrong|incorrect|instead of|rather than|mistake|error|oops|wait|actually|thinks?|seems?|naively|claims?)\b|≠",
    re.IGNORECASE,
)
"""Anywhere in a sentence: its equation is not asserted."""
_SUPPOSED = re.compile(r"\b(?:not|suppos\w+|assum\w+|if)\b", re.IGNORECASE)
"""In the clause that holds the equation: it is not asserted. "If each takes 3, four take 4 * 3 = 12" asserts it."""
_CLAUSE = re.compile(r",\s|\b(?:so|then|thus|because|since|for|means|gives|leaves|to)\s", re.IGNORECASE)
_TURNED_DOWN = re.compile(
    r"^[^,]*\bnot\b|^\s*(?:if|only)\b|\bnot\s+(?:true|right|correct|equal|the\s+case)", re.IGNORECASE
)
"""Behind an equation: it is denied, or holds under a condition only."""


_OPERATES = re.compile(r"[=≈≃≅≡]|\\approx|\bis\b|\bequals\b|\bgives\b|\bmakes\b|\bcomes\s+to\b|\byields\b")

_COMBINES = re.compile(
    r"[-−–+×*·÷/⁄^\\xX½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞⁻⁰¹²³⁴⁵⁶⁷⁸⁹]|plus|minus|times|of|over|multiplied|divided", re.IGNORECASE
)
"""Some sign or word of an operation: a text without any shows no calculation."""


def _claim_values(m: Mention) -> Iterator[tuple[Fraction, Fraction]]:
    for reading in m.readings:
        yield reading.value, reading.ulp
        if m.percent:
            yield reading.value / 100, reading.ulp / 100


def _true(value: Interval, claimed: Mention, approximate: bool) -> bool:
    for want, ulp in _claim_values(claimed):
        slack = ulp * Fraction(999, 1000) if ulp else max(abs(want) / 100, Fraction(1, 1000)) if approximate else ZERO
        if approximate and claimed.kind == "figure":
            slack = max(slack, abs(value.mid) / 50)
        slack = max(slack, abs(want) / 10**12 if ulp else abs(want) / 10**9)
        if not approximate and _rounded_away(value, want, ulp, claimed):
            continue
        if value.low - slack <= want <= value.high + slack:
            return True
    return False


def _rounded_away(value: Interval, want: Fraction, ulp: Fraction, claimed: Mention) -> bool:
    """Whether a decimal is neither the nearest one nor what is left when the digits are cut off: "1/3 = 0.34". An amount may be
    rounded up, and so may a whole number."""
    if not 0 < ulp < 1 or not value.exact or claimed.text.lstrip("-−")[0] in "$€£":
        return False
    gap = abs(want) - abs(value.mid)
    return gap * 2 > ulp and gap > abs(want) / 10**9


def _sides(run: list[Token]) -> list[tuple[list[Token], Token | None]]:
    """The expressions of a chain, each with the equality sign before it."""
    sides: list[tuple[list[Token], Token | None]] = [([], None)]
    for token in run[_behind_words(run) :]:
        if token.kind == "eq":
            sides.append(([], token))
        else:
            sides[-1][0].append(token)
    return [(tidy(_trim(tokens)), eq) for tokens, eq in sides]


def _behind_words(run: Sequence[Token]) -> int:
    """Where the first side begins: behind "6 crates hold", of which the number counts something else."""
    for at, (number, one, two, next_number) in enumerate(zip(run, run[1:], run[2:], run[3:], strict=False)):
        if number.kind == "eq":
            return 0
        kinds = (number.kind, one.kind, two.kind, next_number.kind)
        if kinds == ("num", "unit", "unit", "num") and number.mention and not number.mention.unit:
            return at + 3
    return 0


def _trim(tokens: list[Token]) -> list[Token]:
    """Without a bracket or star at either end that has no partner inside."""
    tokens = list(tokens)
    if len(tokens) > 2 and tokens[-1].kind == tokens[-2].kind == "op" and tokens[-1].start > tokens[-2].end:
        return []  # "540 * 3 + x": what looks like a sign is an unknown
    while tokens and tokens[-1].kind in ("op", "open", "unit", "hedge"):
        tokens.pop()
    depth = sum({"open": 1, "close": -1}.get(t.kind, 0) for t in tokens)
    while depth < 0 and tokens and tokens[-1].kind == "close":
        tokens.pop()
        depth += 1
    while depth > 0 and tokens and tokens[0].kind == "open":
        tokens.pop(0)
        depth -= 1
    return tokens


def _clean_start(text: str, tokens: Sequence[Token], before: Token | None, first: bool) -> bool:
    """Whether an expression really begins where it seems to: not behind a variable, a function or an open operand."""
    head = tokens[0]
    if head.kind == "op" or (head.mention and head.text[0] in "-−–+" and first and before is not None):
        return False
    if not first:
        return True
    at = head.start
    if at and (text[at - 1].isalnum() or text[at - 1] in "_√^%"):
        return False
    if before is None:
        return True
    word = before.text.lower()
    if word in FUNCTIONS or before.text in "√∑!|<>≠%" or before.text[-1].isdigit():
        return False
    gap = text[before.end : at].strip(" $\\(*")
    return bool(gap) or len(word) != 1 or not word.isalpha() or word in "aio"


def _variants(tokens: Sequence[Token], loose: bool) -> Iterator[Interval]:
    mentions = [t.mention for t in tokens if t.mention]
    percents = ("fraction", "figure", "on") if any(m.percent for m in mentions) else ("fraction",)
    alternatives = (False, True) if any(len(m.readings) > 1 for m in mentions) else (False,)
    for percent in percents:
        for alternative in alternatives:
            if (value := Parser(tokens, percent, alternative, loose).parse()) is not None:
                yield value


def _mixes_units(tokens: Sequence[Token], claimed: Mention) -> bool:
    """Whether two units of one dimension meet, so that figures alone do not tell."""
    seen: dict[str, set[str]] = {}
    for m in [*(t.mention for t in tokens if t.mention), claimed]:
        if m.unit:
            seen.setdefault(UNITS[m.unit].dimension, set()).add(m.unit)
    return any(len(names) > 1 for names in seen.values())


def _scale_gap(value: Interval, claimed: Mention) -> bool:
    """Whether claim and value differ by thousands or dozens only, as where the operands stand "in millions"."""
    if not value.mid or not claimed.value or not any(c.isalpha() for c in claimed.text):
        return False
    scales = [Fraction(10) ** power for power in (3, 6, 9, -3, -6)]
    if "dozen" in claimed.text.lower():  # "84 / 12 = 7 dozen" counts dozens
        scales.append(Fraction(12))
    return any(_true(Interval(value.low * x, value.mid * x, value.high * x), claimed, False) for x in scales)


def _stretch(tokens: Sequence[Token]) -> bool:
    """ "5-7", without a space: maybe from the one to the other."""
    return (
        len(tokens) == 3
        and tokens[1].text == "-"
        and tokens[0].end == tokens[1].start
        and tokens[1].end == tokens[2].start
    )


def _judge(
    text: str, left: list[Token], right: list[Token], eq: Token, first: bool, before: Token | None
) -> Equation | None:
    if eq.text in _CONGRUENT or (left and _RATE.fullmatch(text[left[0].start : left[-1].end])):
        return None
    operated = any(t.kind == "op" or (t.mention and t.mention.kind == "fraction") for t in left)
    if (
        not left
        or not operated
        or len(right) != 1
        or right[0].mention is None
        or not _clean_start(text, left, before, first)
    ):
        return None
    claimed, approximate = right[0].mention, eq.text[0] in "≈≃≅\\" or any(h in eq.text for h in HEDGES)
    values = list(_variants(left, approximate))
    if not values or (values[0].mid < 0 < claimed.value and _stretch(left)):
        return None
    holds = any(_true(v, claimed, approximate) for v in values)
    holds = holds or any(_scale_gap(v, claimed) for v in values)
    if not holds and _mixes_units(left, claimed):
        return None
    return Equation(left[0].start, claimed.end, text[left[0].start : left[-1].end], claimed, values[0].mid, holds)


_CONGRUENT = ("≡", "\\equiv")
"""Signs of another arithmetic: both sides leave the same remainder."""
_RATE = re.compile(r"[\d.,]+\s?[^\W\d_]+\s?/\s?10*\s?[^\W\d_]+")
"""A rate such as "6.4 l/100 km" is one figure, and no division."""


def _questioned(text: str, equation: Equation) -> bool:
    """Whether the text doubts or denies the equation, or goes on where reading stopped."""
    after = text[equation.end : equation.end + 12]
    if re.match(
        r"\s*(?:\?|\\?%|!|\^|[*/×÷]\s*[a-zA-Z(]|(?:r|R|rem|remainder|mod|o'clock|[apAP]\.?[mM])\b|[+\-−]\s*[a-zA-Z(\\])",
        after,
    ):
        return True
    before = re.split(r"[.!?\n;]\s", text[max(0, equation.start - 60) : equation.start])[-1]
    behind = text[equation.end : equation.end + 60]
    within = re.split(r"[.!?\n;](?:\s|$)", behind)[0]
    return bool(
        _DENIED.search(before)
        or _SUPPOSED.search(_CLAUSE.split(before)[-1])
        or _DENIED.search(within)
        or _TURNED_DOWN.search(within)
        or _TAKEN_BACK.match(behind)
    )


_TAKEN_BACK = re.compile(
    r"[\s.,;:!—–-]*(?:wait|no\b|oops|hmm|actually|correction|sorry|that(?:'s|\s+is)\s+(?:wrong|not))", re.IGNORECASE
)


_BULLET = re.compile(r"^([ \t]*)[-+*](?=[ \t])", re.MULTILINE)
"""A mark of a list, which takes nothing off what stands on the line before it."""


@lru_cache(maxsize=512)
def equations(text: str) -> tuple[Equation, ...]:
    """Every equation of a text that could be read whole, in order."""
    if not _COMBINES.search(text) or not _OPERATES.search(text) or len(numbers(text)) < 2:
        return ()
    found: list[Equation] = []
    text = _BULLET.sub(lambda m: f"{m[1]}•", text)
    for run, before in map(_from_total, runs(tokens_of(text))):
        sides = _sides(run)
        for i, ((left, _), (right, eq)) in enumerate(pairwise(sides)):
            if eq is None or (i and eq.text[0].isalpha()):
                continue
            equation = _judge(text, left, right, eq, i == 0, before)
            if equation and (equation.holds or not _questioned(text, equation)):
                found.append(equation)
    return tuple(found)


def _from_total(found: tuple[list[Token], Token | None]) -> tuple[list[Token], Token | None]:
    """A run of arithmetic without the "of" in "a total of 12 + 24 = 36"; "half of" and the like stay, as they count."""
    run, before = found
    if run[0].text == "of" and before and before.text.isalpha() and not _PARTS.fullmatch(before.text):
        return run[1:], run[0]
    return found


_PARTS = re.compile(
    r"average|mean|median|root|square|cube|power|log|percent(?:age)?|fraction|share|part|portion|ratio|rate|out|rest|remainder",
    re.IGNORECASE,
)
"""Words whose "of" is part of a calculation."""


def wording(equation: Equation) -> str:
    """The fault in words: "12 × 4 is 48, not 50"."""
    return f"{equation.left.strip()} is {plain(equation.value)}, not {equation.claimed.text.strip()}"
