"""Intersection: which of several things meet two conditions at once.

Truth paths: Python over the entity table, against one SQL query. `difficulty` is the number of facts to look up, two for each thing.
"""

import random
from collections.abc import Sequence
from fractions import Fraction

from scenarios.asking import LABEL, THINGS, column, with_article
from scenarios.exact import plain
from scenarios.families._common import OFFERS, brief_for, refusal, worded
from scenarios.families._world import NUMERIC, draw_entity, failed_hunt, lookup_node, on_a_page, proof
from scenarios.families.counting import SIDE, bound_between, meets
from scenarios.family import Ask, Family, TruthError
from scenarios.finding import Hunt, find_all, misread_one, number_text
from scenarios.moves import finish, guarded
from scenarios.phrases import listed, one
from scenarios.policy import Mind, Policy
from scenarios.slots import NUMBER
from scenarios.truth import SCALE, FactTable
from scenarios.wording import Form, Wordings
from scenarios.world import Attribute, Entity, Value, World
from traces.task import Answer, Brief, Oracle, PlanNode, Task

FORM = Form(
    "both",
    {"names": THINGS, "first": LABEL, "side": SIDE, "bound": NUMBER, "second": LABEL, "side2": SIDE, "bound2": NUMBER},
    {
        "plain": (
            "Which of these have a {first} {side} {bound} and also a {second} {side2} {bound2}: {names}?",
            "Out of {names}, name all with a {first} {side} {bound} and a {second} {side2} {bound2}.",
        ),
        "terse": (
            "{first} {side} {bound} and {second} {side2} {bound2}: which of {names}?",
            "Filter {names}: {first} {side} {bound}; {second} {side2} {bound2}.",
        ),
        "chatty": (
            "here's my list, {names}. who makes it with a {first} {side} {bound} plus a {second} {side2} {bound2}?",
            "of {names}, which ones tick both boxes: {first} {side} {bound}, {second} {side2} {bound2}?",
        ),
        "formal": (
            "Please list those with a {first} {side} {bound} whose {second} is {side2} {bound2}, out of the "
            "following: {names}.",
            "Kindly select from {names} all that combine a {first} {side} {bound} with a {second} {side2} {bound2}.",
        ),
        "indirect": (
            "I'd like to know which of {names} have both a {first} {side} {bound} and a {second} {side2} {bound2}.",
            "I'm looking for those among {names} with a {first} {side} {bound} as well as a {second} {side2} {bound2}.",
        ),
        "context": (
            "Our shortlist is {names}. The first rule asks for a {first} {side} {bound}. The second asks for "
            "a {second} {side2} {bound2}. "
            "Who passes both?",
            "I compare {names}. Only a {first} {side} {bound} together with a {second} {side2} {bound2} will "
            "do. Which remain?",
        ),
    },
)


class Intersection(Family):
    """Two conditions at once."""

    name = "intersection"
    summary = "which of three or four things meet two conditions"
    harder = "facts to look up, two for each thing"

    wordings = Wordings((FORM,))

    def item(self, world: World, seed: int, index: int) -> Task:
        rng = random.Random(f"{self.name} {seed} {index} {world.hash}")
        things, first, second = _draw(world, rng, rng.choice((3, 3, 4)))
        sides = [rng.choice(("above", "below")) for _ in range(2)]
        bounds = [bound_between(rng, things, about) for about in (first, second)]
        ask: Ask = {
            "kind": "both", "names": [t.name for t in things],
            "first": first.label, "side": sides[0], "bound": bounds[0],
            "second": second.label, "side2": sides[1], "bound2": bounds[1],
        }  # fmt: skip
        members = [
            t.name
            for t in things
            if all(
                meets(Fraction(str(t.facts[about.name])), side, bound)
                for about, side, bound in zip((first, second), sides, bounds, strict=True)
            )
        ]
        if not members:  # turning one condition round leaves somebody in, as its bound parts the things
            ask["side2"] = sides[1] = "below" if sides[1] == "above" else "above"
            members = [t.name for t in things if _both(t, (first, second), sides, bounds)]
        if sorted(members) != _by_sql(things, (first, second), sides, bounds) or not members:
            raise TruthError(f"{ask}: {members} by the table, otherwise by SQL")
        brief = brief_for(self.name, ask, rng)
        pairs = [(t, about) for t in things for about in (first, second)]
        nodes = tuple(lookup_node(world, f"n{at}", t, about) for at, (t, about) in enumerate(pairs))
        last = PlanNode(
            id=f"n{len(nodes)}",
            op="filter",
            args={"bounds": bounds},
            needs=tuple(n.id for n in nodes),
            value=", ".join(members),
        )
        return Task(
            family=self.name,
            query=worded(self, brief, rng),
            brief=brief,
            tools=rng.choice(OFFERS["search"]),
            oracle=Oracle(
                answer=Answer(kind="set", value=", ".join(members), accepted=tuple(members)),
                plan=(*nodes, last),
                proof=proof(len(nodes)),
            ),
            difficulty=len(nodes),
            knobs={"things": len(things), "members": len(members)},
            world=world.hash,
            seed=seed,
            index=index,
        )

    def settled(self, task: Task) -> dict[str, str]:
        """Of a thing that does not meet one condition, the other need not be known."""
        assert task.oracle
        assert task.brief
        ask, nodes = task.brief.ask, task.oracle.plan[:-1]
        conditions = {ask["first"]: (ask["side"], ask["bound"]), ask["second"]: (ask["side2"], ask["bound2"])}
        fails = {n.id for n in nodes if not meets(Fraction(n.value), *conditions[n.args["attribute"]])}
        pairs = zip(nodes[::2], nodes[1::2], strict=True)
        return {one.id: other.id for a, b in pairs for one, other in ((a, b), (b, a)) if other.id in fails}

    def write(self, brief: Brief, rng: random.Random) -> str:
        return self.wordings.write(brief, rng)

    def read(self, query: str) -> Ask | None:
        ask = self.wordings.read(query)
        try:
            known = (
                ask
                and len(ask["names"]) > 1
                and all(column(n, ask[key]) for n in ask["names"] for key in ("first", "second"))
            )
        except KeyError:
            return None
        return ask if known else None

    def solve(self, ask: Ask, mind: Mind) -> Policy:
        return guarded(_solve(ask, mind))


