"""Chains: an attribute of the thing that is an attribute of a thing ... Two to nine lookups, each needing the one before.

Truth paths: following references in the entity table, against one SQL join over the facts. `difficulty` is the number of lookups.
"""

import random
from typing import NamedTuple

from scenarios.asking import FORWARD, OWNED, PATH, THING, column, with_article
from scenarios.families._common import OFFERS, brief_for, refusal, worded
from scenarios.families._world import answer_of, draw_entity, failed_hunt, lookup_node, on_a_page, proof, shown
from scenarios.families.lookup import sentence
from scenarios.family import Ask, Family, TruthError
from scenarios.finding import Hunt, find, misread
from scenarios.moves import finish, guarded
from scenarios.phrases import say
from scenarios.policy import Mind, Policy
from scenarios.recovering import made_up
from scenarios.truth import FactTable, text_of
from scenarios.wording import Form, Wordings
from scenarios.world import Attribute, Entity, World
from traces.task import Brief, Oracle, Task

LENGTHS = (2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 5, 6, 7, 8, 9)
"""How long chains are, each as often as it stands here."""

FORMS = (
    Form(
        "chain",
        {"path": PATH, "name": THING},
        {
            "plain": (
                "[What is|What's] the {path} of {name}?",
                "Please find the {path} of {name}.",
                "Look up the {path} of {name}, please.",
            ),
            "terse": ("{path} of {name}?", "Wanted: {path} of {name}."),
            "chatty": (
                "okay this is a bit of a mouthful: what's the {path} of {name}?",
                "bet you can't tell me the {path} of {name}!",
            ),
            "formal": (
                "Kindly establish the {path} of {name}.",
                "I request information on the {path} of {name}.",
            ),
            "indirect": (
                "I'd like to know the {path} of {name}.",
                "I am trying to find out the {path} of {name}.",
            ),
            "context": (
                "I'm tracing some connections around {name}. What matters to me is the {path} in that case.",
                "For a quiz I have written a question on {name}. The answer should be the {path}. Which is it?",
            ),
        },
    ),
    Form(
        "forward",
        {"path": FORWARD, "name": THING},
        {
            "plain": ("Start at {name}: find the {path}. What do you end up with?",),
            "chatty": ("let's play detective: begin with {name}, get the {path}. What's the last thing you find?",),
            "formal": ("Proceeding from {name}, please determine the {path}, and report the last of these.",),
            "context": (
                "My treasure hunt begins at {name}. The clues say to look for the {path}. What is "
                "written on the last card?",
            ),
        },
    ),
    Form(
        "owned",
        {"path": OWNED, "name": THING},
        {
            "terse": ("{name}'s {path}?", "{name}'s {path}, please."),
            "chatty": ("quick trivia for you, {name}'s {path}?",),
        },
    ),
)


class Hop(NamedTuple):
    """One lookup of a chain."""

    entity: Entity
    attribute: Attribute


class Chain(Family):
    """Several lookups in a row."""

    name = "chain"
    summary = "two to nine lookups, each about what the one before found"
    harder = "lookups, one after the other"

    wordings = Wordings(FORMS)

    def item(self, world: World, seed: int, index: int) -> Task:
        rng = random.Random(f"{self.name} {seed} {index} {world.hash}")
        length = rng.choice(LENGTHS)
        hops = draw_hops(world, rng, length)
        check_hops(world, hops)
        ask: Ask = {"kind": "chain", "name": hops[0].entity.name, "path": [hop.attribute.label for hop in hops]}
        brief = brief_for(self.name, ask, rng)
        nodes = tuple(
            lookup_node(world, f"n{at}", hop.entity, hop.attribute, (f"n{at - 1}",) if at else ())
            for at, hop in enumerate(hops)
        )
        return Task(
            family=self.name,
            query=worded(self, brief, rng),
            brief=brief,
            tools=rng.choice(OFFERS["search"]),
            oracle=Oracle(answer=answer_of(world, *hops[-1]), plan=nodes, proof=proof(length)),
            difficulty=length,
            knobs={"hops": length},
            world=world.hash,
            seed=seed,
            index=index,
        )

    def write(self, brief: Brief, rng: random.Random) -> str:
        fitting = [form.kind for form in FORMS for style in form.styles if style == brief.style]
        return self.wordings.write(
            brief.model_copy(update={"ask": {**brief.ask, "kind": rng.choice(["chain", *fitting])}}), rng
        )

    def read(self, query: str) -> Ask | None:
        ask = self.wordings.read(query)
        return {**ask, "kind": "chain"} if ask and _follows(ask["name"], ask["path"]) else None

    def solve(self, ask: Ask, mind: Mind) -> Policy:
        return guarded(_solve(ask["name"], ask["path"], mind))


