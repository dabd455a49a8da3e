"""Opening pages from servers that misbehave."""

import asyncio
import gzip
import zlib
from collections.abc import Sequence
from dataclasses import replace

import pytest
from aiohttp import web

from tests.tools.search.web.conftest import Serve, address, fetcher_for
from tools.search.provider import Page, PageRefused, SearchUnavailable

HTML = "<html><head><title>The Quay</title></head><body><h1>The Quay</h1><p>All is quiet.</p></body></html>"
PLAIN = Page("", "The Quay", "The Quay\n\nAll is quiet.", untrusted=True)


def responding(body: bytes = HTML.encode(), status: int = 200, **headers: str) -> object:
    named = {"Content-Type": "text/html"} | {name.replace("_", "-"): value for name, value in headers.items()}

    async def handler(request: web.Request) -> web.Response:
        return web.Response(body=body, status=status, headers=named)

    return handler


async def opened(serve: Serve, handler: object, **settings: float) -> Page | None:
    server = await serve(handler)  # type: ignore[arg-type]
    page = await fetcher_for(server, **settings).fetch(address(server))
    return page and page._replace(id="")


async def test_a_page_becomes_title_and_text(serve: Serve) -> None:
    assert await opened(serve, responding()) == PLAIN


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "raw"])
async def test_compressed_pages_are_read(serve: Serve, encoding: str) -> None:
    raw = zlib.compressobj(wbits=-15)
    packed = {
        "gzip": gzip.compress(HTML.encode()),
        "deflate": zlib.compress(HTML.encode()),
        "raw": raw.compress(HTML.encode()) + raw.flush(),
    }[encoding]
    assert await opened(serve, responding(packed, Content_Encoding=encoding.replace("raw", "deflate"))) == PLAIN


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("Zürich – 5 €".encode(), "text/html; charset=utf-8"),
        ("Zürich – 5 €".encode(), "text/html"),
        ("Zürich – 5 €".encode("utf-8-sig"), "text/html; charset=latin-1"),
        ("Zürich – 5 €".encode("cp1252"), "text/html; charset=iso-8859-1"),
        ("Zürich – 5 €".encode("cp1252"), "text/html"),
        ("Zürich – 5 €".encode("utf-16"), "text/html"),
        (b'<meta charset="windows-1252">' + "Zürich – 5 €".encode("cp1252"), "text/html"),
        (b'<meta charset="utf-16">' + "Zürich – 5 €".encode(), "text/html"),
        ("Zürich – 5 €".encode(), "text/html; charset=unicode_escape"),
        ("Zürich – 5 €".encode(), "text/html; charset=zlib_codec"),
        ("Zürich – 5 €".encode(), "text/html; charset=nonsense"),
    ],
)
async def test_character_sets_are_read_as_browsers_do(serve: Serve, body: bytes, content_type: str) -> None:
    page = await opened(serve, responding(body, Content_Type=content_type))
    assert page is not None
    assert page.text == "Zürich – 5 €"


async def test_a_page_without_a_type_is_read_where_it_is_html(serve: Serve) -> None:
    page = await opened(serve, responding(b"<!DOCTYPE html>" + HTML.encode(), Content_Type="application/octet-stream"))
    assert page == PLAIN


async def test_plain_text_stays_as_it_is(serve: Serve) -> None:
    page = await opened(serve, responding(b"1 < 2 &amp; so on\n\n\n\x1b[31mred\x00", Content_Type="text/plain"))
    assert page is not None
    assert page.text == "1 < 2 &amp; so on\n\n[31mred"


@pytest.mark.parametrize("status", [404, 410])
async def test_a_page_that_is_gone_is_none(serve: Serve, status: int) -> None:
    assert await opened(serve, responding(status=status)) is None


@pytest.mark.parametrize("status", [204, 401, 403, 429, 500, 503])
async def test_other_answers_say_nothing_of_the_page(serve: Serve, status: int) -> None:
    with pytest.raises(SearchUnavailable, match=str(status)):
        await opened(serve, responding(b"", status=status))


@pytest.mark.parametrize("content_type", ["application/pdf", "image/png", "application/zip", "video/mp4"])
async def test_files_that_hold_no_text_are_refused(serve: Serve, content_type: str) -> None:
    with pytest.raises(PageRefused, match=content_type):
        await opened(serve, responding(b"\x00\x01", Content_Type=content_type))


