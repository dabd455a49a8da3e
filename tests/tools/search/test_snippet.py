"""Snippets show the query's words where they stand together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.search.analysis import terms_of
from tools.search.parts import parts_of
from tools.search.snippet import snippet

FILLER = "Nothing happens here for a long while. " * 40


def snipped(text: str, query: str) -> str:
    return snippet(text, dict.fromkeys(terms_of(query), 1))


def test_a_short_text_is_shown_whole() -> None:
    assert snipped("One line.", "line") == "One line."


@pytest.mark.parametrize("before", ["", FILLER, FILLER * 5])
@pytest.mark.parametrize("after", ["", FILLER])
def test_the_words_are_in_the_snippet_with_their_sentence(before: str, after: str) -> None:
    shown = snipped(f"{before}The bells of Morrow were cast in 1702. {after}", "when were Morrow's bells cast")
    assert "The bells of Morrow were cast in 1702." in shown
    assert len(shown) < 300


def test_the_place_with_most_different_words_wins() -> None:
    text = f"Bells, bells, bells, bells. {FILLER} Bells of Morrow. {FILLER} Morrow is a place."
    assert "Bells of Morrow" in snipped(text, "Morrow bells")


def test_a_telling_word_outweighs_common_ones() -> None:
    text = f"What was it that the man of the town said? {FILLER} It was Zebulon."
    assert "Zebulon" in snippet(text, {"what": 1, "was": 1, "the": 1, "of": 1, "zebulon": 9})


def test_inflected_and_accented_forms_are_seen() -> None:
    assert "cafés" in snipped(f"{FILLER} Two cafés opened.", "cafe opening")


def test_a_text_without_the_words_shows_its_beginning() -> None:
    assert snipped(FILLER, "zeppelin").startswith("Nothing happens")


@given(text=st.text(max_size=2000), query=st.text(max_size=30))
def test_any_text_gives_a_bounded_snippet(text: str, query: str) -> None:
    assert len(snipped(text, query)) <= 270


@given(text=st.text(alphabet=st.sampled_from("ab. \n"), max_size=400), size=st.integers(8, 60))
def test_parts_join_to_the_text_and_are_bounded(text: str, size: int) -> None:
    parts = parts_of(text, size)
    assert "".join(part.text for part in parts) == text
    assert max(len(part.text) for part in parts) <= size + size // 4
    assert [part.number for part in parts] == list(range(1, len(parts) + 1))
