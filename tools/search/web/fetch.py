"""Opens a page of the web as text. Everything about it is bounded: addresses, redirects, time, bytes, characters."""

import asyncio
import re
from dataclasses import dataclass
from typing import NamedTuple

import aiohttp
from yarl import URL

from tools.search.provider import Page, PageRefused, SearchUnavailable
from tools.search.web.addresses import (
    Permits,
    PinnedResolver,
    Resolve,
    Target,
    checked,
    guarded_socket,
    public,
    read_address,
    system_resolve,
)
from tools.search.web.body import ACCEPTED, Body, read_body
from tools.search.web.charset import decode
from tools.search.web.plain import clean, readable

REDIRECTS = frozenset({301, 302, 303, 307, 308})
GONE = frozenset({404, 410})
_HTML = frozenset({"text/html", "application/xhtml+xml"})
_TEXT = re.compile(r"text/[\w.+-]+|application/(?:json|xml|[\w.-]+\+(?:json|xml))")
_HEADERS = {
    "User-Agent": "Mozilla/5.0 (compatible; winnow/0.1)",
    "Accept": "text/html,application/xhtml+xml,text/plain;q=0.9,*/*;q=0.5",
    "Accept-Encoding": ACCEPTED,
}


class _Answer(NamedTuple):
    status: int
    location: str | None
    media_type: str
    charset: str | None
    body: Body


@dataclass(frozen=True)
class PageFetcher:
    """Fetches pages. `permits` and `resolve` are for tests alone: no configuration reaches them.

    `deadline` is in seconds and covers redirects; `size` counts bytes after decompression; of longer pages the beginning is shown.
    """

    deadline: float = 20.0
    size: int = 5 * 1024 * 1024
    characters: int = 1_000_000
    redirects: int = 5
    permits: Permits = public
    resolve: Resolve = system_resolve

    async def fetch(self, address: str) -> Page | None:
        """The page, or None where the server says there is none. Raises PageRefused and SearchUnavailable."""
        url = read_address(address)
        try:
            async with asyncio.timeout(self.deadline):
                answer = await self._follow(url)
                return await asyncio.to_thread(self._page, address, answer)
        except TimeoutError as error:
            raise SearchUnavailable(f"{url.host} did not send the page within {self.deadline:g} seconds") from error
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise SearchUnavailable(f"{url.host} could not be read ({type(error).__name__})") from error

    async def _follow(self, url: URL) -> _Answer:
        for _ in range(self.redirects + 1):
            answer = await self._get(await checked(url, self.permits, self.resolve))
            if answer.status not in REDIRECTS or answer.location is None:
                return answer
            url = read_address(str(url.join(URL(answer.location))))
        raise SearchUnavailable(f"{url.host} redirects more than {self.redirects} times")

    async def _get(self, target: Target) -> _Answer:
        connector = aiohttp.TCPConnector(
            resolver=PinnedResolver(target),
            socket_factory=guarded_socket(self.permits),
            use_dns_cache=False,
            force_close=True,
        )
        async with (
            aiohttp.ClientSession(
                connector=connector, auto_decompress=False, cookie_jar=aiohttp.DummyCookieJar(), headers=_HEADERS
            ) as session,
            session.get(target.url, allow_redirects=False) as response,
        ):
            wanted = response.status == 200
            body = await read_body(response, self.size) if wanted else Body(b"", False)
            return _Answer(
                response.status, response.headers.get("Location"), response.content_type, response.charset, body
            )

    def _page(self, address: str, answer: _Answer) -> Page | None:
        if answer.status in GONE:
            return None
        if answer.status != 200:
            raise SearchUnavailable(f"the server answered with status {answer.status}")
        title, text = self._read(answer)
        if answer.body.cut or len(text) > self.characters:
            text = f"{text[: self.characters].rstrip()}\n\n[The page is longer; the rest is not shown.]"
        return Page(address, title or address, text, untrusted=True)

    def _read(self, answer: _Answer) -> tuple[str, str]:
        media_type = answer.media_type.lower()
        html = media_type in _HTML or (
            media_type == "application/octet-stream" and _looks_like_html(answer.body.content)
        )
        if not html and not _TEXT.fullmatch(media_type):
            raise PageRefused(f"this is a file of type {media_type}; only HTML and text can be opened")
        text = decode(answer.body.content, answer.charset)
        return readable(text) if html else ("", clean(text))


def _looks_like_html(content: bytes) -> bool:
    """For pages sent without a type, which aiohttp calls application/octet-stream."""
    return content[:1024].lstrip().lower().startswith((b"<!doctype html", b"<html"))
