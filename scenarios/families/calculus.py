"""Calculus of polynomials: slopes, areas under curves, largest revenue, distance from speed. The second truth works with symbols or limits.

Polynomials have positive coefficients where the text would else hold a sign that reads as a dash.
"""

import random

from scenarios.families._calculation import Line, WrongWay
from scenarios.families._mathematics import Mathematics, problem
from scenarios.family import Ask
from scenarios.slots import COUNT


def _draw_slope(rng: random.Random, level: int) -> Ask:
    return {
        "cube": rng.randint(2, 4 + 3 * level),
        "square": rng.randint(3, 9 + 4 * level),
        "line": rng.randint(11, 90),
        "at": rng.randint(3, 7 + 3 * level),
    }


def _slope(ask: Ask) -> tuple[Line, ...]:
    return (
        Line("the slope of the cubic part", f"3 * {ask['cube']} * {ask['at']}**2"),
        Line("the slope of the square part", f"2 * {ask['square']} * {ask['at']}"),
        Line("the slope", f"[0] + [1] + {ask['line']}"),
    )


def _slope_wrong(ask: Ask) -> tuple[WrongWay, ...]:
    _, square, last = _slope(ask)
    kept = Line("the slope of the cubic part", f"3 * {ask['cube']} * {ask['at']}**3")
    return (WrongWay("wrong_formula", "C5", "leaves the exponent as it was", (kept, square, last)),)


SLOPE = problem(
    "slope",
    {"cube": COUNT, "square": COUNT, "line": COUNT, "at": COUNT},
    {
        "plain": (
            "What is the slope of {cube} t^3 + {square} t^2 + {line} t at t = {at}?",
            "How steep is the curve y = {cube} t^3 + {square} t^2 + {line} t where t = {at}?",
        ),
        "terse": ("d/dt of {cube} t^3 + {square} t^2 + {line} t at t = {at}?",),
        "chatty": (
            "the rocket is at {cube} t^3 + {square} t^2 + {line} t metres after t seconds, how fast is it going at t = {at}?",
        ),
        "formal": ("Please evaluate the derivative of {cube} t^3 + {square} t^2 + {line} t for t = {at}.",),
        "indirect": (
            "I'd like to know the rate of change of {cube} t^3 + {square} t^2 + {line} t when t = {at} is reached.",
        ),
        "context": (
            "The volume in a tank is {cube} t^3 + {square} t^2 + {line} t litres after t minutes. We look at it at t = {at} "
            "exactly. How many litres a minute flow in then?",
        ),
    },
    _draw_slope,
    _slope,
    "def f(t):\n    return {cube} * t**3 + {square} * t**2 + {line} * t\n"
    "# exact for cubics: the central difference with its error taken off\nprint((f({at} + 1) - f({at} - 1)) // 2 - {cube})",
    ("The slope is {value}.", "It is {value} there.", "The derivative comes to {value}."),
    wrong=_slope_wrong,
)


def _draw_area(rng: random.Random, level: int) -> Ask:
    return {
        "square": 3 * rng.randint(2, 4 + 2 * level),
        "line": 2 * rng.randint(3, 9),
        "start": rng.randint(2, 4),
        "end": rng.randint(6, 9 + 3 * level),
    }


def _antiderivative(ask: Ask, at: str) -> str:
    return f"{ask['square']} * {ask[at]}**3 / 3 + {ask['line']} * {ask[at]}**2 / 2"


def _area(ask: Ask) -> tuple[Line, ...]:
    return (
        Line("the antiderivative at the upper end", _antiderivative(ask, "end")),
        Line("the antiderivative at the lower end", _antiderivative(ask, "start")),
        Line("the area", "[0] - [1]"),
    )


def _area_wrong(ask: Ask) -> tuple[WrongWay, ...]:
    _, lower, last = _area(ask)
    bare = Line(
        "the antiderivative at the upper end", f"{ask['square']} * {ask['end']}**3 + {ask['line']} * {ask['end']}**2"
    )
    return (WrongWay("wrong_formula", "C5", "forgets to divide by the new exponents", (bare, lower, last)),)


AREA = problem(
    "area_under",
    {"square": COUNT, "line": COUNT, "start": COUNT, "end": COUNT},
    {
        "plain": (
            "What is the area under y = {square} t^2 + {line} t between t = {start} and t = {end}?",
            "How large is the integral of {square} t^2 + {line} t over t from {start} to {end}?",
        ),
        "terse": ("Integral of {square} t^2 + {line} t, t from {start} to {end}?",),
        "chatty": (
            "a train goes {square} t^2 + {line} t metres a second at second t, so how far does it get between t = {start} and "
            "t = {end}?",
        ),
        "formal": (
            "Kindly compute the definite integral of {square} t^2 + {line} t with the limits {start} and {end}.",
        ),
        "indirect": (
            "I'd like to know what {square} t^2 + {line} t integrates to on the interval that starts at {start} and ends at {end}.",
        ),
        "context": (
            "Water flows in at {square} t^2 + {line} t litres an hour. We open the tap at hour {start}. We close it at hour "
            "{end}. How many litres have come in?",
        ),
    },
    _draw_area,
    _area,
    "from fractions import Fraction\ndef f(t):\n    return {square} * t * t + {line} * t\n"
    "a, b = Fraction({start}), Fraction({end})\n# Simpson's rule is exact for polynomials of this degree\n"
    "print((b - a) / 6 * (f(a) + 4 * f((a + b) / 2) + f(b)))",
    ("The area is {value}.", "It comes to {value}.", "The integral is {value}."),
    wrong=_area_wrong,
)


