"""How a gate finds what a server takes, and when it gives a server up."""

import asyncio

import pytest

from agents.chat import EndpointError
from agents.gate import Gate
from agents.halt import Halt


class Server:
    """Takes `most` calls at once and refuses the rest."""

    def __init__(self, most: int) -> None:
        self.most, self.inside, self.refused, self.peak = most, 0, 0, 0

    async def call(self) -> None:
        self.inside += 1
        try:
            self.peak = max(self.peak, self.inside)
            await asyncio.sleep(0.001)
            if self.inside > self.most:
                self.refused += 1
                raise EndpointError("busy", status=429)
        finally:
            self.inside -= 1


async def called(gate: Gate, server: Server) -> None:
    while True:
        try:
            async with gate.passage():
                return await server.call()
        except EndpointError:
            continue


async def test_it_finds_what_a_server_takes() -> None:
    gate, server = Gate("s", 64), Server(12)
    await asyncio.gather(*(called(gate, server) for _ in range(2000)))
    assert 4 <= gate.limit <= 26
    assert server.refused < 400


async def test_it_goes_up_to_the_most_where_nothing_is_refused() -> None:
    gate, server = Gate("s", 32), Server(1000)
    await asyncio.gather(*(called(gate, server) for _ in range(400)))
    assert gate.limit == 32
    assert server.peak == 32


async def refuse(gate: Gate, status: int, wait: float | None = None) -> None:
    with pytest.raises(EndpointError):
        async with gate.passage():
            raise EndpointError("told you", status=status, retry_after=wait)


async def test_a_pause_that_is_asked_for_holds_for_everyone() -> None:
    gate, loop = Gate("s", 8), asyncio.get_running_loop()
    await refuse(gate, 429, wait=0.2)
    before = loop.time()
    async with gate.passage():
        assert loop.time() - before >= 0.15


async def test_a_server_that_only_refuses_is_given_up() -> None:
    gate = Gate("the server", 8, patience=0.05)
    for _ in range(9):
        await refuse(gate, 503)
    await asyncio.sleep(0.06)
    with pytest.raises(Halt, match=r"the server gave no answer .* told you"):
        async with gate.passage():
            raise EndpointError("told you", status=503)
    with pytest.raises(Halt):
        async with gate.passage():
            pass


async def test_a_wrong_request_is_no_sign_of_trouble() -> None:
    gate = Gate("s", 8, patience=0.0)
    for _ in range(30):
        await refuse(gate, 400)
    assert gate.limit == 4


async def fail(gate: Gate, call: object, error: EndpointError) -> bool:
    """Let one try of a call fail; whether that call is tried on."""
    with pytest.raises(EndpointError):
        async with gate.passage("tools", call):
            raise error
    return gate.waits(error, "tools")


async def answered(gate: Gate) -> None:
    async with gate.passage("tools"):
        pass


async def test_a_call_is_tried_on_while_the_server_answers_nobody() -> None:
    gate, down = Gate("s", 8, patience=60), EndpointError("down", status=500)
    await answered(gate)
    assert [await fail(gate, call, down) for call in "abcde"] == [False] * 4 + [True]
    await answered(gate)
    assert not await fail(gate, "a", down), "others are answered: this one is at fault"


async def test_a_call_that_fails_alone_is_not_tried_on_for_ever_and_ends_no_run() -> None:
    gate, down = Gate("s", 8, patience=60), EndpointError("down", status=500)
    await answered(gate)
    for _ in range(11):
        await fail(gate, "a", down)
    gate.patience = 0.0
    assert not await fail(gate, "a", down)
    with pytest.raises(Halt):
        await fail(gate, "b", down)


async def test_a_server_that_is_gone_ends_a_run_even_for_a_single_call() -> None:
    gate, gone = Gate("s", 8, patience=60), EndpointError("refused", kind="unreachable")
    await answered(gate)
    for _ in range(9):
        assert await fail(gate, "a", gone)
    gate.patience = 0.0
    with pytest.raises(Halt):
        await fail(gate, "a", gone)


async def test_nobody_rests_on_once_an_outage_is_over() -> None:
    gate, down = Gate("s", 8, patience=60), EndpointError("down", status=500)
    resting = asyncio.create_task(gate.rest(3600))
    await fail(gate, "a", down)
    await answered(gate)
    await asyncio.sleep(0)
    assert not resting.done(), "one failure is no outage"
    for call in "abcde":
        await fail(gate, call, down)
    await answered(gate)
    await asyncio.wait_for(resting, 60)


async def test_nobody_rests_on_once_a_server_is_given_up() -> None:
    gate = Gate("s", 8, patience=60)
    resting = asyncio.create_task(gate.rest(3600))
    for call in range(9):
        await fail(gate, call, EndpointError("down", status=500))
    assert not resting.done()
    gate.patience = 0.0
    with pytest.raises(Halt):
        await fail(gate, 9, EndpointError("down", status=500))
    await asyncio.wait_for(resting, 60)


async def test_a_server_that_is_gone_before_any_answer_is_not_waited_for() -> None:
    gate = Gate("s", 8, patience=60)
    assert [await fail(gate, "a", EndpointError("refused", kind="unreachable")) for _ in range(8)] == [False] * 8


async def test_silence_is_told_while_it_lasts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("agents.gate._QUIET", 0.02)
    gate = Gate("the server", 8)
    await answered(gate)
    assert gate.trouble() == ""
    async with gate.passage():
        await asyncio.sleep(0.03)
        assert "no answer for" in gate.trouble()
        assert "the server" in gate.trouble()
    assert gate.trouble() == ""


async def test_a_server_that_never_answers_is_given_up_and_so_may_be_a_slow_model() -> None:
    gate, hung = Gate("s", 8, patience=60), EndpointError("no whole answer within 120 s", status=408)
    for call in "abcd":
        await fail(gate, call, hung)
    gate.patience = 0.0
    with pytest.raises(Halt, match="timeout"):
        await fail(gate, "e", hung)
