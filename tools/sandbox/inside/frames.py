"""The wire format: a length of four bytes, then that much JSON. No reader accepts more than its cap."""

import json
import struct
from typing import Any

HEADER = struct.Struct(">I")


class FrameError(Exception):
    """The other side broke the protocol."""


def pack(message: dict[str, Any]) -> bytes:
    body = json.dumps(message, separators=(",", ":")).encode()
    return HEADER.pack(len(body)) + body


class FrameReader:
    """Bytes in, messages out. `feed` raises FrameError for a frame longer than `cap` or one that is no JSON object."""

    def __init__(self, cap: int) -> None:
        self._cap = cap
        self._buffer = bytearray()

    def feed(self, data: bytes) -> dict[str, Any] | None:
        """Add bytes; the next whole message, if there is one. Call with b"" for further ones."""
        self._buffer += data
        if len(self._buffer) < HEADER.size:
            return None
        (length,) = HEADER.unpack_from(self._buffer)
        if length > self._cap:
            raise FrameError(f"a frame of {length} bytes where {self._cap} are allowed")
        end = HEADER.size + length
        if len(self._buffer) < end:
            return None
        body = bytes(self._buffer[HEADER.size : end])
        del self._buffer[:end]
        return _message(body)

    def rest(self) -> bytes:
        """What was read beyond the last message, handed over once."""
        left = bytes(self._buffer)
        self._buffer.clear()
        return left


def _message(body: bytes) -> dict[str, Any]:
    try:
        message = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise FrameError(f"a frame that is no JSON: {error}") from None
    if not isinstance(message, dict):
        raise FrameError("a frame that is no object")
    return message
