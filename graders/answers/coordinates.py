"""Latitude and longitude in decimal degrees: "40.7° N, 74° W", "40.7 N 74 W", "40.7, -74.0". Minutes and seconds are not read."""

import re
from fractions import Fraction

_PAIR = re.compile(
    r"(?P<lat>[-−]?\d{1,2}\.\d+)\s*°?\s*(?P<ns>[NS])?\s*[,;]?\s+(?P<long>[-−]?\d{1,3}\.\d+)\s*°?\s*(?P<ew>[EW])?"
)


def coordinates(text: str) -> tuple[Fraction, Fraction] | None:
    """The signed pair; None where a text is none. Both or neither of the two name their side."""
    m = _PAIR.fullmatch(text.strip())
    if not m or bool(m["ns"]) != bool(m["ew"]):
        return None
    latitude, longitude = (Fraction(m[key].replace("−", "-")) for key in ("lat", "long"))
    return (-latitude if m["ns"] == "S" else latitude, -longitude if m["ew"] == "W" else longitude)
