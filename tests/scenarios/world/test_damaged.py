"""Damaged worlds: the check finds all that a plain reading finds, each fact and each page on its own."""

import random
from collections import Counter

import pytest

from scenarios.world import Document, GeneratedWorld, WorldConfig, build_world
from scenarios.world.check import Report, altered, check_world
from scenarios.world.places import Places
from scenarios.world.reading import Reading, read_fact, read_facts

EVERYTHING = WorldConfig(
    superseded=0.1, contradictions=0.1, injections=0.1, mixed_units=0.3, mixed_numbers=0.3, name_collisions=0.05,
    shared_stems=2, languages=("en", "de", "fr"), translated=0.2,
)  # fmt: skip


def damaged(documents: list[Document], seed: int) -> list[Document]:
    """A third of the pages lost, doubled, mixed with others, cut, or with other ids or promises; in another order."""
    rng, found = random.Random(seed), list[Document]()
    for page in documents:
        other = rng.choice(documents)
        match rng.randrange(24):
            case 0:
                continue
            case 1:
                found.append(page)
            case 2:
                page = page._replace(text=f"{page.text}\n\n{other.text}")
            case 3:
                page = page._replace(text=other.text)
            case 4:
                page = page._replace(states=page.states[1:])
            case 5:
                page = page._replace(text=page.text[: len(page.text) // 2])
            case 6:
                page = page._replace(states=(*page.states, *other.states[:2]))
            case 7:
                page = page._replace(id=other.id)
        found.append(page)
    rng.shuffle(found)
    return found


@pytest.fixture(scope="module", params=[None, EVERYTHING], ids=["default", "everything"])
def world(request: pytest.FixtureRequest) -> GeneratedWorld:
    return build_world(17, 300, request.param)


@pytest.fixture(scope="module")
def documents(world: GeneratedWorld) -> list[Document]:
    return damaged(list(world.documents()), 17)


def test_facts_read_together_are_those_read_one_by_one(world: GeneratedWorld, documents: list[Document]) -> None:
    told = 0
    for document in documents:
        for id in {id for id, _ in (*document.states, *document.misstates)}:
            entity, singly = world.entity(id), dict[str, list[Reading]]()
            for attribute in world.schema(entity.kind):
                fresh = f"{document.text}\n\n{attribute.name}"  # another text, so that nothing is known of it yet
                read = read_fact(fresh, entity.name, attribute.name, entity.kind)
                singly |= {attribute.name: read} if read else {}
            assert read_facts(document.text, entity.name, entity.kind) == singly
            told += len(singly)
    assert told > 1000


def test_places_are_those_of_a_plain_account(world: GeneratedWorld, documents: list[Document]) -> None:
    places, stated = Places(world), dict[tuple[str, str], set[str]]()
    for document in documents:
        places.add(document)
        for fact in document.states:
            stated.setdefault(fact, set()).add(document.id)
    wanted = []
    for row in (row for kind in world.kinds() for row in world.entities(kind)):
        for name in row.facts:
            found, promised = stated.pop((row.id, name), set()), set(world.pages(row.id, name))
            if not found or found != promised:
                wanted.append((row.id, name, sorted(found), sorted(promised)))
    assert sorted((row.id, *rest) for row, *rest in places.misplaced()) == sorted(wanted)
    assert sorted(places.untrue()) == sorted((*fact, min(pages)) for fact, pages in stated.items())
    assert len(wanted) > 100


FIRST = {
    False: (675, 544, {"altered": 74, "unstated": 13, "leak": 207, "stated": 164, "ids": 25, "contradiction": 2, "pages": 190}),
    True: (720, 626, {"altered": 73, "unstated": 11, "leak": 262, "stated": 141, "ids": 25, "contradiction": 5, "pages": 203}),
}  # fmt: skip
"""Problems, coincidences and problems by kind that the first check found, which read each fact of each page by itself."""


def test_what_is_found_is_what_the_first_check_found(
    world: GeneratedWorld, documents: list[Document], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scenarios.world.check.MOST_PROBLEMS", 10_000)
    report = Report()
    check_world(world, altered(world, documents, report), report=report)
    kinds = Counter(problem.check for problem in report.problems)
    elsewhere = kinds.pop(
        "language", 0
    )  # texts in another language than the page says: the first check did not look for them
    assert bool(elsewhere) == bool(world.config.superseded)
    assert (report.counts["problems"] - elsewhere, report.counts["coincidences"], kinds) == FIRST[
        bool(world.config.superseded)
    ]


def test_a_page_about_nobody_is_reported(world: GeneratedWorld) -> None:
    documents = list(world.documents())
    told = documents[0]._replace(states=(*documents[0].states, ("town-99999", "area"), ("town-1", "colour")))
    report = check_world(world, [told, *documents[1:]])
    assert {(p.check, p.page) for p in report.problems} == {("pages", told.id)}
    assert report.counts["problems"] == 2
