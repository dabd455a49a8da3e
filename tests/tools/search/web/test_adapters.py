"""Brave, Tavily and SearxNG against loopback servers, well-behaved and not."""

import asyncio
import gzip
from collections.abc import Callable
from typing import Any

import orjson
import pytest
from aiohttp import web

from tests.tools.search.web.conftest import Handler, Serve
from tools.search.provider import Hit, SearchUnavailable
from tools.search.web import adapters
from tools.search.web.adapters import Adapter
from tools.search.web.brave import Brave
from tools.search.web.limits import TryAgain
from tools.search.web.searxng import SearxNG
from tools.search.web.tavily import Tavily

Make = Callable[[str], Adapter]
SECRET = "secret-key-1234"
ENTRIES = [
    {
        "title": "The <strong>Quay</strong>",
        "url": "https://quay.example/a",
        "description": "All is <b>quiet</b>&nbsp;here.",
    },
    {"title": "Twice", "url": "https://quay.example/a", "description": "again"},
    {"title": "Inside", "url": "file:///etc/passwd", "description": "no address of the web"},
    {"title": None, "url": "http://inn.example/", "description": None},
    {"title": "No address"},
    "no object",
    {"title": "Third", "url": "https://third.example/", "description": "x" * 1000},
]
HITS = [
    Hit("https://quay.example/a", "The Quay", "All is quiet here.", untrusted=True),
    Hit("http://inn.example/", "http://inn.example/", "", untrusted=True),
    Hit("https://third.example/", "Third", "x" * 299 + "…", untrusted=True),
]


def renamed(entries: list[Any]) -> list[Any]:
    """The entries as Tavily and SearxNG name the excerpt."""
    return [
        {{"description": "content"}.get(k, k): v for k, v in e.items()} if isinstance(e, dict) else e for e in entries
    ]


MAKERS: dict[str, Make] = {
    "brave": lambda base: Brave(SECRET, base),
    "tavily": lambda base: Tavily(SECRET, base),
    "searxng": lambda base: SearxNG(base),
}
FOUND = {
    "brave": {"type": "search", "web": {"results": ENTRIES}},
    "tavily": {"query": "quay", "results": renamed(ENTRIES)},
    "searxng": {"query": "quay", "results": renamed(ENTRIES), "unresponsive_engines": [["google", "blocked"]]},
}
EMPTY: dict[str, dict[str, Any]] = {
    "brave": {"type": "search", "query": {}},
    "tavily": {"results": []},
    "searxng": {"results": [], "unresponsive_engines": []},
}


@pytest.fixture(params=MAKERS)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


async def asked(serve: Serve, name: str, handler: Handler, limit: int = 5) -> list[Hit]:
    server = await serve(handler)
    return await MAKERS[name](str(server.make_url("/"))).ask("the quay", limit)


def sending(body: bytes | object, status: int = 200, **headers: str) -> Handler:
    content = body if isinstance(body, bytes) else orjson.dumps(body)

    async def handler(request: web.Request) -> web.Response:
        named = {header.replace("_", "-"): value for header, value in headers.items()}
        return web.Response(body=content, status=status, headers={"Content-Type": "application/json"} | named)

    return handler


async def test_hits_are_cleaned_and_marked(serve: Serve, name: str) -> None:
    assert await asked(serve, name, sending(FOUND[name])) == HITS
    assert await asked(serve, name, sending(FOUND[name]), limit=1) == HITS[:1]


async def test_an_honest_empty_answer_is_empty(serve: Serve, name: str) -> None:
    assert await asked(serve, name, sending(EMPTY[name])) == []


@pytest.mark.parametrize("status", [429, 500, 502, 503])
async def test_what_may_pass_can_be_tried_again(serve: Serve, name: str, status: int) -> None:
    with pytest.raises(TryAgain, match=str(status)) as caught:
        await asked(serve, name, sending(b"", status, Retry_After="3"))
    assert caught.value.after == 3.0


@pytest.mark.parametrize("status", [301, 400, 401, 403, 404, 422, 432])
async def test_what_will_not_pass_is_not(serve: Serve, name: str, status: int) -> None:
    with pytest.raises(SearchUnavailable, match=str(status)) as caught:
        await asked(serve, name, sending(b"", status, Location="/elsewhere"))
    assert not isinstance(caught.value, TryAgain)
    assert SECRET not in str(caught.value)


