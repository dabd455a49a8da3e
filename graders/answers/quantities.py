"""Numbers with their units, and ratios."""

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from graders.answers.foreign import written_fraction, written_number
from graders.answers.kinds import Quantity, Ratio
from graders.answers.measures import Measure, measures
from graders.answers.turns import accounted
from graders.number_words import SMALL, number_words
from graders.numbers import Mention, numbers
from graders.units import UNITS

_HEDGE = re.compile(
    r"^(?:about|around|approximately|approx\.?|roughly|nearly|almost|circa|ca\.|c\.|~|≈|≃|\\approx|a\s+total\s+of|exactly|some|only|just|in\s+total|rund|etwa|environ|close\s+to|"
    r"(?:up|down)(?:\s+by)?\s+(?=[\d$€£])|an?\s+(?:net\s+|total\s+)?(?:profit|loss|gain|increase|decrease|drop|rise|fall|decline|growth|reduction|surplus|deficit|change)\s+of|"
    r"(?:fell|dropped|declined|decreased|rose|increased|grew|climbed|shrank)(?:\s+by)?|number|an\s+estimated|estimated(?:\s+at)?|an?(?=\s+[\d.,]+\s?%))\s*",
    re.IGNORECASE,
)
_SIGN = re.compile(r"^(?:minus|negative)\s+", re.IGNORECASE)
_BELOW_ZERO = re.compile(
    r"\s+below\s+(?:zero|freezing(?=.*°?c\b))(?:\s+(celsius|centigrade|fahrenheit))?$", re.IGNORECASE
)
_ATTACHED = re.compile(r"^([-−+]?\d[\d.,]*)(?=[A-Za-zµμΩ℃℉][A-Za-z/^²³·0-9]*$)")
_TIMES = re.compile(r"(?<=\d)[\s-]?fold$")
_BEFORE = re.compile(r"(\d{1,4})\s*b\.?\s?c\.?(?:\s?e\.?)?", re.IGNORECASE)
_AFTER = re.compile(r"^a\.?\s?d\.?\s+(?=\d{1,4}$)|(?<=\d)\s*(?:a\.\s?d\.?|ad|c\.\s?e\.?|ce)$", re.IGNORECASE)
_MODULO = re.compile(r"(-?\d{1,18})\s*\(?\s*mod\s+(\d{1,18})\s*\)?")
_LAP = re.compile(r"(?:(?P<hours>\d{1,2}):)?(?P<minutes>\d{1,2}):(?P<seconds>[0-5]\d\.\d+)")
"""A time that was stopped: "3:59.4"."""
_POINTS = re.compile(r"\s+(?:basis\s+points?|bps?|bips)$", re.IGNORECASE)
_SCALE = re.compile(r"(?:gross|scores?|myriads?|reams?|pairs|couples|bakers?|quires?|googols?)\b")
"""Words that make a number another one, which is not read here."""
_NOUN = re.compile(r"(?:(?:\b(?:[^\W\d_]+|[²³/])[\s-]?){1,5})?")


def read_quantity(text: str) -> Quantity | None:
    """A number with what it counts or measures, and nothing else."""
    plain = _HEDGE.sub("", text).strip()
    if len(plain) > 120:
        return None
    if (built := _BUILT.fullmatch(plain)) and measures(built["unit"]):
        plain = f"{built['many']} {built['unit']}{built['rest']}"
    plain = _in_one_order(plain)
    if re.match(r"one\s", plain, re.IGNORECASE) and not any(m.start == 0 for m in numbers(plain)):
        plain = f"1{plain[3:]}"
    plain = re.sub(r"^(?:(?:in|since|by|the)\s+)?(?:the\s+)?(?:year\s+)?(?=\d{4}$)", "", plain, flags=re.IGNORECASE)
    if era := _BEFORE.fullmatch(plain):
        return Quantity(Fraction(-int(era[1])), Fraction(1))
    if (
        (single := re.match(r"an?\s+(?=\w)", plain))
        and not any(m.start == 0 for m in numbers(plain))
        and (measures(plain[single.end() :]) or _SINGLE.match(plain))
    ):
        plain = f"1 {plain[single.end() :]}"
    plain, negative = _unsigned(_AFTER.sub("", plain))
    if (rest := _MODULO.fullmatch(plain)) and int(rest[2]):
        return Quantity(Fraction(int(rest[1]) % int(rest[2])), Fraction(1), noun=f"mod {rest[2]}")
    if several := _per_several(plain):
        return several
    if lap := _LAP.fullmatch(plain):
        seconds = 3600 * int(lap["hours"] or 0) + 60 * int(lap["minutes"]) + Fraction(lap["seconds"])
        return Quantity(seconds, Fraction(1, 10 ** len(lap["seconds"].partition(".")[2])), "s", measures=measures("s"))
    if (thousandth := _PER_MILLE.sub("", plain)) != plain and (found := _read(thousandth, 1)):
        return found._replace(value=found.value / 10, ulp=found.ulp / 10, percent=True, other=None)
    if (coins := _COINS.fullmatch(plain)) and (much := _in_coins(coins)):
        return much
    if (taken := _PART_OF.fullmatch(plain)) and (whole := _read(taken["whole"], 1)):
        return _taken(read_quantity(taken["part"]), whole)
    if (raised := _SCIENTIFIC.match(plain)) and (worded := plain[raised.end() :]) and not measures(worded):
        plain = f"{raised[1]}e{raised[2].replace('−', '-')}{worded}"
    if points := _POINTS.search(plain):
        return _hundredth(read_quantity(plain[: points.start()]))
    return _read(plain, -1 if negative else 1)


