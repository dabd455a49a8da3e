"""The tools that look alike: each against going through days and years one by one, and errors that say what would be right."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tools.catalogue import catalogue
from tools.results import ToolOutput


async def called(name: str, **arguments: Any) -> ToolOutput:
    message = await catalogue()[name].ainvoke({"type": "tool_call", "id": "c", "name": name, "args": arguments})
    artifact: ToolOutput = message.artifact
    return artifact


@settings(max_examples=40, deadline=None)
@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 800))
async def test_days_are_those_of_the_calendar(first: date, more: int) -> None:
    period = {"first": first.isoformat(), "last": (first + timedelta(more)).isoformat()}
    days = [first + timedelta(n) for n in range(more + 1)]
    assert (await called("count_days", **period)).content == f"{len(days)} days"
    weekdays = sum(day.weekday() < 5 for day in days)
    assert (await called("count_working_days", **period)).content == f"{weekdays} days"


async def test_interest() -> None:
    saved = {"amount": 1250.5, "rate": 4.25, "years": 3}
    assert (await called("simple_interest", **saved)).content == "159.44"
    assert (await called("compound_interest", **saved)).content == "166.31"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ({"first": "3 March 2031", "last": "2031-03-04"}, "YYYY-MM-DD"),
        ({"first": "2031-03-04", "last": "2031-03-03"}, "earlier date first"),
        ({"first": "0001-01-01", "last": "9999-12-31"}, "more than"),
    ],
)
async def test_periods_that_are_none(arguments: dict[str, str], told: str) -> None:
    for name in ("count_days", "count_working_days"):
        output = await called(name, **arguments)
        assert output.error == "invalid_input"
        assert told in output.content


@pytest.mark.parametrize("wrong", [{"amount": -1.0}, {"rate": -0.5}, {"years": 0}, {"years": 1000}])
async def test_sums_that_earn_nothing(wrong: dict[str, float]) -> None:
    for name in ("simple_interest", "compound_interest"):
        assert (await called(name, **{"amount": 100.0, "rate": 2.0, "years": 2, **wrong})).error == "invalid_input"
