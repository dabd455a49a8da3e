"""Which words tell a day by another, and which only look like it."""

import pytest

from graders.days_told import relative


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("What about next Tuesday?", True),
        ("this coming Friday", True),
        ("over the last three months", True),
        ("When is my next payment due?", True),
        ("in the past 30 days", True),
        ("this Sept", True),
        ("the table next to us", False),
        ("I need this for a caption", False),
        ("the last mayor", False),
        ("this satisfied everyone", False),
    ],
)
def test_a_day_is_told_by_another(text: str, told: bool) -> None:
    assert relative(text) is told
