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


def test_days_counted_without_a_year_and_times_of_day_are_no_fault(talk: Any) -> None:
    returns = talk("Order 7718-AC came damaged. Can I return it within 30 days? Today is 2024-03-20.", ())
    returns.calls(("get_order", {"order_id": "7718-AC"}, '{"delivered": "2024-02-09"}'))
    returns.answers("It came on February 9, 2024, so the window of 30 days ended on March 10.")
    taxi = talk("I need a taxi from Rosen Lane at half past five tomorrow morning.", ())
    taxi.calls(("book_taxi", {"pickup": "Rosen Lane", "time": "05:30"}, '{"booking": "TX-4471"}'))
    taxi.answers("Booked: TX-4471.")
    table = talk("Book a table for this Friday. Today is Tuesday 2024-06-11.", ())
    table.calls(("book_table", {"date": "2024-06-14", "time": "19:00"}, '{"confirmation": "TL-88203"}'))
    table.answers("Done, for Friday, June 14 (TL-88203).")
    assert [made.faults for made in (returns, taxi, table)] == [set(), set(), set()]


def test_a_day_that_nothing_leads_to_is_still_found(talk: Any) -> None:
    made = talk("When does order 7718-AC arrive? Today is 2024-03-20.", ())
    made.calls(("get_order", {"order_id": "7718-AC"}, '{"shipped": "2024-03-18"}'))
    made.answers("Your order arrives on August 27.")
    assert "G1" in {code for _, code in made.faults}
