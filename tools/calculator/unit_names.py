"""The spellings of units that are passed on to the unit library. The gate keeps every other word from it.

Short names are listed, long ones are made of a prefix, a word and a plural. `C` and `F` are degrees, never coulomb and farad.
"""

_SHORT = """
m g s h d l L t A K N J W V Pa Hz cal eV bar atm psi ft yd mi nmi lb lbs oz kph mph knot knots acre acres
hectare ha mm cm dm km nm um µm mg kg ms us ns min hr hrs sec secs day days week weeks month months year years
yr yrs century ml mL cl dl hl kN MN kJ MJ kW MW GW kWh Wh mA kV mV kHz MHz GHz kPa MPa hPa kcal ohm ohms byte
bytes bit bits kB MB GB TB KiB MiB GiB TiB degC degF degK °C °F gal qt pt cup cups tbsp tsp floz mol lm cd lx
rad sr in au ly
feet inches centuries nautical_mile nautical_miles fluid_ounce fluid_ounces light_year light_years
celsius fahrenheit kelvin kelvins stone stones furlong furlongs fortnight fortnights millennium horsepower foot
"""
_LONG = """
meter metre gram second hour minute liter litre tonne ampere newton joule watt volt pascal hertz calorie inch yard mile pound
ounce ton gallon quart pint tablespoon teaspoon radian
"""
_PREFIXES = ("", "kilo", "centi", "milli", "micro", "nano", "mega", "giga", "deci", "hecto")
UNITS = frozenset(_SHORT.split()) | {f"{p}{w}{s}" for p in _PREFIXES for w in _LONG.split() for s in ("", "s")}
