"""Several facts that do not need each other: all can be looked up in one turn, in any order and any split. Listed, or counted apart.

Truth paths: the entity table, against SQL over the same facts. `difficulty` is the number of facts, three to eight.
"""

import random
from collections.abc import Sequence

from scenarios.asking import LABEL, THINGS, column
from scenarios.families._common import OFFERS, brief_for, worded
from scenarios.families._world import draw_entity, facts_of, lookup_node, on_a_page, proof, shown
from scenarios.family import Ask, Family, TruthError
from scenarios.finding import Hunt, misread_one
from scenarios.moves import finish, guarded
from scenarios.phrases import listed
from scenarios.policy import Mind, Policy
from scenarios.recovering import made_up
from scenarios.truth import FactTable
from scenarios.wording import Form, Wordings
from scenarios.world import Attribute, Entity, World
from traces.task import Answer, Brief, Oracle, PlanNode, Task

_SLOTS = {"label": LABEL, "names": THINGS}
LIST = Form(
    "list",
    _SLOTS,
    {
        "plain": (
            "Name the {label} of each of these: {names}.",
            "[Look up|Find] the {label} for each of {names}. Any order will do.",
        ),
        "terse": ("{label} of each: {names}?", "{names}: {label} for each?"),
        "chatty": ("I've got {names} on my list, can you get me the {label} of every single one?",),
        "formal": ("Kindly supply the {label} of each of the following: {names}.",),
        "indirect": ("I'd like to have the {label} of each of {names}, in whatever order.",),
        "context": ("My table has a row each for {names}. Only the {label} is missing in all of them. What goes in?",),
    },
)
DIFFERENT = Form(
    "different",
    _SLOTS,
    {
        "plain": (
            "Taking the {label} of each of {names}, how many different ones are there?",
            "Some of these may have the same {label}: {names}. How many different ones do they have between them?",
        ),
        "terse": ("Different entries for {label} among {names}: how many?",),
        "chatty": ("do any of {names} have the same {label}? how many different ones is it in all?",),
        "formal": ("Please state how many distinct entries the following have as their {label}: {names}.",),
        "indirect": ("I wonder how many different ones one gets on noting the {label} of each of {names}.",),
        "context": (
            "I'm drawing a chart of {names}. The colour of each stands for its {label}, and equal ones share a colour. "
            "How many colours do I need?",
        ),
    },
)


class ParallelFacts(Family):
    """Facts side by side."""

    name = "parallel_facts"
    summary = "three to eight independent facts, listed or counted apart: one turn is enough"
    harder = "facts to look up"

    wordings = Wordings((LIST, DIFFERENT))

    def item(self, world: World, seed: int, index: int) -> Task:
        rng = random.Random(f"{self.name} {seed} {index} {world.hash}")
        kind, count = rng.choice(("list", "list", "different")), rng.choice((3, 3, 4, 4, 5, 6, 7, 8))
        things, about = _draw(world, rng, count, shared=kind == "different")
        found = [str(shown(world, thing, about)) for thing in things]
        if found != _by_sql(world, things, about):
            raise TruthError(f"{about.label} of {count} things: {found} by the table, otherwise by SQL")
        ask: Ask = {"kind": kind, "label": about.label, "names": [thing.name for thing in things]}
        brief = brief_for(self.name, ask, rng)
        return Task(
            family=self.name,
            query=worded(self, brief, rng),
            brief=brief,
            tools=rng.choice(OFFERS["search"]),
            oracle=_oracle(world, kind, things, about, list(dict.fromkeys(found))),
            difficulty=count,
            knobs={"things": count, "different": len(set(found))},
            world=world.hash,
            seed=seed,
            index=index,
        )

    def write(self, brief: Brief, rng: random.Random) -> str:
        return self.wordings.write(brief, rng)

    def read(self, query: str) -> Ask | None:
        ask = self.wordings.read(query)
        try:
            fits = ask and len(ask["names"]) > 2 and all(column(n, ask["label"]).kind == "ref" for n in ask["names"])
        except KeyError:
            return None
        return ask if fits else None

    def solve(self, ask: Ask, mind: Mind) -> Policy:
        return guarded(_solve(ask, mind))


