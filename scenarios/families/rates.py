"""Rates: a journey in two legs, a tank with inflow and outflow, machines at work, fuel for a distance. Answers to two decimals."""

import random
from fractions import Fraction

from scenarios.exact import plain
from scenarios.families._calculation import Calculation, Line, Problem, WrongWay
from scenarios.family import Ask
from scenarios.slots import COUNT, MONEY, NUMBER


def _tenths(rng: random.Random, low: int, high: int) -> str:
    return plain(Fraction(rng.randint(low * 10, high * 10) | 1, 10))


def _draw_journey(rng: random.Random, level: int) -> Ask:
    return {
        "first": _tenths(rng, 90 * level, 900 * level),
        "slow": str(rng.randint(31, 69)),
        "second": _tenths(rng, 90 * level, 900 * level),
        "fast": str(rng.randint(71, 119)),
    }


def _journey(ask: Ask) -> tuple[Line, ...]:
    return (
        Line("the hours of the first leg", f"{ask['first']} / {ask['slow']}"),
        Line("the hours of the second leg", f"{ask['second']} / {ask['fast']}"),
        Line("the average speed", f"({ask['first']} + {ask['second']}) / ([0] + [1])"),
    )


def _journey_by_weights(ask: Ask) -> Fraction:
    first, second = Fraction(ask["first"]), Fraction(ask["second"])
    slow, fast = int(ask["slow"]), int(ask["fast"])
    return slow * fast * (first + second) / (first * fast + second * slow)


def _journey_wrong(ask: Ask) -> tuple[WrongWay, ...]:
    mean = Line("the average speed", f"({ask['slow']} + {ask['fast']}) / 2")
    return (WrongWay("wrong_formula", "C5", "averages the two speeds", (mean,)),)


JOURNEY = Problem(
    kind="journey",
    slots={"first": NUMBER, "slow": NUMBER, "second": NUMBER, "fast": NUMBER},
    wordings={
        "plain": (
            "A van drives {first} km at {slow} km/h and then {second} km at {fast} km/h. [What is its "
            "average speed|How fast is it on average] over the whole way?",
            "[What's|What is] the average speed of a trip with {first} km at {slow} km/h followed by "
            "{second} km at {fast} km/h?",
        ),
        "terse": (
            "{first} km at {slow} km/h, {second} km at {fast} km/h: average speed?",
            "Mean speed: {first} km ({slow} km/h), then {second} km ({fast} km/h).",
        ),
        "chatty": (
            "we crawled {first} km at {slow} km/h and then zoomed {second} km at {fast} km/h. What was "
            "our average speed over the trip?",
        ),
        "formal": (
            "Please compute the mean velocity of a journey consisting of {first} km at {slow} km/h and "
            "{second} km at {fast} km/h.",
        ),
        "indirect": (
            "I'm wondering how fast on average someone was who did {first} km at {slow} km/h and "
            "{second} km at {fast} km/h.",
        ),
        "context": (
            "Our truck logs two legs. On the first it covered {first} km at a steady {slow} km/h. On the "
            "second it covered {second} km at a steady {fast} km/h. The log asks for the average speed "
            "in km/h with two decimals.",
        ),
    },
    draw=_draw_journey,
    lines=_journey,
    check=_journey_by_weights,
    unit="km/h",
    answers=(
        "The average speed is {value} km/h.",
        "Over the whole way that is {value} km/h on average.",
        "On average it was {value} km/h.",
    ),
    wrong=_journey_wrong,
)


