# ruff: noqa: E501  (word lists and patterns are data: broken up they cannot be read)
"""Units as text writes them: one canonical name each, its dimension, and the exact factor to the dimension's base unit.

Covers what prose about the world uses (length, mass, time, area, volume, speed, energy, power, data, temperature without offset,
money by currency). A word that is not here is no unit: it is never an error, comparison then goes by number alone.
"""

import re
from fractions import Fraction
from functools import cache
from typing import NamedTuple


class Unit(NamedTuple):
    """A unit: `factor` times the base unit of `dimension`."""

    name: str
    dimension: str
    factor: Fraction


# dimension: then one unit a part, "factor name alias alias ..."; an alias with a space is written with "_".
_TABLE = {
    "length": "1 m metre metres meter meters mètre mètres metro metros metri Meter Metern|1000 km kilometre kilometres kilometer "
    "kilometers kilomètres kilómetros quilômetros quilómetros chilometri Kilometer kms|1/100 cm centimetre centimetres centimeter centimeters Zentimeter centimètres centímetros centimetri|1/1000 mm "
    "millimetre millimetres millimeter millimeters|1609344/1000 mi mile miles Meilen milles millas miglia milhas|3048/10000 ft foot feet Fuß pieds piedi pés|254/10000 in inch inches Zoll pouces pulgadas pollici polegadas|"
    "9144/10000 yd yard yards|1852 nmi nautical_mile nautical_miles",
    "mass": "1 kg kilogram kilograms kilogramme kilogrammes kilo kilos Kilogramm kilogramos chilogrammi quilos|1/1000 g gram grams gramme grammes Gramm gramos grammi gramas|1/1000000 mg "
    "milligram milligrams|1000 t tonne tonnes metric_ton metric_tons Tonnen toneladas|45359237/100000000 lb lbs pound pounds Pfund libras libbre|"
    "45359237/1600000000 oz ounce ounces",
    "time": "1 s sec secs second seconds Sekunden secondes segundos secondi|60 min mins minute minutes Minuten minutos minuti|3600 h hr hrs hour hours "
    "Stunde Stunden heure heures hora horas|86400 d day days Tag Tage Tagen jour jours día días giorni dias|604800 wk week weeks Woche Wochen "
    "semaine semaines semana semanas settimane settimana|1/1000 ms millisecond milliseconds|2629746 month months mo Monat Monate mois mes meses mesi mês|31556952 yr yrs year years Jahr "
    "Jahre Jahren an ans année années año años anni anno anos ano",
    "area": "1 m2 m² m^2 sqm sq_m square_metre square_metres square_meter square_meters|1000000 km2 km² km^2 sq_km square_kilometre "
    "square_kilometres square_kilometer square_kilometers|1/10000 cm2 cm² cm^2 sq_cm square_centimetre square_centimetres square_centimeter square_centimeters|64516/100000000 in2 in² in^2 sq_in square_inch square_inches|10000 ha hectare hectares Hektar|40468564224/10000000 acre acres|"
    "2589988110336/1000000 sq_mi square_mile square_miles|9290304/100000000 sq_ft ft2 ft² ft^2 square_foot square_feet",
    "volume": "1 L l litre litres liter liters Liter|1/1000 mL ml millilitre millilitres milliliter milliliters|1000 m3 m³ m^3 "
    "cubic_metre cubic_metres cubic_meter cubic_meters|1/1000 cm3 cm³ cm^3 cubic_centimetre cubic_centimetres cubic_centimeter cubic_centimeters|28316846592/1000000000 ft3 ft³ ft^3 cubic_foot cubic_feet|16387064/1000000000 in3 in³ in^3 cubic_inch cubic_inches|3785411784/1000000000 gal gallon gallons|100 hL hl hectolitre hectolitres",
    "speed": "1 m/s metres_per_second meters_per_second mps|5/18 km/h km/hr kmh kph km_per_hour kilometres_per_hour kilometers_per_hour|44704/100000 mph "
    "miles_per_hour mi/h|1852/3600 kn knot knots",
    "energy": "1 J joule joules|1000 kJ kilojoule kilojoules|3600 Wh|3600000 kWh kilowatt-hour kilowatt-hours kilowatt_hours|3600000000 MWh|3600000000000 GWh|3600000000000000 TWh|"
    "4184 kcal",
    "power": "1 W watt watts|1000 kW kilowatt kilowatts|1000000 MW megawatt megawatts|1000000000 GW gigawatt gigawatts",
    "data": "1 B byte bytes|1000 kB KB kilobyte kilobytes|1000000 MB megabyte megabytes|1000000000 GB gigabyte gigabytes|"
    "1000000000000 TB terabyte terabytes",
    "pressure": "1 Pa pascal pascals|100 hPa hectopascal hectopascals mbar|1000 kPa kilopascal kilopascals|1000000 MPa megapascal megapascals|100000 bar bars|101325 atm",
    "frequency": "1 Hz hertz|1000 kHz kilohertz|1000000 MHz megahertz|1000000000 GHz gigahertz",
    "kelvin": "1 K kelvin",
    "celsius": "1 °C celsius degrees_Celsius",
    "fahrenheit": "1 °F fahrenheit degrees_Fahrenheit",
    "angle": "1 ° degree degrees deg",
    "usd": "1 USD US$ $ dollar dollars US_dollars|1/100 cent cents ¢",
    "eur": "1 EUR € euro euros Euro",
    "gbp": "1 GBP £ pounds_sterling",
    "jpy": "1 JPY ¥ yen",
    "inr": "1 INR ₹ rupee rupees Rs",
    "chf": "1 CHF francs Franken",
    "cny": "1 CNY RMB yuan",
    "rub": "1 RUB ₽ rubles roubles",
    "krw": "1 KRW ₩ won",
    "brl": "1 BRL R$ reais",
}


