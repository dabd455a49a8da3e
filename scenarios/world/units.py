"""The units pages use, and exact conversions between them. All are powers of ten apart, so nothing is ever rounded."""

from collections.abc import Mapping
from decimal import Decimal

_TO_BASE: Mapping[str, tuple[str, int]] = {
    "mm": ("m", -3),
    "cm": ("m", -2),
    "km": ("m", 3),
    "g": ("kg", -3),
    "t": ("kg", 3),
    "km²": ("m²", 6),
    "ha": ("m²", 4),
    "m³": ("litres", 3),
    "kW": ("W", 3),
    "kHz": ("Hz", 3),
}
"""A unit, its base unit and the power of ten between them. A unit that is not here is its own base."""

OTHER: Mapping[str, str] = {
    "m": "cm",
    "km": "m",
    "kg": "g",
    "g": "kg",
    "t": "kg",
    "km²": "ha",
    "m²": "ha",
    "mm": "cm",
    "litres": "m³",
    "W": "kW",
    "Hz": "kHz",
}
"""The other unit in which a page may give a value of ours."""


def in_base(value: int | Decimal, unit: str) -> tuple[Decimal, str]:
    """A quantity in its base unit; equal quantities give equal results."""
    base, power = _TO_BASE.get(unit, (unit, 0))
    return Decimal(value).scaleb(power).normalize(), base


def base_unit(unit: str) -> str:
    return _TO_BASE.get(unit, (unit, 0))[0]


def convert(value: int | Decimal, unit: str, target: str) -> Decimal | None:
    """The same quantity in another unit, exactly; None where the units do not measure the same thing."""
    base, power = _TO_BASE.get(unit, (unit, 0))
    target_base, target_power = _TO_BASE.get(target, (target, 0))
    return Decimal(value).scaleb(power - target_power) if base == target_base else None
