"""Units and rates: lengths, masses, volumes and temperatures from one system to the other, and a rate per unit. Two decimals.

Truth paths: the factor's formula, against a chain of the definitions (inch, pound, gallon). `difficulty` is the number of lines of
calculation, plus one for large numbers.
"""

import random
from fractions import Fraction

from scenarios.exact import plain
from scenarios.families._calculation import Calculation, Line, Problem, WrongWay
from scenarios.slots import MONEY, NUMBER


def _tenths(rng: random.Random, level: int, low: int = 37) -> str:
    return plain(Fraction(rng.randint(low * 10, low * 10 ** (level + 1)) | 1, 10))


def _inches(feet: Fraction) -> Fraction:
    return feet * 12


DISTANCE = Problem(
    kind="miles",
    slots={"miles": NUMBER},
    wordings={
        "plain": (
            "[What is|What's] {miles} miles in kilometres?",
            "Convert {miles} miles to kilometres, two decimals please.",
        ),
        "terse": ("{miles} miles in km?", "{miles} mi -> km?"),
        "chatty": ("the old signpost says {miles} miles, what's that in kilometres?",),
        "formal": ("Kindly express a distance of {miles} miles in kilometres.",),
        "indirect": ("I'd like to know how many kilometres {miles} miles are.",),
        "context": (
            "The atlas gives the route in miles. It is {miles} miles long. Our guide uses kilometres "
            "only. Which figure do we print?",
        ),
    },
    draw=lambda rng, level: {"miles": _tenths(rng, level)},
    lines=lambda ask: (Line("the distance in kilometres", f"{ask['miles']} * 1.609344"),),
    check=lambda ask: _inches(Fraction(ask["miles"]) * 5280) * Fraction(254, 10_000_000),
    unit="km",
    answers=("That is {value} km.", "It comes to {value} kilometres.", "{value} km."),
    wrong=lambda ask: (
        WrongWay(
            "unit_slip",
            "C2",
            "divides by the factor",
            (Line("the distance in kilometres", f"{ask['miles']} / 1.609344"),),
        ),
        WrongWay(
            "unit_slip", "C2", "takes nautical miles", (Line("the distance in kilometres", f"{ask['miles']} * 1.852"),)
        ),
    ),
)

MASS = Problem(
    kind="pounds",
    slots={"pounds": NUMBER, "price": MONEY},
    wordings={
        "plain": (
            "A crate weighs {pounds} pounds and freight is {price} per kilogram. What does the freight cost?",
            "[What do I pay|How much is it] to ship {pounds} pounds at {price} per kilogram?",
        ),
        "terse": ("{pounds} lb at {price} per kg: cost?",),
        "chatty": ("my parcel is {pounds} pounds and they want {price} for every kilogram. What'll that set me back?",),
        "formal": (
            "Please compute the charge for a consignment of {pounds} pounds at a rate of {price} per kilogram.",
        ),
        "indirect": ("I wonder what {pounds} pounds of goods cost to ship at {price} per kilogram.",),
        "context": (
            "The scale in the yard shows pounds. It reads {pounds} pounds. The carrier charges {price} "
            "per kilogram. What will the invoice say?",
        ),
    },
    draw=lambda rng, level: {"pounds": _tenths(rng, level), "price": plain(Fraction(rng.randint(105, 1_995) | 1, 100))},
    lines=lambda ask: (
        Line("the mass in kilograms", f"{ask['pounds']} * 0.45359237"),
        Line("the cost", f"[0] * {ask['price']}"),
    ),
    check=lambda ask: Fraction(ask["pounds"]) * 16 * Fraction("28.349523125") / 1000 * Fraction(ask["price"]),
    unit="dollars",
    answers=("It costs ${value}.", "The freight comes to ${value}.", "You pay ${value}."),
    wrong=lambda ask: (
        WrongWay("unit_slip", "C2", "charges by the pound", (Line("the cost", f"{ask['pounds']} * {ask['price']}"),)),
    ),
)

