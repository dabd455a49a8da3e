"""The form of a written query."""

import pytest

from scenarios.gates.form import misshapen


@pytest.mark.parametrize(
    "query",
    [
        "When was the Brorneth Star launched?",
        "In `f'{total}'`, what does Python print for total = 3?",
        "Wie hoch ist der Turm von Quonedra?",
        "Which passage of the river is the widest, and in which brief did the firm say so?",
        "How many X are in XIX?",
    ],
)
def test_a_query_passes(query: str) -> None:
    assert misshapen(query) == ""


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("Why?", "1 words"),
        ("word " * 700, "700 words"),
        ("What did [insert name] pay for the {item} last year?", "left open"),
        ("How old was ____ in 1990 when it sank?", "left open"),
        ("According to the passage, when was it launched?", "only the writer was shown"),
        ("What figure does the excerpt above give for the load?", "only the writer was shown"),
    ],
)
def test_what_is_none_is_told(query: str, said: str) -> None:
    assert said in misshapen(query)
