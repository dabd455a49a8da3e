"""Texts of any length are judged in bounded time: where the work grows with the square of the length, this does not come to an end."""

from typing import Any

import pytest

from graders.base import all_graders

LONG = {
    "figures": "1 ", "units": "5 kg ", "money": "$1 ", "sums": "1 + ", "rows": "| 1 ", "lists": "[1, ", "times": "12:30 ",
    "dates": "2020-01-01 ", "names": "Name ", "listed": "A, ", "dashes": " – ", "colons": ": ", "spaces": " ", "words": "x ",
}  # fmt: skip


@pytest.mark.parametrize("name", LONG)
def test_an_answer_without_a_stop(talk: Any, name: str) -> None:
    text = "There are 3 of them: " + LONG[name] * (60_000 // len(LONG[name]))
    judged = talk("How long is Upper Tarn?").search("Upper Tarn", "Upper Tarn is 575 km long.").answers(text).verdicts
    assert {v.grader for v in judged if v.step == 1} == set(all_graders())
    assert not [v for v in judged if v.status == "error"]
