# ruff: noqa: SIM905  (word lists are data: broken up they cannot be read)
"""Numbers written out in German, French, Spanish, Italian and Portuguese: "vierundzwanzig", "quatre-vingt-trois", "treinta y dos".

Whole texts up to the hundreds of thousands. A word that two languages read differently ("sei" apart, none is) has one value here; "un" and
"eins" alone are articles and pronouns far more often, and left out.
"""

import re
from fractions import Fraction
from functools import lru_cache

from graders.names import folded

_UNITS = {
    word: value
    for value, words in enumerate(
        (
            "zéro cero",
            "eins ein eine un une uno una um uma",
            "zwei deux dos due dois duas",
            "drei trois tres tre três",
            "vier quatre cuatro quattro quatro",
            "fünf cinq cinco cinque",
            "sechs six seis sei",
            "sieben sept siete sette sete",
            "acht huit ocho otto oito",
            "neun neuf nueve nove",
            "zehn dix diez dieci dez",
            "elf onze once undici",
            "zwölf douze doce dodici doze",
            "dreizehn treize trece tredici treze",
            "vierzehn quatorze catorce quattordici catorze",
            "fünfzehn quinze quince quindici",
            "sechzehn seize dieciséis sedici dezesseis",
            "siebzehn dix-sept diecisiete diciassette dezessete",
            "achtzehn dix-huit dieciocho diciotto dezoito",
            "neunzehn dix-neuf diecinueve diciannove dezenove",
        )
    )
    for word in map(folded, words.split())
}
_TENS = {
    word: 10 * value
    for value, words in enumerate(
        (
            "zwanzig vingt vingts veinte venti vinte",
            "dreißig dreissig trente treinta trenta trinta",
            "vierzig quarante cuarenta quaranta quarenta",
            "fünfzig cinquante cincuenta cinquanta cinquenta",
            "sechzig soixante sesenta sessanta sessenta",
            "siebzig septante setenta settanta",
            "achtzig huitante octante ochenta ottanta oitenta",
            "neunzig nonante noventa novanta",
        ),
        2,
    )
    for word in map(folded, words.split())
}
_HUNDREDS = dict.fromkeys(map(folded, "hundert cent cents ciento cien cento cem".split()), 100) | {
    word: 100 * value
    for value, words in (
        (2, "doscientos doscientas duzentos duzentas"),
        (3, "trescientos trescientas trezentos trezentas"),
        (4, "cuatrocientos cuatrocientas quatrocentos quatrocentas"),
        (5, "quinientos quinientas quinhentos quinhentas"),
        (6, "seiscientos seiscientas seiscentos seiscentas"),
        (7, "setecientos setecientas setecentos setecentas"),
        (8, "ochocientos ochocientas oitocentos oitocentas"),
        (9, "novecientos novecientas novecentos novecentas"),
    )
    for word in words.split()
}
_THOUSANDS = frozenset(map(folded, "tausend mille mil mila".split()))
_MILLIONS = dict.fromkeys(
    map(folded, "million millionen millions millón millones milione milioni milhão milhões".split()), 10**6
)
_MILLIONS |= dict.fromkeys(map(folded, "milliarde milliarden milliard milliards miliardo miliardi".split()), 10**9)
_PARTS = {
    word: value
    for value, words in (
        (2, "halb halbe halber halbes medio media medios mezzo mezza meio meia"),
        (3, "drittel tiers tercio tercios terzo terzi terço terços"),
        (4, "viertel quart quarts cuarto cuartos quarti"),
        (5, "fünftel quinto quintos quinti"),
        (6, "sechstel"),
        (8, "achtel"),
        (10, "zehntel"),
    )
    for word in map(folded, words.split())
}
_LINKS = frozenset("und et y e".split())
_ELIDED = {f"{word[:-1]}{unit}": value + _UNITS[unit] for word, value in _TENS.items() for unit in ("uno", "otto")}
"""Italian tens lose their vowel before one: "ventuno", "trentotto"."""
_WORDS = _MILLIONS | _UNITS | _TENS | _HUNDREDS | _ELIDED | dict.fromkeys(_THOUSANDS, 1000) | dict.fromkeys(_LINKS, 0)
_SPELLINGS = sorted({*_WORDS, "veinti"}, key=len, reverse=True)
_TEXT = re.compile(r"[^\W\d_]{2,}(?:[\s-]+[^\W\d_]+){0,8}")


