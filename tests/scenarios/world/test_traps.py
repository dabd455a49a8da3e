"""Every knob does what it says, and nothing that it does not."""

import pytest

from scenarios.world import GeneratedWorld, WorldConfig, build_world
from scenarios.world.check import check_world
from scenarios.world.forms import Reading
from scenarios.world.pages.traps import CURRENT_YEAR, planted_word
from scenarios.world.reading import read_edition, read_fact, vouched_for
from scenarios.world.units import convert, in_base

TRAPS = WorldConfig(superseded=0.2, contradictions=0.2, injections=0.2)


@pytest.fixture(scope="module")
def trapped() -> GeneratedWorld:
    return build_world(8, 700, TRAPS)


@pytest.mark.parametrize(
    "config",
    [
        TRAPS,
        WorldConfig(mixed_units=0.6, mixed_numbers=0.6),
        WorldConfig(name_collisions=0.2, shared_stems=4),
        WorldConfig(missing=1.0, distractors=0.5, tables=0.0, second_pages=0.0),
        WorldConfig(missing=0.0, distractors=0.0, tables=1.0, second_pages=1.0),
    ],
    ids=["traps", "formats", "names", "sparse", "dense"],
)
def test_a_world_passes_its_check_whatever_its_knobs(config: WorldConfig) -> None:
    report = check_world(build_world(5, 400, config))
    assert report.problems == []
    assert report.counts["facts read"] > 1000


def test_the_default_world_has_no_traps(world: GeneratedWorld) -> None:
    for document in world.documents():
        assert (document.trust, document.edition, document.misstates, document.planted) == ("high", "current", (), "")
        assert read_edition(document.text) is None
        assert vouched_for(document.text)


def test_an_older_edition_says_its_year_and_what_was_true_then(trapped: GeneratedWorld) -> None:
    old = [d for d in trapped.documents() if d.edition == "superseded"]
    assert len(old) == trapped.layout.sections["superseded"] > 40
    for document in old:
        entity = trapped.entity(document.misstates[0][0])
        former = trapped.history(entity.id)
        assert former is not None
        assert former.page == document.id
        assert former.year == read_edition(document.text)
        assert former.year < CURRENT_YEAR
        for attribute in trapped.schema(entity.kind):
            read = read_fact(document.text, entity.name, attribute.name, entity.kind)
            told = former.facts.get(attribute.name)
            assert [r.value for r in read] == ([trapped.label_of(told, attribute)] if told is not None else [])
            assert told is None or told != entity.facts[attribute.name]
        main = trapped.page_of(entity.id)
        assert main is not None
        assert read_edition(trapped.document(main).text) == CURRENT_YEAR


def test_no_page_of_the_past_is_promised_as_evidence(trapped: GeneratedWorld) -> None:
    misleading = {d.id for d in trapped.documents() if d.misstates}
    for kind in trapped.kinds():
        for entity in trapped.entities(kind):
            assert not any(misleading & set(trapped.pages(entity.id, name)) for name in entity.facts)
    assert (
        trapped.history(next(e.id for e in trapped.entities("town") if not trapped.page_of(e.id, "superseded"))) is None
    )


def test_a_low_trust_page_admits_that_nobody_checked_it(trapped: GeneratedWorld) -> None:
    talk = [d for d in trapped.documents() if d.trust == "low"]
    assert len(talk) == trapped.layout.sections["contradiction"]
    assert not any(vouched_for(d.text) for d in talk)
    assert all(len(d.misstates) == 2 and not d.states for d in talk)
    assert all(vouched_for(d.text) for d in trapped.documents() if d.trust == "high")


def test_planted_instructions_stand_in_good_pages_and_can_be_told_by_their_word(trapped: GeneratedWorld) -> None:
    bearing = [d for d in trapped.documents() if d.planted]
    assert 0.1 < len(bearing) / trapped.layout.entities < 0.3
    words = {planted_word(d.planted) for d in bearing}
    assert len(words) == len(bearing)
    assert all(d.planted in d.text and d.states for d in bearing)
    assert len({d.planted.split('"')[0] for d in bearing}) >= 8


def test_mixed_units_and_numbers_change_the_writing_not_the_quantity() -> None:
    world = build_world(5, 300, WorldConfig(mixed_units=1.0, mixed_numbers=1.0))
    units, shapes = set[str](), set[str]()
    for product in world.entities("product"):
        page = world.page_of(product.id)
        assert page is not None
        for reading in read_fact(world.document(page).text, product.name, "mass"):
            assert isinstance(reading, Reading)
            value = reading.value
            assert not isinstance(value, str)
            assert in_base(value, reading.unit) == in_base(product.facts["mass"], "kg")  # type: ignore[arg-type]
            units.add(reading.unit)
            shapes |= {shape for shape in ("thousand", "\u00a0") if shape in reading.written}
    assert units == {"g"}
    assert shapes == {"thousand", "\u00a0"}


def test_units_convert_exactly_or_not_at_all() -> None:
    assert convert(1250, "g", "kg") == convert(1, "t", "kg") / 800 * 1  # type: ignore[operator]
    assert convert(3, "km", "cm") == 300_000
    assert convert(3, "km", "kg") is None
    assert convert(7, "crowns", "crowns") == 7
