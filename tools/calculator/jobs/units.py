"""Quantities: numbers by the calculator's own arithmetic, unit names by pint, which sees nothing else.

Sums take the unit of their first term. Temperatures in °C and °F can be converted, not added or multiplied. A month is a
twelfth of 365.25 days; a ton is the US short ton, gallon, pint and cup are US; an acre is the international one.
"""

from fractions import Fraction
from functools import cache
from typing import Any, NamedTuple

import pint

from tools.calculator import evaluator, limits, names, writing
from tools.calculator.arithmetic import Arithmetic, Number
from tools.calculator.ball import Ball
from tools.calculator.functions.base import number
from tools.calculator.result import CalculationError, Result
from tools.calculator.tree import Compare, Convert, Degrees, Name, Negate, Node, Power, Product, Sum
from tools.calculator.unit_names import UNITS

_SPELLINGS = {
    "C": "degC",
    "F": "degF",
    "°C": "degC",
    "°F": "degF",
    "secs": "second",
    "hrs": "hour",
    "yrs": "year",
    "lbs": "pound",
    "mph": "mile/hour",
    "kph": "kilometer/hour",
}
_SPELLINGS |= {"ohms": "ohm", "floz": "fluid_ounce", "mins": "minute", "knots": "knot"}
_INEXACT_BITS = 160
"""A factor with a larger denominator comes from a rounded constant such as pi."""


class Quantity(NamedTuple):
    value: Number
    unit: Any


@cache
def registry() -> Any:
    units: Any = pint.UnitRegistry(non_int_type=Fraction, autoconvert_offset_to_baseunit=False)
    units.define("acre = 4046.8564224 * meter ** 2")
    return units


def warm() -> None:
    registry().Quantity(Fraction(1), "mile").to("km")


def computed(tree: Node) -> Result:
    """The quantity a tree comes to. Raises CalculationError."""
    arithmetic = Arithmetic(512, True, limits.COST * 10)
    try:
        return _written(_Walk(arithmetic), tree)
    except pint.errors.DimensionalityError as error:
        message = f"{_text(error.units1)} and {_text(error.units2)} measure different things; only like units can be added or converted."
        raise CalculationError("units", message) from None
    except pint.errors.PintError as error:
        raise CalculationError("units", f"These units cannot be combined ({type(error).__name__}).") from None


def _written(walk: "_Walk", tree: Node) -> Result:
    if isinstance(tree, Compare):
        return _compared(walk, tree)
    quantity = walk.quantity(tree)
    if not isinstance(tree, Convert):
        quantity = walk.reduced(quantity)
    bare = writing.result(quantity.value)
    unit = _text(quantity.unit)
    if not unit:
        return bare
    return Result(bare.exact and f"{bare.exact} {unit}", bare.decimal and f"{bare.decimal} {unit}")


def _compared(walk: "_Walk", tree: Compare) -> Result:
    first, *rest = (walk.quantity(side) for side in tree.sides)
    values = [first.value, *(walk.converted(q, first.unit).value for q in rest)]
    steps = zip(values, tree.relations, values[1:], strict=False)
    return writing.result(all(evaluator.holds(walk.arithmetic, a, r, b) for a, r, b in steps))


