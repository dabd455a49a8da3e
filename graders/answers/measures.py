# ruff: noqa: E501  (word lists are data: broken up they cannot be read)
"""Units as answers write them, also products and quotients: "N·m", "J/(g K)", "m s^{-2}", "metres per second squared", "\\text{ km/h}".

`measures(text)` gives what a text that is a unit and nothing else may measure: exponents of base units and the factor to them; several
where a sign has several meanings ("C", "pounds", "ton"), none where a text is no unit. Degrees of temperature alone are units of
their own, since they do not begin at zero; in a quotient they are kelvins.
"""

import math
import re
from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from graders.units import MONEY, unit_named

Powers = tuple[tuple[str, int], ...]


class Measure(NamedTuple):
    """`factor` times the product of base units to their powers; sorted by name, none with power 0."""

    powers: Powers
    factor: Fraction


_PREFIXES = {
    "Y": 24, "Z": 21, "E": 18, "P": 15, "T": 12, "G": 9, "M": 6, "k": 3, "h": 2, "da": 1, "d": -1, "c": -2, "m": -3, "µ": -6, "μ": -6, "u": -6,
    "n": -9, "p": -12, "f": -15, "a": -18,
}  # fmt: skip
_PREFIX_WORDS = {
    "exa": 18, "peta": 15, "tera": 12, "giga": 9, "mega": 6, "kilo": 3, "hecto": 2, "deca": 1, "deci": -1, "centi": -2, "milli": -3, "micro": -6,
    "nano": -9, "pico": -12, "femto": -15,
}  # fmt: skip

