"""The check finds what is wrong with a world; each test plants one fault in a good page and names the check that must see it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from scenarios.world import Document, GeneratedWorld, WorldConfig, build_world
from scenarios.world.check import Report, altered, check_world
from scenarios.world.names import is_known
from scenarios.world.saved import SavedWorldError, load, save, saved_documents


def with_page(documents: list[Document], changed: Document) -> Iterator[Document]:
    return (changed if d.id == changed.id else d for d in documents)


@pytest.fixture(scope="module")
def world() -> GeneratedWorld:
    return build_world(12, 130)


@pytest.fixture(scope="module")
def documents(world: GeneratedWorld) -> list[Document]:
    return list(world.documents())


def checks(report: Report) -> set[str]:
    return {p.check for p in report.problems}


def test_a_good_world_passes(world: GeneratedWorld, documents: list[Document]) -> None:
    report = check_world(world, documents)
    assert report.problems == []
    assert report.passed
    assert report.counts["documents"] == 130
    assert report.counts["facts read"] >= report.counts["facts"] > 700


def test_a_leaked_fact_is_found(world: GeneratedWorld, documents: list[Document]) -> None:
    town = world.entities("town")[2]
    essay = next(d for d in documents if d.style == "essay")
    leaked = essay._replace(
        text=f"{essay.text}\n\nIn {town.name} one meets {town.facts['population']:,} inhabitants in all."
    )
    report = check_world(world, with_page(documents, leaked))
    assert [(p.check, p.page) for p in report.problems] == [("leak", essay.id)]
    assert town.name in report.problems[0].detail


@pytest.mark.parametrize(
    ("kind", "attribute"), [("town", "founded"), ("town", "mayor"), ("ship", "call_sign"), ("product", "price")]
)
def test_every_kind_of_value_can_leak(
    world: GeneratedWorld, documents: list[Document], kind: str, attribute: str
) -> None:
    entity = world.entities(kind)[1]
    page = world.document(world.pages(entity.id, attribute)[0])
    essay = next(d for d in documents if d.style == "essay")
    report = check_world(world, with_page(documents, essay._replace(text=page.text)))
    assert ("leak", essay.id) in {(p.check, p.page) for p in report.problems}


def test_a_fact_that_is_not_on_its_page_is_found(world: GeneratedWorld, documents: list[Document]) -> None:
    page = next(d for d in documents if d.style == "encyclopaedia")
    empty = page._replace(text=page.text.split("\n\n")[0])
    assert checks(check_world(world, with_page(documents, empty))) == {"stated"}


def test_a_contradiction_that_was_not_planted_is_found(world: GeneratedWorld, documents: list[Document]) -> None:
    town = world.entities("town")[0]
    page = world.document(world.pages(town.id, "population")[0])
    wrong = page._replace(text=f"{page.text}\n\n{town.name} has a population of 77 inhabitants.")
    assert checks(check_world(world, with_page(documents, wrong))) == {"contradiction"}


def test_a_missing_fact_that_a_page_states_is_found(world: GeneratedWorld, documents: list[Document]) -> None:
    town = next(e for e in world.entities("town") if "rainfall" not in e.facts)
    page = world.document(world.pages(town.id, "population")[0])
    told = page._replace(text=f"{page.text}\n\n{town.name} gets 912 mm of rain a year.")
    assert checks(check_world(world, with_page(documents, told))) == {"unstated"}


def test_a_lost_and_a_doubled_document_are_found(world: GeneratedWorld, documents: list[Document]) -> None:
    register = next(d for d in documents if d.title.startswith("Register"))
    lost = check_world(world, (d for d in documents if d.id != register.id))
    assert checks(lost) == {"ids", "pages"}
    assert checks(check_world(world, [*documents, register])) == {"ids"}


def test_well_known_names_are_refused() -> None:
    assert is_known("Berlin")
    assert is_known("Tarin Einstein")
    assert not is_known("Velmora")
    assert not is_known("Berlinka")


def test_a_saved_world_comes_back_the_same(tmp_path: Path) -> None:
    world = build_world(4, 120)
    save(world, tmp_path / "world")
    assert load(tmp_path / "world").hash == world.hash
    assert list(saved_documents(tmp_path / "world")) == list(world.documents())
    with pytest.raises(SavedWorldError, match="exists and is not an empty folder"):
        save(world, tmp_path / "world")


def test_a_folder_that_is_no_world_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SavedWorldError, match=r"world\.json: not a saved world .*winnow world build"):
        load(tmp_path)
    save(build_world(4, 60), tmp_path / "world")
    with (tmp_path / "world" / "documents.jsonl").open("ab") as file:
        file.write(b"{broken\n")
    with pytest.raises(SavedWorldError, match=r"documents\.jsonl, line 61: not a document"):
        list(saved_documents(tmp_path / "world"))


def test_a_world_of_another_version_is_refused(tmp_path: Path) -> None:
    save(build_world(4, 60), tmp_path / "world")
    path = tmp_path / "world" / "world.json"
    path.write_text(path.read_text().replace('"hash":"', '"hash":"0'))
    with pytest.raises(SavedWorldError, match="build it again from seed 4"):
        load(tmp_path / "world")


def test_a_real_name_on_a_page_is_found(world: GeneratedWorld, documents: list[Document]) -> None:
    page = next(d for d in documents if d.style == "essay")
    told = page._replace(text=f"{page.text}\n\nIt was once compared with Hamburg by a visitor, and filed as BMW-40112.")
    problems = check_world(world, with_page(documents, told)).problems
    assert [(p.check, p.page, p.detail) for p in problems] == [("names", page.id, "Hamburg: a well-known real name")]


@pytest.mark.parametrize("part", ["title", "text", "style", "table"])
def test_a_saved_page_that_is_not_as_the_world_writes_it_is_found(
    world: GeneratedWorld, documents: list[Document], part: str
) -> None:
    report = Report()
    page = next(d for d in documents if d.table)
    changed = Document(**page._asdict() | {part: f"{getattr(page, part)} 7"})
    assert list(altered(world, with_page(documents, changed), report)) == list(with_page(documents, changed))
    assert [(p.check, p.page) for p in report.problems] == [("altered", page.id)]
    assert report.problems[0].detail.startswith(f"not as the world writes it: {part} has ")


def test_an_altered_page_is_told_with_the_words_that_differ(world: GeneratedWorld, documents: list[Document]) -> None:
    page = next(d for d in documents if d.table)
    for changed, told in (
        (page._replace(text=f"Here {page.text}"), "text has 'Here "),
        (page._replace(title=page.title[:-1]), f"instead of {page.title.split()[-1]!r}"),
        (page._replace(states=(("town-0", "area"),)), "states adds town-0 area"),
        (
            page._replace(trust="low", language="de"),
            "trust has 'low' instead of 'high'; language has 'de' instead of 'en'",
        ),
    ):
        report = Report()
        list(altered(world, [changed], report))
        assert told in report.problems[0].detail


def test_a_number_leaks_without_its_unit(world: GeneratedWorld, documents: list[Document]) -> None:
    town, essay = world.entities("town")[2], next(d for d in documents if d.style == "essay")
    people = town.facts["population"]
    assert isinstance(people, int)
    assert people > 9_999
    for told, leaks in ((f"{people:,} people", True), (str(people), True), (f"{people + 1:,} people", False)):
        page = essay._replace(text=f"{essay.text}\n\n{town.name} is home to {told}.")
        report = check_world(world, with_page(documents, page))
        assert [(p.check, p.page) for p in report.problems] == [("leak", essay.id)] * leaks
        assert all(f"{town.name}: population ({people:,} inhabitants)" in p.detail for p in report.problems)


@pytest.fixture(scope="module")
def tongues() -> GeneratedWorld:
    return build_world(12, 130, WorldConfig(languages=("en", "de", "fr"), translated=0.4))


def test_pages_are_in_their_languages(tongues: GeneratedWorld) -> None:
    assert check_world(tongues).problems == []


@pytest.mark.parametrize(
    ("said", "written", "told"),
    [
        ("fr", "de", "is in 'de', and said to be in 'fr'"),
        ("de", "en", "is in 'en', and said to be in 'de'"),
        ("en", "fr", "is in 'fr', and said to be in 'en'"),
        ("xx", "de", "is said to be in 'xx', a language this world has no pages in"),
    ],
)
def test_a_page_in_another_language_than_it_says_is_found(
    tongues: GeneratedWorld, said: str, written: str, told: str
) -> None:
    documents = list(tongues.documents())
    page = next(d for d in documents if d.language == written and d.style != "essay" and not d.table)
    report = check_world(tongues, with_page(documents, page._replace(language=said)))
    assert ("language", page.id, told) in report.problems


def test_a_page_that_the_world_does_not_have_is_found(world: GeneratedWorld, documents: list[Document]) -> None:
    report = Report()
    assert list(altered(world, [documents[0]._replace(id="d9999999")], report)) == []
    assert [p.check for p in report.problems] == ["altered"]
