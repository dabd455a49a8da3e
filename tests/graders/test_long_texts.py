"""Texts of any length are judged in bounded time: work that grows with the square of the length takes minutes, other work a second."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from graders.base import all_graders
from graders.names import words

LONG = {
    "figures": "1 ", "units": "5 kg ", "money": "$1 ", "sums": "1 + ", "rows": "| 1 ", "lists": "[1, ", "times": "12:30 ",
    "dates": "2020-01-01 ", "names": "Name ", "listed": "A, ", "dashes": " – ", "colons": ": ", "spaces": " ", "words": "x ",
    "digits": "1", "letters": "A", "lines": "\n", "months": "May 5 ", "hundreds": "hundred ", "stars": "*",
}  # fmt: skip
LENGTH = 30_000


@contextmanager
def soon() -> Iterator[None]:
    """The work of the block takes no minutes. The bound is far from what any machine needs for work that grows with the length."""
    began = time.process_time()
    yield
    assert time.process_time() - began < 20


@pytest.mark.parametrize("name", LONG)
def test_an_answer_without_a_stop(talk: Any, name: str) -> None:
    text = "There are 3 of them: " + LONG[name] * (LENGTH // len(LONG[name]))
    made = talk("How long is Upper Tarn?").search("Upper Tarn", "Upper Tarn is 575 km long.").answers(text)
    with soon():
        judged = made.verdicts
    assert {v.grader for v in judged if v.step == 1} == set(all_graders())
    assert not [v for v in judged if v.status == "error"]


@pytest.mark.parametrize("name", LONG)
def test_a_page_without_a_stop(talk: Any, name: str) -> None:
    page = LONG[name] * (LENGTH // len(LONG[name]))
    made = talk("How long is Upper Tarn?").search("Upper Tarn", page).answers("It is 575 km long.")
    with soon():
        judged = made.verdicts
    assert not [v for v in judged if v.status == "error"]


def test_many_steps_and_many_calls(talk: Any) -> None:
    steps = talk("How long is Upper Tarn?")
    for n in range(400):
        steps.search(f"Upper Tarn {n}", f"Page {n} tells of {n + 500} km.")
    calls = [("search", {"query": f"Upper Tarn {n}"}, f"Page {n} tells of {n + 500} km.") for n in range(200)]
    for made in (steps, talk("How long is Upper Tarn?").calls(*calls)):
        assert not [v for v in made.answers("It is 575 km long.").verdicts if v.status == "error"]


def test_long_texts_are_forgotten(talk: Any) -> None:
    pages = [f"Page {n}. " + "x " * 500_000 for n in range(10)]
    for page in pages:
        assert talk("How long is Upper Tarn?").search("Upper Tarn", page).answers("Upper Pass is 12 km long.").verdicts
    before = words.cache_info().misses
    words(pages[-1])
    assert words.cache_info().misses == before
    words(pages[0])
    assert words.cache_info().misses == before + 1
