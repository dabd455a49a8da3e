"""HTTP to a model server: one pool of connections for each event loop, answers read whole or as they come."""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager, suppress
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

import aiohttp
import orjson

from agents.chat.envelope import unwrapped
from agents.chat.errors import EndpointError, error_status, error_text, retry_after
from agents.chat.keys import hide
from agents.chat.reading import read_json
from agents.chat.remedies import unreached
from agents.chat.sse import Events, events
from agents.chat.stream import Assembly

_STREAM = re.compile(r"(?:[a-z_-]+:[^\n]*\n)*(?:data|event|id|retry|error|):|\{[^\r\n]*[\r\n]", re.IGNORECASE)
"""How a stream begins: with a field, or with the first of several lines of JSON."""
_BLANK = b"\xef\xbb\xbf \t\r\n"
_LINGER = 1.0
"""Seconds for a server to close an answer after the end mark."""
_LONGEST_HEADER = 2**16
"""Bytes; proxies send policies and cookies far longer than aiohttp takes by itself."""
_pools: "WeakKeyDictionary[asyncio.AbstractEventLoop, tuple[Any, aiohttp.ClientSession]]" = WeakKeyDictionary()


@asynccontextmanager
async def answer(
    base_url: str, request: Mapping[str, Any], headers: Mapping[str, str], timeout: float
) -> AsyncIterator[aiohttp.ClientResponse]:
    """The server's answer with a good status; anything else is an EndpointError. `timeout` is seconds for the whole answer."""
    url = endpoint(base_url)
    session = await _session()
    try:
        limit = aiohttp.ClientTimeout(total=timeout)
        sent = {"Content-Type": "application/json", **headers}
        async with session.post(url, data=_bytes(request), headers=sent, timeout=limit, allow_redirects=False) as found:
            if found.status >= 300:
                raise await _refusal(found, url, request)
            yield found
    except aiohttp.InvalidURL as error:
        raise EndpointError(
            f"{url} is no address (base_url is one such as http://127.0.0.1:8000/v1)", status=404
        ) from error
    except aiohttp.ClientError as error:
        gone = isinstance(error, aiohttp.ClientConnectorError | aiohttp.ClientSSLError)
        why = hide(f"{url}: {type(error).__name__}: {error}{unreached(error) if gone else ''}")
        raise EndpointError(why, kind="unreachable" if gone else "") from None
    except TimeoutError as error:
        raise EndpointError(f"{url}: no whole answer within {timeout:g} s", status=408) from error


def endpoint(base_url: str) -> str:
    """Where completions are asked for: `base_url` may end in `/v1`, in a slash, in the path itself, or in a query, as Azure's does."""
    path, mark, query = base_url.partition("?")
    path = path.rstrip("/").removesuffix("/chat/completions")
    return f"{path}/chat/completions{mark}{query}"


async def whole(found: aiohttp.ClientResponse) -> dict[str, Any]:
    """The whole answer as one body, sent as JSON or as a stream, whatever its content type claims."""
    assembly, body = Assembly(), None
    async for chunk in chunks(found):
        if isinstance(chunk, Whole):
            body = chunk.body
        else:
            assembly.add(chunk)
    return _ended(assembly) if body is None else body


class Whole(NamedTuple):
    """An answer that was sent whole though a stream was asked for."""

    body: dict[str, Any]


async def chunks(found: aiohttp.ClientResponse) -> AsyncIterator[dict[str, Any] | Whole]:
    """The chunks of a streamed answer, or the one body of an answer sent whole. To be drawn to its end."""
    opening = b""
    while (piece := await _piece(found)) and not (opening := opening + piece).lstrip(_BLANK):
        pass
    if opening.lstrip(_BLANK).startswith((b"{", b"[", b"<")):
        yield Whole(_body(opening + await _rest(found), found))
        return
    stream, piece = Events(), opening
    while piece and not stream.done:
        for chunk in stream.take(piece):
            yield chunk
        piece = await _piece(found) if not stream.done else b""
    if stream.done:
        await _linger(found)
    for chunk in stream.end():
        yield chunk


