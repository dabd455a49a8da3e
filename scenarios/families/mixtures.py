"""Mixtures and shared work: a blend's strength, water to be added, two pipes, an average that has to be reached. Exact answers."""

import random
from fractions import Fraction

from scenarios.exact import plain
from scenarios.families._calculation import Line, WrongWay
from scenarios.families._mathematics import Mathematics, problem
from scenarios.family import Ask
from scenarios.slots import COUNT, PERCENT


def _draw_blend(rng: random.Random, level: int) -> Ask:
    weak = rng.randint(4, 30)
    return {
        "one": rng.randint(12, 90 * level),
        "weak": plain(Fraction(weak)),
        "other": rng.randint(11, 80 * level),
        "strong": plain(Fraction(weak + rng.randint(12, 50))),
    }


def _blend(ask: Ask) -> tuple[Line, ...]:
    return (
        Line("the pure part of the first", f"{ask['one']} * {ask['weak']} / 100"),
        Line("the pure part of the second", f"{ask['other']} * {ask['strong']} / 100"),
        Line("the pure part of the blend", "[0] + [1]"),
    )


def _blend_wrong(ask: Ask) -> tuple[WrongWay, ...]:
    first, _, last = _blend(ask)
    swapped = Line("the pure part of the second", f"{ask['other']} * {ask['weak']} / 100")
    return (WrongWay("wrong_formula", "C5", "takes the strength of the first for both", (first, swapped, last)),)


BLEND = problem(
    "blend",
    {"one": COUNT, "weak": PERCENT, "other": COUNT, "strong": PERCENT},
    {
        "plain": (
            "How many litres of alcohol are in a blend of {one} litres at {weak} and {other} litres at {strong}?",
            "A cask takes {one} litres of {weak} cider and {other} litres of {strong} brandy. How much pure alcohol is in it, in litres?",
        ),
        "terse": ("{one} l at {weak} with {other} l at {strong}: litres of pure alcohol?",),
        "chatty": (
            "I poured {one} litres of {weak} syrup and {other} litres of {strong} syrup in one pot, how many litres of sugar is "
            "that by volume?",
        ),
        "formal": (
            "Kindly state the volume of acid in {one} litres of a {weak} solution combined with {other} litres of a {strong} solution.",
        ),
        "indirect": (
            "I'd like to know how much pure juice {one} litres with {weak} juice and {other} litres with {strong} juice hold in all.",
        ),
        "context": (
            "Tank one has {one} litres of brine with {weak} salt. Tank two has {other} litres with {strong} salt. Both are "
            "emptied into a third. How much salt is in it, by volume in litres?",
        ),
    },
    _draw_blend,
    _blend,
    "from fractions import Fraction\nall_of_it = {one} + {other}\n"
    "strength = Fraction({one} * {weak} + {other} * {strong}, all_of_it)\n"
    "print(strength * all_of_it / 100)",
    ("It holds {value} litres.", "That is {value} litres.", "There are {value} litres in it."),
    wrong=_blend_wrong,
    unit="litres",
)


