"""Number theory: remainders of powers, meeting again, the largest equal groups, counting multiples, zeros at the end of a factorial."""

import random

from scenarios.families._calculation import Line, WrongWay
from scenarios.families._mathematics import Mathematics, problem
from scenarios.family import Ask
from scenarios.slots import COUNT


def _draw_remainder(rng: random.Random, level: int) -> Ask:
    return {
        "base": rng.randint(3, 19),
        "power": rng.randint(11, 20 + 8 * level),
        "modulus": rng.choice((7, 11, 13, 17, 19, 23, 29, 31)),
    }


def _remainder(ask: Ask) -> tuple[Line, ...]:
    return (Line("the remainder of the power", f"({ask['base']}**{ask['power']}) % {ask['modulus']}"),)


def _remainder_wrong(ask: Ask) -> tuple[WrongWay, ...]:
    line = Line("the remainder of the power", f"({ask['base']} * {ask['power']}) % {ask['modulus']}")
    return (WrongWay("wrong_formula", "C5", "multiplies instead of raising to a power", (line,)),)


REMAINDER = problem(
    "remainder",
    {"base": COUNT, "power": COUNT, "modulus": COUNT},
    {
        "plain": (
            "What remainder does {base} to the power of {power} leave on division by {modulus}?",
            "[What is left over|What remains] when {base}^{power} is divided by {modulus}?",
        ),
        "terse": ("{base}^{power} mod {modulus}?",),
        "chatty": (
            "for a puzzle I have to divide {base}^{power} by {modulus} and only the rest counts, which one is it?",
        ),
        "formal": ("Kindly determine the residue of {base} raised to the power {power}, modulo {modulus}.",),
        "indirect": ("I wonder which remainder is left if one divides {base} to the {power}th power by {modulus}.",),
        "context": (
            "A lock takes the key {base}. It raises it to the power {power}. Then it keeps only the remainder on division "
            "by {modulus}. Which number is kept?",
        ),
    },
    _draw_remainder,
    _remainder,
    "rest = 1\nfor _ in range({power}):\n    rest = rest * {base} % {modulus}\nprint(rest)",
    ("The remainder is {value}.", "It leaves {value}.", "{value} is left over."),
    wrong=_remainder_wrong,
)


def _draw_meeting(rng: random.Random, level: int) -> Ask:
    common = rng.randint(2, 6)
    return {
        "one": common * rng.randint(5, 12 * level),
        "other": common * rng.randint(7, 14 * level),
        "third": rng.randint(8, 15 * level),
    }


def _meeting(ask: Ask) -> tuple[Line, ...]:
    return (
        Line("when the first two meet again", f"lcm({ask['one']}, {ask['other']})"),
        Line("when all three meet again", f"lcm([0], {ask['third']})"),
    )


def _meeting_wrong(ask: Ask) -> tuple[WrongWay, ...]:
    product = Line("when the first two meet again", f"{ask['one']} * {ask['other']}")
    return (
        WrongWay("wrong_formula", "C5", "takes the product for the least common multiple", (product, _meeting(ask)[1])),
    )


MEETING = problem(
    "meeting",
    {"one": COUNT, "other": COUNT, "third": COUNT},
    {
        "plain": (
            "Three lamps flash every {one}, {other} and {third} seconds and have just flashed together. After how many "
            "seconds do they next do so?",
            "What is the least number that {one}, {other} and {third} all divide?",
        ),
        "terse": ("Least common multiple of {one}, {other} and {third}?",),
        "chatty": (
            "our three bells ring every {one}, {other} and {third} minutes and they all rang just now, when do we hear all "
            "of them at once again?",
        ),
        "formal": ("Please state the smallest positive integer divisible by {one}, by {other} and by {third}.",),
        "indirect": (
            "I'd like to know when buses leaving every {one}, {other} and {third} minutes will again leave at the same time.",
        ),
        "context": (
            "One machine is serviced every {one} days. Another is due every {other} days and the last every {third} days. "
            "Today all three were done. In how many days does that happen again?",
        ),
    },
    _draw_meeting,
    _meeting,
    "time = {one}\nwhile time % {other} or time % {third}:\n    time += {one}\nprint(time)",
    ("That is after {value}.", "The answer is {value}.", "They come together again at {value}."),
    wrong=_meeting_wrong,
)


def _draw_groups(rng: random.Random, level: int) -> Ask:
    common = rng.randint(7, 19 * level)
    one, other = rng.sample((4, 5, 7, 9, 11, 13, 17), 2)
    return {"one": common * one, "other": common * other}


def _groups(ask: Ask) -> tuple[Line, ...]:
    return (
        Line("the largest number of equal parcels", f"gcd({ask['one']}, {ask['other']})"),
        Line("the things in each parcel", f"({ask['one']} + {ask['other']}) / [0]"),
    )


def _groups_wrong(ask: Ask) -> tuple[WrongWay, ...]:
    least = Line("the things in each parcel", f"{ask['one']} / [0]")
    return (WrongWay("wrong_formula", "C5", "forgets the second kind of things", (_groups(ask)[0], least)),)