def require_whole(assembly: Assembly) -> None:
    """Raise EndpointError for a stream that said nothing, or that broke off: half an answer is none."""
    if assembly.empty:
        raise EndpointError("the answer ended without a message", body=assembly.body)
    if not assembly.ended:
        raise EndpointError("the stream broke off before its end (no finish reason and no [DONE])")


async def _piece(found: aiohttp.ClientResponse) -> bytes:
    """What came next; nothing at the end. A connection that is not closed as it should be ends there: whether all was said is told by
    what was said."""
    try:
        return await found.content.readany()
    except aiohttp.ClientPayloadError:
        return b""


async def _rest(found: aiohttp.ClientResponse) -> bytes:
    pieces = []
    while piece := await _piece(found):
        pieces.append(piece)
    return b"".join(pieces)


async def _linger(found: aiohttp.ClientResponse) -> None:
    """Draw what follows the end mark, so that the connection can be used again; a server that keeps it open is not waited for."""
    with suppress(TimeoutError):
        async with asyncio.timeout(_LINGER):
            await _rest(found)


def _body(raw: bytes, found: aiohttp.ClientResponse) -> dict[str, Any]:
    text = raw.decode("utf-8-sig", "replace").strip()
    try:
        body = unwrapped(read_json(text))
    except (ValueError, RecursionError) as error:
        if _STREAM.match(text):
            return _assembled(events((raw,)))
        page = text.startswith("<")
        hint = " A web page, not an API: check base_url (it usually ends in /v1)." if page else ""
        why = hide(f"{found.url}: the answer is no JSON ({error}): {text[:200]!r}.{hint}")
        raise EndpointError(why, body=hide(text), kind="page" if page else "") from None
    if (said := error_text(body)) is None and isinstance(body, dict):
        return body
    if said is None and isinstance(body, list) and body and all(isinstance(chunk, dict) for chunk in body):
        return _assembled(body)
    why = hide(f"{found.url}: {said or 'the answer is no JSON object'}")
    wait = retry_after(found.headers, body)
    raise EndpointError(why, status=error_status(body), body=_hidden(body), retry_after=wait)


def _assembled(chunks: Iterable[dict[str, Any]]) -> dict[str, Any]:
    assembly = Assembly()
    for chunk in chunks:
        assembly.add(chunk)
    return _ended(assembly)


def _ended(assembly: Assembly) -> dict[str, Any]:
    assembly.end()
    require_whole(assembly)
    return assembly.whole()


async def _refusal(found: aiohttp.ClientResponse, url: str, request: Mapping[str, Any]) -> EndpointError:
    text = (await found.read()).decode("utf-8-sig", "replace")
    try:
        body = _hidden(read_json(text))
    except (ValueError, RecursionError):
        body = hide(text)
    if moved := found.headers.get("Location"):
        why = hide(f"{url} answered {found.status}: it is at {moved} now. Set base_url to that.")
        return EndpointError(why, status=found.status, body=body)
    said = error_text(body) or (hide(text)[:500] if text.strip() else found.reason)
    why = hide(f"{url} answered {found.status} for model {request.get('model')!r}: {said}".rstrip())
    wait = retry_after(found.headers, body)
    return EndpointError(why, status=found.status, body=body, retry_after=wait)


def _hidden(body: Any) -> Any:
    text = json.dumps(body)
    return body if (safe := hide(text)) == text else json.loads(safe)


async def _session() -> aiohttp.ClientSession:
    """The connection pool of this event loop, closed by the loop's own clean-up of async generators."""
    loop = asyncio.get_running_loop()
    if loop not in _pools or _pools[loop][1].closed:
        holder = _pool()
        _pools[loop] = (holder, await anext(holder))
    return _pools[loop][1]


async def _pool() -> AsyncIterator[aiohttp.ClientSession]:
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(
        connector=connector,
        auto_decompress=True,
        max_line_size=_LONGEST_HEADER,
        max_field_size=_LONGEST_HEADER,
    ) as session:
        yield session


def _bytes(request: Mapping[str, Any]) -> bytes:
    """The request as JSON. What orjson refuses, such as integers beyond 64 bits, goes the slow way."""
    try:
        return orjson.dumps(request)
    except TypeError:
        return json.dumps(request, ensure_ascii=False).encode()
