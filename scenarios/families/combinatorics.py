"""Combinatorics: committees of two groups, rows with repeats, at least one, shortest paths on a grid, codes with a certain digit."""

import random

from scenarios.families._calculation import Line, WrongWay
from scenarios.families._mathematics import Mathematics, problem
from scenarios.family import Ask
from scenarios.slots import COUNT


def _draw_committee(rng: random.Random, level: int) -> Ask:
    return {
        "men": rng.randint(6, 8 + 3 * level),
        "women": rng.randint(7, 9 + 3 * level),
        "from_men": rng.randint(2, 4),
        "from_women": rng.randint(2, 4),
    }


def _committee(ask: Ask) -> tuple[Line, ...]:
    return (
        Line("the choices in the first group", f"comb({ask['men']}, {ask['from_men']})"),
        Line("the choices in the second group", f"comb({ask['women']}, {ask['from_women']})"),
        Line("the choices in all", "[0] * [1]"),
    )


def _committee_wrong(ask: Ask) -> tuple[WrongWay, ...]:
    first, second, _ = _committee(ask)
    added = Line("the choices in all", "[0] + [1]")
    ordered = Line("the choices in the first group", f"perm({ask['men']}, {ask['from_men']})")
    return (
        WrongWay("wrong_formula", "C5", "counts each choice in every order", (ordered, *_committee(ask)[1:])),
        WrongWay("wrong_formula", "C5", "adds the choices instead of multiplying", (first, second, added)),
    )


COMMITTEE = problem(
    "committee",
    {"men": COUNT, "women": COUNT, "from_men": COUNT, "from_women": COUNT},
    {
        "plain": (
            "In how many ways can {from_men} of {men} nurses and {from_women} of {women} doctors be chosen for a shift?",
            "A team takes {from_men} from {men} forwards and {from_women} from {women} defenders. How many teams are possible?",
        ),
        "terse": ("Choose {from_men} of {men} forwards, {from_women} of {women} defenders: teams?",),
        "chatty": (
            "we need {from_men} of our {men} cooks and {from_women} of the {women} waiters for the fair, how many line-ups "
            "could there be?",
        ),
        "formal": (
            "Kindly state the number of delegations of {from_men} out of {men} teachers together with {from_women} out of "
            "{women} pupils.",
        ),
        "indirect": (
            "I'd like to know how many different sets one gets by taking {from_men} of {men} red books along with "
            "{from_women} of {women} blue ones.",
        ),
        "context": (
            "The council has {men} town members and {women} village members. A committee takes {from_men} from the town and "
            "{from_women} from the villages. How many committees can be formed?",
        ),
    },
    _draw_committee,
    _committee,
    "from itertools import combinations\nfirst = sum(1 for _ in combinations(range({men}), {from_men}))\n"
    "second = sum(1 for _ in combinations(range({women}), {from_women}))\nprint(first * second)",
    ("There are {value} ways.", "{value} choices are possible.", "That makes {value} in all."),
    wrong=_committee_wrong,
)


def _draw_rows(rng: random.Random, level: int) -> Ask:
    return {"red": rng.randint(2, 3 + level), "blue": rng.randint(3, 4 + level), "white": rng.randint(2, 2 + level)}


def _rows(ask: Ask) -> tuple[Line, ...]:
    same = f"(factorial({ask['red']}) * factorial({ask['blue']}) * factorial({ask['white']}))"
    return (
        Line("the number of things", f"{ask['red']} + {ask['blue']} + {ask['white']}"),
        Line("the orders if all were different", "factorial([0])"),
        Line("the different rows", f"[1] / {same}"),
    )


def _rows_wrong(ask: Ask) -> tuple[WrongWay, ...]:
    first, second, _ = _rows(ask)
    half = Line("the different rows", f"[1] / (factorial({ask['red']}) * factorial({ask['blue']}))")
    return (WrongWay("wrong_formula", "C5", "forgets that the last kind is alike too", (first, second, half)),)


