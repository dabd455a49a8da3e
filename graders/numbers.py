# ruff: noqa: E501  (word lists and patterns are data: broken up they cannot be read)
"""The one reader of numbers in text: where they stand, what they are worth, how finely they are given.

Reads plain figures in the formats of several languages ("1,234.5", "1.234,5", "12 340", "1'234"), scale words ("1.5 million", "12k",
"3 Mio."), percentages, money, exponents, fractions (also "½" and LaTeX), ordinals and number words. A figure that can mean two values ("1.234")
has both as `readings`, the likelier first; figures that are part of a name or a code ("A12", "v1.2.3", "doc-12") are `glued`:
they are never claims. Dates are read by `graders.dates`; their figures are numbers here too, marked `dated`.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from typing import Literal, NamedTuple

from graders.dates import Spans, dates
from graders.number_words import number_words
from graders.readings import Reading, parts_of, reading, readings_of, regular
from graders.scales import scaled_by
from graders.units import CURRENCY_SIGNS, Unit, unit_after, unit_named

MentionKind = Literal["figure", "word", "ordinal", "fraction"]


class Mention(NamedTuple):
    """A number in a text, `[start, end)` including sign, currency, scale, percent sign and unit."""

    start: int
    end: int
    text: str
    readings: tuple[Reading, ...]
    kind: MentionKind = "figure"
    percent: bool = False
    unit: str = ""
    glued: bool = False
    dated: bool = False
    parts: tuple[Fraction, ...] = ()
    """The figures taken apart, where they may also be several numbers: "12 340", "3/4", "1,2"."""
    tail: int = 0
    """How much of the text at its end is its unit, with the space before it."""

    @property
    def value(self) -> Fraction:
        return self.readings[0].value

    @property
    def ulp(self) -> Fraction:
        return self.readings[0].ulp


_SIGNS = "|".join(re.escape(s) for s in CURRENCY_SIGNS.split("|"))
_NUMBER = re.compile(
    r"""
      (?P<mixed>\d{1,3})[ -](?P<mn>\d{1,2})[/⁄](?P<md>\d{1,3})(?![\d/])
    | (?P<vw>\d{1,6})[ \u2009\u202f]?(?P<vn>[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞])
    | (?P<base>10)(?:\s?(?:\^|\*\*)\s?\{?(?P<raised>-?\d{1,3})\}?|(?P<lifted>[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]{1,4}))
    | (?P<body>\d+(?:(?:\{,\}|,?\\[,!]|[.,'’](?=\d)|_(?=\d{3}(?!\d))|[ \u00a0\u202f\u2009](?=\d{3}(?!\d)))\d+)*|(?<![\w.])\.\d+)
      (?P<exp>[eE][+-]?\d+(?!\w)|\s?(?:×|x|\*|\\times|\\cdot|·)\s?10\s?(?:\^|\*\*)\s?\{?\s?(?P<power>[-−]?\d+)\s?\}?|\s?(?:×|x)\s?10(?P<sup>[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+))?
    | (?P<vulgar>[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞])
    | (?P<frac>\\[dt]?frac\s*\{\s*(?P<fn>-?\d+)\s*\}\s*\{\s*(?P<fd>\d+)\s*\})
    """,
    re.VERBOSE,
)
_PREFIX = re.compile(
    rf"(?P<sign>(?<![\w)\]}}.,%])[-−–+]\s?)?(?P<pre>(?:{_SIGNS}|\\\$|\b(?:USD|EUR|GBP|JPY|INR|CHF|CNY|RUB|KRW|BRL|Rs\.?))\s?)?(?P<sign2>(?<=[$€£¥])-)?$"
)
_BEGINS = re.compile(r"[\d½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞.\\]")
"""What every number begins with: a set of characters is found twenty times as fast as the number itself fails to match."""
_MAY_LEAD = frozenset("-−–+$€£¥₹₽₩DRPYFLWBs.\u00a0 ")
_LEADING = frozenset("$€£¥₹₽₩")
"""Signs that belong to a figure right behind them: "0$0" is no amount of dollars and a nought."""
_VULGAR = dict(
    zip(
        "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞",
        ["1/2", "1/3", "2/3", "1/4", "3/4", "1/5", "2/5", "3/5", "4/5", "1/6", "5/6", "1/8", "3/8", "5/8", "7/8"],
        strict=True,
    )
)
_SUPERSCRIPT = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
_COMMAND = re.compile(r"\\[a-zA-Z]+$")
"""A LaTeX command before a figure: "\\cdot17"."""
_PERCENT = re.compile(
    r"\s?(?:\\?%|percentage\spoints?|pp\b|percent\b|per\s?cent\b|Prozent\b|pour\s?cent\b|por\s?cient?o\b|per\s?cento\b|процент\w*)"
)
_FRACTION_TAIL = re.compile(r"\s?(?:/|⁄)\s?(\d+)(?![\d.,]*\d|/)")
_DECADE = re.compile(r"(?<=\d{3}0)s\b")
_ORDINAL = re.compile(r"(?:st|nd|rd|th)\b")


def plain(value: Fraction) -> str:
    """A value as people write it: whole, decimal where it ends soon, else a fraction."""
    if value.denominator == 1:
        return str(value.numerator)
    decimal = f"{float(value):.12g}"
    return decimal if Fraction(decimal) == value else f"{float(value):.6g}"


def magnitude(value: Fraction) -> Fraction:
    """`abs` of a fraction, which makes no new one where it is positive."""
    return value if value.numerator >= 0 else -value


_POWER = 250


def _boundless(m: re.Match[str], body: str) -> bool:
    """Whether a figure is too great or small for any quantity: hundreds of digits, or "1e999" in a hash. It is left unread."""
    if len(body) > _POWER or not m["exp"]:
        return len(body) > _POWER
    exponent = m["power"] or m["exp"].lstrip("eE+-")
    return exponent.isdigit() and int(exponent) > _POWER


class _Scan:
    """One pass over a text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.days = Spans((d.start, d.end) for d in dates(text))

    def mentions(self) -> Iterator[Mention]:
        resume = position = 0
        while begins := _BEGINS.search(self.text, position):
            m = _NUMBER.match(self.text, begins.start())
            position = m.end() if m else begins.end()
            if m is None or m.start() < resume:
                continue
            for mention in self._read(m):
                if mention.start < resume:  # its sign was taken for the unit of the one before
                    mention = mention._replace(start=resume, text=self.text[resume : mention.end])
                resume = mention.end
                yield mention

    def _read(self, m: re.Match[str]) -> Iterator[Mention]:
        body = m["body"]
        if not body:
            if (value := _special(m)) is not None:
                yield self._finish(m, (Reading(value, Fraction(0)),), m.end(), "fraction")
            return
        start = m.start("body")
        if _boundless(m, body):
            return
        if regular(body):
            yield self._finish(m, self._powered(m, readings_of(body)), m.end(), "figure", parts_of(body))
            return
        pieces = [(start + p.start(), p[0]) for p in re.finditer(r"[^ ,]+", body)]
        if len(pieces) == 1:
            readings = (reading(re.sub(r"\D", "", body), 0),)
            yield Mention(m.start(), m.end(), m[0], readings, glued=True)
            return
        for at, piece in pieces:
            if regular(piece):
                yield Mention(at, at + len(piece), piece, readings_of(piece), dated=self._dated(at))

    def _powered(self, m: re.Match[str], readings: tuple[Reading, ...]) -> tuple[Reading, ...]:
        exp = m["exp"]
        if not exp:
            return readings
        power = m["power"] or (m["sup"] or "").translate(_SUPERSCRIPT) or exp[1:]
        scale = Fraction(10) ** max(-400, min(400, int(power.replace("−", "-"))))
        return tuple(Reading(r.value * scale, r.ulp * scale) for r in readings)

    def _dated(self, position: int) -> bool:
        return position in self.days

    def _lead(self, start: int) -> tuple[int, bool, Unit | None]:
        """Where sign and currency before a figure begin, whether it is negative, and the currency."""
        if not start or self.text[start - 1] not in _MAY_LEAD:
            return start, False, None
        if self.text[start - 1].isspace() and self.text[start - 2 : start - 1] not in _MAY_LEAD:
            return start, False, None
        low = max(0, start - 6)
        m = _PREFIX.search(self.text, low, start)
        if not m or m.end() == m.start():
            return start, False, None
        negative = bool((m["sign"] and m["sign"][0] in "-−–") or m["sign2"])
        return m.start(), negative, unit_named(m["pre"].strip().lstrip("\\")) if m["pre"] else None

    def _glued(self, start: int, end: int) -> bool:
        text = self.text
        before = text[start - 1] if start else " "
        if before.isalpha() and _COMMAND.search(text, max(0, start - 12), start):
            return False
        if before == "/" and "." in text[start:end] and text[start - 2 : start - 1].isdigit():
            return False
        if before.isalpha() or (before in "_#@/\\" and text[start - 2 : start - 1].isalnum()):
            return before not in "x×" or start < 2 or text[start - 2].isalnum()
        if before == "-" and start >= 2 and text[start - 2].isalpha():
            return True
        if before in ":." and start >= 2 and text[start - 2].isdigit():
            return True
        after = text[end : end + 2]
        if after[:1] == "_":
            return before != "_" or after[1:].isalnum()
        return bool(after) and (after[0].isalpha() or (after[0] == ":" and after[1:].isdigit()))

    def _term(self, start: int, end: int) -> bool:
        """Whether what looks like dollars opens a formula: "$3n + 6$"."""
        follows = _LATIN.match(self.text, end, end + 12) if self.text[start] == "$" else None
        return follows is not None and unit_named(follows[0]) is None

    def _finish(
        self,
        m: re.Match[str],
        readings: tuple[Reading, ...],
        end: int,
        kind: MentionKind,
        parts: tuple[Fraction, ...] = (),
    ) -> Mention:
        text = self.text
        start, negative, unit = self._lead(m.start())
        percent, amount = False, end
        if text[end : end + 1] not in _NOTHING_FOLLOWS:
            divided = kind == "figure" and readings[0].ulp == 1 and _next(text, end) in _DIVIDES
            tail = _FRACTION_TAIL.match(text, end) if divided else None
            if tail and int(tail[1]) and not self._dated(m.start()):
                whole = readings[0].value
                readings = (Reading(whole / int(tail[1]), Fraction(0)),)
                parts, end, kind = (whole, Fraction(int(tail[1]))), tail.end(), "fraction"
            if kind == "figure" and text.startswith(" and ", end) and (more := _AND_PART.match(text, end)):
                readings, end = tuple(Reading(r.value + _share(more), Fraction(0)) for r in readings), more.end()
            if _word_follows(text, end):
                readings, end = scaled_by(text, end, readings, bool(unit))
            amount = end
            if _next(text, end) in _PERCENT_BEGINS and (shared := _PERCENT.match(text, end)):
                percent, end = True, shared.end()
                amount = end
            elif (
                unit is None
                and not (text[end : end + 1] == "s" and _DECADE.match(text, end))
                and (after := unit_after(text, end))
            ):
                leads = text[after[1] - 1] in _LEADING and _NUMBER.match(text, after[1]) is not None
                unit, end = (None, end) if leads else after
            if text[end : end + 1].isalpha() and (ordinal := _ORDINAL.match(text, end)):
                kind, end = "ordinal", ordinal.end()
                amount = end
        if negative:
            readings = tuple(Reading(-r.value, r.ulp) for r in readings)
        glued = (unit is None and not percent and kind == "figure" and self._glued(start, end)) or self._term(
            start, end
        )
        return Mention(
            start,
            end,
            text[start:end],
            readings,
            kind,
            percent,
            unit.name if unit else "",
            glued,
            self._dated(start),
            parts,
            end - amount,
        )


_NOTHING_FOLLOWS = frozenset(["", *",;:.)]|"])
"""What directly behind a figure says that neither scale, percent sign, unit nor ordinal follows."""


_DIVIDES = frozenset("/⁄")
_PERCENT_BEGINS = frozenset("%\\pPп")


def _word_follows(text: str, end: int) -> bool:
    """Whether a letter stands there, or behind one blank or dash."""
    follows = text[end : end + 2]
    return follows[:1].isalpha() or ((follows[:1].isspace() or follows[:1] == "-") and follows[1:].isalpha())


def _next(text: str, end: int) -> str:
    """The character there, or behind one space."""
    return text[end : end + 2].lstrip()[:1]


_LATIN = re.compile(r"[A-Za-z]+")
_AND_PART = re.compile(r"\s+and\s+(?:an?|one|(two|three))[\s-]+(half|thirds?|quarters?)\b(?!\s+of\b)")


def _share(m: re.Match[str]) -> Fraction:
    """ "and a half", "and three quarters" behind a figure."""
    below = {"h": 2, "t": 3, "q": 4}[m[2][0]]
    return Fraction({None: 1, "two": 2, "three": 3}[m[1]], below)


def _special(m: re.Match[str]) -> Fraction | None:
    """The exact value of a fraction, a mixed number or a power of ten; None where it has none."""
    if m["vulgar"]:
        return Fraction(_VULGAR[m["vulgar"]])
    if m["vn"]:
        return int(m["vw"]) + Fraction(_VULGAR[m["vn"]])
    if m["base"]:
        return Fraction(10) ** int(m["raised"] or m["lifted"].translate(_SUPERSCRIPT))
    whole, top, bottom = (m["mixed"] or "0", m["mn"], m["md"]) if m["mixed"] else ("0", m["fn"], m["fd"])
    return int(whole) + Fraction(int(top), int(bottom)) if int(bottom) else None


_ARTICLE = re.compile(r"\s+(?:an?|of\s+an?)(?=\s)")


_UNIT_AND_HALF = re.compile(
    r"\b(?:an?|one)\s+(hour|day|week|month|year|mile|minute|century|decade|dozen)\s+and\s+a\s+half$", re.IGNORECASE
)
"""One and a half of a unit: "an hour and a half"."""


def _written(text: str) -> list[Mention]:
    """Numbers in words, with the percent sign or the unit behind them ("half an hour")."""
    found = []
    for word in number_words(text):
        if whole := _UNIT_AND_HALF.search(text[max(0, word.start - 24) : word.end]):
            start = word.end - len(whole[0])
            unit_of = unit_named(whole[1])
            found.append(
                Mention(
                    start,
                    word.end,
                    whole[0],
                    (Reading(Fraction(3, 2), Fraction(0)),),
                    "word",
                    unit=unit_of.name if unit_of else "",
                )
            )
            continue
        end, unit = word.end, ""
        article, amount = _ARTICLE.match(text, end), end
        percent = _PERCENT.match(text, end) or (
            _PERCENT.match(text, article.end()) if article and word.value < 1 else None
        )
        if percent:
            end = amount = percent.end()
        elif after := unit_after(text, article.end() if article and word.value < 1 else end):
            unit, end = after[0].name, after[1]
        worth = Reading(word.value, Fraction(0))
        said = text[word.start : end]
        found.append(Mention(word.start, end, said, (worth,), "word", bool(percent), unit, tail=end - amount))
    return found


@lru_cache(maxsize=1024)
def numbers(text: str) -> tuple[Mention, ...]:
    """Every number of a text in order of place, without overlaps."""
    return numbers_once(text)


def numbers_once(text: str) -> tuple[Mention, ...]:
    """`numbers` of a text that nobody else will ask for, such as a line of a page: it is not kept in the place of another."""
    figures = list(_Scan(text).mentions())
    written = _written(text)
    if not written:
        return tuple(figures)
    starts = [
        f.start for f in figures
    ]  # figures do not overlap: only the last that begins before a word ends can reach into it
    words = [w for w in written if not (at := bisect_left(starts, w.end)) or figures[at - 1].end <= w.start]
    return tuple(sorted(figures + words)) if words else tuple(figures)


def exact(text: str) -> Fraction | None:
    """The value of a text that is one number and nothing else ("1/3", "12,340", "1.5 million"), or None."""
    stripped = text.strip()
    found = [m for m in numbers(stripped) if not m.glued]
    if len(found) != 1 or found[0].start != 0 or found[0].end != len(stripped):
        return None
    return found[0].value / 100 if found[0].percent else found[0].value