# sign: its names; factor; base units. A "*" behind the sign: it takes prefixes.
_TABLE = """
m*|meter metre|1|m
g*|gram gramme|1/1000|kg
s*|second sec|1|s
A*|ampere amp|1|A
K*|kelvin|1|K
mol*|mole|1|mol
cd*|candela|1|cd
Hz*|hertz|1|s-1
N*|newton|1|kg m s-2
Pa*|pascal|1|kg m-1 s-2
J*|joule|1|kg m2 s-2
W*|watt|1|kg m2 s-3
C*|coulomb|1|A s
V*|volt|1|kg m2 s-3 A-1
F*|farad|1|kg-1 m-2 s4 A2
Ω*|ohm|1|kg m2 s-3 A-2
S*|siemens|1|kg-1 m-2 s3 A2
Wb*|weber|1|kg m2 s-2 A-1
T*|tesla|1|kg s-2 A-1
H*|henry henrie|1|kg m2 s-2 A-2
lm*|lumen|1|cd
dB|decibel|1|dB
lx*|lux|1|cd m-2
Bq*|becquerel|1|s-1
Gy*|gray|1|m2 s-2
Sv*|sievert|1|m2 s-2
L*|liter litre|1/1000|m3
l*||1/1000|m3
eV*|electronvolt electron-volt|1.602176634e-19|kg m2 s-2
Wh*|watt-hour watthour|3600|kg m2 s-2
cal*|calorie|4.184|kg m2 s-2
Cal|calorie|4184|kg m2 s-2
bar*|bar|100000|kg m-1 s-2
B*|byte|8|bit
bit*|bit|1|bit
b*||1|bit
M*|molar|1000|mol m-3
t|tonne metric-ton|1000|kg
ton|ton|1000|kg
ton|ton short-ton|907.18474|kg
longton|long-ton|1016.0469088|kg
min|minute|60|s
mins||60|s
Ah*||3600|A s
sec||1|s
secs||1|s
h|hour|3600|s
hr|hr|3600|s
hrs||3600|s
d|day|86400|s
wk|week|604800|s
mo|month|2629746|s
yr|year|31556952|s
yrs||31556952|s
year|year|31557600|s
year|year|31536000|s
mo|month|2592000|s
dy|decade|315569520|s
Ga||31556952000000000|s
Ma||31556952000000|s
fortnight|fortnight|1209600|s
century|century centurie|3155695200|s
in|inch inche|0.0254|m
ft|foot feet|0.3048|m
yd|yard|0.9144|m
mi|mile|1609.344|m
nmi|nautical-mile|1852|m
au|astronomical-unit|149597870700|m
AU||149597870700|m
ly|light-year lightyear|9460730472580800|m
pc*|parsec|30856775814913673|m
Å|angstrom ångström|1e-10|m
lb|pound|0.45359237|kg
lbs||0.45359237|kg
oz|ounce|0.028349523125|kg
st|stone|6.35029318|kg
ct|ct|1/100|USD
ct||1/100|EUR
u|dalton|1.66053906660e-27|kg
amu||1.66053906660e-27|kg
Da*||1.66053906660e-27|kg
acre|acre|4046.8564224|m2
ha|hectare|10000|m2
gal|gallon|0.003785411784|m3
qt|quart|0.000946352946|m3
pt|pint|0.000473176473|m3
cup|cup|0.0002365882365|m3
floz|fluid-ounce|0.0000295735295625|m3
tbsp|tablespoon|0.00001478676478125|m3
tsp|teaspoon|0.00000492892159375|m3
cc||1e-6|m3
sqm||1|m2
sqft||0.09290304|m2
atm|atmosphere|101325|kg m-1 s-2
mmHg|torr|133.322387415|kg m-1 s-2
Torr||133.322387415|kg m-1 s-2
psi|psi|6894.757293168|kg m-1 s-2
hp|horsepower|745.6998715822702|kg m2 s-3
BTU|btu|1055.05585262|kg m2 s-2
lbf|pound-force|4.4482216152605|kg m s-2
dyn|dyne|1e-5|kg m s-2
erg|erg|1e-7|kg m2 s-2
kn|knot|0.51444444444444444444|m s-1
kph|kph|5/18|m s-1
kmh|kmph|5/18|m s-1
mph|mph|0.44704|m s-1
mps||1|m s-1
fps||0.3048|m s-1
mpg|mpg|425143.70743027201|m-2
rad*|radian|1|rad
sr|steradian|1|rad2
°|degree deg|PI/180|rad
′|arcminute arcmin|PI/10800|rad
″|arcsecond arcsec|PI/648000|rad
rev|revolution turn|2PI|rad
rpm|rpm|2PI/60|rad s-1
rpm|rpm|1/60|s-1
bpm|bpm|1/60|s-1
°C|celsius centigrade|1|°C
℃||1|°C
°F|fahrenheit|1|°F
℉||1|°F
KiB|kibibyte|8192|bit
MiB|mebibyte|8388608|bit
GiB|gibibyte|8589934592|bit
TiB|tebibyte|8796093022208|bit
bps||1|bit s-1
kbps||1000|bit s-1
Mbps||1000000|bit s-1
Gbps||1000000000|bit s-1
$|dollar buck|1|USD
USD|usd|1|USD
US$||1|USD
¢|cent penny pennie|1/100|USD
cents|cent|1/100|EUR
€|euro|1|EUR
EUR|eur|1|EUR
£|quid sterling pound|1|GBP
GBP|gbp|1|GBP
p|penny pence|1/100|GBP
¥|yen|1|JPY
JPY|jpy|1|JPY
₹|rupee|1|INR
INR|inr|1|INR
Rs|rs|1|INR
CHF|franc chf|1|CHF
CNY|yuan renminbi rmb|1|CNY
RMB||1|CNY
₽|ruble rouble|1|RUB
RUB|rub|1|RUB
₩|won|1|KRW
KRW|krw|1|KRW
R$|reai real|1|BRL
BRL|brl|1|BRL
CAD|canadian-dollar cad|1|CAD
C$||1|CAD
CA$||1|CAD
AUD|australian-dollar aud|1|AUD
A$||1|AUD
AU$||1|AUD
NZD|nzd|1|NZD
NZ$||1|NZD
HKD|hkd|1|HKD
HK$||1|HKD
SGD|sgd|1|SGD
S$||1|SGD
TWD|twd|1|TWD
NT$||1|TWD
MXN|mxn peso|1|MXN
MX$||1|MXN
SEK|krona kronor|1|SEK
NOK|krone kroner|1|NOK
DKK|krone kroner|1|DKK
kr||1|SEK
kr||1|NOK
kr||1|DKK
PLN|zloty złoty|1|PLN
zł||1|PLN
CZK|koruna|1|CZK
HUF|forint|1|HUF
TRY|lira|1|TRY
₺||1|TRY
ILS|shekel|1|ILS
₪||1|ILS
THB|baht|1|THB
฿||1|THB
ZAR|rand|1|ZAR
AED|dirham|1|AED
KWD|kuwaiti-dinar|1|KWD
MYR|ringgit|1|MYR
RM||1|MYR
SAR|saudi-riyal|1|SAR
QAR|qatari-riyal|1|QAR
EGP|egyptian-pound|1|EGP
LBP|lebanese-pound|1|LBP
IDR|rupiah|1|IDR
PHP|philippine-peso peso|1|PHP
₱||1|PHP
VND|dong đồng|1|VND
₫||1|VND
NGN|naira|1|NGN
₦||1|NGN
KES|kenyan-shilling|1|KES
PKR|pakistani-rupee|1|PKR
BDT|taka|1|BDT
UAH|hryvnia|1|UAH
₴||1|UAH
ARS|argentine-peso peso|1|ARS
CLP|chilean-peso peso|1|CLP
COP|colombian-peso peso|1|COP
RON|leu lei|1|RON
BGN|lev leva|1|BGN
MAD|moroccan-dirham dirham|1|MAD
Fr||1|CHF
SFr||1|CHF
"""


