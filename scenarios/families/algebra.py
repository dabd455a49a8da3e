"""Algebra: two kinds of tickets, an unknown on both sides, sum and product of two numbers, a parabola's lowest point, series."""

import random
from fractions import Fraction

from scenarios.exact import plain
from scenarios.families._calculation import Line, WrongWay
from scenarios.families._mathematics import Mathematics, problem
from scenarios.family import Ask
from scenarios.slots import COUNT, NUMBER


def _draw_tickets(rng: random.Random, level: int) -> Ask:
    cheap = rng.randint(3, 9 + 4 * level)
    dear = cheap + rng.randint(2, 6 + 3 * level)
    many, dears = rng.randint(40, 200 * level), rng.randint(11, 38)
    return {"many": many, "dear": dear, "cheap": cheap, "takings": many * cheap + dears * (dear - cheap)}


def _tickets(ask: Ask) -> tuple[Line, ...]:
    return (
        Line("the takings if every ticket were a child's", f"{ask['many']} * {ask['cheap']}"),
        Line("what is taken above that", f"{ask['takings']} - [0]"),
        Line("the difference of the two prices", f"{ask['dear']} - {ask['cheap']}"),
        Line("the number of adults", "[1] / [2]"),
    )


def _tickets_wrong(ask: Ask) -> tuple[WrongWay, ...]:
    first, above, _, _ = _tickets(ask)
    direct = Line("the number of adults", f"[1] / {ask['dear']}")
    return (WrongWay("wrong_formula", "C5", "divides by the adult price itself", (first, above, direct)),)


TICKETS = problem(
    "tickets",
    {"many": COUNT, "dear": COUNT, "cheap": COUNT, "takings": COUNT},
    {
        "plain": (
            "A museum sold {many} tickets, adults at {dear} crowns and children at {cheap} crowns, and took "
            "{takings} crowns. How many adults came?",
            "Adult tickets are {dear} crowns, child tickets {cheap} crowns. Altogether {many} tickets brought in "
            "{takings} crowns. How many of them were for adults?",
        ),
        "terse": ("{many} tickets, adults {dear} crowns, children {cheap} crowns, takings {takings} crowns: adults?",),
        "chatty": (
            "our school fair had {many} visitors, grown-ups paid {dear} crowns, kids {cheap} crowns, and the box holds "
            "{takings} crowns now. So how many grown-ups were there?",
        ),
        "formal": (
            "Kindly determine the number of adults among {many} visitors, given an adult fare of {dear} crowns, a child "
            "fare of {cheap} crowns and receipts of {takings} crowns.",
        ),
        "indirect": (
            "I'd like to know how many of {many} passengers were adults if those paid {dear} crowns each, the children "
            "{cheap} crowns, and {takings} crowns were collected.",
        ),
        "context": (
            "The ferry counted {many} passengers. An adult pays {dear} crowns and a child {cheap} crowns. The purser has "
            "{takings} crowns. How many passengers were adults?",
        ),
    },
    _draw_tickets,
    _tickets,
    "for adults in range({many} + 1):\n    if adults * {dear} + ({many} - adults) * {cheap} == {takings}:\n"
    "        print(adults)",
    ("There were {value} adults.", "{value} of them were adults.", "The number of adults is {value}."),
    wrong=_tickets_wrong,
    back=lambda ask: f"[=] * {ask['dear']} + ({ask['many']} - [=]) * {ask['cheap']}",
    unit="adults",
)


def _draw_balance(rng: random.Random, level: int) -> Ask:
    more, less = rng.randint(14, 30 * level), rng.randint(3, 12)
    unknown = rng.randint(12, 90 * level)
    add = rng.randint(17, 150 * level)
    return {"more": more, "add": add, "less": less, "total": (more - less) * unknown + add}


def _balance(ask: Ask) -> tuple[Line, ...]:
    return (
        Line("the factor once both sides are gathered", f"{ask['more']} - {ask['less']}"),
        Line("what that many times the number is", f"{ask['total']} - {ask['add']}"),
        Line("the number", "[1] / [0]"),
    )


def _balance_wrong(ask: Ask) -> tuple[WrongWay, ...]:
    added = Line("the factor once both sides are gathered", f"{ask['more']} + {ask['less']}")
    return (
        WrongWay("wrong_formula", "C5", "adds the two factors instead of taking one off", (added, *_balance(ask)[1:])),
    )


