"""Loopback servers, and the only address rule under which they can be reached."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from ipaddress import ip_address

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from tools.search.web.addresses import IPAddress
from tools.search.web.fetch import PageFetcher

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Serve = Callable[[Handler], Awaitable[TestServer]]


@pytest.fixture
async def serve() -> AsyncIterator[Serve]:
    """Starts servers on loopback that answer every path by one handler."""
    servers = []

    async def start(handler: Handler) -> TestServer:
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", handler)
        server = TestServer(app)
        await server.start_server()
        servers.append(server)
        return server

    yield start
    for server in servers:
        await server.close()


def fetcher_for(server: TestServer, **settings: float) -> PageFetcher:
    """A fetcher that reaches this one server, under any name that ends in .test, and nothing else."""

    def permits(address: IPAddress, port: int) -> bool:
        return address == ip_address("127.0.0.1") and port == server.port

    async def resolve(host: str, port: int) -> Sequence[str]:
        return ["127.0.0.1"] if host.endswith(".test") else [host]

    return PageFetcher(permits=permits, resolve=resolve, **settings)  # type: ignore[arg-type]


def address(server: TestServer, path: str = "/") -> str:
    return f"http://site.test:{server.port}{path}"