def _draw_tank(rng: random.Random, level: int) -> Ask:
    inflow = rng.randint(170, 990)
    return {
        "volume": str(rng.randint(11_000, 99_000) * 10 ** (level - 1) | 1),
        "inflow": str(inflow),
        "outflow": _tenths(rng, 11, inflow // 2),
    }


def _tank(ask: Ask) -> tuple[Line, ...]:
    return (
        Line("the net inflow in litres a minute", f"{ask['inflow']} - {ask['outflow']}"),
        Line("the minutes until it is full", f"{ask['volume']} / [0]"),
        Line("the hours until it is full", "[1] / 60"),
    )


def _tank_by_hours(ask: Ask) -> Fraction:
    return Fraction(ask["volume"]) / (60 * Fraction(ask["inflow"]) - 60 * Fraction(ask["outflow"]))


def _tank_wrong(ask: Ask) -> tuple[WrongWay, ...]:
    net, minutes, hours = _tank(ask)
    leak = Line("the inflow in litres a minute", f"{ask['inflow']} + {ask['outflow']}")
    return (
        WrongWay("wrong_formula", "C5", "adds the outflow", (leak, minutes, hours)),
        WrongWay("unit_slip", "C2", "gives minutes as hours", (net, minutes), late=True),
    )


TANK = Problem(
    kind="tank",
    slots={"volume": NUMBER, "inflow": NUMBER, "outflow": NUMBER},
    wordings={
        "plain": (
            "A tank of {volume} litres is filled at {inflow} litres a minute while {outflow} litres a "
            "minute run out. [How many hours does it take|How many hours pass] until it is full?",
            "How many hours to fill {volume} litres with {inflow} litres per minute coming in and "
            "{outflow} litres per minute leaking out?",
        ),
        "terse": (
            "Tank {volume} l, in {inflow} l/min, out {outflow} l/min: hours to fill?",
            "Hours to fill {volume} litres: inflow {inflow} l/min, loss {outflow} l/min.",
        ),
        "chatty": (
            "our pool holds {volume} litres, the hose gives {inflow} litres a minute but there's a leak "
            "of {outflow} litres a minute. How many hours till it's full?",
        ),
        "formal": (
            "Please determine the time in hours required to fill a reservoir of {volume} litres, given "
            "an inflow of {inflow} and an outflow of {outflow} litres per minute.",
        ),
        "indirect": (
            "I'd like to know after how many hours a basin for {volume} litres is full when {inflow} "
            "litres a minute flow in and {outflow} litres a minute flow out.",
        ),
        "context": (
            "The new reservoir takes {volume} litres. Pumps deliver {inflow} litres each minute. Through "
            "evaporation and taps {outflow} litres each minute are lost. The operator wants the filling "
            "time in hours, two decimals.",
        ),
    },
    draw=_draw_tank,
    lines=_tank,
    check=_tank_by_hours,
    unit="hours",
    answers=("It takes {value} hours.", "It is full after {value} hours.", "The filling time is {value} hours."),
    wrong=_tank_wrong,
)


def _draw_machines(rng: random.Random, level: int) -> Ask:
    return {
        "machines": rng.randint(7, 29),
        "hours": rng.randint(11, 47),
        "made": str(rng.randint(3_000, 9_900) * 10 ** (level - 1) | 1),
        "others": rng.randint(31, 89),
        "time": rng.randint(51, 170),
    }


def _machines(ask: Ask) -> tuple[Line, ...]:
    return (
        Line("what one machine makes in an hour", f"{ask['made']} / ({ask['machines']} * {ask['hours']})"),
        Line("the number of parts", f"[0] * {ask['others']} * {ask['time']}"),
    )


def _machines_by_scaling(ask: Ask) -> Fraction:
    parts = Fraction(int(ask["made"])) * Fraction(ask["others"], ask["machines"])
    return parts * Fraction(ask["time"], ask["hours"])


def _machines_wrong(ask: Ask) -> tuple[WrongWay, ...]:
    line = Line("the number of parts", f"{ask['made']} / {ask['machines']} * {ask['others']} * {ask['time']}")
    return (WrongWay("wrong_formula", "C5", "forgets the hours of the first run", (line,)),)


MACHINES = Problem(
    kind="machines",
    slots={"machines": COUNT, "hours": COUNT, "made": NUMBER, "others": COUNT, "time": COUNT},
    wordings={
        "plain": (
            "If {machines} machines make {made} parts in {hours} hours, [how many parts do|how many do] "
            "{others} such machines make in {time} hours?",
            "{machines} looms weave {made} metres in {hours} hours. At that rate, how many metres come "
            "from {others} looms in {time} hours?",
        ),
        "terse": (
            "{machines} machines, {hours} h, {made} parts. {others} machines, {time} h: parts?",
            "Rate: {made} parts by {machines} machines in {hours} h. Output of {others} machines in {time} h?",
        ),
        "chatty": (
            "our {machines} printers did {made} posters in {hours} hours, wow. What could {others} of "
            "them do in {time} hours?",
        ),
        "formal": (
            "Given that {machines} units yield {made} pieces within {hours} hours, please state the "
            "yield of {others} units within {time} hours.",
        ),
        "indirect": (
            "I'd be interested in the output of {others} machines over {time} hours, knowing that "
            "{machines} of them turn out {made} parts in {hours} hours.",
        ),
        "context": (
            "The old hall has {machines} presses. In {hours} hours they turned out {made} caps. The new "
            "hall will have {others} presses of the same type. What should we expect from it in {time} "
            "hours, to two decimals?",
        ),
    },
    draw=_draw_machines,
    lines=_machines,
    check=_machines_by_scaling,
    unit="",
    answers=("They would make {value}.", "The expected output is {value}.", "At that rate the result is {value}."),
    wrong=_machines_wrong,
)


def _draw_fuel(rng: random.Random, level: int) -> Ask:
    return {
        "distance": _tenths(rng, 400 * level, 3000 * level),
        "use": _tenths(rng, 5, 38),
        "price": plain(Fraction(rng.randint(1101, 2499) | 1, 1000)),
    }


def _fuel(ask: Ask) -> tuple[Line, ...]:
    return (
        Line("the litres burnt", f"{ask['distance']} * {ask['use']} / 100"),
        Line("the cost of the fuel", f"[0] * {ask['price']}"),
    )


def _fuel_by_km(ask: Ask) -> Fraction:
    return Fraction(ask["use"]) * Fraction(ask["price"]) * Fraction(ask["distance"]) / 100


def _fuel_wrong(ask: Ask) -> tuple[WrongWay, ...]:
    litres = Line("the litres burnt", f"{ask['distance']} / {ask['use']}")
    each = Line("the litres burnt", f"{ask['distance']} * {ask['use']}")
    return (
        WrongWay("wrong_formula", "C5", "divides the distance by the consumption", (litres, _fuel(ask)[1])),
        WrongWay("unit_slip", "C2", "takes litres per 100 km as litres per km", (each, _fuel(ask)[1])),
    )


FUEL = Problem(
    kind="fuel",
    slots={"distance": NUMBER, "use": NUMBER, "price": MONEY},
    wordings={
        "plain": (
            "[What does the fuel cost|How much is the fuel] for {distance} km if a vehicle uses {use} "
            "litres per 100 km and a litre costs {price}?",
            "A truck burns {use} litres per 100 km. Diesel is {price} a litre. What is the fuel bill for "
            "{distance} km?",
        ),
        "terse": (
            "{distance} km, {use} l/100 km, {price}/l: fuel cost?",
            "Fuel cost: {distance} km at {use} l per 100 km, {price} a litre.",
        ),
        "chatty": (
            "road trip! {distance} km, the van drinks {use} litres per 100 km and it's {price} a litre. "
            "What will we burn in money?",
        ),
        "formal": (
            "Please estimate the fuel expenditure for a distance of {distance} km at a consumption of "
            "{use} litres per 100 km and a price of {price} per litre.",
        ),
        "indirect": (
            "I'd like to know what {distance} km would cost in fuel with {use} litres per 100 km and "
            "{price} to the litre.",
        ),
        "context": (
            "Our courier reports {distance} km for this month. Her car needs {use} litres on 100 km. We "
            "refund fuel at {price} a litre. What do we owe her, to the cent?",
        ),
    },
    draw=_draw_fuel,
    lines=_fuel,
    check=_fuel_by_km,
    unit="dollars",
    answers=("The fuel costs ${value}.", "That is ${value} for fuel.", "The fuel bill comes to ${value}."),
    wrong=_fuel_wrong,
)


class Rates(Calculation):
    """Rates, by calculator."""

    name = "rates"
    summary = "average speed of two legs, filling time, output of machines, fuel cost"
    problems = (JOURNEY, TANK, MACHINES, FUEL)
