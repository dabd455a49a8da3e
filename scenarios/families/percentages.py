"""Percentages: change, share, the value before a rise, two changes in a row. Answers to two decimals."""

import random
from fractions import Fraction

from scenarios.exact import plain
from scenarios.families._calculation import Calculation, Line, Problem, WrongWay
from scenarios.family import Ask
from scenarios.slots import NUMBER, PERCENT


def _large(rng: random.Random, level: int) -> int:
    return rng.randint(10 ** (level + 2), 10 ** (level + 4)) | 1


def _share(rng: random.Random, low: int, high: int) -> str:
    return plain(Fraction(rng.randint(low * 10, high * 10) | 1, 10))


def _draw_change(rng: random.Random, level: int) -> Ask:
    old = _large(rng, level)
    return {"old": str(old), "new": str(old + rng.randint(old // 20, old // 2) * rng.choice((1, 1, -1)) + 1)}


def _change(ask: Ask) -> tuple[Line, ...]:
    return (
        Line("the difference", f"{ask['new']} - {ask['old']}"),
        Line("the change in percent", f"[0] / {ask['old']} * 100"),
    )


def _change_by_ratio(ask: Ask) -> Fraction:
    return Fraction(int(ask["new"]), int(ask["old"])) * 100 - 100


def _change_wrong(ask: Ask) -> tuple[WrongWay, ...]:
    lines = (_change(ask)[0], Line("the change in percent", f"[0] / {ask['new']} * 100"))
    return (WrongWay("wrong_formula", "C5", "takes the new value as the base", lines),)


CHANGE = Problem(
    kind="change",
    slots={"old": NUMBER, "new": NUMBER},
    wordings={
        "plain": (
            "A figure went from {old} to {new}. [What is the change in percent|By what percentage did it change]?",
            "[What is|What's] the percentage change from {old} to {new}, to two decimals?",
        ),
        "terse": ("{old} -> {new}: percent change?", "Change in percent, from {old} to {new}?"),
        "chatty": ("our visitor count was {old} last year and it's {new} now. How many percent up or down is that?",),
        "formal": ("Please determine the relative change, in percent, of a quantity that passed from {old} to {new}.",),
        "indirect": ("I'd like to know by how many percent {new} differs from the earlier value of {old}.",),
        "context": (
            "Last year's register has {old} entries. This year's has {new}. The board wants the relative "
            "change as a percentage "
            "with two decimals.",
        ),
    },
    draw=_draw_change,
    lines=_change,
    check=_change_by_ratio,
    unit="%",
    answers=(
        "The change is {value} %.",
        "That is a change of {value} percent.",
        "In relative terms it changed by {value} %.",
    ),
    wrong=_change_wrong,
)


def _draw_share(rng: random.Random, level: int) -> Ask:
    whole = _large(rng, level) + 500
    return {"part": str(rng.randint(whole // 50, whole // 2) | 1), "whole": str(whole)}


def _part(ask: Ask) -> tuple[Line, ...]:
    return (Line("the share in percent", f"{ask['part']} / {ask['whole']} * 100"),)


def _part_by_rest(ask: Ask) -> Fraction:
    rest = Fraction(int(ask["whole"]) - int(ask["part"]), int(ask["whole"]))
    return (1 - rest) * 100


def _part_wrong(ask: Ask) -> tuple[WrongWay, ...]:
    rest = Line("the share in percent", f"{ask['part']} / ({ask['whole']} - {ask['part']}) * 100")
    scale = Line("the share", f"{ask['part']} / {ask['whole']}")
    return (
        WrongWay("wrong_formula", "C5", "divides by the rest instead of the whole", (rest,)),
        WrongWay("unit_slip", "C2", "gives the fraction as if it were a percentage", (scale,), late=True),
    )


SHARE = Problem(
    kind="share",
    slots={"part": NUMBER, "whole": NUMBER},
    wordings={
        "plain": (
            "[What percentage is|How many percent is] {part} of {whole}? Two decimals, please.",
            "Out of {whole} ballots, {part} were for the proposal. What share is that in percent?",
        ),
        "terse": ("{part} of {whole} in percent?", "Share of {part} in {whole}, percent."),
        "chatty": (
            "we sold {part} of our {whole} tickets so far, what's that as a percentage?",
            "{part} people out of {whole} said yes! How many percent would that be?",
        ),
        "formal": ("Please express {part} as a percentage of {whole}, rounded to two decimal places.",),
        "indirect": ("I wonder which percentage of {whole} the number {part} makes up.",),
        "context": (
            "The survey went to {whole} households. {part} of them answered. The report should give the "
            "response rate in percent.",
        ),
    },
    draw=_draw_share,
    lines=_part,
    check=_part_by_rest,
    unit="%",
    answers=("That is {value} %.", "The share is {value} percent.", "It makes up {value} % of the whole."),
    wrong=_part_wrong,
)


def _draw_before(rng: random.Random, level: int) -> Ask:
    return {"now": str(_large(rng, level)), "rise": _share(rng, 3, 38)}


def _before(ask: Ask) -> tuple[Line, ...]:
    return (Line("the value before the rise", f"{ask['now']} / (1 + {ask['rise']} / 100)"),)


def _before_by_parts(ask: Ask) -> Fraction:
    tenths = 1000 + int(Fraction(ask["rise"]) * 10)
    return Fraction(ask["now"]) * 1000 / tenths


def _before_wrong(ask: Ask) -> tuple[WrongWay, ...]:
    line = Line("the value before the rise", f"{ask['now']} * (1 - {ask['rise']} / 100)")
    return (WrongWay("wrong_formula", "C5", "takes the percentage off the new value", (line,)),)


BEFORE = Problem(
    kind="before",
    slots={"now": NUMBER, "rise": PERCENT},
    wordings={
        "plain": (
            "After a rise of {rise} a value stands at {now}. [What was it before|How high was it before the rise]?",
            "Something grew by {rise} and is now {now}. What was the original value, to two decimals?",
        ),
        "terse": ("Now {now}, after +{rise}. Before?", "{now} after an increase of {rise}: original value?"),
        "chatty": ("my rent went up {rise} and it's {now} now, so what was I paying before?",),
        "formal": ("Please establish the initial amount that, having increased by {rise}, equals {now}.",),
        "indirect": ("I'd like to know which number becomes {now} once it has risen by {rise}.",),
        "context": (
            "Our archive only keeps the new price, {now}. The memo says that it includes an increase of "
            "{rise}. We need the old "
            "price, with two decimals.",
        ),
    },
    draw=_draw_before,
    lines=_before,
    check=_before_by_parts,
    unit="",
    answers=("Before the rise it was {value}.", "The original value was {value}.", "It stood at {value} before."),
    wrong=_before_wrong,
)


def _draw_twice(rng: random.Random, level: int) -> Ask:
    return {"start": str(_large(rng, level)), "up": _share(rng, 4, 45), "down": _share(rng, 3, 35)}


def _twice(ask: Ask) -> tuple[Line, ...]:
    return (
        Line("the value after the rise", f"{ask['start']} * (1 + {ask['up']} / 100)"),
        Line("the value after the fall", f"[0] * (1 - {ask['down']} / 100)"),
    )


def _twice_by_parts(ask: Ask) -> Fraction:
    value = Fraction(ask["start"])
    value += value * Fraction(ask["up"]) / 100
    return value - value * Fraction(ask["down"]) / 100


def _twice_wrong(ask: Ask) -> tuple[WrongWay, ...]:
    line = Line("the value after both changes", f"{ask['start']} * (1 + ({ask['up']} - {ask['down']}) / 100)")
    return (WrongWay("wrong_formula", "C5", "adds the two percentages", (line,)),)


TWICE = Problem(
    kind="twice",
    slots={"start": NUMBER, "up": PERCENT, "down": PERCENT},
    wordings={
        "plain": (
            "A stock of {start} grows by {up} and then shrinks by {down}. [What is left|How large is it then]?",
            "[What do you get|What results] if {start} is raised by {up} and the result lowered by {down}?",
        ),
        "terse": ("{start}, +{up}, then -{down}: result?", "Raise {start} by {up}, lower that by {down}."),
        "chatty": (
            "our newsletter had {start} readers, we gained {up} and then lost {down} of those. Where are we now?",
        ),
        "formal": (
            "Please calculate the final value of {start} following an increase of {up} and a subsequent "
            "decrease of {down}.",
        ),
        "indirect": (
            "I'm curious what becomes of {start} after going up {up} in one year and down {down} in the next.",
        ),
        "context": (
            "The depot held {start} litres. In spring the stock rose by {up}. In autumn it fell by "
            "{down} of what was there. "
            "How many litres are in it now, to two decimals?",
        ),
    },
    draw=_draw_twice,
    lines=_twice,
    check=_twice_by_parts,
    unit="",
    answers=("The final value is {value}.", "After both changes it is {value}.", "That leaves {value}."),
    wrong=_twice_wrong,
)


class Percentages(Calculation):
    """Percentages, by calculator."""

    name = "percentages"
    summary = "change, share, value before a rise, two changes in a row"
    problems = (CHANGE, SHARE, BEFORE, TWICE)
