# ruff: noqa: E501  (traces are data)
"""What a user asked for and no call was made for. Each wrong trace has a right twin."""

from typing import Any

import pytest


def function(name: str, **properties: Any) -> dict[str, Any]:
    parameters = {"type": "object", "properties": properties, "required": list(properties)}
    return {"type": "function", "function": {"name": name, "description": "", "parameters": parameters}}


TEXT, NUMBER = {"type": "string"}, {"type": "number"}
TOOLS = (
    function("weather_at", place=TEXT),
    function("tram_fare", zones=NUMBER),
    function("hotel_book", town=TEXT, nights=NUMBER),
    function("ferry_book", start=TEXT, end=TEXT),
    function("start_pump", tank=TEXT),
    function("is_pump_ready", tank=TEXT),
)
DONE = "That has been taken care of."


def _after(
    talk: Any, query: str, *calls: tuple[str, dict[str, Any]], answer: str = DONE, shown: str = '{"status": "ok"}'
) -> Any:
    said = talk(query, TOOLS)
    for name, arguments in calls:
        said.calls((name, arguments, shown))
    return said.answers(answer).faults


BOTH = "How is the weather in Velmora and Osk today?"
FARES = "What is the tram fare for 2, 3 and 7 zones?"
TRIP = "Take the ferry from Tarn to Osk, and book a hotel there for 4 nights."


@pytest.mark.parametrize(
    ("query", "calls"),
    [
        (BOTH, [("weather_at", {"place": "Velmora"})]),
        ("Fetch the weather at 'Velmora', 'Osk' and 'Tarn'.", [("weather_at", {"place": "Velmora"}), ("weather_at", {"place": "Tarn"})]),
        (FARES, [("tram_fare", {"zones": 2}), ("tram_fare", {"zones": 3})]),
        ("What is the fare for 2 zones? And what is the fare for 5 zones then?", [("tram_fare", {"zones": 2})]),
        (TRIP, [("ferry_book", {"start": "Tarn", "end": "Osk"})]),
        ("Check tank B7. Then start the pump.", [("is_pump_ready", {"tank": "B7"})]),
    ],
)  # fmt: skip
def test_what_was_asked_for_and_never_done(talk: Any, query: str, calls: list[tuple[str, dict[str, Any]]]) -> None:
    assert (len(calls), "D5") in _after(talk, query, *calls)


@pytest.mark.parametrize(
    ("query", "calls", "answer"),
    [
        (BOTH, [("weather_at", {"place": "Velmora"}), ("weather_at", {"place": "Osk, North County"})], DONE),
        (BOTH, [("weather_at", {"place": "Velmora"})], "Fine in Velmora; nobody measures it in Osk."),
        (BOTH, [("weather_at", {"place": "Velmora"})], "Fine in the first. Shall I look up the other too?"),
        (BOTH, [("weather_at", {"place": "Velmora"})], "Unfortunately the second station is down."),
        ("How is the weather in Velmora, Ostmark today?", [("weather_at", {"place": "Velmora"})], DONE),
        (FARES, [("tram_fare", {"zones": 2}), ("tram_fare", {"zones": 3}), ("tram_fare", {"zones": 7})], DONE),
        ("We are 3 people with 4 bags. What is the fare for 2 zones?", [("tram_fare", {"zones": 2})], DONE),
        ("The fare for 120 minutes or for 2 hours, please.", [("tram_fare", {"zones": 2})], DONE),
        (TRIP, [("ferry_book", {"start": "Tarn", "end": "Osk"}), ("hotel_book", {"town": "Osk", "nights": 4})], DONE),
        ("Take the ferry from Tarn to Osk; if it is late, book a hotel for 1 night.", [("ferry_book", {"start": "Tarn", "end": "Osk"})], DONE),
        ("If tank B7 is full, start the pump.", [("is_pump_ready", {"tank": "B7"})], DONE),
        ("Start the pump of tank B7.", [("start_pump", {"tank": "B7"})], DONE),
    ],
)  # fmt: skip
def test_what_was_done_or_spoken_of_passes(
    talk: Any, query: str, calls: list[tuple[str, dict[str, Any]]], answer: str
) -> None:
    assert "D5" not in {code for _, code in _after(talk, query, *calls, answer=answer)}