_SCIENTIFIC = re.compile(
    r"([-−]?\d+(?:\.\d+)?)\s*(?:[×x·*]|\\times|\\cdot)\s*10\s*\^\s*\{?([-−+]?\d{1,3})\}?(?=\s[^+=*/^-]*[a-z]{3}[^+=*/^-]*$)"
)
"""A figure times a power of ten before words: "5.0 × 10^2 N upward"."""
_PER_MILLE = re.compile(r"\s?(?:‰|per\s+mille?)$", re.IGNORECASE)
_COINS = re.compile(
    r"(?P<whole>\S.{0,40}?)\s+(?P<unit>pounds?|dollars?|euros?|rupees?|francs?)(?:,?\s+and)?\s+(?P<coins>[a-z\d][a-z\d-]{0,20})(?:\s+(?:pence|p|cents?|paise|centimes))?",
    re.IGNORECASE,
)
"""An amount of money in two units: "three pounds and fifty pence"."""


def _in_coins(m: re.Match[str]) -> Quantity | None:
    whole, coins = _read(f"{m['whole']} {m['unit']}", 1), _read(m["coins"], 1)
    if not whole or not coins or whole.noun or coins.noun or not 0 < coins.value < 100 or coins.value.denominator > 1:
        return None
    return whole._replace(value=whole.value + coins.value / 100, ulp=Fraction(1, 100), other=None)


_PART_OF = re.compile(
    r"(?P<part>(?:an?\s+|one[\s-]+)?half|(?:an?|one|two|three|four)[\s-]+(?:third|quarter|fourth|fifth|sixth|eighth|tenth)s?|\d{1,3}/\d{1,3})\s+of\s+(?P<whole>[$€£]?\d.*)",
    re.IGNORECASE,
)
"""A share of an amount: "half of 50"."""


def _taken(part: Quantity | None, whole: Quantity) -> Quantity | None:
    return None if part is None else whole._replace(value=whole.value * part.value, ulp=Fraction(0), other=None)


_BUILT = re.compile(r"(?:an?\s+)?(?P<many>[\w.,]+)-(?P<unit>[a-z]+)(?P<rest>(?:-[a-z]+)?\s+[a-z ]+)", re.IGNORECASE)
"""An amount before what it measures: "a 10-minute walk"."""
_SINGLE = re.compile(
    r"an?\s+(?:year|month|week|day|hour|minute|dollar|euro|pound|foot|mile)(?:,?\s+and|,)?\s+(?!an?\b)\w+",
    re.IGNORECASE,
)
"""One of a unit before smaller ones: "an hour and twenty minutes"."""
_CODED = re.compile(
    r"(?P<sign>[-−+]?)(?P<code>(?!USD|EUR|GBP|JPY|INR|CHF|CNY|RUB|KRW|BRL)[A-Z]{3}|(?:CA?|AU?|HK|NZ|S|NT|MX)\$|S?Fr\.|kr|zł|RM|Rp|[₺₪฿₱₫₦₴])\s?(?P<amount>\d.*)"
)
_FIRST_WORDS = re.compile(r"[^\W\d_]+(?:[ -][^\W\d_]+)+(?=\s[^\W\d_]+$)")
_FIRST_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*(?=\s+[^\W\d_])")


_DIGITS = {word: str(value) for word, value in SMALL.items() if value < 10} | {"nought": "0", "oh": "0"}
_DOZENS = re.compile(r"^(?P<many>(?:[a-z]+[\s-]){1,4}|\d[\d,]*\s)dozens?(?=$|\s(?!and\b))", re.IGNORECASE)
_POINTED = re.compile(
    rf"^(?P<whole>{'|'.join(_DIGITS)})\s+point(?P<rest>(?:[\s-]+(?:{'|'.join(_DIGITS)})\b)+)(?=\s|$)", re.IGNORECASE
)