def _rows() -> dict[str, Unit]:
    found: dict[str, Unit] = {}
    for dimension, row in _TABLE.items():
        for part in row.split("|"):
            factor, name, *aliases = part.split()
            for alias in (name, *aliases):
                found[alias.replace("_", " ")] = Unit(name.replace("_", " "), dimension, Fraction(factor))
    return found


UNITS = _rows()
_FOLDED = {alias.casefold(): unit for alias, unit in reversed(UNITS.items()) if len(alias) > 2}
CURRENCY_SIGNS = "US$|R$|$|€|£|¥|₹|₽|₩"
_NO_UNIT_FOLLOWS = frozenset(",;:)]|\n+=*") | {""}
MONEY = frozenset({"usd", "eur", "gbp", "jpy", "inr", "chf", "cny", "rub", "krw", "brl"})
_WORD = re.compile(
    r"[\s\u00a0\u202f-]{0,2}\**(?:\\[,; ]|~)*(?:\\(?:text|mathrm|operatorname)\{\s*)?"
    r"(\\?[A-Za-zÀ-ÿ°µ$€£¥₹₽₩¢]+(?:[²³]|\^\{?[23]\}?|[23](?!\d))?(?:/[a-z]+)?)([ -]([A-Za-z]+))?([ -][a-z]+)?"
)


@cache
def unit_named(name: str) -> Unit | None:
    """The unit a word names, or None. Case counts only where it must (mW is not MW)."""
    word = name.strip().strip(".")
    return UNITS.get(word) or _FOLDED.get(word.casefold()) or UNITS.get(word.replace("_", " "))


_FIRST = frozenset(re.split(r"[ -]", name, maxsplit=1)[0] for name in UNITS)
"""The first word of each unit."""


def unit_after(text: str, position: int) -> tuple[Unit, int] | None:
    """The unit written directly after `position`, and where it ends. The longest of up to three words that is a unit wins."""
    if text[position : position + 1] in _NO_UNIT_FOLLOWS:
        return None
    found = _WORD.match(text, position)
    if not found or (found[1] not in _FIRST and found[1].isalpha()):
        return None
    for group in (4, 2, 1):
        if found[group]:
            end = found.end(group)
            name = text[found.start(1) : end].replace("{", "").replace("}", "").lstrip("\\")
            if unit := UNITS.get(name) or (UNITS.get(name.replace("-", " ")) if group != 1 else None):
                return unit, end
    return None


def factor_between(given: str, wanted: str) -> Fraction | None:
    """What a number in unit `given` is multiplied by to stand in `wanted`; None where they do not measure the same."""
    one, two = unit_named(given), unit_named(wanted)
    if one is None or two is None or one.dimension != two.dimension:
        return None
    return one.factor / two.factor


@cache
def conversion_factors() -> frozenset[Fraction]:
    """Every factor (and its inverse) between two units of one dimension: what a model may write without having read it."""
    units = {unit for unit in UNITS.values() if unit.dimension not in MONEY}
    pairs = {a.factor / b.factor for a in units for b in units if a.dimension == b.dimension}
    return frozenset(pairs)
