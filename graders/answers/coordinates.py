# ruff: noqa: E501  (patterns are data: broken up they cannot be read)
"""Latitude and longitude: "40.7° N, 74° W", "40.7, -74.0", "48°51′24″N 2°21′08″E"."""

import re
from fractions import Fraction
from typing import NamedTuple

_ANGLE = r"(?P<{0}>[-−]?\d{{1,3}}(?:\.\d+)?)\s*°?\s*(?:(?P<{0}m>\d{{1,2}}(?:\.\d+)?)\s*'\s*)?(?:(?P<{0}s>\d{{1,2}}(?:\.\d+)?)\s*(?:\"|'')\s*)?"
_PAIR = re.compile(
    rf"{_ANGLE.format('lat')}(?P<ns>[NS]|north|south)?\s*[,;]?\s*(?:(?<=[NSh,;\s])){_ANGLE.format('long')}(?P<ew>[EW]|east|west)?",
    re.IGNORECASE,
)


class Angle(NamedTuple):
    """Signed degrees, and the last place that they were given to."""

    degrees: Fraction
    ulp: Fraction

    def may_be(self, other: "Angle") -> bool:
        """Whether the coarser of the two is the other, rounded."""
        return abs(self.degrees - other.degrees) <= max(self.ulp, other.ulp) / 2


def coordinates(text: str, bare: bool = False) -> tuple[Angle, Angle] | None:
    """Latitude and longitude; None where a text is none. Both or neither of the two name their side, or show what they are; `bare`: they need not."""
    m = _PAIR.fullmatch(re.sub(r"[′’]", "'", text.strip()).replace("″", '"').replace("”", '"'))
    if not m or bool(m["ns"]) != bool(m["ew"]):
        return None
    if (
        not m["ns"]
        and not bare
        and not (len(m["lat"].partition(".")[2]) >= 3 and len(m["long"].partition(".")[2]) >= 3)
    ):
        return None
    latitude, longitude = (_degrees(m, key) for key in ("lat", "long"))
    south, west = (m["ns"] or "n")[0].lower() == "s", (m["ew"] or "e")[0].lower() == "w"
    return (
        latitude._replace(degrees=-latitude.degrees) if south else latitude,
        longitude._replace(degrees=-longitude.degrees) if west else longitude,
    )


def _degrees(m: re.Match[str], key: str) -> Angle:
    parts = [(m[key].replace("−", "-"), 1), (m[f"{key}m"], 60), (m[f"{key}s"], 3600)]
    told = [
        (Fraction(figure) / below, Fraction(1, below) / 10 ** len(figure.partition(".")[2]))
        for figure, below in parts
        if figure
    ]
    return Angle(sum((value for value, _ in told), Fraction(0)), told[-1][1])


_ALONG = re.compile(rf"{_ANGLE.format('angle')}(?P<side>north|south|east|west|[NSEW])", re.IGNORECASE)


def along(text: str) -> tuple[Angle, str] | None:
    """A latitude or a longitude alone, with its side: "45° 30' N"."""
    m = (
        _ALONG.fullmatch(re.sub(r"[′’]", "'", text.strip()).replace("″", '"').replace("”", '"'))
        if "°" in text
        else None
    )
    return (_degrees(m, "angle"), m["side"][0].upper()) if m else None
