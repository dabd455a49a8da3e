"""Contradictory sources: a page that nobody vouches for gives a fact otherwise; the fact as the reliable page has it is asked.

Truth paths: the entity table, against the fact as read from the text of the page that states it; the unchecked page must read otherwise.
`difficulty` is always 3: which page to believe is one decision. Needs a world with `contradictions`.
"""

import random

from scenarios.asking import LABEL, THING, column
from scenarios.families._common import OFFERS, brief_for, no_search, not_found, refusal, worded
from scenarios.families._sources import Source, searches, sources
from scenarios.families._world import answer_of, attribute, draw_entity, lookup_node, on_a_page, proof, shown
from scenarios.family import Ask, Family, TruthError
from scenarios.finding import Hunt
from scenarios.moves import finish, guarded
from scenarios.policy import Mind, Policy
from scenarios.truth import text_of
from scenarios.wording import Form, Wordings
from scenarios.world import Entity, World
from scenarios.world.reading import read_fact
from traces.task import Brief, Oracle, Task

FORM = Form(
    "reliable",
    {"label": LABEL, "name": THING},
    {
        "plain": (
            "Sources disagree on the {label} of {name}. Which value is reliable?",
            "[What is|What's] the {label} of {name} according to a source that can be trusted?",
            "I've seen two values for the {label} of {name}. Which one holds?",
        ),
        "terse": ("{label} of {name}, checked sources only?", "{name}: reliable {label}?"),
        "chatty": (
            "people say all sorts of things about {name}, what's the {label} really?",
            "don't trust gossip on this one: what's the {label} of {name}?",
        ),
        "formal": (
            "Kindly establish the {label} of {name} from a source whose editors vouch for it.",
            "Please verify the {label} of {name}, giving no credit to unchecked notes.",
        ),
        "indirect": (
            "I'd like to know which {label} of {name} one can rely on.",
            "I'm not sure whom to believe about the {label} of {name}, and would like the right value.",
        ),
        "context": (
            "A colleague read something on a message board about {name}. I doubt it. What is the true {label}?",
            "Two notes on my desk contradict each other on {name}. They differ in the {label}. Which value "
            "should I print?",
        ),
    },
)


class Contradiction(Family):
    """Whom to believe."""

    name = "contradiction"
    summary = "a fact that an unchecked page gives otherwise: the reliable value is asked"
    harder = "always 3: which page to believe is one decision"
    needs = {"contradictions": 0.05}

    wordings = Wordings((FORM,))

    def item(self, world: World, seed: int, index: int) -> Task:
        self.require(world)
        rng = random.Random(f"{self.name} {seed} {index} {world.hash}")
        entity, name = _draw(world, rng)
        about = attribute(world, entity.kind, name)
        _check(world, entity, name)
        ask: Ask = {"kind": "reliable", "name": entity.name, "label": about.label}
        brief = brief_for(self.name, ask, rng)
        return Task(
            family=self.name,
            query=worded(self, brief, rng),
            brief=brief,
            tools=rng.choice(OFFERS["search"]),
            oracle=Oracle(
                answer=answer_of(world, entity, about), plan=(lookup_node(world, "n0", entity, about),), proof=proof()
            ),
            difficulty=3,
            knobs={"kind": entity.kind, "value": about.kind},
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


def _draw(world: World, rng: random.Random) -> tuple[Entity, str]:
    """A thing with an unchecked page, and a fact that it and the main page give."""
    for _ in range(40):
        try:
            entity = draw_entity(
                world, rng, rng.choice(world.kinds()), lambda e: world.page_of(e.id, "contradiction") is not None
            )
        except TruthError:
            continue
        page, main = world.page_of(entity.id, "contradiction"), world.page_of(entity.id)
        told = world.document(page).misstates if page else ()
        names = [n for id, n in told if id == entity.id and on_a_page(world, entity, n)]
        names = [n for n in names if main in world.pages(entity.id, n)]
        if names:
            return entity, rng.choice(names)
    raise TruthError("no thing has an unchecked page that differs")


def _check(world: World, entity: Entity, name: str) -> None:
    about = attribute(world, entity.kind, name)
    told = []
    for section in ("main", "contradiction"):
        page = world.page_of(entity.id, section)
        assert page
        readings = read_fact(world.document(page).text, entity.name, about.name)
        told.append(text_of(readings[0].value) if readings else "")
    if told[0] != text_of(shown(world, entity, about)) or told[0] == told[1] or not told[1]:
        raise TruthError(f"{about.label} of {entity.name}: {told[0]} on the page, {told[1]} on the unchecked one")


def _solve(name: str, label: str, mind: Mind) -> Policy:
    what = Hunt(name, label).what
    if "search" not in mind.tools:
        return no_search(mind, what)
    if mind.slips("refuses", "G5", "declines without a search"):
        return refusal(mind)

    def enough(read: list[Source]) -> bool:
        return any(s.good and s.reading for s in read) and any(not s.vouched and s.reading for s in read)

    read = yield from sources(mind, name, label, searches(name, label, f"what people say about {name}"), enough)
    good = next((s for s in read if s.good and s.reading), None)
    if good is None or good.reading is None:
        return not_found(mind, what)
    talk = next((s for s in read if not s.vouched and s.reading and s.reading.value != good.reading.value), None)
    if talk and talk.reading and mind.slips("trusts_stale", "O3", "believes a page that nobody checked"):
        return finish(
            mind, mind.rng.choice(_SAID).format(what=what, What=what[:1].upper() + what[1:], value=talk.reading.written)
        )
    said = mind.rng.choice(_WEIGHED if talk and mind.rng.random() < 0.6 else _SAID)
    return finish(mind, said.format(what=what, What=what[:1].upper() + what[1:], value=good.reading.written))


_SAID = (
    "{What} is {value}.",
    "According to the page, {what} is {value}.",
    "It is {value}: that is {what}.",
)
_WEIGHED = (
    "{What} is {value}. Another page says otherwise, but it admits that nobody checked it.",
    "It is {value}, by the page that its editors stand behind; the other value comes from a note that "
    "nobody vouches for.",
    "{What} is {value}; what the unchecked page has instead should not be relied on.",
)