class _Walk:
    def __init__(self, arithmetic: Arithmetic) -> None:
        self.arithmetic = arithmetic
        self.plain = evaluator.Evaluator(arithmetic)
        self.one = registry().Unit("")

    def quantity(self, node: Node) -> Quantity:
        if isinstance(node, Name) and names.constant(node.id) is None:
            return Quantity(1, _unit(node.id))
        if isinstance(node, Negate):
            inner = self.quantity(node.operand)
            return Quantity(self.arithmetic.negate(inner.value), inner.unit)
        if isinstance(node, Sum):
            return self.sum(node)
        if isinstance(node, Product):
            return self.product(node)
        if isinstance(node, Power):
            return self.power(node)
        if isinstance(node, Convert):
            return self.convert(node)
        if isinstance(node, Degrees):
            return Quantity(self.plain.number(node.operand, "the sign °"), _unit("degree"))
        return Quantity(number(self.plain.value(node), "a quantity"), self.one)

    def sum(self, node: Sum) -> Quantity:
        total = self.quantity(node.terms[0])
        for term, minus in zip(node.terms[1:], node.minus[1:], strict=True):
            other = self.quantity(term)
            if not _multiplicative(total.unit) or not _multiplicative(other.unit):
                raise CalculationError("units", "Temperatures in °C and °F cannot be added; convert them to K first.")
            value = self.converted(other, total.unit).value
            total = Quantity(
                self.arithmetic.add(total.value, self.arithmetic.negate(value) if minus else value), total.unit
            )
        return total

    def product(self, node: Product) -> Quantity:
        total = self.quantity(node.factors[0])
        for factor, op in zip(node.factors[1:], node.ops, strict=True):
            other = self.quantity(factor)
            offset = not _multiplicative(total.unit) or not _multiplicative(other.unit)
            if offset and not (total.unit == self.one and op == "*" and isinstance(factor, Name)):
                raise CalculationError(
                    "units", "Temperatures in °C and °F cannot be multiplied; convert them to K first."
                )
            if op == "*":
                total = Quantity(self.arithmetic.multiply(total.value, other.value), total.unit * other.unit)
            elif op == "/":
                total = Quantity(self.arithmetic.divide(total.value, other.value), total.unit / other.unit)
            else:
                value = self.converted(other, total.unit).value
                whole = self.arithmetic.floor_divide(total.value, value)
                rest = Quantity(self.arithmetic.modulo(total.value, value), total.unit)
                total = rest if op == "mod" else Quantity(whole, self.one)
        return total

    def power(self, node: Power) -> Quantity:
        base = self.quantity(node.base)
        exponent = self.plain.number(node.exponent, "the sign ^")
        value = self.arithmetic.power(base.value, exponent)
        if base.unit == self.one:
            return Quantity(value, self.one)
        if isinstance(exponent, Ball) or not -20 <= exponent <= 20:
            raise CalculationError("units", "A unit needs a small rational exponent, such as m^2.")
        return Quantity(value, base.unit**exponent)

    def convert(self, node: Convert) -> Quantity:
        target = self.quantity(node.unit)
        if target.value != 1:
            raise CalculationError("units", "A conversion needs a unit without a number after 'to', such as km/h.")
        return self.converted(self.quantity(node.operand), target.unit)

    def converted(self, quantity: Quantity, unit: Any) -> Quantity:
        """The same quantity in another unit: value * slope + offset, by our own arithmetic."""
        if quantity.unit == unit:
            return quantity
        make = registry().Quantity
        zero = Fraction(make(Fraction(0), quantity.unit).to(unit).magnitude)
        slope = self.known(Fraction(make(Fraction(1), quantity.unit).to(unit).magnitude) - zero)
        return Quantity(self.arithmetic.add(self.arithmetic.multiply(quantity.value, slope), zero), unit)

    def known(self, factor: Fraction) -> Number:
        return self.arithmetic.ball(factor) if factor.denominator.bit_length() > _INEXACT_BITS else factor

    def reduced(self, quantity: Quantity) -> Quantity:
        """With units of the same kind merged: km * min / h becomes km."""
        if not _multiplicative(quantity.unit):
            return quantity
        simple = registry().Quantity(Fraction(1), quantity.unit).to_reduced_units()
        if simple.units != self.one and simple.unitless:
            simple = simple.to("")
        return self.converted(quantity, simple.units)


def _unit(name: str) -> Any:
    if name not in UNITS and name not in _SPELLINGS and name not in ("degree", "deg"):
        raise names.unknown(name, called=False)
    return registry().parse_units(_SPELLINGS.get(name, name))


def _multiplicative(unit: Any) -> bool:
    return bool(registry().Quantity(Fraction(1), unit)._is_multiplicative)


def _text(unit: Any) -> str:
    """A unit in symbols: m/s^2."""
    if not hasattr(unit, "_units"):
        return str(unit)
    parts = {registry().get_symbol(name): Fraction(power) for name, power in unit._units.items()}
    top = [_raised(name, power) for name, power in parts.items() if power > 0]
    bottom = [_raised(name, -power) for name, power in parts.items() if power < 0]
    return "/".join(["*".join(top) or "1", *bottom]) if parts else ""


def _raised(name: str, power: Fraction) -> str:
    return name if power == 1 else f"{name}^{power}" if power.denominator == 1 else f"{name}^({power})"