def test_a_result_that_has_it_will_do(talk: Any) -> None:
    calls = [("weather_at", {"place": "Velmora"})]
    assert _after(talk, BOTH, *calls, shown='{"Velmora": "fine", "Osk": "rain"}') == set()


def test_a_later_turn_is_judged_by_its_own_words(talk: Any) -> None:
    calls = [("weather_at", {"place": place}, "{}") for place in ("Velmora", "Osk")]
    said = talk(BOTH, TOOLS).calls(*calls).answers(DONE).user("And the fare for 3 and 5 zones?")
    said.calls(("tram_fare", {"zones": 3}, "{}")).answers(DONE)
    assert {step for step, code in said.faults if code == "D5"} == {3}


@pytest.mark.parametrize(
    ("answer", "expected"),
    [("It runs.", {2}), ("To do that I need the number of the tank.", set()), ("It cannot run today.", set())],
)
def test_a_turn_without_a_call(talk: Any, answer: str, expected: set[int]) -> None:
    said = (
        talk("Is the pump of B7 ready?", TOOLS).calls(("is_pump_ready", {"tank": "B7"}, "{}")).answers("It is ready.")
    )
    verdicts = said.user("Then start the pump.").answers(answer).verdicts
    assert {v.step for v in verdicts if v.grader == "left_undone" and v.status != "pass"} == expected


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ("Look at tank B7, then send Ida the message 'The pump runs again since noon.'", None, {1}),
        ("Look at tank B7, then send Ida the message 'The pump runs again since noon.'", "All is well in Osk.", {2}),
        ("Look at tank B7, then send Ida the message 'The pump runs again since noon.'", "the pump runs again, since noon", set()),
        ("Look at tank B7, then send Ida the message 'The pump runs since {time} again.'", None, set()),
        ("Look at tank B7, of which the sign says 'do not open'.", None, set()),
    ],
)  # fmt: skip
def test_a_text_that_was_to_be_written(talk: Any, query: str, text: str | None, expected: set[int]) -> None:
    said = talk(query, TOOLS).calls(("is_pump_ready", {"tank": "B7"}, "{}"))
    if text:
        said.calls(("send_note", {"to": "Ida", "body": text}, "{}"))
    verdicts = said.answers(DONE).verdicts
    assert {v.step for v in verdicts if v.grader == "left_undone" and v.status != "pass"} == expected


PUMP = ("is_pump_ready", {"tank": "B7"})


@pytest.mark.parametrize(
    ("query", "answer", "expected"),
    [
        ("Check tank B7. How do I start the pump?", "Ready. Pull the green lever.", set()),
        ("Check tank B7. I might start the pump later.", "It is ready.", set()),
        ("Check tank B7. We will book the hotel for 4 nights ourselves.", "It is ready.", set()),
        ("Check tank B7. Ole wrote 'start the pump, will you'.", "It is ready.", set()),
        ("Check tank B7 and start the pump.", "It is ready; I left the pump as it was, as the sign says.", set()),
        ("Check tank B7 and start the pump.", "It is ready. Starting the pump is impossible.", set()),
        ("Check tank B7. Do I start the pump myself or do you?", "It is ready.", set()),
        ("Check tank B7. Quizá book a hotel for 4 nights.", "It is ready.", set()),
        ("Check tank B7 and start the pump.", "It is ready. The rules exclude pumps on Sundays.", set()),
        ("Check tank B7. I will need you to start the pump.", "It is ready.", {1}),
        ("Check tank B7. I'd like you to book a hotel for 4 nights.", "It is ready.", {1}),
    ],
)
def test_a_deed_that_is_spoken_of_and_one_that_is_asked_for(
    talk: Any, query: str, answer: str, expected: set[int]
) -> None:
    assert {step for step, code in _after(talk, query, PUMP, answer=answer) if code == "D5"} == expected


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("Pumps are never started at night.", set()),
        ("Be polite. Hotels are never booked at night.", {1}),
        ("Start every talk with a greeting.", {1}),
    ],
)
def test_a_deed_to_which_the_instructions_set_bounds(talk: Any, rule: str, expected: set[int]) -> None:
    made = talk("", TOOLS).system(rule).user("Check tank B7 and start the pump.").calls((*PUMP, "{}"))
    assert {step for step, code in made.answers("It is ready.").faults if code == "D5"} == expected
