"""Templates that write and read: what may be read at all is told by words, before a pattern is made."""

import random

import pytest

from scenarios.dressing import put_on
from scenarios.phrases import one
from scenarios.wording import Slot, Template, folded

NAME = Slot(r"[^?]+", lambda value, rng: str(value), str.strip)
ASKS = Template("[What's|Tell me] Ann’s share of {name} in İzmir?", {"name": NAME})


@pytest.mark.parametrize("text", ["what's ann's SHARE of the prize in izmir", "Tell me Ann’s share of 3 kg in İZMIR?!"])
def test_letters_and_signs_may_differ(text: str) -> None:
    assert ASKS.may_read(folded(text))
    assert ASKS.read(text) is not None


def test_a_text_without_its_words_is_not_read() -> None:
    assert not ASKS.may_read(folded("What's Ann's part of the prize in Izmir?"))
    assert ASKS.read("What's Ann's part of the prize in Izmir?") is None


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("area", "an area"), ("mass", "a mass"), ("8%", "an 8% fee"), ("11.5%", "an 11.5%"), ("1.1%", "a 1.1%"), ("unit", "a unit"),
        ("118", "a 118"), ("18,000", "an 18,000"), ("one-day", "a one-day"),
    ],
)  # fmt: skip
def test_the_article_before_a_slot_is_the_one_its_sound_asks_for(value: str, written: str) -> None:
    template = Template("Which of them have a {name} fee?", {"name": NAME})
    query = template.write({"name": value}, random.Random(1))
    assert written in query
    assert one(value) in query
    assert template.read(query) == {"name": value}
    assert template.read(f"Which of them have a {value} fee?") == template.read(f"which of them have an {value} fee")


@pytest.mark.parametrize(
    ("core", "start"),
    [
        ("It would help me to know", "it would"), ("Don’t trust gossip", "don’t trust"), ("Perhaps you know", "perhaps you"),
        ("I'd like to know", "I'd like"), ("Velmora, annual budget wanted", "Velmora,"), ("GPU hours", "GPU"),
    ],
)  # fmt: skip
def test_a_question_goes_on_in_lower_case_after_a_comma_unless_it_starts_with_a_name(core: str, start: str) -> None:
    whole = {put_on(core, "", "indirect", random.Random(seed)) for seed in range(40)}
    assert any(text.startswith(f"Hello, {start}") for text in whole)
    assert any(text.startswith(core) for text in whole)
