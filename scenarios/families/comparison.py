"""Comparison: by how much two things differ in an attribute, or which of two to four has most or least of it.

Truth paths: Python over the entity table, against SQL. `difficulty` is the number of things, plus two for a difference.
"""

import random
from collections.abc import Sequence
from fractions import Fraction

from scenarios.asking import LABEL, THING, THINGS, column, with_article
from scenarios.exact import grouped, plain
from scenarios.families._common import OFFERS, brief_for, worded
from scenarios.families._world import draw_group, facts_of, lookup_node, proof
from scenarios.family import Ask, Family, TruthError
from scenarios.finding import Hunt, misread_one, number_text
from scenarios.moves import calculate, finish, guarded
from scenarios.phrases import listed
from scenarios.policy import Mind, Policy
from scenarios.slots import choice
from scenarios.truth import FactTable
from scenarios.wording import Form, Wordings
from scenarios.world import Attribute, Entity, Value, World
from traces.task import Answer, Brief, Oracle, PlanNode, Task

MOST = choice({"most": ("highest", "greatest", "largest"), "least": ("lowest", "smallest")})

DIFFERENCE = Form(
    "difference",
    {"label": LABEL, "first": THING, "second": THING},
    {
        "plain": (
            "[What is the difference|How large is the difference] in {label} between {first} and {second}?",
            "By how much do {first} and {second} differ in {label}?",
        ),
        "terse": ("Difference in {label}, {first} vs {second}?", "{label} gap between {first} and {second}?"),
        "chatty": (
            "{first} or {second}, whatever, how far apart are they in {label}?",
            "my friend and I argue about {first} and {second}. How big is the gap in {label}?",
        ),
        "formal": ("Please quantify the difference in {label} between {first} and {second}.",),
        "indirect": ("I'd like to know how much {first} and {second} are apart in terms of {label}.",),
        "context": (
            "I have to set {first} against {second} in a table. The last column is the difference in "
            "{label}. What goes in there?",
        ),
    },
)
WHICH = Form(
    "which",
    {"label": LABEL, "most": MOST, "names": THINGS},
    {
        "plain": (
            "Which of these has the {most} {label}: {names}?",
            "[Who or what|Which one] has the {most} {label} among {names}?",
        ),
        "terse": ("{most} {label}: {names}?", "{names} - {most} {label}?"),
        "chatty": (
            "settle this for us: out of {names}, which one's got the {most} {label}?",
            "okay, {names} walk into a bar. Which has the {most} {label}?",
        ),
        "formal": ("Please identify the one with the {most} {label} out of the following: {names}.",),
        "indirect": ("I'm curious which one of {names} has the {most} {label}.",),
        "context": ("My shortlist is {names}. I'll go with the one that has the {most} {label}. Which one is that?",),
    },
)


class Comparison(Family):
    """Two or more things side by side."""

    name = "comparison"
    summary = "the difference between two things, or which of several has most or least"
    harder = "things to look up, plus 2 for a difference"

    wordings = Wordings((DIFFERENCE, WHICH))

    def item(self, world: World, seed: int, index: int) -> Task:
        rng = random.Random(f"{self.name} {seed} {index} {world.hash}")
        difference = rng.random() < 0.55
        things, about = draw_group(world, rng, 2 if difference else rng.randint(2, 4))
        ask: Ask = {"kind": "difference", "label": about.label, "first": things[0].name, "second": things[1].name}
        if not difference:
            ask = {
                "kind": "which",
                "label": about.label,
                "most": rng.choice(("most", "least")),
                "names": [t.name for t in things],
            }
        brief = brief_for(self.name, ask, rng)
        return Task(
            family=self.name,
            query=worded(self, brief, rng),
            brief=brief,
            tools=rng.choice(OFFERS["search and calculator" if difference else "search"]),
            oracle=_difference(world, things, about) if difference else _which(world, things, about, ask["most"]),
            difficulty=len(things) + 2 * difference,
            knobs={"things": len(things), "question": ask["kind"]},
            world=world.hash,
            seed=seed,
            index=index,
        )

    def write(self, brief: Brief, rng: random.Random) -> str:
        return self.wordings.write(brief, rng)

    def read(self, query: str) -> Ask | None:
        ask = self.wordings.read(query)
        if ask is None:
            return None
        names = ask["names"] if ask["kind"] == "which" else [ask["first"], ask["second"]]
        try:
            return ask if len(names) > 1 and all(column(name, ask["label"]) for name in names) else None
        except KeyError:
            return None

    def solve(self, ask: Ask, mind: Mind) -> Policy:
        return guarded(_solve_which(ask, mind) if ask["kind"] == "which" else _solve_difference(ask, mind))


