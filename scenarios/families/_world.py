"""What families on the world share: drawing things whose facts are on pages, plan nodes for looking them up, and answers."""

import random
from collections.abc import Callable, Sequence

from scenarios.exact import grouped
from scenarios.families._common import no_search, not_found, refusal
from scenarios.family import TruthError
from scenarios.finding import Hunt, find_all
from scenarios.moves import Move, finish
from scenarios.policy import Mind
from scenarios.recovering import Stuck, made_up
from scenarios.truth import text_of
from scenarios.world import Attribute, Entity, Value, World
from scenarios.world.facts import ValueKind
from scenarios.world.forms import Reading, write_date
from traces.task import Answer, AnswerKind, PlanNode

NUMERIC = ("number", "money")
_TRIES = 200
_ANSWERS: dict[str, AnswerKind] = {"number": "number", "money": "number", "date": "date", "text": "text", "ref": "text"}


def draw_entity(world: World, rng: random.Random, kind: str, fits: Callable[[Entity], bool] = lambda e: True) -> Entity:
    """A thing of this kind whose name nothing else bears. Raises TruthError where none is found."""
    things = world.entities(kind)
    for _ in range(_TRIES):
        entity = things[rng.randrange(len(things))]
        if len(world.named(entity.name)) == 1 and fits(entity):
            return entity
    raise TruthError(f"no {kind} fits")


def draw_group(world: World, rng: random.Random, count: int) -> tuple[list[Entity], Attribute]:
    """Different things of one kind, and a numeric attribute that pages tell of each, with no two values alike."""
    kind = rng.choice(world.kinds())
    about = rng.choice([a for a in world.schema(kind) if a.kind in NUMERIC])
    things: list[Entity] = []
    for _ in range(count):
        taken = [(t.id, t.facts[about.name]) for t in things]
        fits = _fresh(world, about, taken)
        things.append(draw_entity(world, rng, kind, fits))
    return things, about


def _fresh(world: World, about: Attribute, taken: list[tuple[str, Value]]) -> Callable[[Entity], bool]:
    ids, values = {id for id, _ in taken}, {value for _, value in taken}
    return lambda e: e.id not in ids and on_a_page(world, e, about.name) and e.facts[about.name] not in values


def attribute(world: World, kind: str, name: str) -> Attribute:
    return next(a for a in world.schema(kind) if a.name == name)


def on_a_page(world: World, entity: Entity, name: str) -> bool:
    """Whether the fact is known, and a page tells it."""
    return name in entity.facts and bool(world.pages(entity.id, name))


def shown(world: World, entity: Entity, column: Attribute) -> Value:
    """The value as pages show it: a reference by its target's name."""
    value = entity.facts[column.name]
    return world.entity(str(value)).name if column.kind == "ref" else value


def lookup_node(world: World, id: str, entity: Entity, column: Attribute, needs: tuple[str, ...] = ()) -> PlanNode:
    """The plan's step of finding one fact, with the pages that tell it."""
    return PlanNode(
        id=id,
        op="lookup",
        args={"name": entity.name, "attribute": column.label},
        needs=needs,
        tool="search",
        value=text_of(shown(world, entity, column)),
        unit=column.unit,
        evidence=world.pages(entity.id, column.name),
    )


def answer_of(world: World, entity: Entity, column: Attribute) -> Answer:
    """The typed answer that one fact is."""
    return Answer(kind=_ANSWERS[column.kind], value=text_of(shown(world, entity, column)), unit=column.unit)


def proof(pages: int = 1, more: str = "") -> dict[str, str]:
    """Why a world task needs its tools."""
    page = "the page that states it" if pages == 1 else f"any of the {pages} pages' facts"
    return {
        "fictional": "Names and facts are invented, so no model can know them.",
        "counterfactual": f"Without search, or without {page}, the answer can no longer be known.{more}",
    }


def told(reading: Reading) -> str:
    """A found value in a sentence."""
    return reading.written


def failed_hunt(hunt: Hunt, mind: Mind, kind: ValueKind, unit: str) -> str:
    """The answer where nothing was found: honest, or made up."""
    if mind.slips("overclaims", "G4", f"makes up {hunt.what}"):
        return finish(mind, f"{hunt.what[:1].upper()}{hunt.what[1:]} is {made_up(kind, unit, mind.rng)}.")
    return not_found(mind, hunt.what) if "search" in mind.tools else no_search(mind, hunt.what)


def facts_of(mind: Mind, names: Sequence[str], label: str, kind: ValueKind, unit: str = "") -> Move[list[Hunt]]:
    """One fact of each of several things. Careless: declines. Raises Stuck, with the answer instead, where there is no way to find them."""
    if "search" not in mind.tools:
        raise Stuck(failed_hunt(Hunt(names[0], label), mind, kind, unit))
    if mind.slips("refuses", "G5", "declines without a search"):
        raise Stuck(refusal(mind))
    hunts = yield from find_all(mind, [(name, label) for name in names])
    missing = next((hunt for hunt in hunts if hunt.reading is None), None)
    if missing:
        raise Stuck(failed_hunt(missing, mind, kind, unit))
    return hunts


def as_text(value: Value) -> str:
    """A value for a reader."""
    if isinstance(value, str):
        return value
    return grouped(value) if isinstance(value, int) or not hasattr(value, "year") else write_date(value)  # type: ignore[arg-type]
