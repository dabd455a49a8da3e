"""Runs in E2B's kernel: each call is a cell of the interpreter that the local sandbox has, and is reported as one line of text.

It is sent as source beside `inside/worker.py` and `inside/folder.py`, so it may import nothing but the standard library. Nothing
here is a boundary: the code can reach all of this process, and the virtual machine around it is what confines it.
"""

import asyncio
import base64
import json
import os
import random
import signal
import sys
from types import FrameType, ModuleType
from typing import Any

_AGAIN = 0.2
"""Seconds after which code that swallowed the end of its time is interrupted once more."""
cells: "Cells"


class Cells:
    """The session's interpreter and its work folder."""

    def __init__(self, worker: Any, folder: Any, home: str, cap: int) -> None:
        self._worker, self._folder, self._home = worker, folder, home
        self._interpreter = worker.Interpreter(cap)
        self._late = False

    def call(self, nonce: str, code: str, seconds: float) -> str:
        """Execute one cell: its value or error, whether its time was up, and the files it left, new or changed."""
        before = self._files()
        result = self._run(code, seconds)
        after = self._files()
        files = [[name, seen.size] for name, seen in after.items() if before.get(name) != seen]
        return _report(nonce, {**result, "late": self._late, "files": files})

    def _run(self, code: str, seconds: float) -> dict[str, Any]:
        # The kernel's loop runs in this very thread; hidden, it does not keep the code from running one of its own.
        loop = asyncio._get_running_loop()
        asyncio._set_running_loop(None)
        self._late = False
        old = signal.signal(signal.SIGALRM, self._interrupt)
        signal.setitimer(signal.ITIMER_REAL, max(seconds, 0.001), _AGAIN)
        try:
            found: dict[str, Any] = self._interpreter.run(code)
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, old)
            asyncio._set_running_loop(loop)
        return found

    def _interrupt(self, _number: int, _frame: FrameType | None) -> None:
        if self._interpreter.running:
            self._late = True
            raise self._worker.TimeUp

    def _files(self) -> dict[str, Any]:
        try:
            folder = os.open(self._home, os.O_RDONLY | os.O_DIRECTORY)
        except OSError:
            return {}
        try:
            return dict(self._folder.regular_files(folder))
        finally:
            os.close(folder)


def _report(nonce: str, result: dict[str, Any]) -> str:
    """Letters and digits only: whatever shows the value of a string, with quotes or without, it comes through."""
    return f"{nonce}:{base64.b64encode(json.dumps(result).encode()).decode()}"


def start(nonce: str, worker: ModuleType, folder: ModuleType, cap: int) -> str:
    """Make the work folder and the interpreter in it."""
    global cells
    home = os.path.join(os.getcwd(), "work")
    os.makedirs(home, exist_ok=True)
    os.chdir(home)
    sys.path.insert(0, home)
    # Figures become files, as they do locally, and are not displayed. A template may have imported matplotlib already.
    os.environ["MPLBACKEND"] = "agg"
    if "matplotlib" in sys.modules:
        sys.modules["matplotlib"].use("agg")
    random.seed(0)
    cells = Cells(worker, folder, home, cap)
    return _report(nonce, {"home": home})
