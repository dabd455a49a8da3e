"""The world is a pure function of its seed, size and knobs."""

import hashlib
import subprocess
import sys
from itertools import islice

import pytest

from scenarios.world import Document, GeneratedWorld, World, WorldConfig, build_world
from scenarios.world.draws import Draw
from scenarios.world.kinds import KINDS


def bytes_of(world: GeneratedWorld) -> str:
    return hashlib.sha256("".join(map(repr, world.documents())).encode()).hexdigest()


def test_equal_seeds_give_equal_bytes_and_others_do_not() -> None:
    assert bytes_of(build_world(5, 200)) == bytes_of(build_world(5, 200))
    assert bytes_of(build_world(5, 200)) != bytes_of(build_world(6, 200))
    assert build_world(5, 200).hash == build_world(5, 200).hash != build_world(6, 200).hash
    assert build_world(5, 200).hash != build_world(5, 200, WorldConfig(missing=0.4)).hash


def test_another_process_with_another_hash_seed_agrees() -> None:
    code = "from scenarios.world import build_world; print(build_world(5, 200).hash)"
    out = subprocess.run(
        [sys.executable, "-c", code],
        env={"PYTHONHASHSEED": "77", "PYTHONPATH": "."},
        capture_output=True,
        text=True,
        check=True,
    )
    assert out.stdout.strip() == build_world(5, 200).hash


def test_draws_do_not_change_with_the_python_version() -> None:
    draw = Draw("fixed", 1)
    assert [draw.below(1000) for _ in range(5)] == [116, 66, 950, 393, 485]
    assert draw.shuffled("abcdef") == ["f", "e", "d", "a", "b", "c"]


@pytest.mark.parametrize("size", [50, 51, 77, 333, 2000])
def test_a_world_has_exactly_the_size_asked_for(size: int) -> None:
    documents = list(build_world(1, size).documents())
    assert len(documents) == size
    assert len({d.id for d in documents}) == size


def test_a_huge_world_starts_at_once_and_any_part_of_it_can_be_had() -> None:
    world = build_world(1, 1_000_000)
    last = world.entities("person")[-1]
    assert last.name in world.document(world.pages(last.id, "born")[0]).text
    assert len(list(islice(world.documents(), 20))) == 20


def test_too_small_a_world_is_refused_with_the_limit() -> None:
    with pytest.raises(ValueError, match="at least 50 documents, not 49"):
        build_world(1, 49)
    with pytest.raises(ValueError, match="too few for these knobs"):
        build_world(1, 50, WorldConfig(second_pages=1.0, tables=1.0, superseded=1.0))


def test_a_document_is_found_by_its_id(world: GeneratedWorld, documents: list[Document]) -> None:
    assert all(world.document(d.id) == d for d in documents[::37])
    for wrong in ("d9999999", "x0000001", "", "dabc"):
        with pytest.raises(KeyError):
            world.document(wrong)


def test_every_fact_stands_on_one_to_three_pages(world: GeneratedWorld, documents: list[Document]) -> None:
    stated: dict[tuple[str, str], set[str]] = {}
    for document in documents:
        for fact in document.states:
            stated.setdefault(fact, set()).add(document.id)
    facts = {(e.id, name) for kind in world.kinds() for e in world.entities(kind) for name in e.facts}
    assert facts == set(stated)
    assert all(set(world.pages(*fact)) == pages for fact, pages in stated.items())
    assert {len(pages) for pages in stated.values()} <= {1, 2, 3}


def test_optional_attributes_are_missing_from_some_and_known_of_others(world: GeneratedWorld) -> None:
    for kind in world.kinds():
        rows = world.entities(kind)
        for attribute in world.schema(kind):
            known = sum(attribute.name in row.facts for row in rows)
            assert (0 < known < len(rows)) if attribute.optional else known == len(rows)
    assert world.pages(next(e for e in world.entities("town") if "festival" not in e.facts).id, "festival") == ()


def test_references_lead_to_entities_of_the_kind_they_promise(world: GeneratedWorld) -> None:
    for kind in world.kinds():
        for row in world.entities(kind):
            targets = [
                (a, str(row.facts[a.name])) for a in world.schema(kind) if a.kind == "ref" and a.name in row.facts
            ]
            assert all(world.entity(target).kind == a.target for a, target in targets)
            assert len({target for _, target in targets} - {row.id}) == len(targets), (
                "a page would state one name twice"
            )


def test_chains_of_nine_hops_exist_from_every_kind(world: GeneratedWorld) -> None:
    for kind in world.kinds():
        reached = {kind}
        for _ in range(9):
            reached = {a.target for k in reached for a in world.schema(k) if a.kind == "ref"}
            assert reached


def test_names_are_unique_and_invented(world: GeneratedWorld) -> None:
    names = [e.name for kind in world.kinds() for e in world.entities(kind)]
    assert len(set(names)) == len(names)
    assert all(world.named(name)[0].name == name for name in names[::29])
    assert world.named("Nobody Ever") == ()


def test_names_collide_and_come_near_where_asked() -> None:
    world = build_world(3, 500, WorldConfig(name_collisions=0.2, shared_stems=3))
    people = [e.name for e in world.entities("person")]
    doubles = len(people) - len(set(people))
    assert 0.1 < doubles / len(people) < 0.3
    double = next(name for name in people if people.count(name) == 2)
    assert len(world.named(double)) == 2
    assert len({name.split()[1] for name in people}) < len(people) / 2


def test_values_are_drawn_widely(world: GeneratedWorld) -> None:
    for kind in world.kinds():
        rows = world.entities(kind)
        for attribute in (a for a in world.schema(kind) if a.kind != "ref"):
            known = [str(row.facts[attribute.name]) for row in rows if attribute.name in row.facts]
            commonest = max(known.count(value) for value in set(known))
            assert commonest <= max(3, len(known) // 8), (kind, attribute.name)


def test_tables_have_the_promised_shape(world: GeneratedWorld) -> None:
    tables = world.tables()
    assert len(tables) == world.layout.sections["table"]
    for table in tables:
        assert 8 <= len(table.rows) <= 40
        assert all(len(row) == len(table.columns) for row in table.rows)
        assert world.table(table.id) == table
        assert world.document(table.page).table == table.id
    assert {t.topic for t in world.tables("spare parts")} == {"spare parts"}
    with pytest.raises(KeyError):
        world.table("table-99999")


def test_the_world_fulfils_its_contract(world: GeneratedWorld) -> None:
    contract: World = world
    assert contract.kinds() == tuple(KINDS)
    with pytest.raises(KeyError):
        contract.entity("town-99999")


def test_rows_behave_as_a_sequence(world: GeneratedWorld) -> None:
    towns = world.entities("town")
    assert towns[-1] == towns[len(towns) - 1]
    assert list(towns[1:3]) == [towns[1], towns[2]]
    with pytest.raises(IndexError):
        towns[len(towns)]
