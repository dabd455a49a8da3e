"""Web search as a whole: recorded, replayed with the network closed, and as the tools show it."""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from tests.tools.search.web.conftest import Serve, address, fetcher_for
from tools.offered.open_page import open_page
from tools.offered.search import search
from tools.results import ToolEnv, ToolOutput
from tools.search.provider import Hit, PageRefused, SearchUnavailable
from tools.search.web.cassette import CacheMode, Cassette
from tools.search.web.fetch import PageFetcher
from tools.search.web.limits import Breaker, Patience, TokenBucket
from tools.search.web.search import WebSearch
from tools.search.web.searxng import SearxNG
from tools.search.web.settings import SettingsError, WebSettings, web_search


def files(folder: Path, pattern: str = "*.json") -> list[Path]:
    return sorted(folder.rglob(pattern))


class Web:
    """A search service and a site in one loopback server. `down` makes it fail; it counts what it was asked."""

    def __init__(self) -> None:
        self.down = False
        self.asked: list[str] = []

    async def handle(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(request.path_qs)
        if self.down:
            return web.Response(status=503)
        if request.path == "/search":
            return web.json_response({"results": self.results(request)})
        if request.path == "/gone":
            return web.Response(status=404)
        if request.path == "/scan.pdf":
            return web.Response(body=b"%PDF", content_type="application/pdf")
        return web.Response(
            text=f"<title>Page</title>Visit {len(self.asked)} to {request.path}", content_type="text/html"
        )

    def results(self, request: web.Request) -> list[dict[str, str]]:
        if request.query["q"] == "nothing":
            return []
        base = f"http://site.test:{request.url.port}"
        return [
            {"title": f"{request.query['q']} {len(self.asked)}", "url": f"{base}/{n}", "content": "x"} for n in range(9)
        ]


@pytest.fixture
def site() -> Web:
    return Web()


@pytest.fixture
async def server(serve: Serve, site: Web) -> TestServer:
    return await serve(site.handle)


def searching(server: TestServer, folder: Path | None, mode: CacheMode) -> WebSearch:
    patience = Patience(TokenBucket(1e6), Breaker(1000, 60.0), tries=1)
    adapter = SearxNG(str(server.make_url("/")), {"language": "en"})
    return WebSearch(adapter, patience, Cassette(folder, mode), fetcher_for(server), TokenBucket(1e6))


async def observe(provider: WebSearch, site: str) -> list[tuple[str, Any, Any, bool]]:
    """A session as an agent has it, with all kinds of outcome."""
    env = ToolEnv(search=provider)
    calls: list[tuple[Any, dict[str, Any]]] = [
        (search, {"query": "quay"}),
        (search, {"query": "quay", "limit": 2}),
        (search, {"query": "nothing"}),
        (open_page, {"id": f"{site}/1"}),
        (open_page, {"id": f'"{site}/Quay_(old)"'}),
        (open_page, {"id": f"{site}/gone"}),
        (open_page, {"id": f"{site}/scan.pdf"}),
        (open_page, {"id": "http://10.0.0.1/"}),
        (open_page, {"id": "no address"}),
    ]
    seen = []
    for tool, arguments in calls:
        call = {"type": "tool_call", "id": "c", "name": tool.name, "args": {**arguments, "env": env}}
        output: ToolOutput = (await tool.ainvoke(call)).artifact
        seen.append((output.content, output.error, output.data, output.untrusted))
    return seen


async def test_a_replay_is_identical_with_the_network_closed(server: TestServer, site: Web, tmp_path: Path) -> None:
    recording, base = searching(server, tmp_path, "record"), address(server, "")
    recorded = await observe(recording, base)
    assert [error for _, error, _, _ in recorded] == [None] * 5 + ["not_found"] + ["refused"] * 3
    assert recorded[0][3]
    assert recorded[3][3], "what comes from outside is marked"
    count = len(site.asked)
    await server.close()
    replayed = await observe(replace(recording, cassette=Cassette(tmp_path, "replay")), base)
    assert repr(replayed) == repr(recorded)
    assert len(site.asked) == count


async def test_record_asks_only_once_and_live_asks_always(server: TestServer, site: Web, tmp_path: Path) -> None:
    recording = searching(server, tmp_path, "record")
    first = await recording.search("quay", 5)
    assert await recording.search("  quay ", 5) == first
    assert await searching(server, tmp_path, "record").search("quay", 5) == first
    assert len(site.asked) == 1
    live = await searching(server, tmp_path, "live").search("quay", 5)
    assert live != first
    assert await searching(server, tmp_path, "replay").search("quay", 5) == live, "live answers are kept as well"


async def test_the_same_question_at_the_same_time_is_asked_once(server: TestServer, site: Web, tmp_path: Path) -> None:
    recording = searching(server, tmp_path, "record")
    answers = await asyncio.gather(*(recording.search("quay", 5) for _ in range(10)))
    assert all(answer == answers[0] for answer in answers)
    assert len(site.asked) == 1
    assert recording.cassette._asking == {}


async def test_what_decides_the_answer_makes_another_question(server: TestServer, site: Web, tmp_path: Path) -> None:
    recording = searching(server, tmp_path, "record")
    await recording.search("quay", 5)
    await recording.search("quay", 6)
    await recording.search("inn", 5)
    other = SearxNG(str(server.make_url("/")), {"language": "de"})
    await WebSearch(other, recording.patience, recording.cassette).search("quay", 5)
    assert len(site.asked) == 4


async def test_a_replay_does_not_guess_what_was_never_asked(server: TestServer, tmp_path: Path) -> None:
    with pytest.raises(SearchUnavailable, match="cassette holds no answer"):
        await searching(server, tmp_path, "replay").search("quay", 5)


async def test_a_failure_is_replayed_but_asked_again_when_recording(
    server: TestServer, site: Web, tmp_path: Path
) -> None:
    site.down = True
    for mode in ("record", "replay"):
        with pytest.raises(SearchUnavailable, match="503"):
            await searching(server, tmp_path, mode).search("quay", 5)
    site.down = False
    assert await searching(server, tmp_path, "record").search("quay", 5)
    assert await searching(server, tmp_path, "replay").search("quay", 5)


async def test_an_entry_names_provider_time_and_parameters_and_no_secret(server: TestServer, tmp_path: Path) -> None:
    await searching(server, tmp_path, "record").search("quay", 5)
    (path,) = files(tmp_path)
    entry = json.loads(path.read_text())
    assert entry["question"] == {
        "kind": "search",
        "text": "quay",
        "provider": "searxng",
        "parameters": {"language": "en"},
        "limit": 5,
    }
    assert entry["time"].endswith("+00:00")
    assert not files(tmp_path, "*.json.*")


async def test_a_damaged_entry_is_named_not_overlooked(server: TestServer, tmp_path: Path) -> None:
    recording = searching(server, tmp_path, "record")
    await recording.search("quay", 5)
    (path,) = files(tmp_path)
    path.write_text(path.read_text()[:-20])
    with pytest.raises(SearchUnavailable, match="no entry of a cassette"):
        await recording.search("quay", 5)


@pytest.mark.parametrize("text", ["\ud800", "\x00", "q" * 100_000, "ça va?", "../../etc"])
async def test_any_text_can_be_asked_and_recorded(server: TestServer, tmp_path: Path, text: str) -> None:
    hits = await searching(server, tmp_path, "record").search(text, 5)
    assert await searching(server, tmp_path, "replay").search(text, 5) == hits
    with pytest.raises(PageRefused):
        await searching(server, tmp_path, "record").page(text)


async def test_without_a_folder_only_live_makes_sense(server: TestServer) -> None:
    assert await searching(server, None, "live").search("quay", 5)
    with pytest.raises(ValueError, match="needs a folder"):
        searching(server, None, "record")


async def test_settings_make_a_provider_that_replays_without_a_key(
    server: TestServer, site: Web, tmp_path: Path
) -> None:
    settings = WebSettings(provider="searxng", base_url=str(server.make_url("/")), rate=1e6)
    hits: Sequence[Hit] = await web_search(settings, tmp_path).search("quay", 5)
    assert len(hits) == 5
    again = web_search(settings.model_copy(update={"cache": "replay"}), tmp_path)
    assert await again.search("quay", 5) == hits
    assert len(site.asked) == 1
    for provider in ("brave", "tavily"):
        assert web_search(WebSettings(provider=provider, cache="replay"), tmp_path).name == provider
        with pytest.raises(SettingsError, match=f"{provider.upper()}_API_KEY"):
            web_search(WebSettings(provider=provider), tmp_path)
    with pytest.raises(SettingsError, match="needs `base_url`"):
        web_search(WebSettings(provider="searxng"), tmp_path)
    ddgs = web_search(WebSettings(parameters={"backend": "mojeek"}), tmp_path)
    assert dict(ddgs.adapter.parameters) == {"region": "us-en", "safesearch": "moderate", "backend": "mojeek"}


async def test_no_setting_opens_the_own_network(server: TestServer, site: Web, tmp_path: Path) -> None:
    settings = WebSettings(provider="searxng", base_url=str(server.make_url("/")), rate=1e6)
    provider = web_search(settings, tmp_path)
    assert provider.fetcher == PageFetcher()
    with pytest.raises(PageRefused):
        await provider.page(str(server.make_url("/1")))
    assert site.asked == []
