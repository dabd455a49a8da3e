"""Reading is the inverse of writing: what a page states is read back, and nothing else is."""

from datetime import date
from decimal import Decimal

import pytest

from scenarios.world import Document, Entity, GeneratedWorld
from scenarios.world.forms import parse_date, parse_number
from scenarios.world.kinds import KINDS
from scenarios.world.pages.voice import NAMED_FORMS, OPENERS, SHORT_FORMS
from scenarios.world.reading import read_fact, read_table

STYLES = {"encyclopaedia", "record", "faq", "news", "memo", "letter", "csv", "table", "ledger", "essay"}


def subjects(world: GeneratedWorld, document: Document) -> list[Entity]:
    return [world.entity(id) for id in sorted({id for id, _ in document.states})]


def test_every_style_occurs(documents: list[Document]) -> None:
    assert {d.style for d in documents} == STYLES


@pytest.mark.parametrize("style", sorted(STYLES - {"essay"}))
def test_a_page_gives_back_what_it_states_and_nothing_more(
    style: str, world: GeneratedWorld, documents: list[Document]
) -> None:
    for document in [d for d in documents if d.style == style][:40]:
        for entity in subjects(world, document)[:4]:
            for attribute in world.schema(entity.kind):
                read = [r.value for r in read_fact(document.text, entity.name, attribute.name, entity.kind)]
                stated = (entity.id, attribute.name) in document.states
                want = [world.label_of(entity.facts[attribute.name], attribute)] if stated else []
                assert read == want, (document, attribute)


def test_essays_state_nothing_about_the_entity_they_name(world: GeneratedWorld, documents: list[Document]) -> None:
    essays = [d for d in documents if d.style == "essay"]
    for document in essays[:30]:
        named = [e for kind in world.kinds() for e in world.entities(kind) if e.name in document.text]
        assert len(named) <= 1
        for entity in named:
            assert not any(read_fact(document.text, entity.name, a.name) for a in world.schema(entity.kind))


def test_a_page_says_nothing_of_an_entity_it_only_mentions(world: GeneratedWorld) -> None:
    for person in world.entities("person")[:20]:
        town = world.entity(str(person.facts["birthplace"]))
        page = world.document(world.pages(person.id, "birthplace")[0])
        assert town.name in page.text
        assert not any(read_fact(page.text, town.name, a.name, "town") for a in world.schema("town"))


def test_data_tables_are_read_back_whole(world: GeneratedWorld, documents: list[Document]) -> None:
    shown = [d for d in documents if d.table]
    assert {d.style for d in shown} == {"csv", "table", "ledger"}
    for document in shown:
        table, read = world.table(document.table), read_table(document.text)
        assert read is not None
        assert len(read.rows) == len(table.rows)
        for row, cells in zip(table.rows, read.rows, strict=True):
            for place, attribute in enumerate(table.columns):
                assert read.column(attribute.label) == place
                if attribute.kind in ("number", "money"):
                    assert parse_number(cells[place]) == row[place]
                elif attribute.kind == "text":
                    assert cells[place] == row[place]


def test_readings_are_typed_and_keep_what_was_written() -> None:
    text = "Velmora is a town.\n\nVelmora has a population of 41,250 inhabitants and was founded on May 3, 1562."
    (population,) = read_fact(text, "Velmora", "population")
    assert population == ("41,250 inhabitants", "number", 41250, "inhabitants")
    (founded,) = read_fact(text, "Velmora", "founding date")
    assert founded.value == date(1562, 5, 3)


@pytest.mark.parametrize(
    "text",
    [
        "New Velmora has a population of 41,250 inhabitants.",
        "Velmora Minor has a population of 41,250 inhabitants.",
        "The population of Velmora Minor is 41,250 inhabitants.",
        "Brask is near Velmora. It has a population of 41,250 inhabitants.",
        "Velmora lies inland. Brask has a population of 41,250 inhabitants.",
        "The population of Velmora is a matter of debate.",
        "Record: Brask\nPopulation: 41,250 inhabitants",
        "Q: What is the population of Brask?\nA: 41,250 inhabitants.",
        "",
    ],
)
def test_what_is_said_of_others_is_not_read(text: str) -> None:
    assert read_fact(text, "Velmora", "population") == []


