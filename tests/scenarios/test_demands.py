# ruff: noqa: E501  (cases are data: they read best unbroken)
"""Each demand on a text is checked by a function; what meets it passes, what breaks it does not, and its words are read back."""

import pytest

from scenarios.demands import KINDS, found_in, met, read, told
from traces.task import Demand

CASES: list[tuple[Demand, tuple[str, ...], tuple[str, ...]]] = [
    (Demand(kind="words_most", number=3), ("One two-fold three.", "Don't"), ("a b c d", "")),
    (Demand(kind="words_least", number=3), ("one two three",), ("one, two.", "- - -")),
    (Demand(kind="sentences", number=2), ("It is 3.5 m. Yes!", "Who? Me"[:4] + " Me."), ("One.", "One. Two. Three.", "no end")),
    (Demand(kind="bullets", number=2), ("- a\n- b", "* a\n\n* b\n"), ("- a", "Here:\n- a\n- b", "a\nb")),
    (Demand(kind="no_commas"), ("a; b",), ("a, b",)),
    (Demand(kind="lower"), ("all of it.",), ("Almost.",)),
    (Demand(kind="keyword", number=2, text="light"), ("Light and light.", "light, light; lighter"), ("light", "light light light", "lights light")),
    (Demand(kind="ending", text="so much for now"), ("Well. So much for now.", "so much for now"), ("So much for now. Bye.",)),
    (Demand(kind="json", text="a and b"), ('{"a": 1, "b": "x"}', '```json\n{"a": 1, "b": 2}\n```'), ('{"b": 1, "a": 2}', 'Here: {"a": 1, "b": 2}', '["a", "b"]', '{"a": 1}')),
]  # fmt: skip


@pytest.mark.parametrize(("demand", "good", "bad"), CASES, ids=[case[0].kind for case in CASES])
def test_a_demand_is_met_or_not(demand: Demand, good: tuple[str, ...], bad: tuple[str, ...]) -> None:
    assert [text for text in good if not met(demand, text)] == []
    assert [text for text in bad if met(demand, text)] == []


def test_every_kind_is_tried_and_read_back() -> None:
    assert {case[0].kind for case in CASES} == set(KINDS)
    for demand, *_ in CASES:
        for wording in range(2):
            assert read(told(demand, wording)) == demand
            assert read(f" {told(demand, wording).capitalize()}. ".rstrip('". ')) == demand


def test_once_and_keys_are_said_as_people_say_them() -> None:
    once, keys = Demand(kind="keyword", number=1, text="tea"), Demand(kind="json", text="title and text")
    assert told(once) == 'use the word "tea" exactly once'
    assert [read(text) for text in (told(once, 1), 'have the word "tea" in it 1 times')] == [once, once]
    assert told(keys) == "give JSON alone with the keys title and text in this order"
    assert read('answer only with a JSON object that has the keys "title and text" in this order') == keys
    assert list(found_in(f"Something on rain: {told(once)}; {told(keys, 1)}.")) == [once, keys]


@pytest.mark.parametrize("said", ["write well", "use at most many words", ""])
def test_what_cannot_be_checked_is_no_demand(said: str) -> None:
    with pytest.raises(ValueError, match="no demand"):
        read(said)


def test_a_query_is_searched_for_demands() -> None:
    query = 'Tell me about tea. Use at most 20 words,\nleave out commas altogether and end with the words "Drink up".'
    assert [d.kind for d in found_in(query)] == ["words_most", "no_commas", "ending"]
    assert list(found_in("Use as many words and commas as you like.")) == []
