"""What is sent to E2B's kernel for a call, and what comes back, as the same `RunResult` that the local sandbox gives."""

import base64
import binascii
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from e2b_code_interpreter.models import Execution

from tools.sandbox.result import clean, media_type
from tools.sandbox.session import CodeError, LimitName, Limits, ProducedFile, RunResult

_SENT = {"worker": "inside/worker.py", "folder": "inside/folder.py", "remote": "e2b/remote.py"}
_OPENING = """\
def _open(sources):
    import sys, types
    made = {{}}
    for name, source in sources.items():
        made[name] = sys.modules["_winnow_" + name] = types.ModuleType("_winnow_" + name)
        exec(compile(source, "_winnow_" + name, "exec"), made[name].__dict__)
    return made["remote"].start({nonce!r}, made["worker"], made["folder"], {cap})
_open({sources!r})
"""
_ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_RESTARTED = "ContextRestarting"
_DISK = ("[Errno 28]", "[Errno 122]", "[Errno 27]")


def opening(nonce: str, limits: Limits) -> str:
    """The first cell of a context: it brings the interpreter along. Its report says where the work folder is."""
    return _OPENING.format(nonce=nonce, cap=limits.output, sources=_sources())


@cache
def _sources() -> dict[str, str]:
    root = Path(__file__).parent.parent
    return {name: (root / path).read_text(encoding="utf-8") for name, path in _SENT.items()}


def call(nonce: str, code: str, seconds: float) -> str:
    """The cell that runs the user's code as a cell of that interpreter."""
    return f'__import__("_winnow_remote").cells.call({nonce!r}, {code!r}, {seconds!r})'


def report(execution: Execution, nonce: str) -> dict[str, Any] | None:
    """What our side in the kernel said; nothing where it could not, or where something else spoke in its name."""
    for result in reversed(execution.results):
        name, _, body = (result.text or "").strip("'\"").partition(":")
        if result.is_main_result and name == nonce:
            return _decoded(body)
    return None


def _decoded(body: str) -> dict[str, Any] | None:
    try:
        found = json.loads(base64.b64decode(body, validate=True))
    except (binascii.Error, ValueError):
        return None
    return found if isinstance(found, dict) else None


def pictures(execution: Execution) -> list[bytes]:
    """The PNG images that the code displayed."""
    found = []
    for result in execution.results:
        try:
            found.append(base64.b64decode(result.png or ""))
        except binascii.Error:
            continue
    return [picture for picture in found if picture]


def read_result(
    execution: Execution, said: dict[str, Any] | None, home: str, limits: Limits, duration: float
) -> RunResult:
    """The result of a call. Without a report the interpreter is gone or broken, and the session with it."""
    stdout, out = _capped("".join(execution.logs.stdout), limits.output)
    stderr, err = _capped("".join(execution.logs.stderr), limits.output)
    value, error, files = _checked(said or {}, limits)
    if said is None:
        error = _native(execution)
    omitted = out + err + (_whole(said.get("omitted")) if said else 0)
    late = bool(said and said.get("late"))
    if late:
        value, error = None, ["TimeoutError", "the call took longer than its time limit", ""]
    return RunResult(
        stdout=clean(stdout, home),
        stderr=clean(stderr, home),
        value=None if value is None else clean(value, home),
        error=None if error is None else CodeError(*(clean(text, home) for text in error)),
        files=files,
        duration=duration,
        limit="time" if late else "output" if omitted else _limit_behind(error),
        closed=said is None,
        omitted=omitted,
    )


def _native(execution: Execution) -> list[str]:
    """The error as the kernel itself reports it."""
    error = execution.error
    if error is None:
        return ["ProtocolError", "the code broke the interpreter's protocol", ""]
    if error.name == _RESTARTED:
        return ["InterpreterEnded", "the interpreter ended: the code ended it, or the sandbox ran out of memory", ""]
    return [error.name, _ANSI.sub("", error.value), _ANSI.sub("", error.traceback)]


def _checked(said: dict[str, Any], limits: Limits) -> tuple[str | None, list[str] | None, tuple[ProducedFile, ...]]:
    """Value, error and files; anything of another form than agreed counts as not said."""
    value, error, files = said.get("value"), said.get("error"), said.get("files")
    value = value[: limits.output] if isinstance(value, str) else None
    if not (isinstance(error, list) and len(error) == 3 and all(isinstance(text, str) for text in error)):
        error = None
    listed = files if isinstance(files, list) else []
    named = tuple(ProducedFile(str(name), _whole(size), media_type(str(name))) for name, size in listed[: limits.files])
    return value, error and [text[: limits.output] for text in error], named


def _whole(number: object) -> int:
    return number if isinstance(number, int) and 0 <= number < 1 << 53 else 0


def _capped(text: str, cap: int) -> tuple[str, int]:
    data = text.encode("utf-8", "backslashreplace")
    return data[:cap].decode("utf-8", "ignore"), max(0, len(data) - cap)


def _limit_behind(error: list[str] | None) -> LimitName | None:
    """The limit that an exception in the code comes from, where it tells."""
    if error is None:
        return None
    if error[0] in ("MemoryError", "_ArrayMemoryError"):
        return "memory"
    return "disk" if error[0] == "OSError" and error[1].startswith(_DISK) else None