def test_two_values_for_one_fact_are_both_given() -> None:
    text = "Velmora has a population of 41,250 inhabitants.\n\nVelmora counts 39,000 inhabitants. It counts 41,250 inhabitants."
    assert [r.value for r in read_fact(text, "Velmora", "population")] == [41250, 39000]


def test_an_excerpt_is_enough() -> None:
    assert [r.value for r in read_fact("... The mayor of Velmora is Tarin Olsk. Further", "Velmora", "mayor")] == [
        "Tarin Olsk"
    ]


def test_a_label_means_the_same_kind_of_value_everywhere() -> None:
    meant: dict[str, set[str]] = {}
    for kind in KINDS.values():
        assert len({c.label for c in kind.columns}) == len({c.name for c in kind.columns}) == len(kind.columns)
        for column in kind.columns:
            meant.setdefault(column.label, set()).add(column.kind)
    assert {label for label, kinds in meant.items() if len(kinds) > 1} == set()


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1250", 1250), ("1,250", 1250), ("1\u00a0250", 1250), ("1.25 thousand", 1250), ("1.250001 million", 1250001),
        ("1,249.50", Decimal("1249.50")), ("12,34", None), ("about 5", None), ("", None),
    ],
)  # fmt: skip
def test_numbers_are_read_in_every_format(written: str, value: object) -> None:
    assert parse_number(written) == value


@pytest.mark.parametrize("form", NAMED_FORMS)
def test_every_named_form_is_read_for_its_owner_alone(form: str) -> None:
    said = form.format(label="mayor", name="Velmora", v="Tarin Olsk")
    text = f"{said[0].upper()}{said[1:]}."
    assert [r.value for r in read_fact(text, "Velmora", "mayor")] == ["Tarin Olsk"]
    assert read_fact(text, "Brask", "mayor") == []


@pytest.mark.parametrize("form", SHORT_FORMS)
@pytest.mark.parametrize("opener", ["", *OPENERS])
def test_every_short_form_is_read_for_the_paragraphs_subject(form: str, opener: str) -> None:
    said = form.format(label="mayor", v="Tarin Olsk")
    text = f"{opener}Velmora is a walled town. {said[0].upper()}{said[1:]}. It counts 5,120 inhabitants."
    assert [r.value for r in read_fact(text, "Velmora", "mayor")] == ["Tarin Olsk"]
    assert [r.value for r in read_fact(text, "Velmora", "population")] == [5120]
    assert read_fact(text.replace("Velmora", "Brask"), "Velmora", "mayor") == []


def test_pages_have_the_length_of_pages(documents: list[Document]) -> None:
    for document in documents:
        words = [word for word in document.text.split() if any(map(str.isalnum, word))]
        assert 60 <= len(words) <= 250, document


def test_a_search_result_is_read_like_a_page() -> None:
    hits = (
        "1. Letter about Velmora (id: d0000012)\nVelmora counts 5,120 inhabitants. Its mayor is Tarin Olsk.\n\n"
        "2. Brask (id: d7)\nBrask counts 80,000 inhabitants."
    )
    assert [r.value for r in read_fact(hits, "Velmora", "population")] == [5120]
    assert [r.value for r in read_fact(hits, "Brask", "population")] == [80000]
    assert [r.value for r in read_fact(hits, "Velmora", "mayor")] == ["Tarin Olsk"]


@pytest.mark.parametrize(
    "cut", ["Velmora elected Tarin … as", "Velmora elected Tarin ...", "The mayor of Velmora is Tarin …"]
)
def test_a_name_that_an_excerpt_may_have_cut_is_not_read(cut: str) -> None:
    assert read_fact(cut, "Velmora", "mayor") == []


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("3 May 1562", date(1562, 5, 3)),
        ("May 3, 1562", date(1562, 5, 3)),
        ("1562-05-03", date(1562, 5, 3)),
        ("31 February 1562", None),
        ("3 Brumaire 1562", None),
        ("1562-13-01", None),
        ("soon", None),
    ],
)
def test_days_are_read_in_every_format(written: str, day: date | None) -> None:
    assert parse_date(written) == day
