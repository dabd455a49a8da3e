"""Probability, exact: two draws without putting back, a test that may err, an expected gain, at least one hit."""

import random
from fractions import Fraction

from scenarios.exact import plain
from scenarios.families._calculation import Line, WrongWay
from scenarios.families._mathematics import Mathematics, problem
from scenarios.family import Ask
from scenarios.slots import COUNT, PERCENT


def _draw_both(rng: random.Random, level: int) -> Ask:
    return {"red": rng.randint(7, 12 + 6 * level), "blue": rng.randint(6, 11 + 6 * level)}


def _both(ask: Ask) -> tuple[Line, ...]:
    total = f"({ask['red']} + {ask['blue']})"
    return (
        Line("the chance that the first is red", f"{ask['red']} / {total}"),
        Line("the chance that the second is red too", f"({ask['red']} - 1) / ({total} - 1)"),
        Line("the chance of two red ones", "[0] * [1]"),
    )


def _both_wrong(ask: Ask) -> tuple[WrongWay, ...]:
    first, _, last = _both(ask)
    again = Line("the chance that the second is red too", f"{ask['red']} / ({ask['red']} + {ask['blue']})")
    return (WrongWay("wrong_formula", "C5", "puts the first one back", (first, again, last)),)


BOTH = problem(
    "both",
    {"red": COUNT, "blue": COUNT},
    {
        "plain": (
            "An urn holds {red} red and {blue} blue balls. Two are drawn without putting back. How likely is it, as a "
            "fraction, that both are red?",
            "From {red} red and {blue} blue socks two are taken at random. What is the exact probability that both are red?",
        ),
        "terse": ("{red} red, {blue} blue, two drawn, none put back: P(both red) as a fraction?",),
        "chatty": (
            "my bag has {red} red sweets and {blue} blue ones, I grab two without looking, what are the odds both are red, as "
            "an exact fraction please?",
        ),
        "formal": (
            "Kindly give, as a fraction in lowest terms, the probability that two tickets drawn from {red} red and {blue} blue "
            "ones are both red.",
        ),
        "indirect": (
            "I'd like to know the exact chance, as a fraction, of two red cards when two leave a pack of {red} red and {blue} blue.",
        ),
        "context": (
            "A drawer has {red} red pens. It has {blue} blue pens as well. Two fall out at random. What is the probability, as "
            "a fraction, that both are red?",
        ),
    },
    _draw_both,
    _both,
    "from fractions import Fraction\npairs = both = 0\nballs = [1] * {red} + [0] * {blue}\nfor i, a in enumerate(balls):\n"
    "    for b in balls[i + 1:]:\n        pairs += 1\n        both += a * b\nprint(Fraction(both, pairs))",
    ("The probability is {value}.", "It is {value}.", "Both are red with probability {value}."),
    wrong=_both_wrong,
)


def _draw_test(rng: random.Random, level: int) -> Ask:
    return {
        "ill": rng.choice((20, 40, 60, 80, 120)) * level,
        "well": rng.choice((700, 1100, 1300, 1900)) * level,
        "found": rng.choice(("80", "85", "90", "95")),
        "false": rng.choice(("2", "3", "4", "6")),
    }


def _test(ask: Ask) -> tuple[Line, ...]:
    return (
        Line("the ill who test positive", f"{ask['ill']} * {ask['found']} / 100"),
        Line("the well who test positive", f"{ask['well']} * {ask['false']} / 100"),
        Line("the share of the ill among the positive", "[0] / ([0] + [1])"),
    )


def _test_wrong(ask: Ask) -> tuple[WrongWay, ...]:
    ill, well, _ = _test(ask)
    odds = Line("the share of the ill among the positive", "[0] / [1]")
    return (WrongWay("wrong_formula", "C5", "gives the odds instead of the share", (ill, well, odds)),)


TEST = problem(
    "test",
    {"ill": COUNT, "well": COUNT, "found": PERCENT, "false": PERCENT},
    {
        "plain": (
            "Of {ill} faulty parts a test flags {found}, and of {well} sound parts {false}. What fraction of the flagged parts "
            "is really faulty?",
            "A filter catches {found} of {ill} spam mails and wrongly {false} of {well} good mails. As a fraction, how many of "
            "the caught mails are spam?",
        ),
        "terse": (
            "{ill} ill, {found} found; {well} well, {false} wrongly positive: fraction of the positive that are ill?",
        ),
        "chatty": (
            "our scanner beeps at {found} of the {ill} bags with metal and at {false} of the {well} without, so if it beeps, "
            "what's the exact chance, as a fraction, there is metal?",
        ),
        "formal": (
            "Kindly state, as a fraction, the probability of disease after a positive test, where {found} of {ill} ill and "
            "{false} of {well} healthy persons test positive.",
        ),
        "indirect": (
            "I'm wondering what fraction of alarms is real when {found} of {ill} burglaries and {false} of {well} quiet nights "
            "set one off.",
        ),
        "context": (
            "A village has {ill} carriers and {well} others. The test is positive for {found} of the carriers. It also is for "
            "{false} of the others. Which fraction of the positive are carriers?",
        ),
    },
    _draw_test,
    _test,
    "from fractions import Fraction\nill = Fraction({ill} * {found}, 100)\nwell = Fraction({well} * {false}, 100)\n"
    "print(1 - well / (ill + well))",
    ("The fraction is {value}.", "It is {value} of them.", "That share is {value}."),
    wrong=_test_wrong,
)


