"""Stale against current: the world has an older edition of the page, which gives the fact as it was; the current value is asked.

Truth paths: the entity table, against the fact as read from the text of the current page; the older edition must say otherwise by both too.
`difficulty` is always 3: which page to believe is one decision. Needs a world with `superseded`.
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
    "current",
    {"label": LABEL, "name": THING},
    {
        "plain": (
            "[What is|What's] the current {label} of {name}?",
            "What does the latest edition give as the {label} of {name}?",
            "Please find the {label} of {name} as it stands today.",
        ),
        "terse": ("Current {label} of {name}?", "{name}: {label}, newest edition?"),
        "chatty": (
            "my old handbook must be out of date by now, what's the {label} of {name} these days?",
            "not the old figure please, what's the {label} of {name} right now?",
        ),
        "formal": (
            "Kindly state the {label} of {name} according to the most recent edition.",
            "Please report the {label} of {name}, disregarding editions that have been replaced.",
        ),
        "indirect": (
            "I'd like to know the up-to-date {label} of {name}.",
            "I'm looking for the {label} of {name} that holds now, not the one from an older edition.",
        ),
        "context": (
            "We are updating our entry on {name}. The {label} in it dates from an old edition. What does the "
            "current one say?",
            "Somebody quoted an old edition on {name}. Before I reply I need today's {label}. What is it?",
        ),
    },
)


class StaleSource(Family):
    """Which edition holds."""

    name = "stale_source"
    summary = "a fact that an older edition gives otherwise: the current value is asked"
    harder = "always 3: which page to believe is one decision"
    needs = {"superseded": 0.05}

    wordings = Wordings((FORM,))

    def item(self, world: World, seed: int, index: int) -> Task:
        self.require(world)
        rng = random.Random(f"{self.name} {seed} {index} {world.hash}")
        entity, name = _draw(world, rng)
        about = attribute(world, entity.kind, name)
        year = _check(world, entity, name)
        ask: Ask = {"kind": "current", "name": entity.name, "label": about.label}
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
            knobs={"kind": entity.kind, "edition": year, "value": about.kind},
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
    """A thing with an older edition, and a fact that both editions give."""
    for _ in range(40):
        kind = rng.choice(world.kinds())
        try:
            entity = draw_entity(world, rng, kind, lambda e: world.history(e.id) is not None)
        except TruthError:
            continue
        former = world.history(entity.id)
        told = [n for n in (former.facts if former else {}) if on_a_page(world, entity, n)]
        main = world.page_of(entity.id)
        told = [n for n in told if main in world.pages(entity.id, n)]
        if told:
            return entity, rng.choice(told)
    raise TruthError("no thing has an older edition that differs")


def _check(world: World, entity: Entity, name: str) -> int:
    """The year of the older edition. Raises TruthError where a page's text does not say what the tables have it say."""
    about, former = attribute(world, entity.kind, name), world.history(entity.id)
    assert former
    now = text_of(shown(world, entity, about))
    past = text_of(shown(world, entity._replace(facts=former.facts), about))
    main = world.page_of(entity.id)
    assert main
    by_text = [
        text_of(readings[0].value) if (readings := read_fact(world.document(id).text, entity.name, about.name)) else ""
        for id in (main, former.page)
    ]
    if by_text != [now, past] or now == past:
        raise TruthError(f"{about.label} of {entity.name}: {now} and {past} by the tables, {by_text} on the pages")
    return former.year


def _solve(name: str, label: str, mind: Mind) -> Policy:
    what = Hunt(name, label).what
    if "search" not in mind.tools:
        return no_search(mind, what)
    if mind.slips("refuses", "G5", "declines without a search"):
        return refusal(mind)

    def enough(read: list[Source]) -> bool:
        return any(s.good and s.reading for s in read) and any(s.old and s.reading for s in read)

    read = yield from sources(mind, name, label, searches(name, label, f"{name} edition"), enough)
    told = [s for s in read if s.reading and s.vouched]
    current = max((s for s in told if s.good), key=lambda s: s.year, default=None)
    if current is None or current.reading is None:
        return not_found(mind, what)
    older = next((s for s in told if s.old and s.reading and s.reading.value != current.reading.value), None)
    if (
        older
        and older.reading
        and mind.slips("trusts_stale", "O3", f"takes the edition of {older.year} for the current")
    ):
        return finish(mind, _plainly(what, older.reading.written, mind))
    if older and older.reading and mind.rng.random() < 0.6:
        return finish(mind, _compared(what, current.reading.written, older, mind))
    return finish(mind, _plainly(what, current.reading.written, mind))


def _plainly(what: str, value: str, mind: Mind) -> str:
    return mind.rng.choice(
        (
            f"{what[:1].upper()}{what[1:]} is {value}.",
            f"Today {what} is {value}.",
            f"According to the current edition, {what} is {value}.",
        )
    )


def _compared(what: str, value: str, older: Source, mind: Mind) -> str:
    return mind.rng.choice(
        (
            f"{what[:1].upper()}{what[1:]} is {value}. The edition of {older.year} has another value, but it is out of date.",
            f"It is {value}: the current edition says so, and I left the older page from {older.year} aside.",
            f"{what[:1].upper()}{what[1:]} is now {value}; the page that follows the edition of {older.year} no longer holds.",
        )
    )