def _factor(text: str) -> Fraction:
    if "PI" not in text:
        return Fraction(text)
    rest = text.replace("PI", "", 1)
    return Fraction(math.pi) * Fraction(f"1{rest}" if rest.startswith("/") else rest.replace("/", "/", 1) or "1")


def _powers(text: str) -> Powers:
    found = (re.fullmatch(r"([A-Za-z°]+)(-?\d+)?", part) for part in text.split())
    return tuple(sorted((m[1], int(m[2] or 1)) for m in found if m))


def _add(found: dict[str, list[Measure]], name: str, measure: Measure) -> None:
    found.setdefault(name, []).append(measure)


def _rows() -> tuple[dict[str, list[Measure]], dict[str, list[Measure]]]:
    """By sign, with prefixes, case kept; and by name, with prefixes, folded, in singular and plural."""
    signs: dict[str, list[Measure]] = {}
    named: dict[str, list[Measure]] = {}
    rows = [line.split("|") for line in _TABLE.split("\n") if line]
    for sign, names, factor, base in rows:
        measure = Measure(_powers(base), _factor(factor))
        _add(signs, sign.rstrip("*"), measure)
        for name in names.split():
            for form in (name, f"{name}s", f"{name}es"):
                _add(named, form, measure)
            for word, power in _PREFIX_WORDS.items() if sign.endswith("*") else ():
                for form in (word + name, f"{word}{name}s"):
                    _add(named, form, Measure(measure.powers, measure.factor * Fraction(10) ** power))
    for sign, _, factor, base in rows:
        for prefix, power in _PREFIXES.items() if sign.endswith("*") else ():
            signs.setdefault(
                prefix + sign.rstrip("*"), [Measure(_powers(base), _factor(factor) * Fraction(10) ** power)]
            )
    return signs, named


