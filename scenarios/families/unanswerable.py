"""What cannot be known: a fact no page states, a thing that does not exist, or no way to search. The queries look like any others.

They are worded, read and solved by the families they look like, since nobody can tell beforehand. Truth paths: the fact is in no
table row, and no high-trust page states it (`World.pages`); a name is borne by nothing, in the index of names and by scanning the kind.
`difficulty` is 1 without a search tool, 2 for one fact, 3 for more.
"""

import random
from typing import Literal

from scenarios.families._common import ALL, CALCULATOR, OPEN, PYTHON, SEARCH, brief_for, worded
from scenarios.families._world import NUMERIC, draw_entity, draw_group, lookup_node
from scenarios.families.aggregation import Aggregation
from scenarios.families.chain import Chain, draw_hops
from scenarios.families.lookup import Lookup, draw_fact
from scenarios.family import Ask, Family, TruthError
from scenarios.policy import Mind, Policy
from scenarios.world import Attribute, Entity, World
from scenarios.world.kinds import KINDS
from scenarios.world.names import stems
from traces.task import Answer, Brief, CallPolicy, Oracle, PlanNode, Task

Why = Literal["unstated", "unstated at the end", "one unstated", "no such thing", "no search"]
WHYS: tuple[Why, ...] = ("unstated", "unstated", "unstated at the end", "one unstated", "no such thing", "no search")
_LOOKUP, _CHAIN, _AGGREGATION = Lookup(), Chain(), Aggregation()
_BY_KIND: dict[str, Family] = {
    "fact": _LOOKUP,
    "chain": _CHAIN,
    "sum": _AGGREGATION,
    "mean": _AGGREGATION,
    "range": _AGGREGATION,
}


class Unanswerable(Family):
    """Questions whose right answer is that it cannot be known."""

    name = "unanswerable"
    summary = "a fact missing from the world, a thing that does not exist, or no search tool"
    harder = "1 without a search tool, 2 for one fact, 3 for more"

    def item(self, world: World, seed: int, index: int) -> Task:
        rng = random.Random(f"{self.name} {seed} {index} {world.hash}")
        why = rng.choice(WHYS)
        ask, known = _draw(world, why, rng)
        brief = brief_for(self.name, ask, rng)
        missing = PlanNode(
            id=f"n{len(known)}",
            op="lookup",
            args={"why": why},
            needs=tuple(n.id for n in known),
            tool="search",
            value="unknown",
        )
        calls: CallPolicy = "optional" if why == "no search" else "required"
        offers = (
            ((CALCULATOR,), (CALCULATOR, PYTHON), (PYTHON,))
            if why == "no search"
            else (ALL, ALL, (SEARCH, OPEN), (SEARCH, OPEN, CALCULATOR))
        )
        return Task(
            family=self.name,
            query=worded(self, brief, rng),
            brief=brief,
            tools=rng.choice(offers),
            oracle=Oracle(
                answer=Answer(kind="unknown"), plan=(*known, missing), answerable=False, calls=calls, proof=_PROOFS[why]
            ),
            difficulty=1 if why == "no search" else 3 if known else 2,
            knobs={"why": why},
            world=world.hash,
            seed=seed,
            index=index,
        )

    def write(self, brief: Brief, rng: random.Random) -> str:
        return _BY_KIND[brief.ask["kind"]].write(brief, rng)

    def read(self, query: str) -> Ask | None:
        return next((ask for family in (_LOOKUP, _CHAIN, _AGGREGATION) if (ask := family.read(query))), None)

    def solve(self, ask: Ask, mind: Mind) -> Policy:
        return _BY_KIND[ask["kind"]].solve(ask, mind)


_PROOFS: dict[Why, dict[str, str]] = {
    "unstated": {"counterfactual": "No table and no page holds the fact."},
    "unstated at the end": {"counterfactual": "The last fact of the chain is in no table and on no page."},
    "one unstated": {"counterfactual": "One of the facts to be combined is in no table and on no page."},
    "no such thing": {"counterfactual": "Nothing in the world bears this name."},
    "no search": {"fictional": "The fact is invented, and without search it cannot be looked up."},
}


def _draw(world: World, why: Why, rng: random.Random) -> tuple[Ask, tuple[PlanNode, ...]]:
    """The ask, and the plan's steps that can be done."""
    if why == "no search":
        entity, attribute = draw_fact(world, rng)
        return _fact(entity.name, attribute), ()
    if why == "no such thing":
        return _nobody(world, rng), ()
    if why == "unstated at the end":
        return _broken_chain(world, rng)
    if why == "one unstated":
        return _broken_sum(world, rng)
    entity, attribute = _unstated(world, rng, rng.choice(world.kinds()))
    return _fact(entity.name, attribute), ()


def _fact(name: str, attribute: Attribute) -> Ask:
    return {"kind": "fact", "name": name, "label": attribute.label}


def _unstated(world: World, rng: random.Random, kind: str, numeric: bool = False) -> tuple[Entity, Attribute]:
    """A thing and an attribute of its kind that is known neither to the table nor to a page. Raises TruthError."""
    options = [a for a in world.schema(kind) if a.optional and (a.kind in NUMERIC or not numeric)]
    if not options:
        raise TruthError(f"{kind} has no optional attribute")
    attribute = rng.choice(options)
    entity = draw_entity(world, rng, kind, lambda e: attribute.name not in e.facts)
    if world.pages(entity.id, attribute.name):
        raise TruthError(f"a page states the {attribute.label} of {entity.name}, which the table lacks")
    return entity, attribute


def _nobody(world: World, rng: random.Random) -> Ask:
    kind = rng.choice([k for k in world.kinds() if KINDS[k].endings])
    spell = stems(f"nobody {world.seed}")
    name = f"{spell.word(rng.randrange(spell.space))} {rng.choice(KINDS[kind].endings)}"
    if world.named(name) or any(e.name == name for e in world.entities(kind)[:2000]):
        raise TruthError(f"{name} exists")
    return _fact(name, rng.choice(world.schema(kind)))


def _broken_chain(world: World, rng: random.Random) -> tuple[Ask, tuple[PlanNode, ...]]:
    for _ in range(60):
        hops = draw_hops(world, rng, rng.choice((2, 3)))
        end = hops[-1].entity
        lacking = [a for a in world.schema(end.kind) if a.optional and a.kind != "ref" and a.name not in end.facts]
        if lacking and not world.pages(end.id, lacking[0].name):
            known = tuple(
                lookup_node(world, f"n{at}", hop.entity, hop.attribute, (f"n{at - 1}",) if at else ())
                for at, hop in enumerate(hops[:-1])
            )
            path = [*(hop.attribute.label for hop in hops[:-1]), lacking[0].label]
            return {"kind": "chain", "name": hops[0].entity.name, "path": path}, known
    raise TruthError("no chain ends in a missing fact")


def _broken_sum(world: World, rng: random.Random) -> tuple[Ask, tuple[PlanNode, ...]]:
    for _ in range(60):
        things, about = draw_group(world, rng, rng.choice((2, 3)))
        if about.optional:
            lacking = draw_entity(world, rng, things[0].kind, lambda e, name=about.name: name not in e.facts)  # type: ignore[misc]
            names = [*(t.name for t in things), lacking.name]
            rng.shuffle(names)
            known = tuple(lookup_node(world, f"n{at}", thing, about) for at, thing in enumerate(things))
            return {"kind": rng.choice(("sum", "mean")), "label": about.label, "names": names}, known
    raise TruthError("no group lacks a fact")