def _draw_revenue(rng: random.Random, level: int) -> Ask:
    fall = rng.choice((2, 4, 5, 8, 10))
    return {"sold": 2 * fall * rng.randint(13, 40 * level), "fall": fall}


def _revenue(ask: Ask) -> tuple[Line, ...]:
    return (
        Line("the best price", f"{ask['sold']} / (2 * {ask['fall']})"),
        Line("what is sold at it", f"{ask['sold']} - {ask['fall']} * [0]"),
        Line("the largest revenue", "[0] * [1]"),
    )


def _revenue_wrong(ask: Ask) -> tuple[WrongWay, ...]:
    _, sold, last = _revenue(ask)
    third = Line("the best price", f"{ask['sold']} / (4 * {ask['fall']})")
    return (WrongWay("wrong_formula", "C5", "halves the best price once too often", (third, sold, last)),)


REVENUE = problem(
    "revenue",
    {"sold": COUNT, "fall": COUNT},
    {
        "plain": (
            "At a price of p crowns a stall sells {sold} minus {fall} p cups. What is the largest revenue it can have?",
            "The demand is {sold} minus {fall} times the price in crowns. What is the greatest revenue, price times demand?",
        ),
        "terse": ("Demand {sold} minus {fall} p, p in crowns: maximum revenue?",),
        "chatty": (
            "we'd sell {sold} shirts if they were free and lose {fall} buyers for every crown we ask, what's the most we can "
            "take in?",
        ),
        "formal": (
            "Please maximise the product of a price and of the quantity {sold} less {fall} times that price, and state the maximum.",
        ),
        "indirect": (
            "I'm curious about the most money one can make if {sold} would buy for nothing and each crown drives {fall} away.",
        ),
        "context": (
            "For free, {sold} visitors would come. Every crown of entry fee keeps {fall} of them away. The fee may be chosen "
            "freely. What are the highest takings?",
        ),
    },
    _draw_revenue,
    _revenue,
    "from fractions import Fraction\nbest = 0\nfor half in range(2 * {sold} // {fall} + 1):\n"
    "    p = Fraction(half, 2)\n    best = max(best, p * ({sold} - {fall} * p))\nprint(best)",
    ("The largest revenue is {value} crowns.", "At best it is {value} crowns.", "It can reach {value} crowns."),
    wrong=_revenue_wrong,
    unit="crowns",
)


def _draw_mean(rng: random.Random, level: int) -> Ask:
    return {
        "cube": 4 * rng.randint(1, 3 + level),
        "constant": rng.randint(11, 140),
        "end": rng.randint(4, 6 + 2 * level),
    }


def _mean(ask: Ask) -> tuple[Line, ...]:
    return (
        Line("the integral", f"{ask['cube']} * {ask['end']}**4 / 4 + {ask['constant']} * {ask['end']}"),
        Line("the mean", f"[0] / {ask['end']}"),
    )


def _mean_wrong(ask: Ask) -> tuple[WrongWay, ...]:
    ends = Line("the mean", f"(2 * {ask['constant']} + {ask['cube']} * {ask['end']}**3) / 2")
    return (WrongWay("wrong_formula", "C5", "takes the mean of the values at both ends", (ends,)),)


MEAN = problem(
    "mean_value",
    {"cube": COUNT, "constant": COUNT, "end": COUNT},
    {
        "plain": (
            "What is the mean value of {cube} t^3 + {constant} for t between 0 and {end}?",
            "On the interval from 0 to {end}, what is the average of the function {cube} t^3 + {constant}?",
        ),
        "terse": ("Average of {cube} t^3 + {constant}, t from 0 to {end}?",),
        "chatty": (
            "the oven heats like {cube} t^3 + {constant} degrees at minute t, so what was it on average from minute 0 to {end}?",
        ),
        "formal": (
            "Kindly determine the mean of {cube} t^3 + {constant} over the interval with the ends 0 and {end}.",
        ),
        "indirect": (
            "I'd like to know which constant would have the same integral as {cube} t^3 + {constant} as t goes from 0 up to {end}.",
        ),
        "context": (
            "A pump delivers {cube} t^3 + {constant} litres an hour at hour t. It starts at hour 0. It runs until hour {end}. "
            "What does it deliver an hour on average?",
        ),
    },
    _draw_mean,
    _mean,
    "from fractions import Fraction\ndef f(t):\n    return {cube} * t**3 + {constant}\nb = Fraction({end})\n"
    "print((f(0) + 4 * f(b / 2) + f(b)) / 6)",
    ("The mean is {value}.", "On average it is {value}.", "That averages {value}."),
    wrong=_mean_wrong,
)


class Calculus(Mathematics):
    """Derivatives and integrals, by calculator and code."""

    name = "calculus"
    summary = "slopes, areas under curves, the largest revenue, mean values"
    problems = (SLOPE, AREA, REVENUE, MEAN)