ROWS = problem(
    "rows",
    {"red": COUNT, "blue": COUNT, "white": COUNT},
    {
        "plain": (
            "In how many different orders can {red} red, {blue} blue and {white} white beads, alike within a colour, be "
            "threaded on a string with a marked start?",
            "How many different rows can be laid with {red} red, {blue} blue and {white} white tiles, those of a colour being "
            "alike?",
        ),
        "terse": ("Rows of {red} red, {blue} blue, {white} white tiles (same colour alike): how many?",),
        "chatty": (
            "I've {red} red, {blue} blue and {white} white flags for one pole, same colours look the same, how many signals "
            "can I fly with all of them?",
        ),
        "formal": (
            "Please determine the number of distinct sequences of {red} letters R, {blue} letters B and {white} letters W.",
        ),
        "indirect": (
            "I'm curious in how many ways one can line up {red} red cups, {blue} blue cups and {white} white cups if cups of "
            "one colour cannot be told apart.",
        ),
        "context": (
            "A fence gets {red} red posts. There are also {blue} blue posts and {white} white posts. Posts of a colour are "
            "all alike. How many different fences are there?",
        ),
    },
    _draw_rows,
    _rows,
    "ways = 1\nplaced = 0\nfor kind in ({red}, {blue}, {white}):\n    for n in range(1, kind + 1):\n        placed += 1\n"
    "        ways = ways * placed // n\nprint(ways)",
    ("There are {value} different ones.", "{value} are possible.", "That gives {value}."),
    wrong=_rows_wrong,
)


def _draw_one(rng: random.Random, level: int) -> Ask:
    return {"good": rng.randint(7, 10 + 4 * level), "bad": rng.randint(3, 4 + level), "taken": rng.randint(3, 5)}


def _one(ask: Ask) -> tuple[Line, ...]:
    return (
        Line("all the samples", f"comb({ask['good']} + {ask['bad']}, {ask['taken']})"),
        Line("the samples with none", f"comb({ask['good']}, {ask['taken']})"),
        Line("the samples with at least one", "[0] - [1]"),
    )


def _one_wrong(ask: Ask) -> tuple[WrongWay, ...]:
    fixed_first = Line(
        "the samples with at least one", f"{ask['bad']} * comb({ask['good']} + {ask['bad']} - 1, {ask['taken']} - 1)"
    )
    return (WrongWay("wrong_formula", "C5", "counts samples with several again for each", (fixed_first,)),)


ONE = problem(
    "at_least_one",
    {"good": COUNT, "bad": COUNT, "taken": COUNT},
    {
        "plain": (
            "A box has {good} sound bulbs and {bad} broken ones. How many samples of {taken} contain at least one broken bulb?",
            "From {good} boys and {bad} girls, how many groups of {taken} have at least one girl in them?",
        ),
        "terse": ("{good} sound, {bad} broken, draw {taken}: samples with at least one broken?",),
        "chatty": (
            "there are {good} plain donuts and {bad} filled ones, and I grab {taken}, in how many ways do I end up with at "
            "least one filled?",
        ),
        "formal": (
            "Kindly state how many selections of {taken} from {good} regular and {bad} special items include one special "
            "item or more.",
        ),
        "indirect": (
            "I'd like to know how many hands of {taken} out of {good} black and {bad} gold cards hold a gold card or more.",
        ),
        "context": (
            "A shipment holds {good} whole vases and {bad} cracked vases. The inspector picks {taken} of them at once. In how "
            "many ways does the pick contain a cracked one?",
        ),
    },
    _draw_one,
    _one,
    "from math import comb\nprint(sum(comb({bad}, k) * comb({good}, {taken} - k) for k in range(1, min({bad}, {taken}) + 1)))",
    ("There are {value} of them.", "{value} samples do.", "The number is {value}."),
    wrong=_one_wrong,
)


def _draw_paths(rng: random.Random, level: int) -> Ask:
    return {"east": rng.randint(4, 6 + 3 * level), "north": rng.randint(4, 5 + 3 * level)}