async def test_a_huge_page_is_cut(serve: Serve) -> None:
    async def handler(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/plain"})
        await response.prepare(request)
        for _ in range(10_000):
            await response.write(b"Never ends. " * 1000)
        return response

    page = await opened(serve, handler, size=50_000)
    assert page is not None
    assert page.text.endswith("[The page is longer; the rest is not shown.]")
    assert len(page.text) < 51_000


async def test_a_decompression_bomb_stays_small(serve: Serve) -> None:
    bomb = gzip.compress(bytes(200_000_000), compresslevel=1)
    page = await opened(serve, responding(bomb, Content_Encoding="gzip", Content_Type="text/plain"), size=100_000)
    assert page is not None
    assert len(page.text) < 101_000


@pytest.mark.parametrize(
    ("body", "encoding"),
    [(b"no gzip", "gzip"), (gzip.compress(HTML.encode())[:-8] + bytes(8), "gzip"), (b"x", "br")],
    ids=["no gzip", "wrong checksum", "unasked"],  # not by the bytes, in which the time of day stands
)
async def test_damaged_or_unasked_encodings_are_unavailable(serve: Serve, body: bytes, encoding: str) -> None:
    with pytest.raises(SearchUnavailable):
        await opened(serve, responding(body, Content_Encoding=encoding))


async def test_a_page_that_breaks_off_says_so(serve: Serve) -> None:
    packed = gzip.compress(HTML.encode())[:-12]
    page = await opened(serve, responding(packed, Content_Encoding="gzip"))
    assert page is not None
    assert page.text.endswith("[The page is longer; the rest is not shown.]")


async def test_a_slow_drip_meets_the_deadline(serve: Serve) -> None:
    async def handler(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/plain"})
        await response.prepare(request)
        while True:
            await response.write(b".")
            await asyncio.sleep(0.02)

    with pytest.raises(SearchUnavailable, match=r"within 0\.3 seconds"):
        await opened(serve, handler, deadline=0.3)


async def test_a_server_that_speaks_no_http_is_unavailable() -> None:
    async def garbage(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"\x15\x03\x01 no http at all\r\n\r\n")
        writer.close()

    server = await asyncio.start_server(garbage, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    fetcher = fetcher_for(type("Server", (), {"port": port})())
    with pytest.raises(SearchUnavailable):
        await fetcher.fetch(f"http://site.test:{port}/")
    server.close()


def redirecting(*locations: str) -> object:
    """Redirects /0 to the first location, /1 to the second, and so on; anything else is the page."""

    async def handler(request: web.Request) -> web.Response:
        steps = dict(enumerate(locations))
        number = int(request.path[1:]) if request.path[1:].isdigit() else 0 if request.path == "/" else None
        if number in steps:
            return web.Response(status=302, headers={"Location": steps[number]})
        return web.Response(text=HTML, content_type="text/html")

    return handler


async def test_redirects_are_followed(serve: Serve) -> None:
    assert await opened(serve, redirecting("/1", "2", "page?x=1#part")) == PLAIN
    assert await opened(serve, redirecting("/1", "/page")) == PLAIN


@pytest.mark.parametrize(
    "location",
    [
        "http://10.0.0.1/",
        "http://127.0.0.1:1/",
        "http://[::1]/",
        "http://169.254.169.254/latest/meta-data/",
        "//10.0.0.1/",
        "file:///etc/passwd",
        "http://user:secret@site.test/",
    ],
)
async def test_each_redirect_is_checked_again(serve: Serve, location: str) -> None:
    with pytest.raises(PageRefused):
        await opened(serve, redirecting("/1", location))


async def test_redirects_in_a_circle_end(serve: Serve) -> None:
    with pytest.raises(SearchUnavailable, match="redirects more than 5 times"):
        await opened(serve, redirecting("/"))


async def test_the_checked_address_is_the_one_connected_to(serve: Serve) -> None:
    server = await serve(responding())  # type: ignore[arg-type]
    answers = iter([["127.0.0.1"], ["10.0.0.1"]])

    async def resolve(host: str, port: int) -> Sequence[str]:
        return next(answers)

    fetcher = replace(fetcher_for(server), resolve=resolve)
    assert await fetcher.fetch(address(server)) is not None
    with pytest.raises(PageRefused):
        await fetcher.fetch(address(server))
