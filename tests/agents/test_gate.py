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
