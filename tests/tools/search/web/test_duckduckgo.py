"""ddgs: canned pages through its real parsers, and the package's older name."""

import sys
import threading
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import ddgs.http_client
import pytest
from ddgs.exceptions import DDGSException, TimeoutException

from tools.search.provider import Hit, SearchUnavailable
from tools.search.web import duckduckgo
from tools.search.web.duckduckgo import DuckDuckGo

MOJEEK = """<html><body><ul class="results-standard">
<li><h2><a href="https://quay.example/a">The Quay</a></h2><p class="s">All is <strong>quiet</strong> on the quay.</p></li>
<li><h2><a href="https://inn.example/">The Inn</a></h2><p class="s">Nine rooms by the quay.</p></li>
</ul></body></html>"""
DUCKDUCKGO = """<html><body><div class="links_main links_deep result__body"><h2><a href="https://quay.example/a">The Quay</a></h2>
<a href="https://quay.example/a">All is quiet on the quay.</a></div></body></html>"""


class Canned:
    """What ddgs's HTTP client is given to read."""

    def __init__(self, text: str, status: int = 200) -> None:
        self.text, self.status_code, self.content = text, status, text.encode()


@pytest.fixture(autouse=True)
def _fresh_client() -> Iterator[None]:
    duckduckgo._workers.cache_clear()
    yield
    duckduckgo._workers().shutdown()
    duckduckgo._workers.cache_clear()


def answer_with(monkeypatch: pytest.MonkeyPatch, canned: Canned | Exception) -> list[str]:
    """Replace the network under ddgs's engines; returns the addresses asked."""
    asked: list[str] = []

    def request(self: object, method: str, url: str, **kwargs: object) -> Canned:
        asked.append(url)
        if isinstance(canned, Exception):
            raise canned
        return canned

    monkeypatch.setattr(ddgs.http_client.HttpClient, "request", request)
    return asked


@pytest.mark.parametrize(("backend", "page"), [("mojeek", MOJEEK), ("duckduckgo", DUCKDUCKGO)])
async def test_pages_go_through_the_real_parser(monkeypatch: pytest.MonkeyPatch, backend: str, page: str) -> None:
    asked = answer_with(monkeypatch, Canned(page))
    hits = await DuckDuckGo({"backend": backend, "region": "us-en"}).ask("quay quiet", 5)
    assert hits[0] == Hit("https://quay.example/a", "The Quay", "All is quiet on the quay.", untrusted=True)
    assert len(hits) == page.count("<h2>")
    assert len(asked) == 1


@pytest.mark.parametrize(
    "canned",
    [
        Canned("<html>please prove that you are human</html>", 202),
        Canned("", 429),
        Canned("<html><body><p>No results found for quay</p></body></html>"),
        Canned(""),
        Canned("\x00\xff<<<"),
        DDGSException("connection refused"),
        TimeoutException("timed out"),
        ValueError("an engine's page has changed"),
    ],
    ids=["captcha", "429", "no results", "nothing", "garbage", "refused", "timeout", "parser"],
)
async def test_no_results_are_unavailable_never_empty(
    monkeypatch: pytest.MonkeyPatch, canned: Canned | Exception
) -> None:
    answer_with(monkeypatch, canned)
    with pytest.raises(SearchUnavailable, match="brought no results"):
        await DuckDuckGo({"backend": "mojeek", "region": "us-en"}).ask("quay", 5)


OLD_PACKAGE = """
import threading, warnings
class DDGS:
    def __init__(self, timeout=10):
        warnings.simplefilter("always")
        warnings.warn("This package has been renamed to ddgs", RuntimeWarning)
        self.thread = threading.get_ident()
    def text(self, keywords, region="us-en", safesearch="moderate", timelimit=None, backend="auto", max_results=None):
        assert self.thread == threading.get_ident(), "used by another thread"
        return [{"title": keywords, "href": f"https://old.example/{threading.get_ident()}", "body": f"{region} {max_results}"}]
"""


@pytest.fixture
def old_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine where only the package's older name is installed."""
    (tmp_path / "duckduckgo_search.py").write_text(OLD_PACKAGE)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setitem(sys.modules, "ddgs", None)


@pytest.mark.usefixtures("old_package")
async def test_the_older_package_serves_too_and_leaves_the_warning_filter_alone() -> None:
    before = list(warnings.filters)
    hits = await DuckDuckGo().ask("quay", 3)
    assert (hits[0].title, hits[0].snippet) == ("quay", "us-en 3")
    assert list(warnings.filters) == before


async def test_without_either_package_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ddgs", None)
    monkeypatch.setitem(sys.modules, "duckduckgo_search", None)
    with pytest.raises(SearchUnavailable, match="pip install ddgs"):
        await DuckDuckGo().ask("quay", 3)


@pytest.mark.usefixtures("old_package")
async def test_each_worker_thread_has_its_own_client() -> None:
    clients: dict[int, Any] = {}
    meet = threading.Barrier(duckduckgo.IN_FLIGHT, timeout=10)

    def look() -> None:
        meet.wait()
        clients[threading.get_ident()] = duckduckgo._client()
        assert duckduckgo._client() is clients[threading.get_ident()]

    futures = [duckduckgo._workers().submit(look) for _ in range(duckduckgo.IN_FLIGHT)]
    for future in futures:
        future.result(10)
    assert len(set(map(id, clients.values()))) == duckduckgo.IN_FLIGHT
