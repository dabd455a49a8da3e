"""Seeds: what each technique is given, and queries of the user's own."""

from pathlib import Path

import pytest

from scenarios.queries.family_seeds import family_seeds
from scenarios.queries.grid import Cell
from scenarios.queries.own import SeedsError, read_seeds
from scenarios.queries.seeds import TECHNIQUES, Known, Passage, QuerySeed, Sources, Technique, make_seed
from scenarios.queries.topics import DOMAINS, topics
from scenarios.world import build_world

TOOLS = ("search", "open_page", "calculator", "python")
MATH = Cell("math", ("calculator",), 2, "en")
SEARCH = Cell("search", ("search",), 2, "en")


def sources(*techniques: Technique, text: str = "") -> Sources:
    page = (lambda mark: Passage("d1", "A page", text)) if text else None
    return Sources({d: topics(d) for d in DOMAINS}, dict.fromkeys(techniques or TECHNIQUES, 1.0), TOOLS, page)


def seeds(cell: Cell, known: list[Known], given: Sources, count: int = 40) -> list[QuerySeed]:
    return [make_seed(f"s-{n}", cell, 1, known, given) for n in range(count)]


def test_equal_slots_get_equal_seeds_and_others_differ() -> None:
    assert seeds(MATH, [], sources()) == seeds(MATH, [], sources())
    assert len({seed.topic for seed in seeds(MATH, [], sources())}) > 20


def test_without_a_parent_or_a_page_a_topic_is_given() -> None:
    for seed in seeds(MATH, [], sources()):
        assert seed.technique == "self_instruct"
        assert seed.topic in topics("math")


@pytest.mark.parametrize("technique", ["deeper", "broader", "rephrase", "harder"])
def test_a_parent_fits_what_is_made_of_it(technique: Technique) -> None:
    known = [
        Known("a", "easy", "math", 1, "en", ("calculator",)),
        Known("b", "same level", "math", 2, "en", ("calculator",)),
        Known("c", "other tools", "math", 1, "en", ("python",)),
        Known("d", "other field", "search", 1, "en", ("search",)),
        Known("e", "andere Sprache", "math", 1, "de", ("calculator",)),
    ]
    parents = {seed.parents[0].place for seed in seeds(MATH, known, sources(technique))}
    assert parents == {"deeper": {"a"}, "broader": {"a", "b"}, "rephrase": {"b"}, "harder": {"a"}}[technique]


def test_a_query_of_ones_own_serves_every_field() -> None:
    own = Known("mine.jsonl:1", "How many?", None)
    (seed, *_) = seeds(SEARCH, [], sources("broader")._replace(own=(own,)))
    assert seed.parents == (own,)


def test_queries_that_were_there_before_stay_parents_of_half_of_what_is_made() -> None:
    own = [Known("mine.jsonl:1", "How many?", None)]
    made = [Known(f"s-{n}", "What?", "search", 1, "en", ("search",)) for n in range(5000)]
    parents = [seed.parents[0] for seed in seeds(SEARCH, made, sources("broader")._replace(own=own), 200)]
    assert 70 < parents.count(own[0]) < 130


def test_topics_come_round() -> None:
    given = [seed.topic for seed in seeds(MATH, [], sources(), 2 * len(topics("math")))]
    assert sorted(given[: len(given) // 2]) == sorted(given[len(given) // 2 :]) == sorted(topics("math"))
    assert given[: len(given) // 2] != given[len(given) // 2 :]


def test_queries_of_families_are_seeds_with_what_they_need() -> None:
    found = family_seeds(["money", "lookup", "no_tool", "simulation"], build_world(1, 300), 4)
    assert {(k.domain, k.needs) for k in found} == {
        ("math", ("calculator",)),
        ("search", ("search",)),
        ("programming", ("python",)),
    }
    assert {k.place.partition("/")[0] for k in found} == {"money", "lookup", "simulation"}
    assert all(k.query and 1 <= k.difficulty <= 5 for k in found)


def test_where_pages_are_our_own_what_is_searched_comes_from_them() -> None:
    text = "\n".join(f"line {n} of a long page" for n in range(400))
    shown = [seed.passage for seed in seeds(SEARCH, [], sources(text=text))]
    assert all(passage and passage.text in text and passage.text.startswith("line") for passage in shown)
    assert len({passage.text for passage in shown if passage}) > 10
    assert all(seed.passage is None for seed in seeds(MATH, [], sources(text=text)))


def test_the_tools_needed_are_always_offered() -> None:
    offers = [set(seed.tools) for seed in seeds(SEARCH, [], sources())]
    assert all({"search", "open_page"} <= offer for offer in offers)
    assert {len(offer) for offer in offers} == {2, 4}


def test_ones_own_queries_are_read_with_their_place(tmp_path: Path) -> None:
    file = tmp_path / "own.jsonl"
    file.write_text('{"query": "How far?", "domain": "math", "difficulty": 3}\n\n{"question": "Who was it?"}\n')
    first, second = read_seeds(file)
    assert (first.place, first.domain, first.difficulty) == (f"{file}:1", "math", 3)
    assert (second.place, second.query, second.domain) == (f"{file}:3", "Who was it?", None)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "no queries"),
        ('{"text": 3}\n', ":1: no text under"),
        ('{"query": "a b c", "domain": "cooking"}\n', "cooking"),
        ('{"query": "a b c", "difficulty": 0}\n', "difficulty 0"),
        ("what?\n", ":1: no JSON"),
    ],
)
def test_a_file_that_cannot_be_used_is_told_with_its_place(tmp_path: Path, content: str, said: str) -> None:
    file = tmp_path / "own.jsonl"
    file.write_text(content)
    with pytest.raises(SeedsError, match=r"own\.jsonl") as told:
        read_seeds(file)
    assert said in str(told.value)
