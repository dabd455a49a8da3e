"""Counting with a condition: how many of several things have an attribute above or below a bound.

Truth paths: Python over the entity table, against SQL. `difficulty` is the number of things.
"""

import random
from fractions import Fraction

from scenarios.asking import LABEL, THINGS, column, with_article
from scenarios.exact import fixed, plain
from scenarios.families._common import OFFERS, brief_for, worded
from scenarios.families._world import draw_group, facts_of, lookup_node, proof
from scenarios.family import Ask, Family, TruthError
from scenarios.finding import Hunt, misread_one, number_text
from scenarios.moves import finish, guarded
from scenarios.phrases import listed, one
from scenarios.policy import Mind, Policy
from scenarios.slots import NUMBER, choice
from scenarios.truth import SCALE, FactTable
from scenarios.wording import Form, Wordings
from scenarios.world import Attribute, Entity, World
from traces.task import Answer, Brief, Oracle, PlanNode, Task

SIDE = choice({"above": ("above", "over", "greater than"), "below": ("below", "under", "smaller than")})

FORM = Form(
    "how many",
    {"label": LABEL, "names": THINGS, "side": SIDE, "bound": NUMBER},
    {
        "plain": (
            "How many of these have a {label} {side} {bound}: {names}?",
            "Of {names}, how many have a {label} {side} {bound}?",
            "Count those with a {label} {side} {bound} among {names}.",
        ),
        "terse": ("{label} {side} {bound}, how many of {names}?", "Count: {label} {side} {bound}. {names}."),
        "chatty": (
            "got a list for you: {names}. how many of them have a {label} {side} {bound}?",
            "out of this lot, {names}, how many come in {side} {bound} on {label}?",
        ),
        "formal": (
            "Please state how many of the following have a {label} {side} {bound}: {names}.",
            "Kindly count the entries with a {label} {side} {bound} in this list: {names}.",
        ),
        "indirect": ("I'd like to know how many of {names} have a {label} {side} {bound}.",),
        "context": (
            "My list reads {names}. I only keep those whose {label} is {side} {bound}. How many are left?",
            "A rule applies where the {label} is {side} {bound}. We deal with {names}. How many of them fall "
            "under the rule?",
        ),
    },
)


class Counting(Family):
    """How many."""

    name = "counting"
    summary = "how many of four to six things meet a condition"
    harder = "things to look up"

    wordings = Wordings((FORM,))

    def item(self, world: World, seed: int, index: int) -> Task:
        rng = random.Random(f"{self.name} {seed} {index} {world.hash}")
        things, about = draw_group(world, rng, rng.choice((4, 4, 5, 6)))
        side, bound = rng.choice(("above", "below")), bound_between(rng, things, about)
        value = sum(meets(Fraction(str(t.facts[about.name])), side, bound) for t in things)
        facts = FactTable(things)
        sign = ">" if side == "above" else "<"
        by_sql = facts.one(
            f"select count(*) from fact where attribute = ? and number {sign} ?",
            about.name,
            int(Fraction(bound) * SCALE),
        )
        facts.close()
        if value != by_sql or not value:
            raise TruthError(f"{about.label} {side} {bound}: {value} by the table, {by_sql} by SQL")
        ask: Ask = {
            "kind": "how many",
            "label": about.label,
            "names": [t.name for t in things],
            "side": side,
            "bound": bound,
        }
        brief = brief_for(self.name, ask, rng)
        nodes = tuple(lookup_node(world, f"n{at}", thing, about) for at, thing in enumerate(things))
        last = PlanNode(
            id=f"n{len(nodes)}",
            op="count",
            args={"side": side, "bound": bound},
            needs=tuple(n.id for n in nodes),
            value=str(value),
        )
        return Task(
            family=self.name,
            query=worded(self, brief, rng),
            brief=brief,
            tools=rng.choice(OFFERS["search"]),
            oracle=Oracle(
                answer=Answer(kind="number", value=str(value)), plan=(*nodes, last), proof=proof(len(things))
            ),
            difficulty=len(things),
            knobs={"things": len(things), "side": side},
            world=world.hash,
            seed=seed,
            index=index,
        )

    def write(self, brief: Brief, rng: random.Random) -> str:
        return self.wordings.write(brief, rng)

    def read(self, query: str) -> Ask | None:
        ask = self.wordings.read(query)
        try:
            return ask if ask and len(ask["names"]) > 1 and all(column(n, ask["label"]) for n in ask["names"]) else None
        except KeyError:
            return None

    def solve(self, ask: Ask, mind: Mind) -> Policy:
        return guarded(_solve(ask, mind))


def bound_between(rng: random.Random, things: list[Entity], about: Attribute) -> str:
    """A bound that lies between two of the values, on none of them, and short enough to say."""
    values = sorted(Fraction(str(t.facts[about.name])) for t in things)
    at = rng.randrange(len(values) - 1)
    middle = (values[at] + values[at + 1]) / 2
    for places in (-6, -5, -4, -3, -2, -1, 0, 1, 2, 3):
        unit = Fraction(10) ** -places
        bound = round(middle / unit) * unit
        if values[at] < bound < values[at + 1]:
            return plain(fixed(bound, max(0, places)))
    raise TruthError(f"no short bound lies between {values[at]} and {values[at + 1]}")


def meets(value: Fraction, side: str, bound: str) -> bool:
    """Whether a value lies on that side of the bound."""
    return value > Fraction(bound) if side == "above" else value < Fraction(bound)


def _solve(ask: Ask, mind: Mind) -> Policy:
    label, names, side, bound = ask["label"], ask["names"], ask["side"], ask["bound"]
    hunts = yield from facts_of(mind, names, label, "text")
    right_ones = sum(_met(hunt, side, bound) for hunt in hunts)
    misread_one(mind, hunts, lambda some: sum(meets(Fraction(number_text(v)), side, bound) for v in some) != right_ones)
    those = [hunt for hunt in hunts if _met(hunt, side, bound)]
    right = len(those) if not mind.pending else -1
    if right >= 0 and mind.slips("off_by_one", "C4", "counts one too many"):
        return finish(mind, f"{len(those) + 1} of the {len(hunts)} things have {one(label)} {side} {bound}.")
    return finish(mind, _said(those, hunts, label, f"{side} {bound}", mind))


def _met(hunt: Hunt, side: str, bound: str) -> bool:
    assert hunt.reading
    return meets(Fraction(number_text(hunt.reading.value)), side, bound)


def _said(those: list[Hunt], hunts: list[Hunt], label: str, condition: str, mind: Mind) -> str:
    names = listed([with_article(hunt.name) for hunt in those]) if those else "none"
    return mind.rng.choice(
        (
            f"{len(those)}: {names}.",
            f"The count is {len(those)}.",
            f"{len(those)} of them {'has' if len(those) == 1 else 'have'} {one(label)} {condition}, namely {names}.",
        )
    )