BALANCE = problem(
    "balance",
    {"more": COUNT, "add": COUNT, "less": COUNT, "total": COUNT},
    {
        "plain": (
            "If {more} times a number, plus {add}, equals {less} times the same number, plus {total}, what is the number?",
            "Which number gives the same when multiplied by {more} with {add} added as when multiplied by {less} with "
            "{total} added?",
        ),
        "terse": ("{more} times n plus {add} equals {less} times n plus {total}: n?",),
        "chatty": (
            "my sister thinks of a number: {more} of them and {add} on top is just as much as {less} of them and {total} "
            "on top. Which one is it?",
        ),
        "formal": (
            "Please find the quantity for which its {more}-fold increased by {add} is equal to its {less}-fold increased "
            "by {total}.",
        ),
        "indirect": (
            "I'm looking for the number whose {more} fold with {add} more is the same as its {less} fold with {total} more.",
        ),
        "context": (
            "Two firms hire out the same drill. One asks {add} crowns and {more} crowns a day. The other asks {total} "
            "crowns and {less} crowns a day. After how many days do both cost the same?",
        ),
    },
    _draw_balance,
    _balance,
    "low = 0\nwhile {more} * low + {add} != {less} * low + {total}:\n    low += 1\nprint(low)",
    ("It is {value}.", "The number is {value}.", "Both sides agree at {value}."),
    wrong=_balance_wrong,
    back=lambda ask: f"{ask['more']} * [=] + {ask['add']} - {ask['less']} * [=]",
)


def _draw_pair(rng: random.Random, level: int) -> Ask:
    one, other = rng.randint(11, 60 * level), rng.randint(14, 75 * level)
    return {"total": one + other, "product": one * other}


def _pair(ask: Ask) -> tuple[Line, ...]:
    return (
        Line("the square of the sum", f"{ask['total']}**2"),
        Line("twice the product", f"2 * {ask['product']}"),
        Line("the sum of the squares", "[0] - [1]"),
    )


def _pair_wrong(ask: Ask) -> tuple[WrongWay, ...]:
    first, _, _ = _pair(ask)
    once = Line("the sum of the squares", f"[0] - {ask['product']}")
    return (WrongWay("wrong_formula", "C5", "takes the product off once instead of twice", (first, once)),)


PAIR = problem(
    "pair",
    {"total": COUNT, "product": COUNT},
    {
        "plain": (
            "Two numbers have the sum {total} and the product {product}. What is the sum of their squares?",
            "The sum of two numbers is {total} and their product is {product}. What do their squares add up to?",
        ),
        "terse": ("a + b is {total}, ab is {product}: sum of the squares?",),
        "chatty": (
            "got two numbers here that add up to {total} and multiply to {product}, what do I get if I square both and "
            "add them?",
        ),
        "formal": (
            "Please state the sum of the squares of two numbers whose sum is {total} and whose product is {product}.",
        ),
        "indirect": (
            "I wonder what the squares of two numbers come to together when the numbers sum to {total} and multiply to "
            "{product}.",
        ),
        "context": (
            "The two sides of a field measure {total} m together. Its area is {product} square metres. How large are the "
            "squares on both sides together?",
        ),
    },
    _draw_pair,
    _pair,
    "for a in range(1, {total}):\n    if a * ({total} - a) == {product}:\n        print(a**2 + ({total} - a)**2)\n        break",
    ("The squares sum to {value}.", "Together the squares are {value}.", "That comes to {value}."),
    wrong=_pair_wrong,
)


def _draw_vertex(rng: random.Random, level: int) -> Ask:
    turn = rng.randint(4, 15 * level)
    return {"slope": 2 * turn, "height": turn * turn + rng.randint(13, 140 * level)}


def _vertex(ask: Ask) -> tuple[Line, ...]:
    return (
        Line("the place of the lowest point", f"{ask['slope']} / 2"),
        Line("the least value", f"[0]**2 - {ask['slope']} * [0] + {ask['height']}"),
    )


def _vertex_wrong(ask: Ask) -> tuple[WrongWay, ...]:
    whole = Line("the place of the lowest point", f"{ask['slope']} / 4")
    return (WrongWay("wrong_formula", "C5", "halves the slope once too often", (whole, _vertex(ask)[1])),)


VERTEX = problem(
    "vertex",
    {"slope": COUNT, "height": COUNT},
    {
        "plain": (
            "What is the least value of t^2 - {slope} t + {height}?",
            "How low does the expression t^2 - {slope} t + {height} get, over all real t?",
        ),
        "terse": ("Minimum of t^2 - {slope} t + {height}?",),
        "chatty": ("we had t^2 - {slope} t + {height} in class and I need the smallest value it can take, which is?",),
        "formal": ("Please determine the minimum of the quadratic t^2 - {slope} t + {height}.",),
        "indirect": ("I'd like to find the lowest value that t^2 - {slope} t + {height} ever reaches.",),
        "context": (
            "The cost of a plan is t^2 - {slope} t + {height} crowns when it takes t days. We can choose the days freely. "
            "What is the lowest cost?",
        ),
    },
    _draw_vertex,
    _vertex,
    "print(min(t * t - {slope} * t + {height} for t in range({slope} + 1)))",
    ("The least value is {value}.", "It gets as low as {value}.", "The minimum is {value}."),
    wrong=_vertex_wrong,
)


