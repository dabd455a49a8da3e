"""Nothing but public web servers can be reached, however the address is written."""

import socket
from collections.abc import Sequence

import pytest
from aiohttp import web
from yarl import URL

from tests.tools.search.web.conftest import Serve
from tools.search.provider import PageRefused, SearchUnavailable
from tools.search.web.addresses import checked, guarded_socket, public, read_address
from tools.search.web.fetch import PageFetcher

INSIDE = [
    "127.0.0.1",
    "127.1",
    "2130706433",
    "0x7f000001",
    "0x7f.0.0.1",
    "017700000001",
    "0177.0.0.1",
    "0",
    "0.0.0.0",
    "10.0.0.1",
    "172.16.3.4",
    "192.168.1.1",
    "100.64.0.1",
    "169.254.169.254",
    "198.18.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "localhost",
    "LOCALHOST.",
    "[::1]",
    "[::]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[::127.0.0.1]",
    "[::ffff:10.0.0.1]",
    "[fe80::1]",
    "[fec0::1]",
    "[fd00::1]",
    "[ff02::1]",
    "[2001:db8::1]",
    "[64:ff9b::127.0.0.1]",
    "[64:ff9b::a00:1]",
    "[2002:7f00:1::]",
    "[2002:a00:1::]",
    "[2001:0:4136:e378:8000:63bf:f5ff:fffe]",
    "①②⑦.⓪.⓪.①",
    "127。0。0。1",
]


@pytest.mark.parametrize("host", INSIDE)
async def test_addresses_of_the_own_network_are_refused(host: str) -> None:
    with pytest.raises((PageRefused, SearchUnavailable)):
        await PageFetcher(deadline=5).fetch(f"http://{host}/")


@pytest.mark.parametrize("host", [host for host in INSIDE if host.isascii() and host != "LOCALHOST."])
async def test_they_are_refused_for_what_they_are(host: str) -> None:
    with pytest.raises(PageRefused, match="not a public web server"):
        await checked(read_address(f"http://{host}/"))


@pytest.mark.parametrize("host", ["93.184.216.34", "[2606:2800:220:1:248:1893:25c8:1946]"])
async def test_public_addresses_pass(host: str) -> None:
    assert (await checked(read_address(f"https://{host}/"))).addresses


@pytest.mark.parametrize("port", [22, 25, 3306, 6379, 11434])
async def test_other_ports_are_refused(port: int) -> None:
    with pytest.raises(PageRefused):
        await checked(URL(f"http://93.184.216.34:{port}/"))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "quay",
        "file:///etc/passwd",
        "ftp://example.com/",
        "gopher://example.com/",
        "javascript:alert(1)",
        "data:text/html,x",
        "//example.com/",
        "http://",
        "http://user@example.com/",
        "http://user:secret@example.com/",
        "http://example.com:99999/",
        "http://[::1",
        "http://example.com/" + "a" * 3000,
    ],
)
async def test_what_is_no_plain_web_address_is_refused(text: str) -> None:
    with pytest.raises(PageRefused):
        await PageFetcher(deadline=5).fetch(text)


async def test_one_inner_address_among_public_ones_is_enough() -> None:
    async def resolve(host: str, port: int) -> Sequence[str]:
        return ["93.184.216.34", "::ffff:10.0.0.1"]

    with pytest.raises(PageRefused):
        await checked(URL("http://both.test/"), public, resolve)


async def test_a_host_that_is_not_found_says_nothing_of_the_page() -> None:
    async def resolve(host: str, port: int) -> Sequence[str]:
        raise socket.gaierror

    with pytest.raises(SearchUnavailable, match="cannot be found"):
        await checked(URL("http://nowhere.test/"), public, resolve)


@pytest.mark.parametrize("host", ["127.0.0.1", "10.0.0.1", "::1", "fe80::1%1"])
def test_no_socket_is_made_for_an_inner_address(host: str) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with pytest.raises(OSError, match="not permitted"):
        guarded_socket(public)((family, socket.SOCK_STREAM, socket.IPPROTO_TCP, "", (host, 80)))


async def test_production_does_not_reach_a_loopback_server(serve: Serve) -> None:
    asked: list[str] = []

    async def handler(request: web.Request) -> web.Response:
        asked.append(request.path)
        return web.Response(text="inside")

    server = await serve(handler)
    for host in ("127.0.0.1", "localhost", "0x7f.1"):
        with pytest.raises(PageRefused):
            await PageFetcher().fetch(f"http://{host}:{server.port}/")
    assert asked == []
