# ruff: noqa: SIM905  (word lists and patterns are data: broken up they cannot be read)
"""Number words: "twenty-three thousand four hundred and five", "one and a half", "two thirds", "a dozen", "half".

English in full; German, French, Spanish, Italian and Portuguese for the small numbers and tens that prose writes out.
"One" and "a" alone are no numbers here: they are articles and pronouns far more often.
"""

import re
from fractions import Fraction
from typing import NamedTuple

from graders.names import folded, words


class WordNumber(NamedTuple):
    start: int
    end: int
    value: Fraction


_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = ("twenty thirty forty fifty sixty seventy eighty ninety").split()
SMALL = {word: i for i, word in enumerate(_UNITS)} | {word: 10 * i for i, word in enumerate(_TENS, 2)}
BIG = {
    "hundred": 100,
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
    "lakh": 10**5,
    "crore": 10**7,
}
_PARTS = {
    "half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fourth": 4, "fourths": 4, "fifth": 5, "fifths": 5,
    "sixth": 6, "sixths": 6, "seventh": 7, "sevenths": 7, "eighth": 8, "eighths": 8, "ninth": 9, "ninths": 9, "tenth": 10, "tenths": 10,
    "hundredth": 100, "hundredths": 100,
}  # fmt: skip
_FIXED = {
    "dozen": 12,
    "dozens": 12,
    "score": 20,
    "couple": 2,
    "pair": 2,
    "twice": 2,
    "thrice": 3,
    "double": 2,
    "triple": 3,
}
_OTHER: dict[str, int | Fraction] = {
    "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9, "zehn": 10, "elf": 11, "zwölf": 12,
    "zwanzig": 20, "dreißig": 30, "vierzig": 40, "fünfzig": 50, "hundert": 100, "tausend": 1000, "hälfte": Fraction(1, 2),
    "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "sept": 7, "huit": 8, "neuf": 9, "dix": 10, "onze": 11, "douze": 12, "quinze": 15,
    "vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50, "mille": 1000, "moitié": Fraction(1, 2), "douzaine": 12, "cent": 100,
    "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8, "nueve": 9, "diez": 10, "doce": 12, "docena": 12,
    "veinte": 20, "treinta": 30, "cien": 100, "mitad": Fraction(1, 2), "quattro": 4, "cinque": 5, "sette": 7, "otto": 8, "nove": 9,
    "dieci": 10, "venti": 20, "cento": 100, "dois": 2, "três": 3, "quatro": 4, "sete": 7, "oito": 8, "dez": 10, "metade": Fraction(1, 2),
}  # fmt: skip

_WORD = "|".join(sorted({*SMALL, *BIG}, key=len, reverse=True))
_PART = "|".join(sorted(_PARTS, key=len, reverse=True))
_RUN = re.compile(
    r"(?<![\w'])(?P<score>two|three|four|five|six)\s+score\b|"
    rf"(?<![\w'])(?P<run>(?:an?[\s-]+(?:{'|'.join(BIG)})\b|(?:{_WORD})\b)(?:(?:[\s-]+|\s+and\s+(?!(?:one|two|three)[\s-]+(?:half|thirds?|quarters?)\b)|,\s)(?:{_WORD})\b)*)"
    rf"(?P<tail>[\s-]+and[\s-]+an?[\s-]+half|[\s-]+and[\s-]+(?:an?|one|two|three)[\s-]+(?:half|quarters?|thirds?)|\s+point(?:\s+(?:{'|'.join(_UNITS[:10])}))+)?"
    rf"(?:(?<=half)\s+(?P<scale>dozen|hundred|thousand|million|billion|trillion)\b)?(?:[\s-]+(?P<part>{_PART})\b)?"
    rf"|(?<![\w'])(?:(?P<alone>an?[\s-]+)?(?P<frac>{_PART}))(?P<dozen>\s+(?:of\s+)?an?\s+(?:dozen|hundred|thousand|million|billion|trillion)\b)?(?!\w)"
    rf"|(?<![\w'])(?:an?\s+)?(?P<fixed>{'|'.join(_FIXED)})(?!\w)"
    rf"|(?<!\w)(?P<other>{'|'.join(sorted(_OTHER, key=len, reverse=True))})(?!\w)",
    re.IGNORECASE,
)


