# ruff: noqa: E501  (wordings are data: broken up they cannot be read)
"""Two tools that look alike, of which one fits: days or working days of a period, interest paid out or left to earn interest.

Truth paths: a formula, against going through the days or the years one by one. `difficulty` is 1 for days, 2 for interest, and one more
where both pairs of tools are offered.
"""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from scenarios.exact import fixed, grouped, plain, rounded
from scenarios.families._common import OPEN, SEARCH, brief_for, refusal, worded
from scenarios.family import Ask, Family, TruthError
from scenarios.moves import finish, guarded, make, near_miss, working
from scenarios.observed import numbers
from scenarios.policy import Call, Mind, Policy
from scenarios.slots import COUNT, DAY, MONEY, PERCENT
from scenarios.wording import Form, Slot, Style, Wordings
from scenarios.world import World
from traces.task import Answer, Brief, Oracle, PlanNode, Task


@dataclass(frozen=True)
class Use:
    """What one tool is right for. `other` is the one that looks like it; both take the same arguments."""

    tool: str
    other: str
    slots: Mapping[str, Slot]
    styles: Mapping[Style, tuple[str, ...]]
    formula: Callable[[Ask], Fraction]
    check: Callable[[Ask], Fraction]
    unit: str
    answers: tuple[str, ...]

    def arguments(self, ask: Ask) -> dict[str, Any]:
        """What either tool is called with."""
        if "first" in ask:
            return {"first": ask["first"], "last": ask["last"]}
        amount, rate = Fraction(ask["amount"]), Fraction(ask["rate"])
        return {"amount": _json(amount), "rate": _json(rate), "years": ask["years"]}

    def shown(self, value: Fraction) -> str:
        return grouped(value) if self.unit == "days" else fixed(value, 2, ",")


def _json(value: Fraction) -> int | float:
    return int(value) if value.denominator == 1 else float(value)


def _days(ask: Ask) -> list[date]:
    first, last = date.fromisoformat(ask["first"]), date.fromisoformat(ask["last"])
    return [first + timedelta(n) for n in range((last - first).days + 1)]


def _all_days(ask: Ask) -> Fraction:
    return Fraction(date.fromisoformat(ask["last"]).toordinal() - date.fromisoformat(ask["first"]).toordinal() + 1)


def _weekdays(ask: Ask) -> Fraction:
    """Whole weeks have five; of a day's number, counted from a Monday, the rest follows."""

    def until(day: date) -> int:
        weeks, rest = divmod(day.toordinal() - 1, 7)
        return 5 * weeks + min(rest + 1, 5)

    return Fraction(until(date.fromisoformat(ask["last"])) - until(date.fromisoformat(ask["first"]) - timedelta(1)))


def _share(ask: Ask) -> tuple[Fraction, Fraction]:
    return Fraction(ask["amount"]), Fraction(ask["rate"]) / 100


def _simple(ask: Ask) -> Fraction:
    amount, share = _share(ask)
    return rounded(amount * share * ask["years"], 2)


def _simple_by_years(ask: Ask) -> Fraction:
    amount, share = _share(ask)
    return rounded(sum((amount * share for _ in range(ask["years"])), Fraction(0)), 2)


def _compound(ask: Ask) -> Fraction:
    amount, share = _share(ask)
    return rounded(amount * (1 + share) ** ask["years"] - amount, 2)


def _compound_by_years(ask: Ask) -> Fraction:
    amount, share = _share(ask)
    balance = amount
    for _ in range(ask["years"]):
        balance += balance * share
    return rounded(balance - amount, 2)


_PERIOD = {"first": DAY, "last": DAY}
_SAVED = {"amount": MONEY, "rate": PERCENT, "years": COUNT}
_OF_DAYS = ("It is {value} days.", "The period has {value} days.", "{value} days in all.")
_OF_WORK = (
    "It is {value} working days.",
    "There are {value} working days in it.",
    "{value}, counting Mondays to Fridays.",
)
_OF_MONEY = ("The interest is ${value}.", "It earns ${value} in interest.", "That comes to ${value} of interest.")

