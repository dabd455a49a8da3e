"""Whatever a trace holds, a format writes it, refuses it with a reason, or passes it over; what it writes can be written."""

from collections.abc import Iterator
from itertools import count
from typing import Any

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.traces import samples
from tests.traces.test_packing import JSON, MESSAGE, TEXT
from traces.export import Options, all_formats
from traces.export.format import Format, Item, LeftOut, Line, Refused
from traces.export.row import canonical
from traces.ledger import Ledger
from traces.record import Message

FORMATS = [format(Options(transforms=("serialise_parallel",))) for format in all_formats().values()]
NUMBER = count()
SETTINGS = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    with Ledger.create(tmp_path_factory.mktemp("anything") / "ledger.sqlite") as ledger:
        yield ledger


def lines(ledger: Ledger, format: Format, slot: str) -> list[Item]:
    group = list(ledger.stored(format.reads, slot=slot))
    return list(format.lines(group)) if group else []


def stored(ledger: Ledger, *traces: tuple[Message, ...], bad: int | None = None) -> str:
    """Keep traces as attempts at a slot of their own; the second is a rejected one."""
    slot = f"s{next(NUMBER):05}"
    for attempt, messages in enumerate(traces, 1):
        kept = attempt == 1
        trace = samples.trace(
            f"{slot}-{attempt}",
            messages,
            of=samples.task(),
            outcome="keep" if kept else "reject",
            bad=None if kept else bad,
        )
        ledger.put_attempt(slot, attempt, [trace])
    return slot


@SETTINGS
@given(
    first=st.lists(MESSAGE, max_size=5).map(tuple),
    second=st.lists(MESSAGE, max_size=5).map(tuple),
    bad=st.integers(0, 3),
)
def test_junk_is_refused_or_written_never_a_crash(
    shared: Ledger, first: tuple[Message, ...], second: tuple[Message, ...], bad: int
) -> None:
    slot = stored(shared, first, second, bad=bad)
    for format in FORMATS:
        for item in lines(shared, format, slot):
            if isinstance(item, Line):
                orjson.dumps(item.value)
            else:
                assert item.why if isinstance(item, LeftOut) else item.faults


CALLS = st.lists(st.dictionaries(TEXT, JSON, max_size=3), min_size=1, max_size=3)
OPEN = samples.schema("anything", ())
OPEN["function"]["parameters"] = {"type": "object"}


@st.composite
def sound(draw: st.DrawFn) -> tuple[Message, ...]:
    """A trace in order, with any text and any arguments."""
    messages = [samples.user(draw(TEXT))]
    for turn in range(draw(st.integers(0, 3))):
        calls = [samples.call(f"t{turn}n{n}", "anything", given) for n, given in enumerate(draw(CALLS))]
        messages.append(samples.said(draw(TEXT), *calls, reasoning=draw(st.none() | TEXT)))
        messages += [samples.saw(call.id, "anything", draw(TEXT)) for call in calls]
    return (*messages, samples.said(draw(TEXT)))


def odd(value: Any) -> bool:
    """Whether JSON or Arrow has no form for a value."""
    if isinstance(value, dict):
        return any(map(odd, value.values()))
    if isinstance(value, list):
        return any(map(odd, value))
    if isinstance(value, float):
        return value != value or abs(value) == float("inf")
    return isinstance(value, int) and not -(2**63) <= value < 2**63


@SETTINGS
@given(messages=sound())
def test_sound_rows_come_back_equal_unless_json_cannot_hold_them(shared: Ledger, messages: tuple[Message, ...]) -> None:
    slot = f"s{next(NUMBER):05}"
    shared.put_attempt(slot, 1, [samples.trace(f"{slot}-1", messages, of=samples.task(), tools=(OPEN,))])
    row = canonical(next(shared.stored(slot=slot)))
    (item,) = lines(shared, all_formats()["trl"](Options()), slot)
    if any(odd(call.arguments) for message in messages for call in message.tool_calls):
        assert isinstance(item, Refused)
        assert {fault.rule for fault in item.faults} == {"values"}
    else:
        assert isinstance(item, Line)
        assert orjson.loads(orjson.dumps(item.value))["messages"] == list(row.messages)