def _draw(world: World, rng: random.Random, count: int) -> tuple[list[Entity], Attribute, Attribute]:
    """Different things of a kind, and two of its numeric attributes, each known of all, with no two values alike."""
    kind = rng.choice([k for k in world.kinds() if len(_numeric(world, k)) > 1])
    first, second = rng.sample(_numeric(world, kind), 2)
    things: list[Entity] = []
    for _ in range(count):
        taken = {(about.name, t.facts[about.name]) for t in things for about in (first, second)}

        def fits(e: Entity, taken: set[tuple[str, object]] = taken) -> bool:  # type: ignore[assignment]
            return all(on_a_page(world, e, a.name) and (a.name, e.facts[a.name]) not in taken for a in (first, second))

        things.append(draw_entity(world, rng, kind, fits))
    return things, first, second


def _numeric(world: World, kind: str) -> list[Attribute]:
    return [a for a in world.schema(kind) if a.kind in NUMERIC]


def _both(thing: Entity, about: tuple[Attribute, Attribute], sides: list[str], bounds: list[str]) -> bool:
    values = [Fraction(str(thing.facts[a.name])) for a in about]
    return all(meets(value, side, bound) for value, side, bound in zip(values, sides, bounds, strict=True))


def _by_sql(things: list[Entity], about: tuple[Attribute, Attribute], sides: list[str], bounds: list[str]) -> list[str]:
    facts = FactTable(things)
    signs = [">" if side == "above" else "<" for side in sides]
    sql = " intersect ".join(f"select name from fact where attribute = ? and number {sign} ?" for sign in signs)
    scaled = [int(Fraction(plain(bound)) * SCALE) for bound in bounds]
    rows = facts.all(f"{sql} order by name", about[0].name, scaled[0], about[1].name, scaled[1])
    facts.close()
    return sorted(name for (name,) in rows)


def _solve(ask: Ask, mind: Mind) -> Policy:
    names = ask["names"]
    if "search" not in mind.tools:
        return failed_hunt(Hunt(names[0], ask["first"]), mind, "text", "")
    if mind.slips("refuses", "G5", "declines without a search"):
        return refusal(mind)
    passed = list(names)
    for label, side, bound in ((ask["first"], ask["side"], ask["bound"]), (ask["second"], ask["side2"], ask["bound2"])):
        hunts = yield from find_all(mind, [(name, label) for name in passed])
        missing = next((hunt for hunt in hunts if hunt.reading is None), None)
        if missing:
            return failed_hunt(missing, mind, "text", "")
        if label == ask["second"]:
            _misread_one(hunts, side, bound, mind)
        passed = [h.name for h in hunts if h.reading and meets(Fraction(number_text(h.reading.value)), side, bound)]
        if not passed:
            return finish(mind, "Nothing on the list meets both conditions.")
    if not mind.pending and mind.slips("misreports", "G2", "leaves one out"):
        others = passed[1:] or [name for name in names if name not in passed][:1]
        return finish(mind, f"Only {listed([with_article(name) for name in others])}.")
    return finish(mind, _said([with_article(name) for name in passed], ask, mind))


def _misread_one(hunts: Sequence[Hunt], side: str, bound: str, mind: Mind) -> None:
    """Careless: takes one thing for passing that does not, or the other way round. At the last condition, where it shows in the answer."""

    def passing(values: Sequence[Value]) -> list[bool]:
        return [meets(Fraction(number_text(value)), side, bound) for value in values]

    right = passing([hunt.reading.value for hunt in hunts if hunt.reading])
    misread_one(mind, hunts, lambda values: passing(values) != right)


def _said(those: list[str], ask: Ask, mind: Mind) -> str:
    listing = listed(those)
    verb = "meets" if len(those) == 1 else "meet"
    return mind.rng.choice(
        (
            f"{listing[:1].upper()}{listing[1:]} {verb} both conditions.",
            f"Both conditions hold for {listing}.",
            f"With {one(ask['first'])} {ask['side']} {ask['bound']} and {one(ask['second'])} {ask['side2']} {ask['bound2']}: {listing}.",
        )
    )
