"""Aggregation: the sum, the mean or the range of an attribute over three to six things. Means to two decimals.

Truth paths: exact fractions over the entity table, against SQL. `difficulty` is the number of things.
"""

import random
from collections.abc import Sequence
from fractions import Fraction

from scenarios.asking import LABEL, THINGS, column
from scenarios.exact import fixed, grouped, plain, rounded
from scenarios.families._common import OFFERS, brief_for, worded
from scenarios.families._world import draw_group, facts_of, lookup_node, proof
from scenarios.family import Ask, Family, TruthError
from scenarios.finding import Hunt, misread_one, number_text
from scenarios.moves import calculate, finish, guarded
from scenarios.phrases import listed
from scenarios.policy import Mind, Policy
from scenarios.truth import FactTable
from scenarios.wording import Form, Wordings
from scenarios.world import Attribute, Entity, Value, World
from traces.task import Answer, Brief, Oracle, PlanNode, Task

_SLOTS = {"label": LABEL, "names": THINGS}
SUM = Form(
    "sum",
    _SLOTS,
    {
        "plain": (
            "[What is|What's] the total {label} of {names} taken together?",
            "Add up the {label} of these: {names}. What is the sum?",
        ),
        "terse": ("Sum of {label}: {names}?", "{names}: combined {label}?"),
        "chatty": ("if you throw {names} all together, what {label} do you get in total?",),
        "formal": ("Please compute the aggregate {label} of the following: {names}.",),
        "indirect": ("I'd like to know the combined {label} of {names}.",),
        "context": ("My overview covers {names}. The bottom line should be the sum of their {label}. What is it?",),
    },
)
MEAN = Form(
    "mean",
    _SLOTS,
    {
        "plain": (
            "[What is|What's] the average {label} of {names}?",
            "Take the {label} of each of these: {names}. What is the mean, to two decimals?",
        ),
        "terse": ("Mean {label}: {names}?", "Average of the {label} for {names}?"),
        "chatty": ("on average, what {label} are we talking about for {names}?",),
        "formal": ("Please determine the arithmetic mean of the {label} over the following: {names}.",),
        "indirect": ("I was wondering what the average {label} over {names} might be.",),
        "context": (
            "I'm comparing {names} with the rest of the country. For that I need the average of their "
            "{label}. What is it?",
        ),
    },
)
RANGE = Form(
    "range",
    _SLOTS,
    {
        "plain": ("How far apart are the largest and the smallest {label} among {names}?",),
        "terse": ("Range of {label} over {names}?",),
        "chatty": ("out of {names}, how much is there between the top and the bottom {label}?",),
        "formal": (
            "Please state the spread between the maximum and the minimum {label} within the following: {names}.",
        ),
        "indirect": ("I'd be interested in the spread of the {label} across {names}.",),
        "context": (
            "The entries are {names}. For a chart I need the distance from the lowest to the highest "
            "{label}. How much is it?",
        ),
    },
)
_WHAT = {"sum": "the total", "mean": "the average", "range": "the spread"}


class Aggregation(Family):
    """One figure made of several."""

    name = "aggregation"
    summary = "sum, mean or range over three to six things: search, then calculator"
    harder = "things to look up"

    wordings = Wordings((SUM, MEAN, RANGE))

    def item(self, world: World, seed: int, index: int) -> Task:
        rng = random.Random(f"{self.name} {seed} {index} {world.hash}")
        op, count = rng.choice(("sum", "mean", "range")), rng.choice((3, 3, 4, 4, 5, 6))
        things, about = draw_group(world, rng, count)
        ask: Ask = {"kind": op, "label": about.label, "names": [t.name for t in things]}
        brief = brief_for(self.name, ask, rng)
        return Task(
            family=self.name,
            query=worded(self, brief, rng),
            brief=brief,
            tools=rng.choice(OFFERS["search and calculator"]),
            oracle=_oracle(world, op, things, about),
            difficulty=count,
            knobs={"things": count, "op": op},
            world=world.hash,
            seed=seed,
            index=index,
        )

    def write(self, brief: Brief, rng: random.Random) -> str:
        return self.wordings.write(brief, rng)

    def read(self, query: str) -> Ask | None:
        ask = self.wordings.read(query)
        try:
            return ask if ask and len(ask["names"]) > 2 and all(column(n, ask["label"]) for n in ask["names"]) else None
        except KeyError:
            return None

    def solve(self, ask: Ask, mind: Mind) -> Policy:
        return guarded(_solve(ask, mind))


