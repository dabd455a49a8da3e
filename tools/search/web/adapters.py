"""What the web providers share: one thin adapter each, and one careful way to ask for JSON."""

import asyncio
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple, Protocol

import aiohttp
import orjson

from tools.search.provider import Hit, PageRefused, SearchUnavailable
from tools.search.web.addresses import read_address
from tools.search.web.body import ACCEPTED, Body, read_body
from tools.search.web.limits import TryAgain
from tools.search.web.plain import one_line

MAX_ANSWER = 2 * 1024 * 1024
MAX_QUERY = 400
TITLE_CHARACTERS = 200
SNIPPET_CHARACTERS = 300
REQUEST_SECONDS = 10.0
LONGEST_RETRY_AFTER = 10.0
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})


class Adapter(Protocol):
    """A search service. `parameters` is what decides its answers besides the query; it is recorded with them, so no key is in it."""

    @property
    def name(self) -> str: ...

    @property
    def parameters(self) -> Mapping[str, str]: ...

    async def ask(self, query: str, limit: int) -> list[Hit]:
        """Up to `limit` hits. Raises TryAgain for what may pass, SearchUnavailable for what will not."""
        ...


class Request(NamedTuple):
    """A call to a provider's API."""

    method: str
    url: str
    headers: Mapping[str, str] = {}
    params: Mapping[str, str] = {}
    json: Mapping[str, Any] | None = None


async def ask_json(provider: str, request: Request) -> dict[str, Any]:
    """The JSON object a provider answers with. Raises TryAgain and SearchUnavailable; never shows a key."""
    try:
        async with asyncio.timeout(REQUEST_SECONDS):
            return _object(provider, await _send(provider, request))
    except TimeoutError as error:
        raise TryAgain(f"{provider} did not answer within {REQUEST_SECONDS:g} seconds") from error
    except (aiohttp.ClientError, OSError, ValueError) as error:
        raise TryAgain(f"{provider} could not be reached ({type(error).__name__})") from error


async def _send(provider: str, request: Request) -> Body:
    headers = {"Accept": "application/json", "Accept-Encoding": ACCEPTED, **request.headers}
    async with (
        aiohttp.ClientSession(auto_decompress=False, cookie_jar=aiohttp.DummyCookieJar()) as session,
        session.request(
            request.method,
            request.url,
            headers=headers,
            params=request.params,
            json=request.json,
            allow_redirects=False,
        ) as response,
    ):
        if response.status != 200:
            raise _failure(provider, response.status, response.headers.get("Retry-After"))
        return await read_body(response, MAX_ANSWER)


def _failure(provider: str, status: int, retry_after: str | None) -> SearchUnavailable:
    if status in _PASSING:
        seconds = float(retry_after) if retry_after and retry_after.isascii() and retry_after.isdigit() else None
        if seconds is not None and seconds > LONGEST_RETRY_AFTER:
            return SearchUnavailable(f"{provider} asks to wait {seconds:.0f} seconds (status {status})")
        return TryAgain(f"{provider} answered with status {status}", seconds)
    meaning = {401: " (is the key right?)", 403: " (is access allowed?)", 404: " (is the base URL right?)"}.get(
        status, ""
    )
    return SearchUnavailable(f"{provider} answered with status {status}{meaning}")


def _object(provider: str, body: Body) -> dict[str, Any]:
    if body.cut:
        raise SearchUnavailable(f"{provider} sent more than {MAX_ANSWER} bytes")
    try:
        answer = orjson.loads(body.content)
    except orjson.JSONDecodeError as error:
        raise TryAgain(f"{provider} sent no JSON") from error
    if not isinstance(answer, dict):
        raise TryAgain(f"{provider} sent JSON of an unknown shape")
    return answer


def hits_of(provider: str, entries: object, url: str, snippet: str, limit: int) -> list[Hit]:
    """Hits from a provider's list of objects. Entries without a usable address are left out. Raises TryAgain for no list."""
    if not isinstance(entries, list):
        raise TryAgain(f"{provider} sent an answer of an unknown shape")
    return list(_hits((entry for entry in entries if isinstance(entry, dict)), url, snippet))[:limit]


def _hits(entries: Iterable[dict[str, Any]], url: str, snippet: str) -> Iterable[Hit]:
    seen: set[str] = set()
    for entry in entries:
        address = entry.get(url)
        if not isinstance(address, str) or address in seen or not _is_address(address):
            continue
        seen.add(address)
        title = one_line(str(entry.get("title") or ""), TITLE_CHARACTERS)
        yield Hit(
            address, title or address, one_line(str(entry.get(snippet) or ""), SNIPPET_CHARACTERS), untrusted=True
        )


def _is_address(text: str) -> bool:
    try:
        read_address(text)
    except PageRefused:
        return False
    return text.isprintable() and " " not in text