def _pointed(m: re.Match[str]) -> str:
    """ "one point five"."""
    return f"{_DIGITS[m['whole'].lower()]}.{''.join(_DIGITS[w.lower()] for w in re.findall('[a-zA-Z]+', m['rest']))}"


def _whole(text: str) -> int | None:
    """A whole number above one in figures or words, and nothing else."""
    found = numbers(text)
    if len(found) != 1 or found[0].text != text or found[0].value.denominator != 1:
        return None
    return int(found[0].value) if found[0].value > 1 else None


def _in_one_order(plain: str) -> str:
    """A currency's code or sign behind its amount, and numbers in another language, or with a spoken point, as figures."""
    plain = _POINTED.sub(_pointed, plain, count=1)
    plain = re.sub(r"^(\d*)\s*point\s+(\d+)(?=$|\s)", r"\1.\2", plain, flags=re.IGNORECASE)
    if (dozens := _DOZENS.match(plain)) and (many := _whole(dozens["many"].strip())):
        plain = f"{12 * many}{plain[dozens.end() :]}"
    plain = re.sub(r"^(?:an?|one)\s+dozen\s+and\s+a\s+half\b", "18", plain, flags=re.IGNORECASE)
    plain = re.sub(
        r"^an?\s+quarter[\s-](?=(?:thousand|million|billion|trillion)\b)", "a quarter of a ", plain, flags=re.IGNORECASE
    )
    plain = re.sub(r"^(\d{1,3}\s*/\s*)(\d{1,3}(?:,\d{3})+)$", lambda m: m[1] + m[2].replace(",", ""), plain)
    if (coded := _CODED.fullmatch(plain)) and measures(coded["code"].rstrip(".")):
        amount = re.sub(r"(?<=\d)\s?([mb])$", lambda m: " million" if m[1] == "m" else " billion", coded["amount"])
        return f"{coded['sign']}{amount} {coded['code'].rstrip('.')}"
    if (whole := written_number(plain) or written_fraction(plain)) is not None:
        return str(whole)
    counted = _FIRST_WORDS.match(plain) or _FIRST_WORD.match(plain)
    many = written_number(counted[0]) if counted else None
    if counted and many is None and (counted := _FIRST_WORD.match(plain)):
        many = written_number(counted[0])
    return plain if counted is None or many is None or many < 13 else f"{many}{plain[counted.end() :]}"


_PER_SEVERAL = re.compile(r"(.+?[^\W\d_])\s*(?:/|\bper\b)\s*(\d{1,6})\s*([^\W\d_]+)")


def _per_several(plain: str) -> Quantity | None:
    """ "5 litres per 100 km": so many for several of a unit."""
    m = _PER_SEVERAL.fullmatch(plain)
    one = _read(f"{m[1]}/{m[3]}", 1) if m and int(m[2]) else None
    if not m or one is None or not one.measures or one.noun:
        return None
    return one._replace(value=one.value / int(m[2]), ulp=one.ulp / int(m[2]), other=None)


def _unsigned(text: str) -> tuple[str, bool]:
    """A text without what makes it negative in words; the brackets of an account are for `turned` to weigh."""
    below = _BELOW_ZERO.search(text)
    plain = _BELOW_ZERO.sub(f" {below[1]}" if below and below[1] else "", text)
    plain = _TIMES.sub(" times", accounted(plain) or plain)
    bare = re.sub(r"^([-−+])\s+(?=[\d.$€£])", r"\1", _SIGN.sub("", plain))
    return bare, bool(below) or bool(_SIGN.match(plain))


def _hundredth(points: Quantity | None) -> Quantity | None:
    """Basis points as a percentage."""
    return points and points._replace(value=points.value / 100, ulp=points.ulp / 100, percent=True, noun="", other=None)


_PER = re.compile(r"\s*([A-Za-z][a-z -]{1,30}?)\s*(?:/\s*|\s+(?:per|an?|each|every)\s+)(\S.*)")


QUALIFIED = re.compile(
    r"\s+(more|fewer|less|additional|extra|further|other|full|whole|entire|straight|consecutive|solid)\s+([^\W\d_]+)\b",
    re.IGNORECASE,
)
"""A word between a figure and its unit: "10 more days"."""


class _Tail(NamedTuple):
    """What stands behind a number: what it measures, and the words beyond that."""

    measures: tuple[Measure, ...]
    noun: str