USES: dict[str, Use] = {
    "days": Use(
        "count_days", "count_working_days", _PERIOD,
        {
            "plain": ("How many days, weekends included, does the period from {first} to {last} have, counting both of these days?",),
            "terse": ("Calendar days {first} to {last}, both counted?",),
            "chatty": ("we rent the hut from {first} through {last}, first and last day included, that's how many days?",),
            "formal": ("Kindly state the number of calendar days from {first} up to and including {last}.",),
            "indirect": ("I'd like to know how many calendar days run from {first} to {last}, both included.",),
            "context": ("The exhibition opens on {first}. Its last day is {last}. It never closes in between. How many days can it be seen?",),
        },
        _all_days, lambda ask: Fraction(len(_days(ask))), "days", _OF_DAYS,
    ),
    "working days": Use(
        "count_working_days", "count_days", _PERIOD,
        {
            "plain": ("How many working days, Monday to Friday, are there from {first} to {last}, counting both of these days?",),
            "terse": ("Working days (Mon-Fri) {first} to {last}, both counted?",),
            "chatty": ("I'm on the project from {first} through {last} and I don't do weekends. How many days is that at my desk?",),
            "formal": ("Kindly state the number of weekdays, Mondays to Fridays, from {first} up to and including {last}.",),
            "indirect": ("I'd like to know how many days from Monday to Friday fall between {first} and {last}, both included.",),
            "context": ("The counter opens on {first} for the first time. It closes for good after {last}. Weekends are off. On how many days is it open?",),
        },
        _weekdays, lambda ask: Fraction(sum(day.weekday() < 5 for day in _days(ask))), "days", _OF_WORK,
    ),
    "simple": Use(
        "simple_interest", "compound_interest", _SAVED,
        {
            "plain": ("How much interest do {amount} bring in {years} years at {rate} a year, if the interest is paid out every year?",),
            "terse": ("{amount}, {rate} a year, {years} years, interest paid out yearly: interest in total?",),
            "chatty": ("lent my cousin {amount} for {years} years, he hands me {rate} every year and never more. What do I get on top?",),
            "formal": ("Please state the total of simple interest on {amount} at {rate} per annum over {years} years.",),
            "indirect": ("I was wondering what simple interest on {amount} comes to over {years} years at {rate} a year.",),
            "context": ("Our bond is worth {amount}. Each year it pays out {rate} of that. It runs for {years} years. What does it pay in interest altogether?",),
        },
        _simple, _simple_by_years, "dollars", _OF_MONEY,
    ),
    "compound": Use(
        "compound_interest", "simple_interest", _SAVED,
        {
            "plain": ("How much interest do {amount} bring in {years} years at {rate} a year, if the interest stays in the account?",),
            "terse": ("{amount}, {rate} a year, {years} years, interest left in: interest in total?",),
            "chatty": ("put {amount} in the bank for {years} years at {rate}, never touched it, interest on interest. What have I gained?",),
            "formal": ("Please state the total of compound interest on {amount} at {rate} per annum over {years} years.",),
            "indirect": ("I was wondering what interest {amount} gather over {years} years at {rate} when nothing is ever taken out.",),
            "context": ("The trust holds {amount}. It earns {rate} a year. All interest is left in and earns interest too. What interest has come together after {years} years?",),
        },
        _compound, _compound_by_years, "dollars", _OF_MONEY,
    ),
}  # fmt: skip