def _final(op: str, values: Sequence[Fraction]) -> Fraction:
    if op == "range":
        return max(values) - min(values)
    return sum(values, Fraction(0)) if op == "sum" else rounded(sum(values, Fraction(0)) / len(values), 2)


def _expression(op: str, values: Sequence[str]) -> str:
    if op == "range":
        ordered = sorted(values, key=Fraction)
        return f"{ordered[-1]} - {ordered[0]}"
    total = " + ".join(values)
    return total if op == "sum" else f"({total}) / {len(values)}"


_SQL = {
    "sum": "select sum(number) from fact where attribute = ?",
    "mean": "select sum(number) from fact where attribute = ?",
    "range": "select max(number) - min(number) from fact where attribute = ?",
}


def _oracle(world: World, op: str, things: list[Entity], about: Attribute) -> Oracle:
    values = [Fraction(str(t.facts[about.name])) for t in things]
    facts = FactTable(things)
    by_sql = facts.number(_SQL[op], about.name)
    facts.close()
    if op == "mean":
        by_sql = rounded(by_sql / len(things), 2)
    truth = _final(op, values)
    if truth != by_sql:
        raise TruthError(f"{op} of {about.label}: {plain(truth)} or {plain(by_sql)}")
    nodes = [lookup_node(world, f"n{at}", thing, about) for at, thing in enumerate(things)]
    expression = _expression(op, [plain(v) for v in values])
    last = PlanNode(
        id=f"n{len(nodes)}",
        op="calculate",
        args={"what": _WHAT[op], "expression": expression},
        needs=tuple(node.id for node in nodes),
        tool="calculator",
        value=plain(truth),
        unit=about.unit,
    )
    answer = Answer(kind="number", value=plain(truth), unit=about.unit, tolerance="0.01" if op == "mean" else "0")
    return Oracle(answer=answer, plan=(*nodes, last), proof=proof(len(things)))


def _solve(ask: Ask, mind: Mind) -> Policy:
    op, label, names = ask["kind"], ask["label"], ask["names"]
    about = column(names[0], label)
    mind.droppable = op != "range"
    hunts = yield from facts_of(mind, names, label, about.kind, about.unit)
    if len(hunts) < len(names):
        mind.admit("ignores", "O1", "goes on without what a failed search was to bring")
    _misread_one(op, hunts, mind)
    used, values = hunts, [number_text(hunt.reading.value) for hunt in hunts if hunt.reading]
    truth = _final(op, [Fraction(v) for v in values])
    if _far(op, values[:-1], truth) and mind.slips("stops_early", "D5", f"leaves out {names[-1]}"):
        used, values = hunts[:-1], values[:-1]
    if mind.slips("stops_early", "D5", "gives the parts, not the whole"):
        return finish(mind, "; ".join(f"{hunt.what} is {hunt.reading.written}" for hunt in hunts if hunt.reading) + ".")
    expression = _expression(op, values)
    for other in ("mean", "sum", "range"):
        if (
            other != op
            and _far(other, values, truth)
            and mind.slips("wrong_formula", "C5", f"computes the {other}, not the {op}")
        ):
            expression = _expression(other, values)
            break
    value = yield from calculate(mind, expression, f"{_WHAT[op]} of the {label}")
    return finish(mind, _said(op, used, fixed(value, 2, ",") if op == "mean" else grouped(value), about.unit, mind))


def _misread_one(op: str, hunts: Sequence[Hunt], mind: Mind) -> None:
    """Careless: reads a value wrongly, where that changes the outcome."""

    def outcome(values: Sequence[Value]) -> Fraction:
        return _final(op, [Fraction(number_text(value)) for value in values])

    right = outcome([hunt.reading.value for hunt in hunts if hunt.reading])
    misread_one(mind, hunts, lambda values: abs(outcome(values) - right) > Fraction(1, 10))


def _far(op: str, values: Sequence[str], truth: Fraction) -> bool:
    """Whether this comes to something nobody would accept."""
    return (
        len(values) > 1 and abs(_final(op, [Fraction(v) for v in values]) - truth) > Fraction(1, 10) + abs(truth) / 1000
    )


def _said(op: str, hunts: Sequence[Hunt], value: str, unit: str, mind: Mind) -> str:
    what, label = _WHAT[op], hunts[0].label
    parts = [f"{hunt.reading.written} ({hunt.name})" for hunt in hunts if hunt.reading]
    return mind.rng.choice(
        (
            f"{what.capitalize()} of the {label} is {value} {unit}.",
            f"{what.capitalize()} comes to {value} {unit}, from {listed(parts)}.",
            f"I found {listed(parts)}. {what.capitalize()} is {value} {unit}.",
        )
    )
