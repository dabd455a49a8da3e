"""Executes the user's code, cell by cell, in one namespace, inside a confined process.

Nothing here is a boundary: the code can reach and change all of this process. What decides is outside, in the supervisor.
What it reports is the value of a cell's last expression, or its error with a traceback that shows no frame of ours.
"""

import ast
import builtins
import inspect
import io
import json
import linecache
import os
import random
import signal
import struct
import sys
import traceback
import types
from typing import Any

CHANNEL = 3
INTERRUPT = signal.SIGINT


class TimeUp(BaseException):
    """Raised in the main thread when a cell's time is over. Not an Exception, so that `except Exception` does not stop it."""


class Interpreter:
    """The session's namespace and the cell counter."""

    def __init__(self, text_cap: int) -> None:
        self.cap = text_cap
        self.count = 0
        self.running = False
        self.module = types.ModuleType("__main__")
        self.module.__dict__["__builtins__"] = builtins
        sys.modules["__main__"] = self.module

    def run(self, code: str) -> dict[str, Any]:
        """Execute one cell: `value`, or `error` as name, message and traceback, or `late` where time was up."""
        self.count += 1
        try:
            self.running = True
            try:
                return self._cell(code, f"<cell {self.count}>")
            finally:
                self.running = False
        except TimeUp:
            return {"late": True}

    def _cell(self, code: str, name: str) -> dict[str, Any]:
        try:
            value = self._evaluate(code, name)
            text, omitted = (None, 0) if value is None else _plain(repr(value), self.cap)
            _save_figures()
            return {"value": text, "omitted": omitted}
        except TimeUp:
            raise
        except BaseException as error:
            return {"error": _describe(error, self.cap)}

    def _evaluate(self, code: str, name: str) -> Any:
        linecache.cache[name] = (len(code), None, code.splitlines(keepends=True), name)
        tree = compile(code, name, "exec", ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
        last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
        if tree.body:
            self._execute(compile(tree, name, "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True))
        if last is None:
            return None
        expression = ast.Expression(last.value)
        return self._execute(compile(expression, name, "eval", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True))

    def _execute(self, compiled: types.CodeType) -> Any:
        value = eval(compiled, self.module.__dict__)
        if not compiled.co_flags & inspect.CO_COROUTINE:
            return value
        import asyncio

        return asyncio.run(value)


def _plain(text: str, cap: int) -> tuple[str, int]:
    """An exact str of at most `cap` bytes, whatever subclass it was, and how many bytes were left out."""
    data = str.encode(text, "utf-8", "backslashreplace")
    return data[:cap].decode("utf-8", "ignore"), max(0, len(data) - cap)


def _describe(error: BaseException, cap: int) -> list[str]:
    try:
        frames = error.__traceback__
        while frames is not None and not frames.tb_frame.f_code.co_filename.startswith("<cell "):
            frames = frames.tb_next
        report = traceback.TracebackException(type(error), error, frames, compact=True)
        name, message = type.__dict__["__name__"].__get__(type(error)), _message(error, report)
        return [_plain(text, cap // 3)[0] for text in (name, message, "".join(report.format()))]
    except TimeUp:
        raise
    except BaseException:
        return ["Exception", "an error that could not be described", ""]


def _message(error: BaseException, report: traceback.TracebackException) -> str:
    if isinstance(error, SyntaxError):
        return str(error.msg)
    return "".join(report.format_exception_only()).strip().partition(": ")[2]


def _save_figures() -> None:
    """Figures left open are shown the way a notebook shows them: each becomes a PNG in the work folder."""
    pyplot = sys.modules.get("matplotlib.pyplot")
    if pyplot is None:
        return
    for number in pyplot.get_fignums():
        pyplot.figure(number).savefig(f"figure-{number}.png")
        pyplot.close(number)


def _open_streams() -> None:
    sys.stdin = io.TextIOWrapper(io.FileIO(0, "r", closefd=False), encoding="utf-8")
    for name, fd in (("stdout", 1), ("stderr", 2)):
        raw = io.BufferedWriter(io.FileIO(fd, "w", closefd=False), 65536)
        stream = io.TextIOWrapper(raw, encoding="utf-8", errors="backslashreplace", line_buffering=True)
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BaseException:
            continue


def _restore_streams(spare: tuple[int, int]) -> None:
    """Give the code its output back where an earlier cell closed or redirected it."""
    for fd, kept in zip((1, 2), spare, strict=True):
        try:
            os.dup2(kept, fd)
        except OSError:
            continue


def serve(text_cap: int) -> None:
    """Read cells from the channel until it closes. Never returns."""
    _open_streams()
    interpreter = Interpreter(text_cap)
    spare = (os.dup(1), os.dup(2))
    standard = (sys.stdout, sys.stderr)
    pack, unpack, dumps, loads, read, write = struct.pack, struct.unpack, json.dumps, json.loads, os.read, os.write
    on, flush, restore, leave, own = signal.signal, _flush, _restore_streams, os._exit, os.getpid
    home = own()

    def interrupt(_number: int, _frame: Any) -> None:
        if interpreter.running:
            raise TimeUp

    def exactly(size: int) -> bytes:
        data = b""
        while len(data) < size:
            more = read(CHANNEL, size - len(data))
            if not more:
                leave(0)
            data += more
        return data

    sys.path.insert(0, os.getcwd())
    # Unseeded generators start alike in every session, so that code run again gives what it gave; forking reseeds this one.
    random.seed(0)
    on(INTERRUPT, interrupt)
    write(CHANNEL, pack(">I", 2) + b"{}")
    while True:
        request = loads(exactly(unpack(">I", exactly(4))[0]))
        restore(spare)
        sys.stdout, sys.stderr = standard
        on(INTERRUPT, interrupt)
        result = interpreter.run(request["code"])
        try:
            flush()
            body = dumps({"id": request["id"], **result}, ensure_ascii=False).encode()
        except TimeUp:
            body = dumps({"id": request["id"], "late": True}).encode()
        if own() != home:  # a copy the code forked, which came to the end of its cell: only the original answers
            leave(0)
        message = pack(">I", len(body)) + body
        while message:
            message = message[write(CHANNEL, message) :]
