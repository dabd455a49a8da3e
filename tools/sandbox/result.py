"""From what a supervisor answers to a `RunResult`: text cleaned of what differs between equal runs, types by name."""

import mimetypes
import re
from typing import Any

from tools.sandbox.session import CodeError, ProducedFile, RunResult

_ADDRESS = re.compile(r"\bat 0x[0-9a-fA-F]{6,16}\b")
_TYPES = mimetypes.MimeTypes()
"""The built-in table: the system's own files would make types differ between machines."""
HOME = "/home/user"


def clean(text: str, home: str = HOME) -> str:
    """Without the addresses of objects, lone surrogates, and the real place of the work folder."""
    if " at 0x" in text or "at 0x" in text:
        text = _ADDRESS.sub("at 0x0", text)
    if home != HOME:
        text = text.replace(home, HOME)
    return text.encode("utf-8", "replace").decode()


def media_type(name: str) -> str:
    """The type that the name's ending says, `application/octet-stream` where it says none."""
    return _TYPES.guess_type(name, strict=False)[0] or "application/octet-stream"


def read_result(answer: dict[str, Any], home: str) -> RunResult:
    """The result of a cell or a program."""
    error = answer["error"]
    if answer["limit"] == "time":
        error = ["TimeoutError", "the call took longer than its time limit", ""]
    return RunResult(
        stdout=clean(answer["stdout"], home),
        stderr=clean(answer["stderr"], home),
        value=None if answer["value"] is None else clean(answer["value"], home),
        error=None if error is None else CodeError(*(clean(text, home) for text in error)),
        files=tuple(ProducedFile(name, size, media_type(name)) for name, size in answer["files"]),
        duration=answer["duration"],
        limit=answer["limit"],
        closed=answer["closed"],
        omitted=answer["omitted"],
        exit_code=answer.get("exit"),
    )
