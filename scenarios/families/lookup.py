"""Fact lookup: one attribute of one thing, stated on a page of the world.

Truth paths: the entity table, against SQL over the same facts. `difficulty` is always 1.
"""

import random

from scenarios.asking import LABEL, QUESTION, THING, column
from scenarios.families._common import OFFERS, brief_for, refusal, worded
from scenarios.families._world import answer_of, draw_entity, failed_hunt, lookup_node, on_a_page, proof, shown
from scenarios.family import Ask, Family, TruthError
from scenarios.finding import Hunt, find, misread
from scenarios.moves import finish, guarded
from scenarios.policy import Mind, Policy
from scenarios.recovering import made_up
from scenarios.truth import FactTable, text_of
from scenarios.wording import Form, Wordings
from scenarios.world import Attribute, Entity, World
from traces.task import Brief, Oracle, Task

_SLOTS = {"label": LABEL, "name": THING}
BY_LABEL = Form(
    "fact",
    _SLOTS,
    {
        "plain": (
            "[What is|What's] the {label} of {name}?",
            "Please look up the {label} of {name}.",
            "Which {label} is given for {name}?",
        ),
        "terse": ("{label} of {name}?", "{name}: {label}?", "Need the {label} of {name}."),
        "chatty": (
            "any idea what the {label} of {name} is?",
            "could you dig up the {label} of {name} for me?",
            "I keep forgetting the {label} of {name}, can you find it?",
        ),
        "formal": (
            "Kindly state the {label} of {name}.",
            "Would you please inform me of the {label} of {name}?",
            "Please provide the {label} recorded for {name}.",
        ),
        "indirect": (
            "I'd like to know the {label} of {name}.",
            "I was hoping you could tell me the {label} of {name}.",
            "I'm looking for the {label} of {name}.",
        ),
        "context": (
            "I'm filling in an entry on {name}. The one field I lack is the {label}.",
            "We mention {name} in a talk next week. A listener may ask for the {label}. What is it?",
            "My notes on {name} are nearly complete. Could you add the {label}?",
        ),
    },
)
BY_QUESTION = Form(
    "question",
    {"asked": QUESTION},
    {
        "plain": ("{asked}?",),
        "terse": ("{asked}?",),
        "chatty": ("here's one for you: {asked}?", "riddle me this: {asked}?"),
        "formal": ("I should like to submit the following question: {asked}?",),
        "indirect": ("Perhaps you can help me with this one: {asked}?",),
        "context": ("There is a gap in my notes and I can't get on without it. {asked}?",),
    },
)


class Lookup(Family):
    """One fact."""

    name = "lookup"
    summary = "one attribute of one thing, found by search"
    harder = "always 1: one fact, however many pages state it"

    wordings = Wordings((BY_QUESTION, BY_LABEL))

    def item(self, world: World, seed: int, index: int) -> Task:
        rng = random.Random(f"{self.name} {seed} {index} {world.hash}")
        entity, attribute = draw_fact(world, rng)
        check_fact(world, entity, attribute)
        ask: Ask = {"kind": "fact", "name": entity.name, "label": attribute.label}
        brief = brief_for(self.name, ask, rng)
        pages = world.pages(entity.id, attribute.name)
        return Task(
            family=self.name,
            query=worded(self, brief, rng),
            brief=brief,
            tools=rng.choice(OFFERS["search"]),
            oracle=Oracle(
                answer=answer_of(world, entity, attribute),
                plan=(lookup_node(world, "n0", entity, attribute),),
                proof=proof(),
            ),
            difficulty=1,
            knobs={"kind": entity.kind, "pages": len(pages), "value": attribute.kind},
            world=world.hash,
            seed=seed,
            index=index,
        )

    def write(self, brief: Brief, rng: random.Random) -> str:
        if rng.random() < 0.4:
            asked = {"kind": "question", "asked": [brief.ask["label"], brief.ask["name"]]}
            return self.wordings.write(brief.model_copy(update={"ask": asked}), rng)
        return self.wordings.write(brief, rng)

    def read(self, query: str) -> Ask | None:
        ask = self.wordings.read(query)
        if ask and ask["kind"] == "question":
            ask = {"kind": "fact", "label": ask["asked"][0], "name": ask["asked"][1]}
        try:
            return ask if ask and column(ask["name"], ask["label"]) else None
        except KeyError:
            return None

    def solve(self, ask: Ask, mind: Mind) -> Policy:
        return guarded(self._solve(ask["name"], ask["label"], mind))

    def _solve(self, name: str, label: str, mind: Mind) -> Policy:
        about = column(name, label)
        if "search" not in mind.tools:
            return failed_hunt(Hunt(name, label), mind, about.kind, about.unit)
        if mind.slips("refuses", "G5", "declines without a search"):
            return refusal(mind)
        if mind.slips("skips_tool", "D2", f"answers without looking up the {label}"):
            return finish(mind, sentence(name, label, made_up(about.kind, about.unit, mind.rng), mind))
        hunt = yield from find(mind, name, label)
        if hunt.reading is None:
            return failed_hunt(hunt, mind, about.kind, about.unit)
        misread(mind, hunt)
        return finish(mind, sentence(name, label, hunt.reading.written, mind))


def sentence(name: str, label: str, value: str, mind: Mind) -> str:
    """The answer in words."""
    what = Hunt(name, label).what
    return mind.rng.choice(
        (
            f"{what[:1].upper()}{what[1:]} is {value}.",
            f"{what[:1].upper()}{what[1:]}: {value}.",
            f"According to the page I found, {what} is {value}.",
            f"It is {value}: that is {what}.",
        )
    )


def draw_fact(
    world: World, rng: random.Random, kinds: tuple[str, ...] = ("number", "money", "date", "text", "ref")
) -> tuple[Entity, Attribute]:
    """A thing and one of its facts that a page tells."""
    kind = rng.choice(world.kinds())
    attribute = rng.choice([a for a in world.schema(kind) if a.kind in kinds])
    return draw_entity(world, rng, kind, lambda e: on_a_page(world, e, attribute.name)), attribute


def check_fact(world: World, entity: Entity, attribute: Attribute) -> None:
    """The fact by SQL is the fact of the table. Raises TruthError where it is not."""
    facts = FactTable([entity])
    found = facts.value(entity.name, attribute.name)
    facts.close()
    if attribute.kind == "ref":
        found = world.entity(found).name
    if found != text_of(shown(world, entity, attribute)):
        raise TruthError(f"{attribute.label} of {entity.name}: {shown(world, entity, attribute)} or {found}")
