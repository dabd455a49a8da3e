"""Pages in other languages tell the same facts, in their own numbers and dates."""

from datetime import date
from decimal import Decimal

import pytest

from scenarios.world import GeneratedWorld, WorldConfig, build_world
from scenarios.world.check import check_world
from scenarios.world.facts import Value, ValueKind
from scenarios.world.kinds import KINDS
from scenarios.world.languages import LANGUAGES, Language
from scenarios.world.reading import read_fact


@pytest.fixture(scope="module")
def polyglot() -> GeneratedWorld:
    return build_world(9, 400, WorldConfig(languages=("en", "de", "fr"), translated=0.5))


def test_a_world_in_three_languages_passes_its_check(polyglot: GeneratedWorld) -> None:
    assert check_world(polyglot).problems == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_half_of_the_entities_have_a_page_in_each_language(polyglot: GeneratedWorld, code: str) -> None:
    pages = [d for d in polyglot.documents() if d.language == code]
    assert len(pages) == polyglot.layout.entities // 2
    assert all(60 <= len(d.text.split()) <= 250 for d in pages)
    entity, attribute = pages[0].states[0]
    assert pages[0].id in polyglot.pages(entity, attribute)


def test_a_fact_reads_the_same_in_every_language(polyglot: GeneratedWorld) -> None:
    for firm in polyglot.entities("firm"):
        read = {
            reading.value
            for id in polyglot.pages(firm.id, "revenue")
            for reading in read_fact(polyglot.document(id).text, firm.name, "revenue", "firm")
        }
        assert read == {firm.facts["revenue"]}


@pytest.mark.parametrize("language", LANGUAGES.values(), ids=lambda language: language.code)
@pytest.mark.parametrize(
    ("value", "kind", "unit"),
    [
        (1_234_567, "number", "inhabitants"), (Decimal("1249.50"), "money", "crowns"), (999, "number", "days"),
        (date(1562, 3, 1), "date", ""),
        ("marine pilot", "text", ""), ("KVT-48213", "text", ""), ("Velmora", "ref", ""),
    ],
)  # fmt: skip
def test_what_is_written_is_parsed_back(language: Language, value: Value, kind: ValueKind, unit: str) -> None:
    reading = language.parse(language.write(value, kind, unit), kind, unit)
    assert reading is not None
    assert reading.value == value


@pytest.mark.parametrize("language", LANGUAGES.values(), ids=lambda language: language.code)
def test_every_label_has_a_translation_of_its_own(language: Language) -> None:
    labels = {c.label for kind in KINDS.values() for c in kind.columns}
    assert len({language.label(label) for label in labels}) == len(labels)


def test_numbers_follow_the_language() -> None:
    assert LANGUAGES["de"].number(Decimal("41250.50")) == "41.250,50"
    assert LANGUAGES["fr"].number(41250) == "41\u202f250"
    assert LANGUAGES["de"].parse("41.250 Leute", "number", "inhabitants") is None
    assert LANGUAGES["de"].parse("3. Brumaire 1800", "date", "") is None
