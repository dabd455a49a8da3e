"""The local index: what it finds, in which order, and what it refuses."""

import json
import pickle
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tools.search.index import CorpusError, LocalIndex
from tools.search.provider import Hit, Page
from tools.search.storage import MANIFEST, Writer

PAGES = (
    Page(
        "lighthouse/halding",
        "Halding Light",
        "Halding Light is a lighthouse on the coast of Morrow. It was lit in 1871.",
    ),
    Page("town/halding", "Halding", "Halding is a town of 4,210 inhabitants. Its harbour was dredged in 1902."),
    Page("café №7 (old)\n", "Café Sept", "The café keeps the harbour-master's ledger of 1903."),
    Page("zh", "灯塔", "哈尔丁灯塔建于1871年。"),
)


def synthetic(count: int, words: int = 12) -> list[Page]:
    """Pages of a few words that repeat, so that many scores are equal."""
    vocabulary = ("oak", "elm", "ash", "yew", "fir", "larch", "alder", "maple", "beech", "birch", "cedar")
    texts = (" ".join(vocabulary[(n * k + k) % len(vocabulary)] for k in range(1, words)) for n in range(count))
    return [Page(f"doc-{n}", f"Grove {n % 7}", text) for n, text in enumerate(texts)]


def searched(index: LocalIndex, query: str, limit: int = 5) -> list[str]:
    return [hit.id for hit in index.search_now(query, limit)]


@pytest.fixture
def index(tmp_path: Path) -> LocalIndex:
    return LocalIndex.build(PAGES, tmp_path / "index")


async def test_finds_the_page_and_gives_it_back_whole(index: LocalIndex) -> None:
    hits = await index.search("when was Halding light lit?", 2)
    assert hits[0].id == "lighthouse/halding"
    assert "lit in 1871" in hits[0].snippet
    assert await index.page(hits[0].id) == PAGES[0]
    assert len(index) == len(PAGES)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.title)
async def test_any_characters_may_stand_in_an_id(index: LocalIndex, page: Page) -> None:
    assert await index.page(page.id) == page


async def test_an_unknown_id_is_none_and_near_ids_are_offered(index: LocalIndex) -> None:
    assert await index.page("Halding Light") is None
    assert "lighthouse/halding" in await index.near("Halding Light")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("CAFE", "café №7 (old)\n"),
        ("lighthouses", "lighthouse/halding"),
        ("灯塔", "zh"),
        ("4210", None),
        ("4,210", "town/halding"),
        ('"harbour was dredged"', "town/halding"),
        ('"was harbour dredged"', "town/halding"),
        ('"ledger" 1903', "café №7 (old)\n"),
        ("unheard qqq", None),
    ],
)
def test_words_meet_their_forms(index: LocalIndex, query: str, expected: str | None) -> None:
    assert next(iter(searched(index, query)), None) == expected


def test_a_quoted_phrase_keeps_out_pages_without_it(index: LocalIndex) -> None:
    assert len(searched(index, "harbour was dredged")) > 1
    assert searched(index, '"harbour was dredged"') == ["town/halding"]


def test_of_a_long_query_the_rarest_words_count(index: LocalIndex) -> None:
    filler = " ".join(f"word{n}" for n in range(100))
    assert searched(index, f"{filler} is was of the dredged")[0] == "town/halding"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(query=st.text() | st.text(alphabet='"“”«»*:()[]{}^~+-\\/ab\x00\ud800', max_size=40), limit=st.integers(-1, 30))
def test_no_text_breaks_a_search(index: LocalIndex, query: str, limit: int) -> None:
    assert len(index.search_now(query, limit)) <= max(limit, 0)
    index.page_now(query)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("title:halding", "title halding"),
        ("text:*", "text"),
        ("body:[a TO lit]", "body a to lit"),
        ("halding AND NOT town", "halding and not town"),
        ("-halding +light^9", "halding light 9"),
        ('"', ""),
        ("id:zh^2 OR *", "id zh 2 or"),
        ("a" * 100_000, ""),
        ("\x00", ""),
    ],
)
def test_query_syntax_means_nothing(index: LocalIndex, query: str, words: str) -> None:
    assert searched(index, query) == searched(index, words)


def in_pieces(pages: list[Page], folder: Path, size: int, threads: int) -> LocalIndex:
    """An index of as many segments as there are pieces."""
    with Writer.create(folder, untrusted=False, threads=threads) as writer:
        for n, page in enumerate(pages, 1):
            writer.add_new(page)
            if n % size == 0:
                writer.commit()
    return LocalIndex.open(folder)


