"""An ambiguous name: several things bear the name that is asked about, and they differ in the fact. The right thing is to ask which one.

One item in three has a name that is borne once, so that asking back is no habit that pays. Truth paths: the index of names, against a scan
of all things of the kind; the facts by table and as read from the pages. `difficulty` is 2 for a name borne once, 4 for an ambiguous one.
Needs a world with `name_collisions`.
"""

import random

from scenarios.asking import LABEL, THING, column
from scenarios.families._common import OFFERS, brief_for, no_search, not_found, refusal, worded
from scenarios.families._sources import Source, searches, sources
from scenarios.families._world import answer_of, draw_entity, lookup_node, on_a_page, proof
from scenarios.families.lookup import check_fact, sentence
from scenarios.family import Ask, Family, TruthError
from scenarios.finding import Hunt
from scenarios.moves import finish, guarded
from scenarios.policy import Mind, Policy
from scenarios.wording import Form, Wordings
from scenarios.world import Attribute, Entity, World
from traces.task import Answer, Brief, Oracle, PlanNode, Task

FORM = Form(
    "which one",
    {"label": LABEL, "name": THING},
    {
        "plain": (
            "I came across the name of {name} and need the {label}. What is it?",
            "Somebody mentioned {name} to me. Can you give me the {label}?",
            "Tell me the {label} for {name}.",
        ),
        "terse": ("{label} for {name}?", "{name}, {label} wanted."),
        "chatty": (
            "so I keep hearing about {name}, right? what's the {label}?",
            "ever heard of {name}? I need the {label}!",
        ),
        "formal": (
            "The name before me is {name}. Kindly supply the {label}.",
            "Please let me have the {label} that is on record for {name}.",
        ),
        "indirect": (
            "I'd be glad to learn the {label} for {name}.",
            "It would help me to have the {label} for {name}.",
        ),
        "context": (
            "An invoice names {name} and nothing more. For the file I need the {label}. What shall I put down?",
            "A visitor asked me about {name} this morning. The question was about the {label}. What should I reply?",
        ),
    },
)


class AmbiguousName(Family):
    """Ask which one."""

    name = "ambiguous_name"
    summary = "a name that several things bear: ask back which one is meant"
    harder = "2 for a name borne once, 4 for one that two bear, so that it has to be asked back"
    needs = {"name_collisions": 0.05}

    wordings = Wordings((FORM,))

    def item(self, world: World, seed: int, index: int) -> Task:
        self.require(world)
        rng = random.Random(f"{self.name} {seed} {index} {world.hash}")
        twice = rng.random() < 0.67
        entity, about = _draw(world, rng, twice)
        ask: Ask = {"kind": "which one", "name": entity.name, "label": about.label}
        brief = brief_for(self.name, ask, rng)
        return Task(
            family=self.name,
            query=worded(self, brief, rng),
            brief=brief,
            tools=rng.choice(OFFERS["search"]),
            oracle=_ambiguous(world, entity, about) if twice else _plain(world, entity, about),
            difficulty=4 if twice else 2,
            knobs={"kind": entity.kind, "bearers": len(world.named(entity.name))},
            world=world.hash,
            seed=seed,
            index=index,
        )

    def write(self, brief: Brief, rng: random.Random) -> str:
        return self.wordings.write(brief, rng)

    def read(self, query: str) -> Ask | None:
        ask = self.wordings.read(query)
        try:
            return ask if ask and column(ask["name"], ask["label"]) else None
        except KeyError:
            return None

    def solve(self, ask: Ask, mind: Mind) -> Policy:
        return guarded(_solve(ask["name"], ask["label"], mind))


def _plain(world: World, entity: Entity, about: Attribute) -> Oracle:
    check_fact(world, entity, about)
    return Oracle(
        answer=answer_of(world, entity, about), plan=(lookup_node(world, "n0", entity, about),), proof=proof()
    )


def _ambiguous(world: World, entity: Entity, about: Attribute) -> Oracle:
    node = PlanNode(id="n0", op="ask", args={"for": f"which {entity.name}"}, tool="search", value="unknown")
    why = {
        "counterfactual": "Things of this name differ in the fact, and the question does not say which of them is meant."
    }
    return Oracle(answer=Answer(kind="unknown"), plan=(node,), answerable=False, proof=why)


def _draw(world: World, rng: random.Random, twice: bool) -> tuple[Entity, Attribute]:
    for _ in range(200):
        kind = rng.choice(world.kinds())
        about = rng.choice([a for a in world.schema(kind) if a.kind in ("number", "money", "date", "ref")])
        if not twice:
            return draw_entity(world, rng, kind, lambda e, name=about.name: _on_main(world, e, name)), about  # type: ignore[misc]
        things = world.entities(kind)
        entity = things[rng.randrange(len(things))]
        bearers = world.named(entity.name)
        if len(bearers) < 2 or {b.kind for b in bearers} != {kind}:
            continue
        values = {str(b.facts.get(about.name)) for b in bearers}
        if all(_on_main(world, b, about.name) for b in bearers) and len(values) == len(bearers):
            if sum(thing.name == entity.name for thing in things) != len(bearers):
                raise TruthError(f"{entity.name} is borne {len(bearers)} times by the index, otherwise by the table")
            return entity, about
    raise TruthError("no two things share a name and differ")


def _on_main(world: World, entity: Entity, name: str) -> bool:
    return on_a_page(world, entity, name) and world.page_of(entity.id) in world.pages(entity.id, name)


def _solve(name: str, label: str, mind: Mind) -> Policy:
    what = Hunt(name, label).what
    if "search" not in mind.tools:
        return no_search(mind, what)
    if mind.slips("refuses", "G5", "declines without a search"):
        return refusal(mind)

    def enough(read: list[Source]) -> bool:
        return len(_values(read)) > 1

    read = yield from sources(mind, name, label, searches(name, label)[:2], enough)
    values = _values(read)
    if not values:
        return not_found(mind, what)
    if len(values) == 1:
        return finish(mind, sentence(name, label, values[0], mind))
    if mind.slips("guesses_who", "A4", f"takes the first of {len(values)} that bear the name"):
        return finish(mind, sentence(name, label, values[0], mind))
    return finish(mind, mind.rng.choice(_ASKS).format(name=name, label=label, first=values[0], second=values[1]))


def _values(read: list[Source]) -> list[str]:
    """The different values that good pages give, as written."""
    found = {source.reading.value: source.reading.written for source in read if source.good and source.reading}
    return list(found.values())


_ASKS = (
    "More than one bears the name {name}, and they differ: the {label} is {first} for one and "
    "{second} for another. I cannot tell which "
    "one you mean. Which is it?",
    "I found several entries under {name}. Their {label} is not the same ({first}, {second}), so I "
    "cannot say without knowing which one "
    "you mean. Can you tell me more?",
    "The name {name} is ambiguous, so your question cannot be answered yet: one has {first} as its "
    "{label}, another {second}. Which one "
    "do you mean?",
)