_INSIDE = re.compile(r"\s*in\s+[^\W\d_]")
_IN_ALL = re.compile(r"\s*in\s+(?:total|all|sum|an?|the|each|his|her|its|their)\b", re.IGNORECASE)
"""Behind a figure or an amount of money "in" is no inch: "42 in total", "$4.2 billion in revenue"."""


def _tails(lead: str, rest: str) -> Iterator[_Tail]:
    """The longest beginning of the rest that is a unit, with the unit that stood before the number; then no unit."""
    if (
        (shared := _PER.fullmatch(rest))
        and not lead
        and not measures(shared[1])
        and (below := measures(f"/{shared[2]}"))
    ):
        yield _Tail(below, shared[1])
        return
    if (more := QUALIFIED.match(rest)) and not lead and (found := measures(more[2])):
        yield _Tail(found, f"{more[1]} {rest[more.end() :]}")
        return
    cuts = [len(rest), *(m.start() for m in reversed(list(re.finditer(r"\s+|(?<=[\w.])(?=,)", rest))))]
    for cut in cuts[:8]:
        if (
            _INSIDE.match(rest if cut < len(rest) else "")
            and rest[:cut].strip() == "in"
            and (lead or _IN_ALL.match(rest))
        ):
            continue
        if found := measures(f"{lead} {rest[:cut]}".strip()):
            yield _Tail(found, rest[cut:])
            return
    yield _Tail(measures(lead), rest)


def _read(plain: str, sign: int) -> Quantity | None:
    found = [m for m in numbers(plain) if not m.glued]
    if (run := _ATTACHED.match(plain)) and (
        not found or (re.search(r"[\^²³/]", plain) and measures(plain[run.end() :]))
    ):
        plain = _ATTACHED.sub(r"\1 ", plain)
        found = [m for m in numbers(plain) if not m.glued]
    if not found or found[0].start != 0 or found[0].kind == "ordinal" or found[0].dated:
        return None
    m = found[0]
    rest = (
        re.sub(r"^\s*(?:of\s+)?an?\s+(?=[a-z])", " ", plain[m.end - m.tail :])
        if m.kind == "word" or m.ulp == 0
        else plain[m.end - m.tail :]
    )
    tail = next(_tails("" if m.tail else m.unit, rest))
    noun = tail.noun.strip(" .,")
    if (len(found) > 1 and any(c.isdigit() for c in noun)) or (len(found) > 1 and noun and numbers(noun)):
        return _compound(plain, found)
    if not _NOUN.fullmatch(re.sub(r"^/\s*", "per ", noun)) or (
        noun and not tail.measures and not m.unit and len(noun) == 1
    ):
        return None
    if _SCALE.match(noun):
        return None
    first = m.readings[0]
    other = m.readings[1].value * sign if len(m.readings) > 1 else None
    return Quantity(
        first.value * sign, first.ulp, m.unit, m.percent, re.sub(r"^/\s*", "per ", noun.lower()), other, tail.measures
    )


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
    return Quantity(total, found[-1].ulp, smallest, measures=measures(smallest))


def _in_figures(text: str) -> str:
    """ "one in five" as "1 in 5"."""
    plain = re.sub(r"\s+chances?(?=\s+in\b)", "", text)
    for word in reversed(number_words(plain)):
        plain = f"{plain[: word.start]}{word.value}{plain[word.end :]}"
    return re.sub(r"[a-z]+", lambda m: str(SMALL.get(m[0].lower(), m[0])), plain, flags=re.IGNORECASE)


_CALLED_RATIO = re.compile(r"^(?:in\s+)?(?:an?|the)\s+ratio\s+(?:of|is)\s+", re.IGNORECASE)


def read_ratio(text: str) -> Ratio | None:
    if _LAP.fullmatch(text):
        return None
    text = _CALLED_RATIO.sub("", _HEDGE.sub("", text, count=1))
    text = _in_figures(text) if re.search(r"\s(?:in|of|out\s+of|to)\s", text) else text
    m = re.fullmatch(
        r"(\d+(?:\.\d+)?)((?:\s*:\s*\d+(?:\.\d+)?)+|\s+(?:to|in|of|out\s+of(?:\s+every)?|(?:for|in)\s+every|every|per|zu|sur)\s+\d+(?:\.\d+)?)(?:\s+(?:ratio|odds|chance|probability))?",
        re.sub(r"(?<=\d),(?=\d{3}\b)", "", text.strip()),
    )
    if m:
        terms = [Fraction(t) for t in re.findall(r"\d+(?:\.\d+)?", m[0])]
        return Ratio(tuple(t / terms[-1] for t in terms)) if terms[-1] else None
    return None
