"""A call for another town, person, company or hotel than the one the user named; and what a call may rightly go for instead."""

import json
from typing import Any

import pytest

from graders.base import Case, all_graders, judge_all
from tests.traces.imports.rows import read_one

Calls = list[tuple[str, dict[str, Any], Any]]


def row(query: str, calls: Calls, answer: str, system: str = "") -> dict[str, Any]:
    """A trace with one call a step, as other people's tools write it."""
    messages: list[dict[str, Any]] = [{"role": "system", "content": system}] if system else []
    messages.append({"role": "user", "content": query})
    for n, (name, arguments, result) in enumerate(calls):
        function = {"name": name, "arguments": json.dumps(arguments)}
        messages.append(
            {
                "role": "assistant",
                "content": None,
                "tool_calls": [{"id": f"c{n}", "type": "function", "function": function}],
            }
        )
        messages.append(
            {"role": "tool", "tool_call_id": f"c{n}", "name": name, "content": json.dumps(result, ensure_ascii=False)}
        )
    return {"messages": [*messages, {"role": "assistant", "content": answer}]}


def faults(trace: dict[str, Any]) -> list[tuple[int, str, str]]:
    read = read_one(trace)
    verdicts = judge_all(Case(tuple(read.messages), tuple(read.tools or ()), read.ending), all_graders().values())
    assert not [v for v in verdicts if v.status == "error"]
    return [(v.step, v.code or "", v.reason) for v in verdicts if v.status == "fail"]


def weather(city: str, degrees: int = 14, key: str = "city") -> tuple[str, dict[str, Any], Any]:
    return ("get_weather", {key: city, "unit": "C"}, {key: city, "temp": degrees, "sky": "rain"})