HEAT = Problem(
    kind="fahrenheit",
    slots={"degrees": NUMBER},
    wordings={
        "plain": (
            "[What is|What's] {degrees} degrees Fahrenheit in Celsius?",
            "Convert {degrees} degrees Fahrenheit to Celsius, to two decimals.",
        ),
        "terse": ("{degrees} F in C?", "{degrees} degrees Fahrenheit -> Celsius?"),
        "chatty": ("the kiln's manual says {degrees} degrees Fahrenheit. What's that in proper Celsius?",),
        "formal": ("Kindly state the Celsius equivalent of {degrees} degrees Fahrenheit.",),
        "indirect": ("I'd like to know which Celsius temperature {degrees} degrees Fahrenheit is.",),
        "context": (
            "Our oven has a dial in Celsius. The recipe for the glaze says {degrees} degrees Fahrenheit. "
            "Where do we set the dial?",
        ),
    },
    draw=lambda rng, level: {"degrees": plain(Fraction(rng.randint(1_011, 28_999) | 1, 10))},
    lines=lambda ask: (Line("the temperature in Celsius", f"({ask['degrees']} - 32) * 5 / 9"),),
    check=lambda ask: Fraction(ask["degrees"]) / Fraction(9, 5) - Fraction(160, 9),
    unit="°C",
    answers=("That is {value} °C.", "It is {value} degrees Celsius.", "In Celsius that makes {value} °C."),
    wrong=lambda ask: (
        WrongWay(
            "wrong_formula",
            "C5",
            "forgets to subtract 32",
            (Line("the temperature in Celsius", f"{ask['degrees']} * 5 / 9"),),
        ),
    ),
)

FLOW = Problem(
    kind="flow",
    slots={"gallons": NUMBER, "hours": NUMBER},
    wordings={
        "plain": (
            "A pump moves {gallons} US gallons in {hours} hours. How many litres a minute is that?",
            "[What is|What's] {gallons} US gallons in {hours} hours as a rate in litres per minute?",
        ),
        "terse": ("{gallons} US gal in {hours} h = how many l/min?",),
        "chatty": ("our pump did {gallons} US gallons in {hours} hours. In litres a minute that makes what?",),
        "formal": ("Please convert a throughput of {gallons} US gallons within {hours} hours to litres per minute.",),
        "indirect": ("I'd like to know the flow in litres per minute if {gallons} US gallons pass in {hours} hours.",),
        "context": (
            "The meter counts US gallons. It counted {gallons} US gallons over {hours} hours. The permit "
            "is written in litres a minute. What was the flow?",
        ),
    },
    draw=lambda rng, level: {"gallons": _tenths(rng, level, 91), "hours": plain(Fraction(rng.randint(21, 95) | 1, 10))},
    lines=lambda ask: (
        Line("the volume in litres", f"{ask['gallons']} * 3.785411784"),
        Line("the time in minutes", f"{ask['hours']} * 60"),
        Line("the flow in litres a minute", "[0] / [1]"),
    ),
    check=lambda ask: Fraction(ask["gallons"]) * 231 * Fraction("16.387064") / 1000 / Fraction(ask["hours"]) / 60,
    unit="litres per minute",
    answers=(
        "The flow is {value} litres a minute.",
        "That is {value} litres per minute.",
        "It comes to {value} l/min.",
    ),
    wrong=lambda ask: (
        WrongWay(
            "unit_slip",
            "C2",
            "gives litres per hour",
            (
                Line("the volume in litres", f"{ask['gallons']} * 3.785411784"),
                Line("the flow", f"[0] / {ask['hours']}"),
            ),
        ),
    ),
)


class Units(Calculation):
    """Other units, by calculator."""

    name = "units"
    summary = "miles, pounds, Fahrenheit, gallons an hour: conversion and rates"
    problems = (DISTANCE, MASS, HEAT, FLOW)