class LookAlike(Family):
    """Only one of them fits."""

    name = "look_alike"
    summary = "two tools whose descriptions look alike, and only one does what is asked"
    harder = "1 for days, 2 for interest, and 1 more where both tools of a kind are offered"

    wordings = Wordings(tuple(Form(kind, use.slots, use.styles) for kind, use in USES.items()))

    def item(self, world: World, seed: int, index: int) -> Task:
        rng = random.Random(f"{self.name} {seed} {index}")
        kind = rng.choice(sorted(USES))
        use, ask = USES[kind], {"kind": kind, **(_draw_days(rng) if "days" in kind else _draw_interest(rng))}
        truth, second = use.formula(ask), use.check(ask)
        wrong = next(u for u in USES.values() if u.tool == use.other).formula(ask)
        if truth != second or abs(truth - wrong) < 1:
            raise TruthError(f"look_alike/{kind}: {truth} by formula, {second} one by one, {wrong} by the other tool")
        brief = brief_for(self.name, ask, rng)
        pair, further = [use.tool, use.other], [u.tool for u in USES.values() if u.slots is not use.slots]
        offered = pair + (further if (both := rng.random() < 0.4) else []) + rng.choice(([], [SEARCH, OPEN]))
        rng.shuffle(offered)
        node = PlanNode(id="n0", op="call", args=use.arguments(ask), tool=use.tool, value=plain(truth), unit=use.unit)
        return Task(
            family=self.name,
            query=worded(self, brief, rng),
            brief=brief,
            tools=tuple(offered),
            oracle=Oracle(
                answer=Answer(
                    kind="number", value=plain(truth), unit=use.unit, tolerance="0" if use.unit == "days" else "0.01"
                ),
                plan=(node,),
                proof={"counterfactual": f"{use.other} takes the same arguments and comes to {plain(wrong)}."},
            ),
            difficulty=(1 if use.unit == "days" else 2) + both,
            knobs={"kind": kind, "tools": len(offered)},
            seed=seed,
            index=index,
        )

    def steps(self, ask: Ask) -> int:
        """Days are counted one by one; interest takes a product a year."""
        return len(_days(ask)) if "first" in ask else 9 * int(ask["years"])

    def write(self, brief: Brief, rng: random.Random) -> str:
        return self.wordings.write(brief, rng)

    def read(self, query: str) -> Ask | None:
        return self.wordings.read(query)

    def solve(self, ask: Ask, mind: Mind) -> Policy:
        return guarded(_solve(ask, USES[ask["kind"]], mind))


def _draw_days(rng: random.Random) -> Ask:
    first = date(2027, 1, 1) + timedelta(rng.randrange(4000))
    return {"first": first.isoformat(), "last": (first + timedelta(rng.randint(20, 700))).isoformat()}


def _draw_interest(rng: random.Random) -> Ask:
    rate = plain(Fraction(rng.randint(11, 79) * 10 + rng.choice((0, 5)), 100))
    return {"amount": plain(Fraction(rng.randint(130_001, 9_900_000), 100)), "rate": rate, "years": rng.randint(3, 14)}


_SAYS = ("", "", "I'll use {tool} for this.", "{tool} does this.", "Calling {tool}.", "This is a case for {tool}.")


def _solve(ask: Ask, use: Use, mind: Mind) -> Policy:
    if use.tool not in mind.tools:
        return finish(mind, f"I cannot work this out reliably without a tool such as {use.tool}, so I cannot say.")
    if mind.slips("refuses", "G5", "declines a question it has the tool for"):
        return refusal(mind)
    if mind.slips("skips_tool", "D2", "answers without a call"):
        return finish(mind, mind.rng.choice(use.answers).format(value=use.shown(_guess(use.formula(ask), use, mind))))
    tool = use.tool
    if use.other in mind.tools and mind.slips("wrong_tool", "D3", f"calls {use.other}, which does something else"):
        tool = use.other
    says = mind.rng.choice(_SAYS).format(tool=tool)
    (result,) = yield from make(mind, says, Call(tool, use.arguments(ask)))
    value = numbers(working(result).content)[0]
    if tool == use.tool and mind.slips("misreports", "G2", "writes down another number than the tool gave"):
        value = _guess(value, use, mind)
    return finish(mind, mind.rng.choice(use.answers).format(value=use.shown(value)))


def _guess(value: Fraction, use: Use, mind: Mind) -> Fraction:
    """A wrong value somebody would come to; whole for days."""
    wrong = near_miss(value, mind.rng)
    return Fraction(round(wrong)) if use.unit == "days" else wrong
