"""Numbers a model may write without having read them: mathematical and physical constants, unit factors, calendar and code numbers."""

import math
from bisect import bisect_left
from fractions import Fraction
from functools import cache

from graders.units import conversion_factors

_NAMED = (
    *(
        math.pi,
        math.e,
        math.tau,
        math.sqrt(2),
        math.sqrt(3),
        math.sqrt(5),
        (1 + math.sqrt(5)) / 2,
        math.log(2),
        math.log(10),
    ),
    *(
        9.80665,
        9.81,
        299792458,
        6.02214076e23,
        6.022e23,
        6.674e-11,
        6.626e-34,
        8.314,
        1.380649e-23,
        1.602e-19,
        4e-7 * math.pi,
        8.8541878128e-12,
        9.1093837e-31,
        1.67262192e-27,
        5.670374419e-8,
        6.6743e-11,
        6.62607015e-34,
        1.602176634e-19,
        8.314462618,
        0.082057,
        96485.332,
        5.972e24,
        1.989e30,
        273.15,
        101325,
        1.96,
        1.645,
        2.576,
    ),
    *(
        1.8,
        4.184,
        365.25,
        365.2425,
        30.44,
        360,
        180,
        270,
        365,
        366,
        1440,
        3600,
        86400,
        525600,
        1461,
        36525,
        146097,
        6371,
        12742,
        40075,
        42.195,
        384400,
        149597870.7,
        299792.458,
    ),
    *(math.factorial(n) for n in range(6, 16)),
    *(
        128,
        255,
        256,
        511,
        512,
        1023,
        1024,
        2047,
        2048,
        4096,
        8192,
        16384,
        32767,
        32768,
        65535,
        65536,
        1048576,
        2147483647,
        4294967296,
    ),
    *(
        1_000_000_007,
        998_244_353,
        1337,
        12345,
        123456,
        2**63 - 1,
        2**64,
        999,
        9999,
        99999,
        999999,
        0.999,
        0.9999,
        0.001,
        1e-6,
        1e-9,
    ),
)


@cache
def _ordered() -> list[float]:
    return sorted({*map(float, _NAMED), *(float(f) for f in conversion_factors())})


def round_figure(value: Fraction) -> bool:
    """Whether a value is one anybody may choose: at most one or two digits beside its zeros, or a small integer."""
    text = f"{float(abs(value)):.15g}".replace(".", "").split("e")[0].strip("0")
    return len(text) <= 2 or (len(text) == 3 and text.endswith("5"))


def constant(value: Fraction, ulp: Fraction) -> bool:
    """Whether a value is a well-known constant or unit factor, to the places written."""
    wanted = abs(float(value))
    slack = max(float(ulp) / 2 if ulp < 1 else 0.0, wanted * 1e-9)
    ordered = _ordered()
    at = bisect_left(ordered, wanted - slack)
    return at < len(ordered) and ordered[at] <= wanted + slack