def _paths(ask: Ask) -> tuple[Line, ...]:
    return (
        Line("the steps of a path", f"{ask['east']} + {ask['north']}"),
        Line("the shortest paths", f"comb([0], {ask['north']})"),
    )


def _paths_wrong(ask: Ask) -> tuple[WrongWay, ...]:
    power = Line("the shortest paths", "2**[0]")
    return (WrongWay("wrong_formula", "C5", "lets every step go either way", (_paths(ask)[0], power)),)


PATHS = problem(
    "paths",
    {"east": COUNT, "north": COUNT},
    {
        "plain": (
            "How many shortest ways lead {east} blocks east and {north} blocks north through a grid of streets?",
            "A token moves one square right or one square up at a time. How many ways are there to get {east} to the right "
            "and {north} up?",
        ),
        "terse": ("Lattice paths, {east} east and {north} north: how many?",),
        "chatty": (
            "my office is {east} blocks east and {north} blocks north of here, how many shortest walks could I try?",
        ),
        "formal": (
            "Please give the number of monotone lattice paths with {east} steps to the east and {north} steps to the north.",
        ),
        "indirect": (
            "I'm wondering how many shortest routes a taxi has if it must go {east} blocks over and {north} blocks up.",
        ),
        "context": (
            "A robot stands in the corner of a floor of tiles. It has to get {east} tiles across and {north} tiles up. It "
            "never turns back. How many paths can it take?",
        ),
    },
    _draw_paths,
    _paths,
    "row = [1] * ({east} + 1)\nfor _ in range({north}):\n    for x in range(1, {east} + 1):\n        row[x] += row[x - 1]\nprint(row[-1])",
    ("There are {value}.", "{value} ways lead there.", "It has {value} paths."),
    wrong=_paths_wrong,
)


def _draw_codes(rng: random.Random, level: int) -> Ask:
    return {"signs": rng.randint(6, 9 + 3 * level), "length": rng.randint(4, 5 + level)}


def _codes(ask: Ask) -> tuple[Line, ...]:
    return (
        Line("all the codes", f"{ask['signs']}**{ask['length']}"),
        Line("the codes without the star", f"({ask['signs']} - 1)**{ask['length']}"),
        Line("the codes with the star", "[0] - [1]"),
    )


def _codes_wrong(ask: Ask) -> tuple[WrongWay, ...]:
    first, _, _ = _codes(ask)
    placed = Line("the codes with the star", f"{ask['length']} * {ask['signs']}**({ask['length']} - 1)")
    return (WrongWay("wrong_formula", "C5", "counts codes with several stars again for each", (first, placed)),)


CODES = problem(
    "codes",
    {"signs": COUNT, "length": COUNT},
    {
        "plain": (
            "A code has {length} places, each with one of {signs} signs, one of which is a star. How many codes contain a star?",
            "How many words of {length} letters over an alphabet of {signs} letters use the letter A at least once?",
        ),
        "terse": ("{signs} signs incl. a star, {length} places: codes with a star?",),
        "chatty": (
            "my bike lock has {length} rings with {signs} pictures each, one is a cat, how many settings show the cat "
            "somewhere?",
        ),
        "formal": (
            "Please state the number of strings of length {length} over {signs} symbols in which a given symbol occurs at "
            "least once.",
        ),
        "indirect": (
            "I'd like to find how many ways {length} lamps of {signs} possible colours can be set so that red is among them.",
        ),
        "context": (
            "A badge shows {length} signs in a row. For each place there are {signs} signs to choose from. One of these is "
            "a crown. How many badges have a crown on them?",
        ),
    },
    _draw_codes,
    _codes,
    "without, having = 1, 0\nfor _ in range({length}):\n    without, having = without * ({signs} - 1), having * {signs} + without\n"
    "print(having)",
    ("There are {value}.", "{value} contain it.", "That is {value} in all."),
    wrong=_codes_wrong,
)


class Combinatorics(Mathematics):
    """Counting, by calculator and code."""

    name = "combinatorics"
    summary = "committees, rows with repeats, at least one, grid paths, codes"
    problems = (COMMITTEE, ROWS, ONE, PATHS, CODES)
