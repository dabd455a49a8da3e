"""No program grader finds fault with honest traces of any style, and a slip planted in one of them is found."""

from typing import Any

import pytest

from tests.graders.styles import styles
from traces.record import Message


def test_honest_traces_have_no_fault(talk: Any) -> None:
    found = styles(talk)
    assert len(found) > 60
    assert {name: made.faults for name, made in found.items() if made.faults} == {}


@pytest.mark.parametrize(
    ("name", "said", "instead", "code"),
    [
        ("weather", "about 40°F", "about 52°F", "G1"),
        ("rest", "($63)", "($68)", "G1"),
        ("rag", "1.5 percentage points", "6.1 percentage points", "G1"),
        ("refund", "ending 3926", "ending 4417", "G1"),
        ("list", "over 800 years ago", "over 500 years ago", "G1"),
        ("flight", "ZXC91K", "QPR55T", "G1"),
        ("sql", "1,284", "1,824", "O2"),
        ("compound", "$157.63 of interest", "$175.63 of interest", "G1"),
        ("cot", "240 / 3 = 80", "240 / 3 = 85", "C1"),
        ("corrected2", "Wait, that's not right.", "Good.", "C1"),
    ],
)
def test_a_slip_in_them_is_found(talk: Any, name: str, said: str, instead: str, code: str) -> None:
    made = styles(talk)[name]
    at = next(i for i, m in reversed(list(enumerate(made.messages))) if m.role == "assistant" and said in m.content)
    before: Message = made.messages[at]
    made.messages[at] = before.model_copy(update={"content": before.content.replace(said, instead)})
    assert code in {found for _, found in made.faults}, made.faults


def test_a_day_that_nobody_told_is_found(talk: Any) -> None:
    made = talk("Book a room for Ann.", ())
    made.calls(("create_event", {"title": "Room", "start": "2031-07-19T15:00:00"}, '{"event_id": "ev_19"}'))
    assert (0, "A1") in made.faults
