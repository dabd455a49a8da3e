"""Templates that write and read: what may be read at all is told by words, before a pattern is made."""

import pytest

from scenarios.wording import Slot, Template, folded

NAME = Slot(r"[^?]+", lambda value, rng: str(value), str)
ASKS = Template("[What's|Tell me] Ann’s share of {name} in İzmir?", {"name": NAME})


@pytest.mark.parametrize("text", ["what's ann's SHARE of the prize in izmir", "Tell me Ann’s share of 3 kg in İZMIR?!"])
def test_letters_and_signs_may_differ(text: str) -> None:
    assert ASKS.may_read(folded(text))
    assert ASKS.read(text) is not None


def test_a_text_without_its_words_is_not_read() -> None:
    assert not ASKS.may_read(folded("What's Ann's part of the prize in Izmir?"))
    assert ASKS.read("What's Ann's part of the prize in Izmir?") is None