def _draw_water(rng: random.Random, level: int) -> Ask:
    target = rng.choice((5, 8, 10, 16, 20, 25))
    return {
        "litres": rng.randint(12, 80 * level),
        "strong": plain(Fraction(target * rng.choice((2, 3)) + target // 5)),
        "target": plain(Fraction(target)),
    }


def _water(ask: Ask) -> tuple[Line, ...]:
    return (
        Line("the pure part of it", f"{ask['litres']} * {ask['strong']} / 100"),
        Line("the litres at the end", f"[0] / ({ask['target']} / 100)"),
        Line("the water to be added", f"[1] - {ask['litres']}"),
    )


def _water_wrong(ask: Ask) -> tuple[WrongWay, ...]:
    direct = Line("the water to be added", f"{ask['litres']} * ({ask['strong']} - {ask['target']}) / 100")
    return (WrongWay("wrong_formula", "C5", "takes the difference of the strengths of what is there", (direct,)),)


WATER = problem(
    "water",
    {"litres": COUNT, "strong": PERCENT, "target": PERCENT},
    {
        "plain": (
            "How many litres of water turn {litres} litres of {strong} acid into {target} acid?",
            "A vat has {litres} litres of a {strong} solution. How much water brings it down to {target}, in litres?",
        ),
        "terse": ("{litres} l of {strong}, dilute to {target}: litres of water?",),
        "chatty": (
            "my cleaner is {litres} litres at {strong} and the label wants {target}, so how many litres of water go in?",
        ),
        "formal": (
            "Please determine the litres of water by which {litres} litres at {strong} have to be diluted to reach {target}.",
        ),
        "indirect": (
            "I wonder how many litres of water it takes until {litres} litres of {strong} vinegar have become {target} vinegar.",
        ),
        "context": (
            "The workshop bought {litres} litres of coolant at {strong}. The machine needs it at {target}. Only water is added. "
            "How many litres of it?",
        ),
    },
    _draw_water,
    _water,
    "from fractions import Fraction\nprint(Fraction({litres} * ({strong} - {target}), {target}))",
    ("It takes {value} litres of water.", "Add {value} litres.", "{value} litres of water are needed."),
    wrong=_water_wrong,
    back=lambda ask: f"{ask['litres']} * {ask['strong']} / ({ask['litres']} + [=])",
    unit="litres",
)


def _draw_pipes(rng: random.Random, level: int) -> Ask:
    one, other = rng.choice(((12, 24), (30, 45), (36, 72), (20, 30), (28, 21), (40, 60), (42, 56), (84, 60), (90, 180)))
    return {"one": one * level, "other": other * level}


def _pipes(ask: Ask) -> tuple[Line, ...]:
    return (
        Line("the minutes multiplied", f"{ask['one']} * {ask['other']}"),
        Line("the minutes added", f"{ask['one']} + {ask['other']}"),
        Line("the time for both together", "[0] / [1]"),
    )


def _pipes_wrong(ask: Ask) -> tuple[WrongWay, ...]:
    mean = Line("the time for both together", f"({ask['one']} + {ask['other']}) / 4")
    return (WrongWay("wrong_formula", "C5", "halves the mean of the two times", (mean,)),)


PIPES = problem(
    "pipes",
    {"one": COUNT, "other": COUNT},
    {
        "plain": (
            "One pipe fills a basin in {one} minutes, another in {other} minutes. How many minutes do both take together?",
            "Working alone, a printer needs {one} minutes for a job and a second one {other} minutes. How long do they need side "
            "by side, in minutes?",
        ),
        "terse": ("{one} min alone, the other {other} min alone: both together, in minutes?",),
        "chatty": (
            "I can stack the wood in {one} minutes, my brother needs {other} minutes for it, so how many minutes if we both do?",
        ),
        "formal": (
            "Kindly state the minutes in which two pumps that empty a dock in {one} and in {other} minutes do so jointly.",
        ),
        "indirect": (
            "I wonder how many minutes a field takes when a mower of {one} minutes a field is joined by one of {other} minutes.",
        ),
        "context": (
            "The old oven bakes the day's bread in {one} minutes. The new oven would do it in {other} minutes. Today both are "
            "used at once. After how many minutes is the bread done?",
        ),
    },
    _draw_pipes,
    _pipes,
    "from fractions import Fraction\nprint(1 / (Fraction(1, {one}) + Fraction(1, {other})))",
    ("Together they take {value} minutes.", "It takes {value} minutes.", "After {value} minutes it is done."),
    wrong=_pipes_wrong,
    unit="minutes",
)


def _draw_average(rng: random.Random, level: int) -> Ask:
    return {"tests": rng.randint(6, 9 + 3 * level), "average": rng.randint(51, 79), "wanted": rng.randint(80, 84)}


def _average(ask: Ask) -> tuple[Line, ...]:
    return (
        Line("the points so far", f"{ask['tests']} * {ask['average']}"),
        Line("the points in the end", f"({ask['tests']} + 1) * {ask['wanted']}"),
        Line("the points still needed", "[1] - [0]"),
    )


def _average_wrong(ask: Ask) -> tuple[WrongWay, ...]:
    first, _, last = _average(ask)
    same = Line("the points in the end", f"({ask['tests']} + 2) * {ask['wanted']}")
    return (WrongWay("wrong_formula", "C5", "counts one round too many", (first, same, last)),)


AVERAGE = problem(
    "average",
    {"tests": COUNT, "average": COUNT, "wanted": COUNT},
    {
        "plain": (
            "After {tests} rounds a player averages {average} points. How many points in the next round lift the average to {wanted}?",
            "A class average over {tests} tests is {average}. Which result in one more test makes it {wanted}?",
        ),
        "terse": ("{tests} rounds, average {average}; next round for an average of {wanted}?",),
        "chatty": (
            "my bowling average is {average} over {tests} games and I dream of {wanted}, what do I have to bowl next game?",
        ),
        "formal": (
            "Kindly state the value of a further reading that changes the mean of {tests} readings from {average} to {wanted}.",
        ),
        "indirect": (
            "I'd like to know what one more month must bring if {tests} months brought {average} each on average and {wanted} is the aim.",
        ),
        "context": (
            "The shop sold {average} loaves a day on average. That was over {tests} days. With one more day the average is to be "
            "{wanted}. How many loaves must it sell on that day?",
        ),
    },
    _draw_average,
    _average,
    "needed = 0\nwhile {tests} * {average} + needed < {wanted} * ({tests} + 1):\n    needed += 1\nprint(needed)",
    ("It has to be {value}.", "{value} are needed.", "The next one must bring {value}."),
    wrong=_average_wrong,
    back=lambda ask: f"({ask['tests']} * {ask['average']} + [=]) / ({ask['tests']} + 1)",
)


class Mixtures(Mathematics):
    """Blends, shared work and averages, by calculator and code."""

    name = "mixtures"
    summary = "a blend's content, water to be added, two pipes at once, an average to be reached"
    harder = "always 3: lines of calculation"
    problems = (BLEND, WATER, PIPES, AVERAGE)
