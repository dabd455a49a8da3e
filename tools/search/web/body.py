"""Reads a response body within bounds: no more than so many bytes, before and after decompression."""

import zlib
from typing import NamedTuple, Protocol

from aiohttp import ClientResponse

from tools.search.provider import SearchUnavailable

ACCEPTED = "gzip, deflate"
_CHUNK = 64 * 1024


class Body(NamedTuple):
    """The bytes, decompressed; `cut` where there were more, or should have been."""

    content: bytes
    cut: bool


async def read_body(response: ClientResponse, limit: int) -> Body:
    """The body up to `limit` bytes. The session must have been made with `auto_decompress=False`.

    Raises SearchUnavailable for an encoding that was not asked for, and for damaged data.
    """
    inflate = _inflater(response.headers.get("Content-Encoding", ""))
    content = bytearray()
    async for chunk in response.content.iter_chunked(_CHUNK):
        content += inflate.some(chunk, limit + 1 - len(content))
        if len(content) > limit:
            return Body(bytes(content[:limit]), True)
    return Body(bytes(content), not inflate.whole)


class _Inflater(Protocol):
    """Turns chunks as sent into bytes of the body, at most `room` of them; `whole` once the stream has come to its end."""

    @property
    def whole(self) -> bool: ...

    def some(self, chunk: bytes, room: int) -> bytes: ...


class _Plain:
    whole = True

    def some(self, chunk: bytes, room: int) -> bytes:
        return chunk[:room]


class _Zlib:
    """gzip, zlib and (as many servers send under the name deflate) raw deflate data, never inflated beyond what is asked for."""

    def __init__(self) -> None:
        self._stream: zlib._Decompress | None = None

    @property
    def whole(self) -> bool:
        return self._stream is None or self._stream.eof

    def some(self, chunk: bytes, room: int) -> bytes:
        if self._stream is None:
            self._stream = zlib.decompressobj(wbits=47 if _has_header(chunk) else -15)
        try:
            return self._stream.decompress(chunk, room)
        except zlib.error as error:
            raise SearchUnavailable("the server sent damaged compressed data") from error


def _has_header(chunk: bytes) -> bool:
    """Whether the data begin as gzip or zlib streams do."""
    return chunk.startswith(b"\x1f\x8b") or (chunk[0] & 15 == 8 and int.from_bytes(chunk[:2], "big") % 31 == 0)


def _inflater(encoding: str) -> _Inflater:
    match encoding.strip().lower():
        case "" | "identity":
            return _Plain()
        case "gzip" | "x-gzip" | "deflate":
            return _Zlib()
    raise SearchUnavailable(f"the server sent the encoding {encoding[:40]!r}, which was not asked for")
