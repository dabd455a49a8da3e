"""Days, spans of days or numbers, and times of day."""

import re
from fractions import Fraction

from graders.answers.dressing import undressed
from graders.answers.kinds import Clock, Span
from graders.answers.quantities import read_quantity
from graders.dates import MONTHS, Day, dates
from graders.number_words import SMALL

_WEEKDAY = re.compile(
    r"\b(?:on\s+)?(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+|^(?:am\s+|le\s+|el\s+)?(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo|lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica),?\s+(?:den\s+)?|^(?:mon|tues?|wed|thu(?:rs?)?|fri|sat|sun)\b[.,]?\s+|^(?:on|in|the|since|le|el|am|den|il|em|du|vom|a\.?d\.?(?=\s\d))\s+(?:the\s+)?|\b(?:a\.?d\.?|c\.?e\.?)$",
    re.IGNORECASE,
)


_FEASTS = {
    "christmas day": (12, 25),
    "christmas eve": (12, 24),
    "new year's day": (1, 1),
    "new year's eve": (12, 31),
    "valentine's day": (2, 14),
    "halloween": (10, 31),
}
_FEAST = re.compile(r"([^\d,]+?),?\s+(?:of\s+)?([12]\d{3})")


def read_day(text: str) -> Day | None:
    plain = _WEEKDAY.sub("", text).strip(" ,.")
    if (feast := _FEAST.fullmatch(plain)) and (at := _FEASTS.get(feast[1].lower().replace("’", "'"))):
        return Day(int(feast[2]), *at)
    if at := _FEASTS.get(plain.lower().replace("’", "'")):
        return Day(0, *at)
    if east := re.fullmatch(r"(\d{4})年(\d{1,2})月(?:(\d{1,2})日)?", plain):
        return Day(int(east[1]), int(east[2]), int(east[3] or 0))
    if turned := re.fullmatch(r"(0?[1-9]|1[0-2])/((?:1[5-9]|20)\d{2})", plain):
        return Day(int(turned[2]), int(turned[1]), 0)
    if turned := re.fullmatch(r"([12]\d{3}),?\s+([^\W\d]{3,9})\.?(?:\s+(\d{1,2})(?:st|nd|rd|th)?)?", plain):
        month = MONTHS.get(turned[2].lower())
        return Day(int(turned[1]), month, int(turned[3] or 0)) if month else None
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
_FROM = re.compile(
    r"^(?:the\s+)?(?:night|morning|evening|afternoon|days?|period|years)\s+(?:of|from|between)\s+(?:the\s+)?|^(?:from|between|von|vom|entre|de|du|desde)\s+(?:the\s+)?|^the\s+",
    re.IGNORECASE,
)


_NINETIES = {"twenties": 1920, "thirties": 1930, "forties": 1940, "fifties": 1950, "sixties": 1960, "seventies": 1970}
_NINETIES |= {"eighties": 1980, "nineties": 1990}


def _decade(text: str) -> Span | None:
    if century := re.fullmatch(
        r"(?:in\s+)?(?:the\s+)?(?:(?:im\s+|das\s+|le\s+|el\s+|o\s+)?(\d{1,2})(?:st|nd|rd|th|\.|e|º)?\s+(?:century|jahrhundert|siècle|século|secolo)(?:\s+(?:ad|ce))?|([12]\d)00'?s)",
        text.lower(),
    ):
        first = 100 * int(century[2]) if century[2] else 100 * int(century[1]) - 100
        return Span(Day(first, 0, 0), Day(first + 99, 0, 0))
    m = re.fullmatch(r"(?:in\s+)?(?:the\s+)?(?:([12]\d\d0)'?s|([a-z]+)|'(\d0)s)", text.lower())
    first = (int(m[1]) if m[1] else 1900 + int(m[3]) if m[3] else _NINETIES.get(m[2], 0)) if m else 0
    return Span(Day(first, 0, 0), Day(first + 9, 0, 0)) if first else None