def _year_value(words: list[str]) -> Fraction | None:
    """ "nineteen eighty-four", "twenty twenty-one": a century and its year, read in pairs of figures."""
    if not 2 <= len(words) <= 3 or not all(w in SMALL for w in words):
        return None
    century, rest = SMALL[words[0]], [SMALL[w] for w in words[1:]]
    if not 10 < century <= 20 or rest[0] < 10 or (len(rest) == 2 and (rest[0] < 20 or not 0 < rest[1] < 10)):
        return None
    return Fraction(century * 100 + sum(rest))


_MOST = 10**30
"""Where "hundred hundred hundred ..." ends: no quantity, and too great for a float before long."""


def _run_value(words: list[str]) -> Fraction | None:
    if (year := _year_value(words)) is not None:
        return year
    total = group = 0
    for word in words:
        if word in SMALL:
            if group % 100 and not (group % 10 == 0 and SMALL[word] < 10 and group % 100 >= 20):
                return None
            group += SMALL[word]
        elif word == "hundred":
            group = min((group or 1) * 100, _MOST)
        elif word in BIG:
            total += (group or 1) * BIG[word]
            group = 0
    return Fraction(total + group)


def _tail_value(tail: str) -> Fraction:
    words = re.findall(r"[a-z]+", tail.lower())
    if words[0] == "and":
        return Fraction(SMALL.get(words[1], 1), _PARTS[words[-1]])
    return Fraction("0." + "".join(str(SMALL[w]) for w in words[1:]))


def _value(m: re.Match[str]) -> Fraction | None:
    if m["other"]:
        return Fraction(_OTHER[m["other"].lower()])
    if m["score"]:
        return Fraction(20 * SMALL[m["score"].lower()])
    if m["fixed"]:
        return Fraction(_FIXED[m["fixed"].lower()])
    if m["frac"]:
        of = m["dozen"].split()[-1].lower() if m["dozen"] else ""
        return Fraction({"dozen": 12, **BIG}.get(of, 1), _PARTS[m["frac"].lower()])
    words = [w for w in re.findall(r"[a-z]+", m["run"].lower()) if w != "and"]
    value = _run_value(words)
    if value is not None and m["tail"]:
        value += _tail_value(m["tail"]) * (BIG.get(words[-1], 1) if m["tail"].strip().startswith("and") else 1)
        value *= {"dozen": 12, **BIG}[m["scale"].lower()] if m["scale"] else 1
    if value is not None and m["part"]:
        value /= _PARTS[m["part"].lower()]
    return value


_VOCABULARY = frozenset({*SMALL, *BIG, *_PARTS, *_FIXED, *_OTHER}) - {"one"}
_FOLDED = frozenset(folded(word) for word in _VOCABULARY)
_LETTERS = re.compile(r"[^\W\d_]{3,}")


def _start(text: str, word: re.Match[str]) -> int:
    """Where the number begins that holds this word: "a dozen" and "one third" begin one word earlier."""
    before = text[max(0, word.start() - 16) : word.start()].lower()
    led = re.search(r"(?<![\w'])(?:one[\s-]and[\s-](?:an?|one|two|three)|half an?|an?|one)[\s-]$", before)
    return word.start() - (len(before) - led.start()) if led else word.start()


_VAGUE = re.compile(r"\b(?:several|few|many|some)\s$", re.IGNORECASE)
"""Before a scale word: "several hundred" is no amount."""


def number_words(text: str) -> list[WordNumber]:
    """The written-out numbers of a text in order; "one" alone, and an ordinal alone ("the third"), are left out."""
    found: list[WordNumber] = []
    if _FOLDED.isdisjoint(words(text)):
        return found
    resume = 0
    for word in _LETTERS.finditer(text):
        if word.start() < resume or word[0].lower() not in _VOCABULARY:
            continue
        if word[0].lower() in BIG and _VAGUE.search(text[max(0, word.start() - 12) : word.start()]):
            continue
        start = max(_start(text, word), resume)
        m = _RUN.match(text, start) or _RUN.match(text, word.start())
        value = _value(m) if m and not _ordinal(m) else None
        if m and value is not None:
            found.append(WordNumber(m.start(), m.end(), value))
            resume = m.end()
    return found


def _ordinal(m: re.Match[str]) -> bool:
    """ "the third", "fifth": an order, not an amount, unless "a" stands before."""
    return bool(m["frac"]) and not m["alone"] and _PARTS[m["frac"].lower()] > 2 and m[0].lower() != "quarter"