QUERIES = ("oak", "grove", "oak elm ash", "yew fir larch grove 3", '"oak elm" beech', "maple cedar alder birch beech")


def answers(index: LocalIndex) -> list[list[Hit]]:
    return [index.search_now(query, limit) for query in QUERIES for limit in (1, 3, 10, 20)]


def test_equal_documents_give_equal_answers_however_built(tmp_path: Path) -> None:
    pages = synthetic(600)
    whole = LocalIndex.build(pages, tmp_path / "whole")
    again = LocalIndex.build(pages, tmp_path / "again")
    turned = LocalIndex.build(reversed(pages), tmp_path / "turned")
    pieces = in_pieces(pages, tmp_path / "pieces", 130, threads=1)
    threaded = in_pieces(pages, tmp_path / "threaded", 250, threads=3)
    assert pieces._searcher.num_segments > whole._searcher.num_segments
    assert answers(whole) == answers(again) == answers(turned) == answers(pieces) == answers(threaded)
    assert len({one.hash for one in (whole, again, turned, pieces, threaded)}) == 1


def test_fewer_hits_are_the_beginning_of_more(tmp_path: Path) -> None:
    index = LocalIndex.build(synthetic(300), tmp_path)
    for query in QUERIES:
        assert searched(index, query, 3) == searched(index, query, 20)[:3]


def test_an_index_travels_to_another_process(index: LocalIndex) -> None:
    copy: LocalIndex = pickle.loads(pickle.dumps(index))
    assert copy.search_now("harbour", 5) == index.search_now("harbour", 5)


def test_untrusted_documents_are_marked(tmp_path: Path) -> None:
    index = LocalIndex.build(PAGES, tmp_path, untrusted=True)
    assert index.search_now("harbour", 1)[0].untrusted
    page = index.page_now("zh")
    assert page is not None
    assert page.untrusted


def test_progress_counts_documents(tmp_path: Path) -> None:
    seen: list[int] = []
    LocalIndex.build(PAGES, tmp_path, seen.append)
    assert seen == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("page", "message"),
    [
        (PAGES[0], "occurs twice"),
        (Page("", "t", "x"), "has 0 characters"),
        (Page("i" * 501, "t", "x"), "has 501 characters"),
        (Page("i\ud800", "t", "x"), "no valid text"),
        (Page("i", "t", "x\udfff"), "no valid text"),
    ],
)
def test_unusable_documents_are_refused(tmp_path: Path, page: Page, message: str) -> None:
    with pytest.raises(CorpusError, match=message):
        LocalIndex.build([*PAGES, page], tmp_path)


def test_an_interrupted_build_is_not_opened_and_can_be_begun_again(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="twice"):
        LocalIndex.build([*PAGES, PAGES[0]], tmp_path)
    with pytest.raises(CorpusError, match="unfinished"):
        LocalIndex.open(tmp_path)
    assert len(LocalIndex.build(PAGES, tmp_path)) == len(PAGES)


def test_a_finished_index_is_not_written_over(index: LocalIndex) -> None:
    with pytest.raises(CorpusError, match="finished corpus already"):
        LocalIndex.build(PAGES, index.folder)


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("dear")
    with pytest.raises(CorpusError, match="holds other files and no corpus"):
        LocalIndex.build(PAGES, tmp_path)
    assert (tmp_path / "thesis.txt").read_text() == "dear"


def test_two_builds_of_one_folder_do_not_mix(tmp_path: Path) -> None:
    with Writer.create(tmp_path, untrusted=False, threads=1) as writer:
        with pytest.raises(CorpusError, match="another build"):
            LocalIndex.build(PAGES, tmp_path)
        writer.add_new(PAGES[0])
    assert len(LocalIndex.open(tmp_path)) == 1


def test_a_folder_without_corpus_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="winnow corpus build"):
        LocalIndex.open(tmp_path / "nowhere")


@pytest.mark.parametrize(("key", "value"), [("analysis", 0), ("format", 9), ("state", {"documents": 7, "hash": "0"})])
def test_an_index_of_another_make_is_refused(index: LocalIndex, key: str, value: object) -> None:
    manifest = index.folder / MANIFEST
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | {key: value}))
    with pytest.raises(CorpusError, match="build it anew"):
        LocalIndex.open(index.folder)


def test_a_damaged_index_is_refused(index: LocalIndex) -> None:
    (index.folder / "meta.json").write_text("{")
    with pytest.raises(CorpusError, match="build it anew"):
        LocalIndex.open(index.folder)