GROUPS = problem(
    "groups",
    {"one": COUNT, "other": COUNT},
    {
        "plain": (
            "{one} pens and {other} pads are packed into as many equal parcels as possible, nothing left over. How many "
            "things are in each parcel?",
            "As many identical boxes as possible are made of {one} apples and {other} pears, using all. How many fruits does "
            "one box hold?",
        ),
        "terse": ("{one} pens, {other} pads, most equal parcels, none left: things in a parcel?",),
        "chatty": (
            "we've got {one} stickers plus {other} sweets for the party bags, all bags the same, as many bags as we can, so "
            "how many bits go in each?",
        ),
        "formal": (
            "Kindly state the content of one set where {one} forks and {other} knives are divided into the greatest number "
            "of identical sets.",
        ),
        "indirect": (
            "I'd like to know how many plants stand in a row if {one} tulips and {other} lilies fill the greatest number of "
            "equal rows.",
        ),
        "context": (
            "The depot has {one} tins of paint. It also has {other} brushes. All of it goes into equal kits, as many as "
            "possible. How many pieces are in one kit?",
        ),
    },
    _draw_groups,
    _groups,
    "parcels = min({one}, {other})\nwhile {one} % parcels or {other} % parcels:\n    parcels -= 1\n"
    "print({one} // parcels + {other} // parcels)",
    ("Each holds {value}.", "There are {value} in each.", "That makes {value} a piece of packing."),
    wrong=_groups_wrong,
)


def _draw_multiples(rng: random.Random, level: int) -> Ask:
    one, other = rng.sample((3, 4, 6, 7, 8, 9, 10, 11, 12, 14, 15), 2)
    return {"limit": rng.randint(300, 4_000 * level), "one": one, "other": other}


def _multiples(ask: Ask) -> tuple[Line, ...]:
    return (
        Line(f"how many are multiples of {ask['one']}", f"{ask['limit']} // {ask['one']}"),
        Line(f"how many are multiples of {ask['other']}", f"{ask['limit']} // {ask['other']}"),
        Line("how many are multiples of both", f"{ask['limit']} // lcm({ask['one']}, {ask['other']})"),
        Line("how many are multiples of one or the other", "[0] + [1] - [2]"),
    )


def _multiples_wrong(ask: Ask) -> tuple[WrongWay, ...]:
    first, second, _, _ = _multiples(ask)
    twice = Line("how many are multiples of one or the other", "[0] + [1]")
    return (WrongWay("wrong_formula", "C5", "counts the multiples of both twice", (first, second, twice)),)


MULTIPLES = problem(
    "multiples",
    {"limit": COUNT, "one": COUNT, "other": COUNT},
    {
        "plain": (
            "How many of the whole numbers from 1 to {limit} are divisible by {one} or by {other}?",
            "Among the first {limit} whole numbers, how many are multiples of {one} or {other}?",
        ),
        "terse": ("Multiples of {one} or {other} up to {limit}: how many?",),
        "chatty": (
            "houses 1 to {limit} on our endless street, every {one}th gets a flag and every {other}th a lamp, how many houses "
            "get something?",
        ),
        "formal": (
            "Please determine how many positive integers not exceeding {limit} are divisible by {one} or {other}.",
        ),
        "indirect": (
            "I'm trying to count the numbers up to {limit} which {one} or {other} divides without remainder.",
        ),
        "context": (
            "Tickets are numbered from 1 to {limit}. Those that {one} divides win a pen. Those that {other} divides win a "
            "mug. How many tickets win anything?",
        ),
    },
    _draw_multiples,
    _multiples,
    "print(sum(1 for n in range(1, {limit} + 1) if n % {one} == 0 or n % {other} == 0))",
    ("There are {value}.", "{value} of them are.", "The count is {value}."),
    wrong=_multiples_wrong,
)


def _draw_zeros(rng: random.Random, level: int) -> Ask:
    return {"number": rng.randint(130, 580)}


def _zeros(ask: Ask) -> tuple[Line, ...]:
    return (
        Line("the multiples of 5", f"{ask['number']} // 5"),
        Line("the multiples of 25", f"{ask['number']} // 25"),
        Line("the multiples of 125", f"{ask['number']} // 125"),
        Line("the zeros at the end", "[0] + [1] + [2]"),
    )


def _zeros_wrong(ask: Ask) -> tuple[WrongWay, ...]:
    first, second, _, _ = _zeros(ask)
    short = Line("the zeros at the end", "[0] + [1]")
    return (WrongWay("wrong_formula", "C5", "forgets the multiples of 125", (first, second, short)),)


ZEROS = problem(
    "zeros",
    {"number": COUNT},
    {
        "plain": (
            "How many zeros does the factorial of {number} end with?",
            "With how many zeros does {number} factorial, written out, end?",
        ),
        "terse": ("Trailing zeros of {number}!, how many?", "Zeros at the end of {number} factorial?"),
        "chatty": ("if I multiply all the numbers from 1 to {number}, how many zeros do I get at the tail of it?",),
        "formal": ("Kindly state the number of trailing zeros in the decimal expansion of {number} factorial.",),
        "indirect": ("I'd love to know how many zeros stand last in the product of all numbers from 1 to {number}.",),
        "context": (
            "A pupil wrote out the factorial of {number}. The teacher only looks at the zeros at its end. How many should "
            "there be?",
        ),
    },
    _draw_zeros,
    _zeros,
    "product, zeros = 1, 0\nfor n in range(1, {number} + 1):\n    product *= n\n    while product % 10 == 0:\n"
    "        product, zeros = product // 10, zeros + 1\n    product %= 10**6\nprint(zeros)",
    ("It ends in {value} zeros.", "There are {value} zeros at the end.", "{value} zeros."),
    wrong=_zeros_wrong,
    unit="zeros",
)


class NumberTheory(Mathematics):
    """Divisors, multiples and remainders, by calculator and code."""

    name = "number_theory"
    summary = "remainders of powers, common multiples and divisors, counting multiples, zeros of a factorial"
    problems = (REMAINDER, MEETING, GROUPS, MULTIPLES, ZEROS)