def _difference(world: World, things: list[Entity], about: Attribute) -> Oracle:
    first, second = (Fraction(str(t.facts[about.name])) for t in things)
    facts = FactTable(things)
    by_sql = facts.number("select max(number) - min(number) from fact where attribute = ?", about.name)
    facts.close()
    value = abs(first - second)
    if value != by_sql or not value:
        raise TruthError(f"{about.label} of {things[0].name} and {things[1].name}: {value} or {by_sql} apart")
    nodes = [lookup_node(world, f"n{at}", thing, about) for at, thing in enumerate(things)]
    high, low = sorted((plain(first), plain(second)), key=Fraction, reverse=True)
    last = PlanNode(
        id="n2",
        op="calculate",
        args={"expression": f"{high} - {low}"},
        needs=("n0", "n1"),
        tool="calculator",
        value=plain(value),
        unit=about.unit,
    )
    answer = Answer(kind="number", value=plain(value), unit=about.unit)
    return Oracle(answer=answer, plan=(*nodes, last), proof=proof(2))


def _which(world: World, things: list[Entity], about: Attribute, most: str) -> Oracle:
    values = {t.name: Fraction(str(t.facts[about.name])) for t in things}
    best = (max if most == "most" else min)(values, key=lambda name: values[name])
    facts = FactTable(things)
    order = "desc" if most == "most" else "asc"
    by_sql = facts.all(f"select name, number from fact where attribute = ? order by number {order}", about.name)
    facts.close()
    if by_sql[0][0] != best or by_sql[0][1] == by_sql[1][1]:
        raise TruthError(f"{most} {about.label}: {best} or {by_sql[:2]}")
    nodes = [lookup_node(world, f"n{at}", thing, about) for at, thing in enumerate(things)]
    last = PlanNode(
        id=f"n{len(things)}",
        op="select",
        args={"by": about.label, "most": most},
        needs=tuple(n.id for n in nodes),
        value=best,
    )
    return Oracle(answer=Answer(kind="text", value=best), plan=(*nodes, last), proof=proof(len(things)))


def _solve_difference(ask: Ask, mind: Mind) -> Policy:
    label, names = ask["label"], [ask["first"], ask["second"]]
    about = column(names[0], label)
    hunts = yield from facts_of(mind, names, label, about.kind, about.unit)
    first, second = (Fraction(number_text(hunt.reading.value)) for hunt in hunts if hunt.reading)
    right = abs(first - second)
    misread_one(mind, hunts, lambda some: abs(Fraction(number_text(some[0])) - Fraction(number_text(some[1]))) != right)
    values = [number_text(hunt.reading.value) for hunt in hunts if hunt.reading]
    high, low = sorted(values, key=Fraction, reverse=True)
    if mind.slips("stops_early", "D5", "gives the two values, not the difference"):
        return finish(
            mind, " and ".join(f"{hunt.what} is {hunt.reading.written}" for hunt in hunts if hunt.reading) + "."
        )
    value = yield from calculate(mind, f"{high} - {low}", "the difference")
    larger = hunts[0] if values[0] == high else hunts[1]
    shown = f"{grouped(value)} {about.unit}".strip()
    return finish(mind, _difference_said(larger, hunts, shown, mind))


def _difference_said(larger: Hunt, hunts: list[Hunt], shown: str, mind: Mind) -> str:
    smaller = next(hunt for hunt in hunts if hunt is not larger)
    assert larger.reading
    assert smaller.reading
    return mind.rng.choice(
        (
            f"The difference in {larger.label} is {shown}: {larger.reading.written} against {smaller.reading.written}.",
            f"They differ by {shown}; {with_article(larger.name)} has more.",
            f"The {larger.label} of {with_article(larger.name)} ({larger.reading.written}) exceeds that of "
            f"{with_article(smaller.name)} ({smaller.reading.written}) by {shown}.",
        )
    )


def _solve_which(ask: Ask, mind: Mind) -> Policy:
    label, names = ask["label"], ask["names"]
    hunts = yield from facts_of(mind, names, label, "text")
    right = [hunt.reading.value for hunt in hunts if hunt.reading]
    misread_one(mind, hunts, lambda some: _extremes(some, ask["most"])[0] != _extremes(right, ask["most"])[0])
    first, last = _extremes([hunt.reading.value for hunt in hunts if hunt.reading], ask["most"])
    best, other = hunts[first], hunts[last]
    if not mind.pending and mind.slips("misreports", "G2", f"names {other.name} instead of {best.name}"):
        return finish(mind, f"It is {with_article(other.name)}.")
    return finish(mind, _which_said(best, hunts, "highest" if ask["most"] == "most" else "lowest", mind))


def _extremes(values: Sequence[Value], most: str) -> tuple[int, int]:
    """The places of the value asked for and of the one at the other end."""
    ordered = sorted(range(len(values)), key=lambda at: Fraction(number_text(values[at])))
    return (ordered[-1], ordered[0]) if most == "most" else (ordered[0], ordered[-1])


def _which_said(best: Hunt, hunts: list[Hunt], most: str, mind: Mind) -> str:
    assert best.reading
    rest = [f"{with_article(h.name)} {h.reading.written}" for h in hunts if h is not best and h.reading]
    name = with_article(best.name)
    return mind.rng.choice(
        (
            f"{name[:1].upper()}{name[1:]} has the {most} {best.label}: {best.reading.written}.",
            f"{name[:1].upper()}{name[1:]} has the {most} {best.label} with {best.reading.written}; the "
            f"others: {listed(rest)}.",
            f"It is {name}. The {best.label} is {best.reading.written} there.",
        )
    )
