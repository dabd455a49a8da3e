# ruff: noqa: E501  (patterns are data: broken up they cannot be read)
"""Latitude and longitude: "40.7° N, 74° W", "40.7, -74.0", "48°51′24″N 2°21′08″E"."""

import re
from fractions import Fraction

_ANGLE = r"(?P<{0}>[-−]?\d{{1,3}}(?:\.\d+)?)\s*°?\s*(?:(?P<{0}m>\d{{1,2}}(?:\.\d+)?)\s*'\s*)?(?:(?P<{0}s>\d{{1,2}}(?:\.\d+)?)\s*(?:\"|'')\s*)?"
_PAIR = re.compile(
    rf"{_ANGLE.format('lat')}(?P<ns>[NS]|north|south)?\s*[,;]?\s*(?:(?<=[NSh,;\s])){_ANGLE.format('long')}(?P<ew>[EW]|east|west)?",
    re.IGNORECASE,
)


def coordinates(text: str) -> tuple[Fraction, Fraction] | None:
    """The signed pair in degrees; None where a text is none. Both or neither of the two name their side, or show what they are."""
    m = _PAIR.fullmatch(re.sub(r"[′’]", "'", text.strip()).replace("″", '"').replace("”", '"'))
    if not m or bool(m["ns"]) != bool(m["ew"]):
        return None
    if not m["ns"] and not (len(m["lat"].partition(".")[2]) >= 3 and len(m["long"].partition(".")[2]) >= 3):
        return None
    latitude, longitude = (_degrees(m, key) for key in ("lat", "long"))
    south, west = (m["ns"] or "n")[0].lower() == "s", (m["ew"] or "e")[0].lower() == "w"
    return (-latitude if south else latitude, -longitude if west else longitude)


def _degrees(m: re.Match[str], key: str) -> Fraction:
    whole = Fraction(m[key].replace("−", "-"))
    return whole + Fraction(m[f"{key}m"] or 0) / 60 + Fraction(m[f"{key}s"] or 0) / 3600