_SIGNS, _NAMED = _rows()
_EITHER = {"C": ("C", "°C"), "F": ("F", "°F")}
_SUPERSCRIPT = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
_SPELT: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"\\(?:text|mathrm|mathit|textrm|operatorname|rm|mbox|unit|si)(?![a-zA-Z])|\\[,;:! ]|~|\\q?quad"), " "),
    (re.compile(r"\\(?:cdot|times|ast)(?![a-zA-Z])|[·⋅∙*×]"), "·"),
    (re.compile(r"\\(?:Omega|ohm)(?![a-zA-Z])|Ω"), "Ω"),
    (re.compile(r"\\mu\s*|\\micro\s*|μ"), "µ"),
    (re.compile(r"\^?\s*\{?\\circ\}?|\\degree(?:\\?s)?|º"), "°"),
    (re.compile(r"°\s+(?=[CF]\b)|\bdeg(?:rees?)?\.?\s+(?=[CF]\b|celsius|fahrenheit|centigrade)", re.IGNORECASE), "°"),
    (re.compile(r"°\s*(?=(?:celsius|fahrenheit|centigrade)\b)", re.IGNORECASE), ""),
    (re.compile(r"\^\s*\{\s*([-−]?\d+)\s*\}|\^\s*\(?([-−]?\d+)\)?"), r"^\1\2"),
    (re.compile(r"\b(nautical|metric|astronomical|light|watt|electron|fluid|australian|canadian|kuwaiti|saudi|qatari|egyptian|lebanese|philippine|kenyan|pakistani|argentine|chilean|colombian|moroccan|arc|short|long)[\s-]+(?=[a-z])", re.IGNORECASE), r"\1-"),
    (re.compile(r"\b(?:us|u\.s\.)[\s-]+(?=dollars?|cents?|gallons?)", re.IGNORECASE), ""),
    (re.compile(r"\bfl\.?\s*oz\b"), "floz"),
    (re.compile(r"\bmm\s+Hg\b"), "mmHg"),
    (re.compile(r"\b(?:pounds?|lbs?)(?:[\s-]+force)?(?:[\s-]+per[\s-]+square[\s-]+inch|\s*/\s*(?:sq\.?\s*in|in\^?2|in²))$", re.IGNORECASE), "psi"),
    (re.compile(r"\bms(?=\^?\s?\{?\s?-)"), "m s"),
    (re.compile(rf"\b({'|'.join(_PREFIX_WORDS)})[\s-](?=[a-z])", re.IGNORECASE), r"\1"),
    (re.compile(r"\bpounds?\s+sterling\b|\bbritish\s+pounds?\b", re.IGNORECASE), "GBP"),
    (re.compile(r"\b(?:swiss|japanese|indian|chinese|russian|(?:south\s+)?korean|brazilian|swedish|norwegian|danish|polish|czech|hungarian|turkish|israeli|thai|mexican|malaysian?|indonesian|vietnamese|nigerian|bangladeshi|ukrainian|romanian|bulgarian)\s+(?=(?:francs?|yen|rupees?|yuan|renminbi|roubles?|rubles?|won|reais|reals?|kron[aoe]r?|z[lł]oty|koruna|forints?|liras?|shekels?|baht|pesos?|ringgits?|rupiahs?|dong|nairas?|taka|hryvnias?|lei|leva?)$)", re.IGNORECASE), ""),
    (re.compile(r"\b(new\s+zealand|hong\s+kong|singapore|taiwan)\s+dollars?$", re.IGNORECASE), lambda m: {"n": "NZD", "h": "HKD", "s": "SGD", "t": "TWD"}[m[1][0].lower()]),
    (re.compile(r"\b(?:square|sq\.?)[\s-]+", re.IGNORECASE), "□"),
    (re.compile(r"\b(?:cubic|cu\.?)[\s-]+", re.IGNORECASE), "■"),
    (re.compile(r"[\s-]+squared\b", re.IGNORECASE), "^2"),
    (re.compile(r"[\s-]+cubed\b", re.IGNORECASE), "^3"),
    (re.compile(r"\s*/\s*|\s+(?:per|an?)\s+|^per\s+|(?<=[a-z])-per-", re.IGNORECASE), "/"),
)  # fmt: skip
_HYPHENED = "|".join(sorted((name for name in _NAMED if "-" in name), key=len, reverse=True))
_TOKEN = re.compile(
    rf"(?P<kind>[□■])?(?P<unit>(?i:{_HYPHENED})|[A-Za-zÅåöłµΩ°′″℃℉$€£¥₹₽₩¢₺₪฿₱₫₦₴]+)(?:\^?(?P<power>-?\d))?\.?|(?P<op>[/·()]|\s+|-)"
)


