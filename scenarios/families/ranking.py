"""Ranking: three to five things in the order of an attribute, found by search. `difficulty` is the number of things.

Truth paths: sorting the values of the entity table, against SQL's order.
"""

import random
from collections.abc import Sequence
from fractions import Fraction

from scenarios.asking import LABEL, THINGS, column
from scenarios.families._common import OFFERS, brief_for, worded
from scenarios.families._world import draw_group, facts_of, lookup_node, proof
from scenarios.family import Ask, Family, TruthError
from scenarios.finding import Hunt, misread_one, number_text
from scenarios.moves import finish, guarded
from scenarios.policy import Mind, Policy
from scenarios.slots import choice
from scenarios.truth import FactTable
from scenarios.wording import Form, Wordings
from scenarios.world import Value, World
from traces.task import Answer, Brief, Oracle, PlanNode, Task

ORDER = choice(
    {"descending": ("highest first", "from highest to lowest"), "ascending": ("lowest first", "from lowest to highest")}
)
FORM = Form(
    "ranking",
    {"label": LABEL, "names": THINGS, "order": ORDER},
    {
        "plain": (
            "Rank the following by {label}, {order}: {names}.",
            "[Please sort|Put] these by their {label}, {order}: {names}.",
            "What is the order by {label}, {order}, of these: {names}?",
        ),
        "terse": ("By {label}, {order}: {names}.", "Ranking by {label} ({order}): {names}?"),
        "chatty": (
            "can you line these up for me by {label}, {order}: {names}?",
            "we need a league table by {label}, {order}, and the contestants are {names}!",
        ),
        "formal": (
            "Kindly arrange the following in the order of their {label}, {order}: {names}.",
            "Please establish a ranking by {label}, {order}, of the following: {names}.",
        ),
        "indirect": (
            "I'd like to see these ranked by {label}, {order}: {names}.",
            "I was hoping for a list by {label}, {order}, of these: {names}.",
        ),
        "context": (
            "I'm laying out a page on several entries. They should stand by {label}, {order}. The entries are {names}.",
        ),
    },
)


class Ranking(Family):
    """Several things in order."""

    name = "ranking"
    summary = "three to five things in the order of an attribute"
    harder = "things to look up"

    wordings = Wordings((FORM,))

    def item(self, world: World, seed: int, index: int) -> Task:
        rng = random.Random(f"{self.name} {seed} {index} {world.hash}")
        things, about = draw_group(world, rng, rng.choice((3, 3, 4, 5)))
        order = rng.choice(("descending", "ascending"))
        ranked = _ranked({t.name: Fraction(str(t.facts[about.name])) for t in things}, order)
        facts = FactTable(things)
        direction = "desc" if order == "descending" else "asc"
        by_sql = [
            n
            for (n,) in facts.all(f"select name from fact where attribute = ? order by number {direction}", about.name)
        ]
        facts.close()
        if ranked != by_sql:
            raise TruthError(f"ranking by {about.label}: {ranked} or {by_sql}")
        ask: Ask = {"kind": "ranking", "label": about.label, "names": [t.name for t in things], "order": order}
        brief = brief_for(self.name, ask, rng)
        nodes = tuple(lookup_node(world, f"n{at}", thing, about) for at, thing in enumerate(things))
        value = ", ".join(ranked)
        last = PlanNode(
            id=f"n{len(nodes)}",
            op="sort",
            args={"by": about.label, "order": order},
            needs=tuple(n.id for n in nodes),
            value=value,
        )
        return Task(
            family=self.name,
            query=worded(self, brief, rng),
            brief=brief,
            tools=rng.choice(OFFERS["search"]),
            oracle=Oracle(answer=Answer(kind="text", value=value), plan=(*nodes, last), proof=proof(len(things))),
            difficulty=len(things),
            knobs={"things": len(things), "order": order},
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


def _ranked(values: dict[str, Fraction], order: str) -> list[str]:
    return sorted(values, key=lambda name: values[name], reverse=order == "descending")


def _order(hunts: Sequence[Hunt], order: str, values: Sequence[Value]) -> list[str]:
    """The names in the order of these values."""
    return _ranked({h.name: Fraction(number_text(v)) for h, v in zip(hunts, values, strict=True)}, order)


def _solve(ask: Ask, mind: Mind) -> Policy:
    label, names = ask["label"], ask["names"]
    hunts = yield from facts_of(mind, names, label, "text")
    right = _order(hunts, ask["order"], [hunt.reading.value for hunt in hunts if hunt.reading])
    misread_one(mind, hunts, lambda values: _order(hunts, ask["order"], values) != right)
    found = {hunt.name: hunt.reading for hunt in hunts if hunt.reading}
    ranked = _ranked({name: Fraction(number_text(reading.value)) for name, reading in found.items()}, ask["order"])
    if not mind.pending and mind.slips("misreports", "G2", "swaps the first two"):
        ranked = [ranked[1], ranked[0], *ranked[2:]]
    way = "highest to lowest" if ask["order"] == "descending" else "lowest to highest"
    values = "; ".join(f"{name}: {found[name].written}" for name in ranked)
    text = f"From {way} by {label}: {', '.join(ranked)}."
    return finish(mind, f"{text} ({values}.)" if mind.rng.random() < 0.3 else text)