_EASTERN = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "兩": 2}
_EASTERN_TENS = {"十": 10, "百": 100, "千": 1000}
_EASTERN_TEXT = re.compile("[零〇一二两兩三四五六七八九十百千万萬]{1,12}")


def _eastern(text: str) -> int:
    """A Chinese or Japanese numeral: "四十二"."""
    total = group = digit = 0
    for sign in text:
        if sign in _EASTERN:
            digit = digit * 10 + _EASTERN[sign]
        elif sign in _EASTERN_TENS:
            group, digit = group + (digit or 1) * _EASTERN_TENS[sign], 0
        else:
            total, group, digit = total + (group + digit or 1) * 10_000, 0, 0
    return total + group + digit


@lru_cache(maxsize=512)
def written_fraction(text: str) -> Fraction | None:
    """ "drei Viertel", "un tiers", "dos tercios"; None for anything else."""
    many, _, part = text.rpartition(" ")
    below = _PARTS.get(folded(part))
    above = _UNITS.get(folded(many)) if below else None
    return Fraction(above, below) if above and below and above < below else None


@lru_cache(maxsize=512)
def written_number(text: str) -> int | None:
    """What a text is worth that is one written-out number and nothing else; None for any other, and for "un" alone."""
    if not text.isascii() and _EASTERN_TEXT.fullmatch(text):
        return _eastern(text)
    if len(text) > 80 or not _TEXT.fullmatch(text):
        return None
    parts = [part for word in re.split(r"[\s-]+", text) for part in _taken_apart(folded(word))]
    if not parts or parts[0] in _LINKS or parts[-1] in _LINKS or (len(parts) == 1 and _WORDS.get(parts[0]) == 1):
        return None
    return _sum(parts)


@lru_cache(maxsize=512)
def _taken_apart(word: str) -> tuple[str, ...]:
    """A word as the number words it is made of, the longest first; a part that is none makes it none, as "?" does."""
    if word in _WORDS:
        return (word,)
    for spelling in _SPELLINGS:
        if word.startswith(spelling) and (rest := _taken_apart(word[len(spelling) :])) and "?" not in rest:
            return ("veinte" if spelling == "veinti" else spelling, *rest)
    return ("?",)


def _sum(parts: list[str]) -> int | None:
    """The parts added as they stand: units may come before tens, as in German, and "quatre-vingt" is four twenties."""
    total = group = last = 0
    for part in parts:
        if part in _LINKS:
            continue
        if part not in _WORDS:
            return None
        value = _WORDS[part]
        if part in _MILLIONS:
            total, group, value = (total + group or 1) * value, 0, 0
        elif part in _THOUSANDS:
            total, group, value = total + (group or 1) * 1000, 0, 0
        elif value == 100 and 1 < group < 20:
            group *= 100
        elif part in ("vingt", "vingts") and last == 4:
            group += 76
        elif _joins(value, last, group):
            group += value
        else:
            return None
        last = value if part not in ("vingt", "vingts") or last != 4 else 80
    return total + group


def _joins(value: int, last: int, group: int) -> bool:
    """Whether a number word may stand behind another: tens behind a unit or hundreds, less behind tens, seven behind ten."""
    if value >= 20:
        return 0 < last < 10 or last % 100 == 0
    return ((last == 0 or last >= 20) and group % 10 == 0) or (value < 10 and last == 10)
