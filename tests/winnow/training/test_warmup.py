"""The exercises before the rows: what is shown, and what is to be said."""

from fractions import Fraction
from itertools import islice

from winnow.training.warmup import exercises

SHOWN = list(islice(exercises(["ab", " c,", "7 d"], 3), 400))


def test_what_a_user_shows_is_said_again() -> None:
    copies = [row.messages for row in SHOWN if row.messages[0]["role"] == "user"]
    assert len(copies) > 300
    assert all(shown["content"] == said["content"] != "" for shown, said in copies)


def test_what_a_tool_gives_is_rounded_to_two_decimals() -> None:
    rounded = [row.messages for row in SHOWN if row.messages[0]["role"] == "tool"]
    assert len(rounded) > 30
    for shown, said in rounded:
        gap = Fraction(said["content"]) - Fraction(shown["content"])
        assert -Fraction(1, 200) < gap <= Fraction(1, 200), (shown, said)
        assert len(said["content"].partition(".")[2]) == 2


def test_they_hang_on_the_seed_alone() -> None:
    assert list(islice(exercises(["ab", " c,", "7 d"], 3), 400)) == SHOWN
    assert list(islice(exercises(["ab", " c,", "7 d"], 4), 400)) != SHOWN
