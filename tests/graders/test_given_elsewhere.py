"""A value that the user said for something else than the argument it stands beside; days and names as people and calls write them."""

from typing import Any

import pytest

from graders.dates import dates


def _after(talk: Any, query: str, *calls: tuple[str, dict[str, Any]]) -> Any:
    return talk(query, ()).calls(*((name, given, '{"ok": true}') for name, given in calls)).answers("Done.").faults


@pytest.mark.parametrize(
    ("query", "calls"),
    [
        ("Roll 2 dice for me.", [("roll", {"dice_number": 2, "dice_faces": 6})]),
        ("Waste of 2 adults in Osk, and of 1 child.", [("waste", {"adults": 2}), ("waste", {"adults": 0, "child": 1})]),
        ("I am 5ft 10in tall.", [("note", {"height_ft": 70})]),
        ("Book from 3 May, 2025.", [("book", {"start_date": "03-05-2025"})]),
        ("Book from 3rd May,2025.", [("book", {"start_date": "05/03/2025"})]),
        ("The weather on 2025.5.3?", [("weather", {"date": "2025-05-03"})]),
    ],
)
def test_right_calls_pass(talk: Any, query: str, calls: list[tuple[str, dict[str, Any]]]) -> None:
    assert _after(talk, query, *calls) == set()


@pytest.mark.parametrize(
    ("query", "calls"),
    [
        ("Roll 2 dice for me.", [("roll", {"dice": 3})]),
        ("Roll 2 dice at 2025-05-02.", [("roll", {"dice": 3, "day": "2025-05-02"})]),
        ("Book from 3 May, 2025.", [("book", {"start_date": "14-06-2025"})]),
        ("The weather on 2025.5.3?", [("weather", {"date": "2025-07-19"})]),
    ],
)
def test_their_wrong_twins_do_not(talk: Any, query: str, calls: list[tuple[str, dict[str, Any]]]) -> None:
    assert {step for step, _ in _after(talk, query, *calls)} == {0}


def test_a_name_that_begins_with_an_article_is_found_in_a_call(talk: Any) -> None:
    query = "How far is it from New Osk to Upper Tarn, and from Los Molinos to La Vereda?"
    pairs = [{"start": "New Osk", "end": "Upper Tarn"}, {"start": "Los Molinos", "end": "La Vereda"}]
    assert _after(talk, query, *(("distance", pair) for pair in pairs)) == set()


def test_a_version_of_four_parts_is_no_day() -> None:
    assert dates("version 2023.10.2.1") == ()