def _draw(world: World, rng: random.Random, count: int, *, shared: bool) -> tuple[list[Entity], Attribute]:
    """Different things of a kind, each with a page that names another thing; two name the same where `shared`, if such are found."""
    kind = rng.choice([k for k in world.kinds() if any(a.kind == "ref" for a in world.schema(k))])
    about = rng.choice([a for a in world.schema(kind) if a.kind == "ref"])
    things = [draw_entity(world, rng, kind, lambda e: on_a_page(world, e, about.name))]
    if shared:
        first = things[0]
        alike = [e for e in world.entities(kind)[:2000] if e.facts.get(about.name) == first.facts[about.name]]
        fitting = [e for e in alike if e.id != first.id and on_a_page(world, e, about.name) and _alone(world, e)]
        things += [rng.choice(fitting)] if fitting else []
    while len(things) < count:
        taken = {e.id for e in things} | ({e.facts[about.name] for e in things} if not shared else set())
        things.append(
            draw_entity(
                world,
                rng,
                kind,
                lambda e, taken=taken: (  # type: ignore[misc]
                    on_a_page(world, e, about.name) and e.id not in taken and e.facts[about.name] not in taken
                ),
            )
        )
    rng.shuffle(things)
    return things, about


def _alone(world: World, entity: Entity) -> bool:
    return len(world.named(entity.name)) == 1


def _by_sql(world: World, things: Sequence[Entity], about: Attribute) -> list[str]:
    facts = FactTable(things)
    rows = dict(facts.all("select name, text from fact where attribute = ?", about.name))
    facts.close()
    return [world.entity(rows[thing.name]).name for thing in things]


def _oracle(world: World, kind: str, things: Sequence[Entity], about: Attribute, found: list[str]) -> Oracle:
    nodes = [lookup_node(world, f"n{at}", thing, about) for at, thing in enumerate(things)]
    needs = tuple(node.id for node in nodes)
    if kind == "list":
        answer = Answer(kind="set", value=", ".join(found), accepted=tuple(found))
        last = PlanNode(id=f"n{len(nodes)}", op="collect", needs=needs, value=", ".join(found))
    else:
        answer = Answer(kind="number", value=str(len(found)))
        last = PlanNode(id=f"n{len(nodes)}", op="count", args={"what": "different"}, needs=needs, value=str(len(found)))
    return Oracle(answer=answer, plan=(*nodes, last), proof=proof(len(things)))


def _solve(ask: Ask, mind: Mind) -> Policy:
    label, names = ask["label"], ask["names"]
    if "search" in mind.tools and mind.slips("skips_tool", "D2", f"answers without looking up any {label}"):
        known = f"The {label} of {names[0]} is {made_up('ref', '', mind.rng)}, and the others have the same."
        return finish(mind, known if ask["kind"] == "list" else f"I count {len(names) + 1} different ones.")
    hunts = yield from facts_of(mind, names, label, "ref")
    return _listed(hunts, mind) if ask["kind"] == "list" else _counted(hunts, mind)


def _found(hunts: Sequence[Hunt]) -> list[str]:
    return [str(hunt.reading.value) for hunt in hunts if hunt.reading]


def _listed(hunts: list[Hunt], mind: Mind) -> str:
    right = set(_found(hunts))
    misread_one(mind, hunts, lambda values: not {str(value) for value in values} <= right)
    told = hunts
    values = _found(hunts)
    missable = [hunt for hunt, value in zip(hunts, values, strict=True) if values.count(value) == 1]
    if forgotten := next((hunt for hunt in missable if mind.tempted("stops_early")), None):
        mind.admit("stops_early", "D5", f"leaves out {forgotten.what}")
        told = [hunt for hunt in hunts if hunt is not forgotten]
    parts = [f"{hunt.what} is {hunt.reading.written}" for hunt in told if hunt.reading]
    lines = "\n".join(f"- {hunt.name}: {hunt.reading.written}" for hunt in told if hunt.reading)
    joined = f"{parts[0][:1].upper()}{parts[0][1:]}; {'; '.join(parts[1:])}."
    return finish(mind, mind.rng.choice((joined, lines, f"Here they are:\n{lines}")))


def _counted(hunts: list[Hunt], mind: Mind) -> str:
    found = list(dict.fromkeys(_found(hunts)))
    count = len(found)
    if any(mind.tempted("off_by_one") for _ in hunts):
        mind.admit("off_by_one", "C4", "counts one too many")
        count += 1
    elif mind.slips("misreports", "G2", "writes down another number than it counted"):
        count += 2
    if count == 1:
        return finish(mind, f"There is 1: all of them have {found[0]}.")
    said = (f"There are {count} different ones.", f"There are {count}: {listed(found)}.", f"It comes to {count}.")
    return finish(mind, mind.rng.choice(said if count == len(found) else (said[0], said[2])))