def _draw_gain(rng: random.Random, level: int) -> Ask:
    return {
        "tickets": rng.choice((200, 250, 400, 500, 800, 1000)),
        "first": rng.randint(110, 400 * level),
        "second": rng.randint(21, 90),
        "seconds": rng.randint(3, 9),
    }


def _gain(ask: Ask) -> tuple[Line, ...]:
    return (
        Line("the second prizes together", f"{ask['seconds']} * {ask['second']}"),
        Line("all the prizes", f"{ask['first']} + [0]"),
        Line("what a ticket wins on average", f"[1] / {ask['tickets']}"),
    )


def _gain_wrong(ask: Ask) -> tuple[WrongWay, ...]:
    seconds, _, each = _gain(ask)
    one = Line("all the prizes", f"{ask['first']} + {ask['second']}")
    return (WrongWay("wrong_formula", "C5", "counts the second prize once", (seconds, one, each)),)


GAIN = problem(
    "gain",
    {"tickets": COUNT, "first": COUNT, "second": COUNT, "seconds": COUNT},
    {
        "plain": (
            "A raffle sells {tickets} tickets for one prize of {first} crowns and {seconds} prizes of {second} crowns. What does "
            "a ticket win on average?",
            "With {tickets} tickets, a first prize of {first} crowns and {seconds} second prizes of {second} crowns each, what is "
            "the expected win of a ticket?",
        ),
        "terse": ("{tickets} tickets, 1st prize {first} crowns, {seconds} others of {second} crowns: expected win?",),
        "chatty": (
            "the fire brigade sells {tickets} tickets, top prize {first} crowns, then {seconds} prizes of {second} crowns, so what "
            "is a ticket worth to me, exactly?",
        ),
        "formal": (
            "Please determine the expectation of the prize of one of {tickets} lots, given a main prize of {first} crowns and "
            "{seconds} prizes of {second} crowns.",
        ),
        "indirect": (
            "I'd like to find out the fair price of a ticket when {tickets} are sold and the prizes are once {first} crowns and "
            "{seconds} times {second} crowns.",
        ),
        "context": (
            "There are {tickets} envelopes. One holds {first} crowns. Another {seconds} hold {second} crowns each. The rest are "
            "empty. What is in an envelope on average?",
        ),
    },
    _draw_gain,
    _gain,
    "from fractions import Fraction\nprizes = [{first}] + [{second}] * {seconds}\n"
    "print(sum((Fraction(p, {tickets}) for p in prizes), Fraction(0)))",
    ("On average it wins {value} crowns.", "The expected win is {value} crowns.", "That comes to {value} crowns."),
    wrong=_gain_wrong,
    back=lambda ask: f"[=] * {ask['tickets']} - {ask['seconds']} * {ask['second']}",
    unit="crowns",
)


def _draw_hit(rng: random.Random, level: int) -> Ask:
    return {"chance": plain(Fraction(rng.randint(11, 39))), "tries": rng.randint(3, 3 + level)}


def _hit(ask: Ask) -> tuple[Line, ...]:
    return (
        Line("the chance of a miss in percent", f"100 - {ask['chance']}"),
        Line("the chance of nothing but misses", f"([0] / 100)**{ask['tries']}"),
        Line("the chance of a hit at least, in percent", "(1 - [1]) * 100"),
    )


def _hit_wrong(ask: Ask) -> tuple[WrongWay, ...]:
    miss, _, _ = _hit(ask)
    added = Line("the chance of a hit at least, in percent", f"{ask['chance']} * {ask['tries']}")
    return (WrongWay("wrong_formula", "C5", "adds the chances of the tries", (miss, added)),)


HIT = problem(
    "hit",
    {"chance": PERCENT, "tries": COUNT},
    {
        "plain": (
            "Each throw hits with a chance of {chance}. How likely, in percent and exactly, is at least one hit in {tries} throws?",
            "A seed sprouts with probability {chance}. What is the exact probability in percent that one or more of {tries} seeds "
            "sprout?",
        ),
        "terse": ("Chance {chance} each, {tries} tries: exact percent for at least one?",),
        "chatty": (
            "I hit the bell {chance} of the time and get {tries} goes, so what's the exact percentage that I ring it at least once?",
        ),
        "formal": (
            "Kindly state the exact probability, in percent, of one success or more in {tries} independent trials with success "
            "probability {chance}.",
        ),
        "indirect": (
            "I'd like to know the exact percentage for rain on a day or more out of {tries} when each has a chance of {chance}.",
        ),
        "context": (
            "A sensor reports a leak with a chance of {chance}. There are {tries} such sensors, each on its own. With what "
            "exact percentage does one of them at least report?",
        ),
    },
    _draw_hit,
    _hit,
    "from fractions import Fraction\nchance, left, total = Fraction({chance}, 100), Fraction(1), Fraction(0)\n"
    "for _ in range({tries}):\n    total += left * chance\n    left *= 1 - chance\nprint(total * 100)",
    ("The chance is {value} percent.", "It is {value} %.", "That happens with {value} percent."),
    wrong=_hit_wrong,
    unit="%",
)


class Probability(Mathematics):
    """Exact probabilities, by calculator and code."""

    name = "probability"
    summary = "two draws, a test that may err, an expected gain, at least one hit"
    harder = "always 3: lines of calculation"
    problems = (BOTH, TEST, GAIN, HIT)