def _follows(name: str, path: list[str]) -> bool:
    """Whether a thing of this name has such a first attribute, and it leads on to another thing."""
    try:
        return column(name, path[0]).kind == "ref"
    except KeyError:
        return False


def _solve(name: str, path: list[str], mind: Mind) -> Policy:
    if "search" not in mind.tools:
        return failed_hunt(Hunt(name, path[0]), mind, "text", "")
    if mind.slips("refuses", "G5", "declines without a search"):
        return refusal(mind)
    if mind.slips("skips_tool", "D2", "answers without looking anything up"):
        return finish(mind, f"The {path[-1]} is {made_up('number', '', mind.rng)}.")
    found: list[Hunt] = []
    for place, label in enumerate(path):
        says = None if not found else _onward(found[-1], label, mind)
        hunt = yield from find(mind, name, label, says)
        if hunt.reading is None:
            return failed_hunt(hunt, mind, "number", "")
        misread(mind, hunt)
        found.append(hunt)
        last = place == len(path) - 1
        if not last and place and mind.slips("stops_early", "D5", f"takes {hunt.what} for the answer"):
            break
        name = str(hunt.reading.value)
    return finish(mind, _tell(found, mind))


def _onward(hunt: Hunt, label: str, mind: Mind) -> str:
    assert hunt.reading
    found = f"{hunt.what[:1].upper()}{hunt.what[1:]} is {hunt.reading.written}."
    more = say(mind.rng, "search", f"the {label} of {with_article(str(hunt.reading.value))}")
    return " ".join(part for part in (found if mind.rng.random() < 0.6 else "", more) if part)


def _tell(found: list[Hunt], mind: Mind) -> str:
    last = found[-1]
    assert last.reading
    if len(found) == 1 or mind.rng.random() < 0.5:
        return sentence(last.name, last.label, last.reading.written, mind)
    steps = [f"{hunt.what} is {hunt.reading.written}" for hunt in found if hunt.reading]
    return f"{steps[0][:1].upper()}{steps[0][1:]}; {'; '.join(steps[1:])}."


def draw_hops(world: World, rng: random.Random, length: int) -> list[Hop]:
    """A chain of that many lookups, each on a page, no thing twice, ending in a fact that is no thing. Raises TruthError."""
    for _ in range(50):
        hops = _walk(world, rng, length)
        if hops:
            return hops
    raise TruthError(f"no chain of {length} lookups")


def _walk(world: World, rng: random.Random, length: int) -> list[Hop]:
    entity = draw_entity(world, rng, rng.choice(world.kinds()))
    hops: list[Hop] = []
    for left in reversed(range(length)):
        before = hops[-1].attribute.label if hops else ""
        wanted = ("ref",) if left else ("number", "money", "date", "text")
        options = [
            a
            for a in world.schema(entity.kind)
            if a.kind in wanted and a.label != before and on_a_page(world, entity, a.name)
        ]
        if not options or entity.id in {hop.entity.id for hop in hops} or len(world.named(entity.name)) != 1:
            return []
        hops.append(Hop(entity, rng.choice(options)))
        if left:
            entity = world.entity(str(entity.facts[hops[-1].attribute.name]))
    return hops


def check_hops(world: World, hops: list[Hop]) -> None:
    """The end of the chain by one SQL join is what following it came to. Raises TruthError where it is not."""
    facts = FactTable([hop.entity for hop in hops])
    joins = " ".join(
        f"join fact f{at} on f{at}.entity = f{at - 1}.text and f{at}.attribute = ?" for at in range(1, len(hops))
    )
    last = f"f{len(hops) - 1}"
    sql = f"select {last}.name from fact f0 {joins} where f0.name = ? and f0.attribute = ?"
    end = facts.one(sql, *[hop.attribute.name for hop in hops[1:]], hops[0].entity.name, hops[0].attribute.name)
    found = facts.value(end, hops[-1].attribute.name) if end else None
    facts.close()
    if found != text_of(shown(world, *hops[-1])):
        raise TruthError(f"chain from {hops[0].entity.name}: {found} by SQL")