def _draw_series(rng: random.Random, level: int) -> Ask:
    return {
        "first": rng.randint(12, 70 * level),
        "step": rng.randint(3, 9 * level),
        "terms": rng.randint(14, 35 * level),
    }


def _series(ask: Ask) -> tuple[Line, ...]:
    return (
        Line("the last term", f"{ask['first']} + ({ask['terms']} - 1) * {ask['step']}"),
        Line("the sum of all terms", f"{ask['terms']} * ({ask['first']} + [0]) / 2"),
    )


def _series_wrong(ask: Ask) -> tuple[WrongWay, ...]:
    late = Line("the last term", f"{ask['first']} + {ask['terms']} * {ask['step']}")
    return (WrongWay("wrong_formula", "C5", "adds one step too many to the last term", (late, _series(ask)[1])),)


SERIES = problem(
    "series",
    {"first": COUNT, "step": COUNT, "terms": COUNT},
    {
        "plain": (
            "A sequence starts at {first} and grows by {step} each time. What is the sum of its first {terms} terms?",
            "What do {terms} numbers add up to if the first is {first} and each is {step} more than the one before?",
        ),
        "terse": ("Arithmetic series: first term {first}, difference {step}, {terms} terms. Sum?",),
        "chatty": (
            "I put away {first} crowns in week one and {step} more every week than the week before, so what have I got "
            "after {terms} weeks?",
        ),
        "formal": (
            "Please give the sum of {terms} consecutive terms of the arithmetic progression with initial term {first} and "
            "common difference {step}.",
        ),
        "indirect": (
            "I'd like to know how many seats a hall has whose front row has {first}, each further row {step} more, with "
            "{terms} rows in all.",
        ),
        "context": (
            "The first layer of a stack has {first} bricks. Each layer below has {step} more. There are {terms} layers. "
            "How many bricks is that?",
        ),
    },
    _draw_series,
    _series,
    "total, term = 0, {first}\nfor _ in range({terms}):\n    total += term\n    term += {step}\nprint(total)",
    ("The sum is {value}.", "Altogether that is {value}.", "They add up to {value}."),
    wrong=_series_wrong,
)


def _draw_powers(rng: random.Random, level: int) -> Ask:
    return {
        "start": plain(Fraction(rng.randint(101, 900 * level))),
        "factor": rng.randint(2, 4),
        "rounds": rng.randint(4, 5 + 2 * level),
    }


def _powers(ask: Ask) -> tuple[Line, ...]:
    return (
        Line("the growth over all rounds", f"{ask['factor']}**{ask['rounds']}"),
        Line("the size at the end", f"{ask['start']} * [0]"),
    )


def _powers_wrong(ask: Ask) -> tuple[WrongWay, ...]:
    times = Line("the growth over all rounds", f"{ask['factor']} * {ask['rounds']}")
    return (WrongWay("wrong_formula", "C5", "multiplies instead of raising to a power", (times, _powers(ask)[1])),)


POWERS = problem(
    "powers",
    {"start": NUMBER, "factor": COUNT, "rounds": COUNT},
    {
        "plain": (
            "Something of size {start} becomes {factor} times as large every hour. How large is it after {rounds} hours?",
            "Starting with {start} cells, each hour multiplies the number by {factor}. How many are there after {rounds} hours?",
        ),
        "terse": ("{start}, times {factor} each round, {rounds} rounds: result?",),
        "chatty": (
            "the rumour began with {start} people and every day there were {factor} times as many, how many knew it after "
            "{rounds} days?",
        ),
        "formal": (
            "Please compute the size of a population of {start} that multiplies by {factor} in each of {rounds} periods.",
        ),
        "indirect": ("I'm curious how far {start} gets if it is multiplied by {factor} in each of {rounds} rounds.",),
        "context": (
            "A culture holds {start} yeast cells. Its number is multiplied by {factor} every day. We look at it again after "
            "{rounds} days. How many cells are there?",
        ),
    },
    _draw_powers,
    _powers,
    "size = {start}\nfor _ in range({rounds}):\n    size *= {factor}\nprint(size)",
    ("It is {value} then.", "At the end it is {value}.", "That grows to {value}."),
    wrong=_powers_wrong,
)


class Algebra(Mathematics):
    """Equations and series, by calculator and code."""

    name = "algebra"
    summary = "equations in one and two unknowns, a parabola's lowest point, series"
    problems = (TICKETS, BALANCE, PAIR, VERTEX, SERIES, POWERS)