WRONG = {
    "town": row("weather in Paris right now, in celsius?", [weather("London")], "It is 14 °C and raining in Paris."),
    "town first": row("Lisbon weather please", [weather("Porto", 21)], "Lisbon has 21 °C and rain."),
    "town told as the other": row(
        "How warm is it in Oslo today?", [weather("Bergen", 9)], "It is 9 °C with rain in Bergen."
    ),
    "town with its country": row(
        "Hi, I'm Tom. What will the weather be like in Munich tonight?",
        [weather("Hamburg, Germany", 17, "location")],
        "Tonight Munich has 17 °C and rain.",
    ),
    "town in another language": row(
        "Wie ist das Wetter in Köln?", [weather("Berlin", 12)], "In Köln sind es 12 °C mit Regen."
    ),
    "person": row(
        "What's the phone extension of Anna Meyer?",
        [("directory", {"employee": "Peter Schmidt"}, {"extension": 4417})],
        "Anna Meyer's extension is 4417.",
    ),
    "person by name": row(
        "Look up Maria Lopez in the customer list: what is her balance?",
        [("get_customer", {"name": "Jonas Weber"}, {"balance": 310})],
        "Maria Lopez has a balance of 310.",
    ),
    "company": row(
        "How many employees does Siemens have?",
        [("company_info", {"company": "Bosch"}, {"employees": 429000})],
        "Siemens has 429,000 employees.",
    ),
    "hotel": row(
        "Is there a room free at the Hotel Adler tonight?",
        [("rooms", {"hotel": "Gasthof Post"}, {"free": 3})],
        "Yes, Hotel Adler has 3 rooms free tonight.",
    ),
    "airline": row(
        "How much baggage does Lufthansa allow?",
        [("baggage", {"airline": "Ryanair"}, {"kg": 10})],
        "Lufthansa allows 10 kg.",
    ),
    "product": row(
        "What does the Kindle cost?", [("price", {"product": "Kobo Libra"}, {"usd": 180})], "The Kindle costs $180."
    ),
    "another destination": row(
        "Cheapest flight to Tokyo on Friday?",
        [("find_flights", {"destination": "Seoul"}, {"eur": 640})],
        "The cheapest flight to Tokyo costs 640 EUR.",
    ),
}
RIGHT = {
    "the capital": row(
        "What's the weather in the capital of France?",
        [weather("Paris")],
        "In the capital of France it is 14 °C and raining.",
    ),
    "a code": row(
        "Departures from Heathrow?",
        [("departures", {"airport": "LHR"}, {"count": 31})],
        "There are 31 departures from Heathrow.",
    ),
    "a stop on the way": row(
        "How do I get from Berlin to Tokyo?",
        [("flights", {"city": "Doha"}, {"gates": 7})],
        "Fly from Berlin to Tokyo with a stop; there are 7 gates.",
    ),
    "exonym": row("Wetter in München?", [weather("Munich")], "In München sind es 14 °C mit Regen."),
    "exonym far apart": row("Weather in Köln?", [weather("Cologne")], "Köln has 14 °C and rain."),
    "comparison": row(
        "Weather in Paris, compared with London?",
        [weather("Paris"), weather("London", 11)],
        "Paris has 14 °C, London 11 °C.",
    ),
    "comparison with the unnamed": row(
        "Is Paris warmer than other capitals?",
        [weather("London", 11), weather("Madrid", 24)],
        "Paris is not the warmest: I found 11 °C and 24 °C.",
    ),
    "default place": row(
        "Is it raining?", [weather("Leeds")], "Yes, it is raining, at 14 °C.", "The user lives in Leeds."
    ),
    "default place beside a name": row(
        "Mail to Paris office done. Is it raining here?",
        [weather("Leeds")],
        "Yes, it rains; the Paris office has its mail.",
        "The user lives in Leeds.",
    ),
    "misspelt": row("weather in Pariss?", [weather("Paris")], "It is 14 °C and raining in Pariss."),
    "misspelt more": row("weather in Barselona?", [weather("Barcelona")], "It is 14 °C and raining in Barselona."),
    "a sight": row(
        "What's the weather at the Eiffel Tower?", [weather("Paris")], "It is 14 °C and raining at the Eiffel Tower."
    ),
    "a district": row("Weather in Kreuzberg?", [weather("Berlin")], "It is 14 °C and raining in Kreuzberg."),
    "a country": row("Weather in Iceland now?", [weather("Reykjavik", 4)], "It is 4 °C and raining in Iceland."),
    "a region": row("weather in Cornwall?", [weather("Truro")], "It is 14 °C and raining in Cornwall."),
    "a nickname": row("weather in the Big Apple?", [weather("New York")], "It is 14 °C and raining in the Big Apple."),
    "told openly": row(
        "Weather in Oxford?", [weather("London")], "I have none for Oxford; in London nearby it is 14 °C with rain."
    ),
    "tried first": row("Weather in Oxford?", [weather("Oxford"), weather("London")], "Oxford has 14 °C and rain."),
    "one call for each": row(
        "Weather for Rome and for Milan?", [weather("Roma"), weather("Milano", 12)], "Rome has 14 °C, Milan 12 °C."
    ),
    "an office": row(
        "What's the extension of the boss of Tarn Ltd?",
        [("directory", {"employee": "Peter Schmidt"}, {"extension": 4417})],
        "The boss of Tarn Ltd has extension 4417.",
    ),
    "a short first name": row(
        "Extension of Bob Miller?",
        [("directory", {"employee": "Robert Miller"}, {"extension": 4417})],
        "Bob Miller's extension is 4417.",
    ),
    "the parent company": row(
        "How many employees does the maker of Instagram have?",
        [("company_info", {"company": "Meta"}, {"employees": 74067})],
        "The maker of Instagram has 74,067 employees.",
    ),
    "a brand": row(
        "How many employees does Google have?",
        [("company_info", {"company": "Alphabet"}, {"employees": 182502})],
        "Google has 182,502 employees.",
    ),
    "a longer name": row(
        "Rooms at the Adler tonight?",
        [("rooms", {"hotel": "Hotel Adler"}, {"free": 3})],
        "The Adler has 3 rooms free tonight.",
    ),
    "a part of the town": row(
        "A good restaurant in Paris?",
        [("restaurants", {"location": "Montmartre"}, {"best": "Chez Anouk"})],
        "In Paris I would go to Chez Anouk.",
    ),
    "an event's own name": row(
        "Set up a meeting with Anna Meyer on Friday",
        [("create_event", {"name": "Weekly Sync", "day": "Friday"}, {"ok": True})],
        "The meeting with Anna Meyer on Friday is set up.",
    ),
    "a company's new name": row(
        "How many employees does Facebook have?",
        [("company_info", {"company": "Meta"}, {"employees": 74067})],
        "Facebook has 74,067 employees.",
    ),
    "the town of a sight": row(
        "When does Big Ben strike? I'm in Paris next week.",
        [("get_hours", {"city": "London"}, {"every": "hour"})],
        "Big Ben strikes every hour; for Paris I have nothing.",
    ),
    "the brand of a product": row(
        "What's the price of the Walkman?", [("price", {"brand": "Sony"}, {"usd": 300})], "The Walkman costs $300."
    ),
    "the town of a hotel": row(
        "Is it raining at the Hotel Adler?", [weather("Innsbruck")], "It is raining at the Hotel Adler, at 14 °C."
    ),
}


@pytest.mark.parametrize("trace", WRONG.values(), ids=WRONG)
def test_another_than_the_one_named(trace: dict[str, Any]) -> None:
    found = faults(trace)
    assert "A2" in [code for step, code, _ in found if step == 0], found


@pytest.mark.parametrize("trace", RIGHT.values(), ids=RIGHT)
def test_what_a_call_may_go_for(trace: dict[str, Any]) -> None:
    assert [f for f in faults(trace) if f[1] in ("A1", "A2")] == []