async def test_a_long_pause_is_not_waited_for(serve: Serve, name: str) -> None:
    with pytest.raises(SearchUnavailable, match="asks to wait 3600 seconds") as caught:
        await asked(serve, name, sending(b"", 429, Retry_After="3600"))
    assert not isinstance(caught.value, TryAgain)


@pytest.mark.parametrize(
    "body",
    [b"", b"<html>captcha</html>", b"[]", b"{}", b'{"results": 7, "web": {"results": 7}}', b"\xff\xfe", b"[" * 5000],
)
async def test_garbage_is_never_an_empty_answer(serve: Serve, name: str, body: bytes) -> None:
    with pytest.raises(SearchUnavailable):
        await asked(serve, name, sending(body))


async def test_compressed_answers_are_read_and_bombs_are_not(serve: Serve, name: str) -> None:
    packed = gzip.compress(orjson.dumps(FOUND[name]))
    assert await asked(serve, name, sending(packed, Content_Encoding="gzip")) == HITS
    bomb = gzip.compress(b" " * 100_000_000, 1)
    with pytest.raises(SearchUnavailable, match="more than"):
        await asked(serve, name, sending(bomb, Content_Encoding="gzip"))


async def test_a_huge_answer_is_given_up(serve: Serve, name: str) -> None:
    async def handler(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        for _ in range(10_000):
            await response.write(b" " * 10_000)
        return response

    with pytest.raises(SearchUnavailable, match="more than"):
        await asked(serve, name, handler)


async def test_a_slow_drip_is_given_up(serve: Serve, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adapters, "REQUEST_SECONDS", 0.2)

    async def handler(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        while True:
            await response.write(b" ")
            await asyncio.sleep(0.02)

    with pytest.raises(TryAgain, match="did not answer"):
        await asked(serve, name, handler)


async def test_a_server_that_is_not_there_can_be_tried_again(serve: Serve, name: str) -> None:
    server = await serve(sending({}))
    base = str(server.make_url("/"))
    await server.close()
    with pytest.raises(TryAgain, match="could not be reached"):
        await MAKERS[name](base).ask("quay", 5)


async def request_of(serve: Serve, make: Make, query: str, limit: int) -> tuple[web.Request, dict[str, Any]]:
    """What the provider is sent."""
    seen: list[tuple[web.Request, dict[str, Any]]] = []

    async def handler(request: web.Request) -> web.Response:
        seen.append((request, await request.json() if request.can_read_body else {}))
        return web.json_response({"type": "search", "results": []})

    server = await serve(handler)
    await make(str(server.make_url("/"))).ask(query, limit)
    return seen[0]


async def test_brave_is_asked_in_its_own_terms(serve: Serve) -> None:
    request, _ = await request_of(serve, lambda base: Brave(SECRET, base, {"country": "de"}), "w " * 80, 50)
    assert request.path == "/res/v1/web/search"
    assert request.headers["X-Subscription-Token"] == SECRET
    assert dict(request.query) == {"q": " ".join(["w"] * 50), "count": "20", "country": "de"}


async def test_tavily_is_asked_in_its_own_terms(serve: Serve) -> None:
    request, body = await request_of(serve, lambda base: Tavily(SECRET, base, {"search_depth": "basic"}), "q" * 900, 5)
    assert (request.method, request.path) == ("POST", "/search")
    assert request.headers["Authorization"] == f"Bearer {SECRET}"
    assert body == {"query": "q" * 400, "max_results": 5, "search_depth": "basic"}


async def test_searxng_is_asked_in_its_own_terms(serve: Serve) -> None:
    request, _ = await request_of(serve, lambda base: SearxNG(f"{base}sub/", {"language": "de"}), "quay", 5)
    assert request.path == "/sub/search"
    assert dict(request.query) == {"q": "quay", "format": "json", "language": "de"}


async def test_searxng_without_its_engines_says_nothing(serve: Serve) -> None:
    with pytest.raises(SearchUnavailable, match="engines did not respond"):
        await asked(serve, "searxng", sending({"results": [], "unresponsive_engines": [["google", "blocked"]]}))


def test_a_key_is_never_shown(name: str) -> None:
    adapter = MAKERS[name]("http://x")
    assert SECRET not in repr(adapter)
    assert SECRET not in str(dict(adapter.parameters))