def read_span(text: str) -> Span | None:
    if decade := _decade(text):
        return decade
    if half := re.fullmatch(r"H([12])\s+([12]\d{3})", text):
        begins = 6 * int(half[1]) - 5
        return Span(Day(int(half[2]), begins, 0), Day(int(half[2]), begins + 5, 0))
    if stretch := re.fullmatch(r"([12]\d{3}-\d{2}(?:-\d{2})?)/([12]\d{3}-\d{2}(?:-\d{2})?)", text):
        return _ends(stretch[1], stretch[2])
    if quarter := re.fullmatch(r"Q([1-4])(?:\s+of)?\s+([12]\d{3})", text):
        begins = 3 * int(quarter[1]) - 2
        return Span(Day(int(quarter[2]), begins, 0), Day(int(quarter[2]), begins + 2, 0))
    text = re.sub(r"(?<=\d)\s+(?:season|(?:school|academic)\s+year|term|period)$", "", text)
    plain = _FROM.sub("", _WEEKDAY.sub("", text))
    for cut in _TO.finditer(plain):
        if cut[0].strip().lower() == "and" and not _FROM.match(text):
            continue
        if cut[0] == "-" and plain[: cut.start()][-1:].isalpha() and plain[cut.end() :][:1].isalpha():
            continue
        if cut[0].strip() in ("-", "–") and re.search(r"[,;]\s*$", plain[: cut.start()]):
            continue  # "2, -4" are two figures
        first, last = plain[: cut.start()].strip(" ,"), plain[cut.end() :].strip(" ,")
        if first and last and (span := _ends(first, last, cut[0].strip().isalpha())):
            return span
    return None


def _ends(first: str, last: str, worded: bool = False) -> Span | None:
    """From one end to another; `worded`: a word stands between them, so that "-" is the sign of the first."""
    if re.fullmatch(r"[12]\d{3}", first) and re.fullmatch(r"\d{2}", last):
        last = first[:2] + last
    if re.fullmatch(r"[12]\d{3}", first) and re.fullmatch(r"[12]\d{3}", last):
        return Span(Day(int(first), 0, 0), Day(int(last), 0, 0)) if first < last else None
    end = read_day(last) or _shared(last, first)
    begin = read_day(first) or (_completed(first, end) if isinstance(end, Day) else None)
    if begin and end:
        begin = begin if begin.year else begin._replace(year=end.year)
        return Span(begin, end if end.year else end._replace(year=begin.year))
    one, two = read_quantity(first), read_quantity(last)
    if one and two and (not one.noun or one.noun == two.noun) and (worded or first[0] not in "-−"):
        scale = two.value >= 1000 > one.value and any(c.isalpha() for c in last) and not two.unit
        low = one.value * (two.value / Fraction(re.sub(r"[^\d.]", "", last) or "1")) if scale else one.value
        return (
            Span(low, two.value, two._replace(other=None)) if low < two.value or (worded and first[0] in "-−") else None
        )
    return None


def _completed(text: str, end: Day) -> Day | None:
    """ "12" before "15 March 2021", "March 12" before "15, 2021" or "March" before "May 2021"."""
    if re.fullmatch(r"\d{1,2}(?:st|nd|rd|th)?\.?", text):
        return end._replace(day=int(re.match(r"\d+", text)[0]))  # type: ignore[index]
    month = MONTHS.get(text.lower().rstrip("."))
    return Day(end.year, month, 0) if month else None


def _shared(last: str, first: str) -> Day | None:
    """ "15, 2021" or "15" behind "March 12"."""
    m = re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)?(?:,?\s+(\d{4}))?", last)
    begin = read_day(first)
    if not m or not begin or not begin.day or not any(c.isalpha() for c in first):
        return None
    return Day(int(m[2] or begin.year), begin.month, int(m[1]))


