# ruff: noqa: E501, SIM905  (word lists and patterns are data: broken up they cannot be read)
"""Arithmetic written out in text, computed again: "12 × 4 = 50", "15% of 200 is 30", "(3 + 4) / 2 ≈ 3.5", LaTeX and code comments.

An equation is judged only where every part of it was understood; anything else (a variable, a function, a time of day, mixed units that
do not convert) leaves it alone. A claim holds where any usual reading makes it true: rounding to the places shown, operands that
are themselves rounded, a percent as fraction or as figure, "1.234" as a decimal or as thousands.
"""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from graders.numbers import Mention, numbers, plain
from graders.units import UNITS

_ZERO = Fraction(0)


class Interval(NamedTuple):
    """A value with what rounding of the shown operands leaves open."""

    low: Fraction
    mid: Fraction
    high: Fraction


class Equation(NamedTuple):
    """A claim `left = claimed` in a text; `holds` is whether any reading makes it true, `value` what `left` really comes to."""

    start: int
    end: int
    left: str
    claimed: Mention
    value: Fraction
    holds: bool


class _Token(NamedTuple):
    kind: str
    """num, op, open, close, eq, unit, or stop (what ends an expression)."""
    text: str
    start: int
    end: int
    mention: Mention | None = None


_GAP = re.compile(
    r"""
      (?P<skip>[\s\u00a0\u202f]+|\\[,;!: ]|\\(?:left|right|displaystyle|quad|qquad|\(|\)|\[|\])|[`~]|\$|\\(?=\$)|&)
    | (?P<bad>≠|!=|<=|>=|[<>!?|√∑^]{2,}|//)
    | (?P<eq>==?|≈|≃|≅|≡|\\approx|\\simeq|\\equiv|=>)
    | (?P<pow>\*\*|\^)
    | (?P<op>[+×*·÷/]|[-−–](?=[\s\d($€£.\\*])|\\times|\\cdot|\\div)
    | (?P<open>[(\[{])
    | (?P<close>[)\]}])
    | (?P<word>[^\W\d_]+(?:'[^\W\d_]+)?)
    | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_OPS = {
    "×": "*",
    "·": "*",
    "÷": "/",
    "−": "-",
    "–": "-",
    "\\times": "*",
    "\\cdot": "*",
    "\\div": "/",
    "x": "*",
    "X": "*",
}
_WORD_OPS = {"plus": "+", "minus": "-", "times": "*", "of": "of", "x": "*", "X": "*", "over": "/"}
_PHRASES = re.compile(
    r"(?P<mul>multiplied\s+by)|(?P<div>divided\s+by)|(?P<eq>(?:is\s+equal\s+to|equals|is|gives|makes|comes\s+to|yields|=\s*)(?:\s+(?:about|approximately|roughly|around|exactly))?)\b",
    re.IGNORECASE,
)
_HEDGES = frozenset(("about approximately roughly around approx circa nearly exactly").split())
_NOT_UNITS = frozenset(
    (
        "and or is was are were from to in at by for with than then so which that as on if when while since because but "
        "not no minus plus times of the a an it its this these those we i you he she they gives mod modulo remainder "
        "choose factorial squared cubed between among until through vs versus"
    ).split()
)
_FUNCTIONS = frozenset(
    (
        "log ln lg exp sin cos tan sqrt abs max min mean avg average sum floor ceil round mod gcd lcm root median var std"
    ).split()
)
_DENIED = re.compile(
    r"\b(?:not|isn't|wrong|incorrect|instead of|rather than|mistake|error|oops|wait|actually|thinks?|seems?|naively|suppos\w+|assum\w+|claims?|if|would)\b|≠",
    re.IGNORECASE,
)


def _gap_tokens(text: str, start: int, end: int) -> Iterator[_Token]:
    position = start
    while position < end:
        phrase = _PHRASES.match(text, position, end)
        if phrase and (position == 0 or not text[position - 1].isalpha()):
            kind = "eq" if phrase["eq"] else "op"
            yield _Token(kind, "*" if phrase["mul"] else "/" if phrase["div"] else phrase[0], position, phrase.end())
            position = phrase.end()
            continue
        m = _GAP.match(text, position, end)
        if not m:
            return
        position = m.end()
        if token := _gap_token(m):
            yield token


def _gap_token(m: re.Match[str]) -> _Token | None:
    kind, word, start, end = m.lastgroup or "other", m[0], m.start(), m.end()
    if kind == "skip":
        return None
    if kind == "word":
        if word.lower() in _WORD_OPS:
            return _Token("op", _WORD_OPS[word.lower()], start, end)
        if word.lower() in _HEDGES:
            return _Token("hedge", word, start, end)
        return _Token(
            "unit" if word.lower() not in _NOT_UNITS | _FUNCTIONS and word[0].islower() else "stop", word, start, end
        )
    if kind == "pow":
        return _Token("op", "^" if word == "^" else "**", start, end)
    if kind == "op":
        return _Token("op", _OPS.get(word, word), start, end)
    return _Token(kind if kind in ("eq", "open", "close") else "stop", word, start, end)


_OPERATES = re.compile(r"[=≈≃≅≡]|\\approx|\bis\b|\bequals\b|\bgives\b|\bmakes\b|\bcomes\s+to\b|\byields\b")


def _tokens(text: str) -> list[_Token]:
    """The text as tokens; a negative figure behind an operand is a minus and a figure."""
    found: list[_Token] = []
    position = 0
    for m in numbers(text):
        found.extend(_gap_tokens(text, position, m.start))
        position = m.end
        if m.glued or m.dated or m.kind == "ordinal":
            found.append(_Token("stop", m.text, m.start, m.end))
            continue
        signed = m.text[0] in "-−–+"
        if signed and found and found[-1].kind in ("num", "close", "unit"):
            found.append(_Token("op", "-" if m.text[0] != "+" else "+", m.start, m.start + 1))
            m = _unsigned(m)
        found.append(_Token("num", m.text, m.start, m.end, m))
    found.extend(_gap_tokens(text, position, len(text)))
    return found


def _unsigned(m: Mention) -> Mention:
    stripped = m.text[1:].lstrip()
    return m._replace(
        start=m.end - len(stripped), text=stripped, readings=tuple(r._replace(value=abs(r.value)) for r in m.readings)
    )


def _tidy(run: list[_Token]) -> list[_Token]:
    """Without unit words behind a number and without the stars of bold type."""
    kept: list[_Token] = []
    for i, token in enumerate(run):
        after = run[i + 1] if i + 1 < len(run) else None
        if token.kind in ("unit", "hedge"):
            continue
        if token.text == "**":
            power = kept and kept[-1].kind in ("num", "close") and after is not None and after.kind in ("num", "open")
            if not power:
                continue
            token = token._replace(text="^")
        kept.append(token)
    return kept


def _runs(tokens: Sequence[_Token]) -> Iterator[tuple[list[_Token], _Token | None]]:
    """Maximal runs of arithmetic, each with the token before it. A word is in a run only behind a number ("3 apples")."""
    run: list[_Token] = []
    before: _Token | None = None
    previous: _Token | None = None
    words = 0
    for token in tokens:
        words = words + 1 if token.kind == "unit" else 0
        fits = token.kind in ("num", "op", "open", "close", "eq", "hedge")
        if token.kind == "unit":
            fits = bool(run) and words <= 2 and run[-1].kind in ("num", "unit", "close")
        if fits:
            if not run:
                before = previous
            run.append(token)
        elif run:
            yield run, before
            run = []
        previous = token
    if run:
        yield run, before


class _Parser:
    """Recursive descent over the tokens of one side; `percent` says how a percentage enters, `alternative` which reading of a figure."""

    def __init__(self, tokens: Sequence[_Token], percent: str, alternative: bool, loose: bool) -> None:
        self.tokens, self.at = tokens, 0
        self.percent, self.alternative, self.loose = percent, alternative, loose

    def parse(self) -> Interval | None:
        try:
            value = self._sum()
        except (ValueError, ZeroDivisionError, OverflowError):
            return None
        return value if self.at == len(self.tokens) else None

    def _peek(self) -> _Token | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def _take(self, *ops: str) -> str | None:
        token = self._peek()
        if token and token.kind == "op" and token.text in ops:
            self.at += 1
            return token.text
        return None

    def _sum(self) -> Interval:
        value = self._product()
        while op := self._take("+", "-"):
            mark = self.at
            other = self._product()
            token = self.tokens[mark]
            if self.percent == "on" and self.at == mark + 1 and token.mention and token.mention.percent:
                other = _multiply(value, other)
            value = _add(value, other if op == "+" else _negate(other))
        return value

    def _product(self) -> Interval:
        value = self._power()
        while op := self._take("*", "/", "of"):
            other = self._power()
            value = _multiply(value, other) if op != "/" else _divide(value, other)
        return value

    def _power(self) -> Interval:
        if self._take("-"):
            return _negate(self._power())
        base = self._atom()
        return _raise(base, self._power()) if self._take("^") else base

    def _atom(self) -> Interval:
        token = self._peek()
        if token is None:
            raise ValueError("nothing where a number was due")
        self.at += 1
        if token.kind == "open":
            value = self._sum()
            closing = self._peek()
            if closing is None or closing.kind != "close":
                raise ValueError("a bracket that is not closed")
            self.at += 1
            return value
        if token.mention is None:
            raise ValueError("no number")
        return self._number(token.mention)

    def _number(self, m: Mention) -> Interval:
        reading = m.readings[-1] if self.alternative else m.readings[0]
        rounded = reading.ulp <= Fraction(1, 100) or self.loose
        slack = reading.ulp / 2 if rounded and 0 < reading.ulp < 1 else _ZERO
        scale = Fraction(1, 100) if m.percent and self.percent != "figure" else Fraction(1)
        return Interval((reading.value - slack) * scale, reading.value * scale, (reading.value + slack) * scale)


def _add(a: Interval, b: Interval) -> Interval:
    return Interval(a.low + b.low, a.mid + b.mid, a.high + b.high)


def _negate(a: Interval) -> Interval:
    return Interval(-a.high, -a.mid, -a.low)


def _multiply(a: Interval, b: Interval) -> Interval:
    ends = [x * y for x in (a.low, a.high) for y in (b.low, b.high)]
    return Interval(min(ends), a.mid * b.mid, max(ends))


def _divide(a: Interval, b: Interval) -> Interval:
    if b.low <= 0 <= b.high:
        raise ZeroDivisionError
    return _multiply(a, Interval(1 / b.high, 1 / b.mid, 1 / b.low))


def _raise(a: Interval, b: Interval) -> Interval:
    if b.low != b.high or abs(b.mid) > 64 or (a.mid <= 0 and b.mid.denominator != 1):
        raise ValueError("no power that is computed here")
    low, mid, high = sorted(_power_of(x, b.mid) for x in a)
    return Interval(low, mid, high)


def _power_of(base: Fraction, exponent: Fraction) -> Fraction:
    return Fraction(base ** int(exponent)) if exponent.denominator == 1 else Fraction(float(base) ** float(exponent))


def _claim_values(m: Mention) -> Iterator[tuple[Fraction, Fraction]]:
    for reading in m.readings:
        yield reading.value, reading.ulp
        if m.percent:
            yield reading.value / 100, reading.ulp / 100


def _true(value: Interval, claimed: Mention, approximate: bool) -> bool:
    for want, ulp in _claim_values(claimed):
        slack = ulp * Fraction(999, 1000) if ulp else max(abs(want) / 100, Fraction(1, 1000)) if approximate else _ZERO
        if approximate and claimed.kind == "figure":
            slack = max(slack, abs(value.mid) / 50)
        slack = max(slack, abs(want) / 10**12 if ulp else abs(want) / 10**9)
        if value.low - slack <= want <= value.high + slack:
            return True
    return False


def _sides(run: list[_Token]) -> list[tuple[list[_Token], _Token | None]]:
    """The expressions of a chain, each with the equality sign before it."""
    sides: list[tuple[list[_Token], _Token | None]] = [([], None)]
    for token in run:
        if token.kind == "eq":
            sides.append(([], token))
        else:
            sides[-1][0].append(token)
    return [(_tidy(_trim(tokens)), eq) for tokens, eq in sides]


def _trim(tokens: list[_Token]) -> list[_Token]:
    """Without a bracket or star at either end that has no partner inside."""
    tokens = list(tokens)
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


def _clean_start(text: str, tokens: Sequence[_Token], before: _Token | None, first: bool) -> bool:
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
    if word in _FUNCTIONS or before.text in "√∑!|<>≠%" or before.text[-1].isdigit():
        return False
    gap = text[before.end : at].strip(" $\\(*")
    return bool(gap) or len(word) != 1 or not word.isalpha() or word in "aio"


def _variants(tokens: Sequence[_Token], loose: bool) -> Iterator[Interval]:
    mentions = [t.mention for t in tokens if t.mention]
    percents = ("fraction", "figure", "on") if any(m.percent for m in mentions) else ("fraction",)
    alternatives = (False, True) if any(len(m.readings) > 1 for m in mentions) else (False,)
    for percent in percents:
        for alternative in alternatives:
            if (value := _Parser(tokens, percent, alternative, loose).parse()) is not None:
                yield value


def _mixes_units(tokens: Sequence[_Token], claimed: Mention) -> bool:
    """Whether two units of one dimension meet, so that figures alone do not tell."""
    seen: dict[str, set[str]] = {}
    for m in [*(t.mention for t in tokens if t.mention), claimed]:
        if m.unit:
            seen.setdefault(UNITS[m.unit].dimension, set()).add(m.unit)
    return any(len(names) > 1 for names in seen.values())


def _scale_gap(value: Interval, claimed: Mention) -> bool:
    """Whether claim and value differ by thousands only, as where the operands stand "in millions"."""
    if not value.mid or not claimed.value or not any(c.isalpha() for c in claimed.text):
        return False
    scales = (Fraction(10) ** power for power in (3, 6, 9, -3, -6))
    return any(_true(Interval(value.low * x, value.mid * x, value.high * x), claimed, False) for x in scales)


def _judge(
    text: str, left: list[_Token], right: list[_Token], eq: _Token, first: bool, before: _Token | None
) -> Equation | None:
    operated = any(t.kind == "op" or (t.mention and t.mention.kind == "fraction") for t in left)
    if (
        not left
        or not operated
        or len(right) != 1
        or right[0].mention is None
        or not _clean_start(text, left, before, first)
    ):
        return None
    claimed, approximate = right[0].mention, eq.text[0] in "≈≃≅\\" or any(h in eq.text for h in _HEDGES)
    values = list(_variants(left, approximate))
    if not values:
        return None
    holds = any(_true(v, claimed, approximate) for v in values)
    holds = holds or any(_scale_gap(v, claimed) for v in values)
    if not holds and _mixes_units(left, claimed):
        return None
    return Equation(left[0].start, claimed.end, text[left[0].start : left[-1].end], claimed, values[0].mid, holds)


def _questioned(text: str, equation: Equation) -> bool:
    """Whether the text doubts or denies the equation, or goes on where reading stopped."""
    after = text[equation.end : equation.end + 12]
    if re.match(r"\s*(?:\?|\\?%|!|\^|[*/×÷]\s*[a-zA-Z(]|(?:r|R|rem|remainder|mod)\b|[+\-−]\s*[a-zA-Z(\\])", after):
        return True
    before = re.split(r"[.!?\n;]\s", text[max(0, equation.start - 60) : equation.start])[-1]
    behind = text[equation.end : equation.end + 60]
    within = re.split(r"[.!?\n;](?:\s|$)", behind)[0]
    return bool(_DENIED.search(before) or _DENIED.search(within) or _TAKEN_BACK.match(behind))


_TAKEN_BACK = re.compile(
    r"[\s.,;:!—–-]*(?:wait|no\b|oops|hmm|actually|correction|sorry|that(?:'s|\s+is)\s+(?:wrong|not))", re.IGNORECASE
)


@lru_cache(maxsize=4096)
def equations(text: str) -> tuple[Equation, ...]:
    """Every equation of a text that could be read whole, in order."""
    if not _OPERATES.search(text):
        return ()
    found: list[Equation] = []
    for run, before in _runs(_tokens(text)):
        sides = _sides(run)
        for i, ((left, _), (right, eq)) in enumerate(pairwise(sides)):
            equation = _judge(text, left, right, eq, i == 0, before) if eq else None
            if equation and (equation.holds or not _questioned(text, equation)):
                found.append(equation)
    return tuple(found)


def wording(equation: Equation) -> str:
    """The fault in words: "12 × 4 is 48, not 50"."""
    return f"{equation.left.strip()} is {plain(equation.value)}, not {equation.claimed.text.strip()}"


_SLIPS = tuple(Fraction(f) for f in (100, 1000, 10, 60, 3600, 24, 7, 12, 10**6))
_PINT = (
    Fraction(1609344, 10**6),
    Fraction(3048, 10**4),
    Fraction(45359237, 10**8),
    Fraction(254, 100),
    Fraction(1852, 1000),
)


def rescaled(expression: str) -> Iterator[tuple[str, Fraction]]:
    """The values an expression would have with one operand (or the whole) in another unit or scale, each with that operand's text."""
    tokens = _tidy(_tokens(expression))
    if any(t.kind == "stop" for t in tokens):
        return
    factors = [*_SLIPS, *(1 / f for f in _SLIPS), *_PINT, *(1 / f for f in _PINT)]
    whole = _Parser(tokens, "figure", False, False).parse()
    if whole:
        yield from ((expression, whole.mid * f) for f in factors)
    for place, token in enumerate(tokens):
        if token.mention is None:
            continue
        marked = token.mention._replace(percent=True)
        changed = [(marked, "on"), *((_times(token.mention, f), "figure") for f in factors)]
        for mention, percent in changed:
            variant = [*tokens[:place], token._replace(mention=mention), *tokens[place + 1 :]]
            if value := _Parser(variant, percent, False, False).parse():
                yield token.text, value.mid


def _times(mention: Mention, factor: Fraction) -> Mention:
    return mention._replace(readings=tuple(r._replace(value=r.value * factor) for r in mention.readings))