@lru_cache(maxsize=2048)
def measures(text: str) -> tuple[Measure, ...]:
    """What a text may measure, likeliest first; empty where it is not a unit from end to end."""
    if not text or len(text) > 60:
        return ()
    plain = text.strip().replace("−", "-")
    plain = re.sub(r"[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+", lambda m: "^" + m[0].translate(_SUPERSCRIPT), plain)
    for pattern, sign in _SPELT:
        plain = pattern.sub(sign, plain)
    plain = re.sub(r"[{}]", "", plain).strip().strip(".")
    return _product(plain) if plain else ()


def _product(text: str) -> tuple[Measure, ...]:
    """The units of a text multiplied; all behind a "/" divide, as in "J/g·K"."""
    found: tuple[Measure, ...] = (Measure((), Fraction(1)),)
    position, below, count = 0, text.startswith("/"), 0
    parts = len(re.findall(r"[A-Za-zµΩ°]+", text))
    while position < len(text):
        m = _TOKEN.match(text, position)
        if not m:
            return ()
        position = m.end()
        if m["op"]:
            below = below or m["op"] == "/"
            continue
        factors = _one(m["unit"], alone=parts == 1)
        power = int(m["power"] or 1) * {"□": 2, "■": 3}.get(m["kind"] or "", 1) * (-1 if below else 1)
        found = tuple(_times(a, b, power) for a in found for b in factors)
        count += 1
        if not found or count > 6:
            return ()
    return tuple(dict.fromkeys(found)) if count else ()


def _one(unit: str, alone: bool) -> tuple[Measure, ...]:
    """One unit by its sign, else by its name; a degree of temperature in a product is a kelvin."""
    found = [m for sign in _EITHER.get(unit, (unit,)) for m in _SIGNS.get(sign, ())]
    if len(unit) > 2:
        found += _NAMED.get(unit.lower(), [])
    if not found and len(unit) > 3 and (known := unit_named(unit)) and known.dimension not in MONEY:
        found = list(_SIGNS.get(known.name, ()))
    if not found and 2 <= len(unit) <= 5 and (not alone or not unit.islower()):
        return _run_together(unit)
    if not alone:
        kelvin = (("K", 1),)
        found = [
            Measure(kelvin, m.factor if m.powers[0][0] == "°C" else Fraction(5, 9)) if m.powers[0][0][0] == "°" else m
            for m in found
        ]
    return tuple(found)


def _run_together(unit: str) -> tuple[Measure, ...]:
    """Two signs without a space between them: "gK", "molK", "Nm"."""
    for cut in range(len(unit) - 1, 0, -1):
        if unit[cut:] in ("K", "A", "V", "s", "m", "h", "mol", "kg") and unit[:cut] in _SIGNS:
            return tuple(_times(a, b, 1) for a in _SIGNS[unit[:cut]] for b in _SIGNS[unit[cut:]])
    return ()


def _times(a: Measure, b: Measure, power: int) -> Measure:
    powers = dict(a.powers)
    for base, exponent in b.powers:
        powers[base] = powers.get(base, 0) + exponent * power
    kept = {base: exponent for base, exponent in powers.items() if exponent}
    if len(kept) > 1:
        kept.pop("rad", None)
    return Measure(tuple(sorted(kept.items())), a.factor * b.factor**power)