_HOURS = ("twelve", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven")


def _spoken(text: str) -> Clock | None:
    """ "half past three", "quarter to five", "10 minutes past 8"."""
    m = re.fullmatch(
        r"(?:a\s+)?(half|quarter|\d{1,2}\s+minutes?|(?:five|ten|twenty|twenty-five)(?:\s+minutes)?)\s+(past|to|after|before)\s+(\w+)",
        text.lower(),
    )
    if m and m[3] in ("noon", "midday", "midnight"):
        on_the_hour = Clock(0 if m[3] == "midnight" else 720)
        return on_the_hour._replace(minutes=(on_the_hour.minutes + _shift(m[1], m[2])) % 1440)
    hour = _HOURS.index(m[3]) if m and m[3] in _HOURS else int(m[3]) if m and m[3].isdigit() else None
    if m is None or hour is None or hour > 12:
        return None
    minutes = (hour % 12 * 60 + _shift(m[1], m[2])) % 720
    return Clock(minutes if minutes >= 60 else minutes + 720)


_NAMED_MINUTES = re.compile(
    r"(?:at\s+)?(?P<hour>[a-z]+)[\s-](?:(?P<tens>ten|fifteen|twenty|thirty|forty|fifty)(?:[\s-](?P<ones>five))?|oh\s+(?P<few>five))\s+(?P<half>[ap])\.?\s?m\.?"
)


def _by_its_minutes(text: str) -> Clock | None:
    """ "seven thirty p.m."."""
    m = _NAMED_MINUTES.fullmatch(text.lower())
    if not m or m["hour"] not in _HOURS:
        return None
    minutes = SMALL.get(m["tens"] or "", 0) + 5 * bool(m["ones"] or m["few"])
    return Clock(60 * (_HOURS.index(m["hour"]) + 12 * (m["half"] == "p")) + minutes)


_FRACTIONS = {"half": 30, "quarter": 15, "five": 5, "ten": 10, "twenty": 20, "twenty-five": 25}


def _shift(said: str, way: str) -> int:
    """Minutes from the full hour: "quarter" "to" is -15."""
    word = said.split()[0]
    minutes = _FRACTIONS.get(word) or int(word)
    return minutes if way in ("past", "after") else -minutes


_OFFSETS = {
    "UTC": 0,
    "GMT": 0,
    "Z": 0,
    "EST": -300,
    "EDT": -240,
    "CST": -360,
    "CDT": -300,
    "MST": -420,
    "MDT": -360,
    "PST": -480,
    "PDT": -420,
    "CET": 60,
    "CEST": 120,
    "BST": 60,
    "JST": 540,
    "IST": 330,
    "ET": -300,
    "PT": -480,
    "EASTERN": -300,
    "CENTRAL": -360,
    "MOUNTAIN": -420,
    "PACIFIC": -480,
}
_ZONE = re.compile(rf"\s*\b\(?({'|'.join(_OFFSETS)})(?:\s+(?:standard\s+)?time)?\)?$", re.IGNORECASE)
_PART = re.compile(r"\s+(?:in\s+the\s+(morning|afternoon|evening)|at\s+(night))$", re.IGNORECASE)


_GERMAN_HOURS = ("zwölf", "eins", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf")
_HALF_TO = re.compile(rf"halb\s+({'|'.join(_GERMAN_HOURS)}|\d{{1,2}})", re.IGNORECASE)


def _half_to(text: str) -> Clock | None:
    """ "halb vier", half an hour before four."""
    m = _HALF_TO.fullmatch(text)
    hour = (_GERMAN_HOURS.index(m[1].lower()) if not m[1].isdigit() else int(m[1])) if m else 0
    return Clock((hour % 12 or 12) * 60 - 30) if m else None


_MOMENT = re.compile(
    r"(?:(?P<day>.{6,40}?)[\s,]*(?:\bat\b|\bum\b|T(?=\d)|,|\s)\s*(?P<clock>\d{1,2}:\d{2}(?::\d{2}(?:\.0+)?)?(?:\s?[ap]\.?m\.?)?|\d{1,2}\s?[ap]\.?m\.?|noon|midnight)"
    r"|(?P<first>\d{1,2}:\d{2}(?:\s?[ap]\.?m\.?)?|\d{1,2}\s?[ap]\.?m\.?|noon|midnight)(?:\s+on|,)?\s+(?P<then>.{6,40}?))(?P<zone>\s?(?:Z|[A-Z]{2,4}|(?:UTC)?[+-]\d{1,2}(?::?\d{2})?))?",
    re.IGNORECASE,
)


def read_moment(text: str) -> tuple[Day, Clock] | None:
    """A day with a time of it: "2021-03-04 12:00", "4 March 2021, noon", "3 pm on 4 March 2021"; in UTC where a zone is told."""
    m = _MOMENT.fullmatch(text)
    day, clock = (read_day(m["day"] or m["then"]), read_clock(m["clock"] or m["first"])) if m else (None, None)
    if not m or day is None or clock is None or not day.day:
        return None
    return day, clock if not m["zone"] else clock._replace(zone=_offset(m["zone"].strip().upper()))


HOURS_FROM_TO = re.compile(
    r"(?:from\s+|between\s+)?(?P<first>[\d:.]{1,5}\s?(?:[ap]\.?m\.?)?|noon|midnight)\s*(?:–|—|-|\bto\b|\band\b|\buntil\b|\btill\b|\bbis\b)\s*(?P<last>[\d:.]{1,5}\s?(?:[ap]\.?m\.?|uhr)?|noon|midnight)",
    re.IGNORECASE,
)


def read_hours(text: str) -> tuple[Clock, Clock] | None:
    """From one time of day to another: "18:00–20:00", "6 to 8 pm"; one of the two must be surely a time."""
    m = HOURS_FROM_TO.fullmatch(text)
    last = read_clock(m["last"]) if m else None
    half = re.search(r"\s?([ap]\.?m\.?)$", m["last"], re.IGNORECASE) if m else None
    first = (read_clock(m["first"]) or (read_clock(m["first"] + half[0]) if half else None)) if m else None
    return (first, last) if first and last else None


def _offset(zone: str) -> int | None:
    """Minutes from UTC of a zone by its name or as "+02:00"."""
    m = re.fullmatch(r"(?:UTC)?([+-])(\d{1,2}):?(\d{2})?", zone)
    return (-1 if m[1] == "-" else 1) * (60 * int(m[2]) + int(m[3] or 0)) if m else _OFFSETS.get(zone)


def read_clock(text: str) -> Clock | None:
    """A time of day; "in the afternoon" and the like behind it tell the half, a zone where it holds."""
    if (zoned := _ZONE.search(text)) and (here := read_clock(text[: zoned.start()])):
        return here._replace(zone=_OFFSETS[zoned[1].upper()])
    if part := _PART.search(text):
        said = text[: part.start()]
        plain = read_clock(said) or (
            read_clock(f"{said} o'clock") if re.fullmatch(r"(?:at\s+)?\d{1,2}", said) else None
        )
        if plain is None or plain.minutes >= 780:
            return plain
        half = part[1] is None or part[1].lower() != "morning"
        late = half and not (part[2] and plain.minutes % 720 < 300)
        return Clock(plain.minutes % 720 + 720 * late)
    text = re.sub(r"^12\s+(?=(?:noon|midnight)$)", "", text)
    if spoken := _spoken(text) or _by_its_minutes(text) or _half_to(text):
        return spoken
    text = re.sub(r"^(0\d)([0-5]\d)(?:\s*h(?:ours|rs)?)$", r"\1:\2", text, flags=re.IGNORECASE)
    text = re.sub(r"^(\d{1,2})\s+(?:Uhr|heures?|h)\s+(\d{2})$", r"\1:\2", text, flags=re.IGNORECASE)
    m = re.fullmatch(
        r"(?:at\s+)?(\d{1,2})(?:[:.h](\d{2}))?(?::(?P<seconds>\d{2}))?\s*(?:(?P<half>a|p)\.?m\.?|uhr|o'clock|h(?:rs)?)?",
        text.strip(),
        re.IGNORECASE,
    )
    if not m or not ((m[2] and ":" in text) or m["half"] or re.search(r"uhr|o'clock", text, re.IGNORECASE)):
        return {"noon": Clock(720), "midday": Clock(720), "midnight": Clock(0)}.get(text.lower())
    hour, minute = int(m[1]), int(m[2] or 0)
    if hour > 24 or minute > 59 or (":" in text and not m["half"] and hour > 23):
        return None
    if m["half"]:
        hour = hour % 12 + (12 if m["half"].lower() == "p" else 0)
    return Clock(hour * 60 + minute, seconds=int(m["seconds"] or 0))
