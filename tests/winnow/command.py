"""`winnow`, as it is typed, for the tests.

A command is forked from a process that has imported the program already, graders, families, tools and formats with it, since importing
takes longer than most of what is tested. All else is its own: its process, arguments, folder, output and exit. Tests of processes
themselves (kills, hash seeds) start Python as users do.
"""

import atexit
import gc
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import IO, Any

HOME = Path(__file__).parents[2]
IMPORTED = (
    "winnow.cli",
    "winnow.importing",
    "winnow.labelled",
    "winnow.launch",
    "winnow.proving",
    "winnow.regrading",
    "winnow.validation",
)
FOUND = (
    ("graders.base", "all_graders"),
    ("scenarios.family", "all_families"),
    ("tools.catalogue", "catalogue"),
    ("traces.export.format", "all_formats"),
)


def winnow(*arguments: object, timeout: float = 180, cwd: Path = HOME) -> subprocess.CompletedProcess[str]:
    """Run a command to its end. Raises `subprocess.TimeoutExpired` where it takes longer than `timeout` seconds, and kills it then."""
    return _server().run([str(argument) for argument in arguments], timeout, cwd)


class _Server:
    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.process = subprocess.Popen(
            [sys.executable, "-P", __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=HOME
        )

    def run(self, arguments: list[str], timeout: float, cwd: Path) -> subprocess.CompletedProcess[str]:
        with self.lock, tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
            places = [f"/proc/{os.getpid()}/fd/{file.fileno()}" for file in (out, err)]
            child = self.asked([arguments, str(cwd), dict(os.environ), *places])
            late = threading.Timer(timeout, os.kill, (child, signal.SIGKILL))
            late.start()
            code = self.asked(None)
            late.cancel()
            if code == -signal.SIGKILL:
                raise subprocess.TimeoutExpired(["winnow", *arguments], timeout, _text(out), _text(err))
            return subprocess.CompletedProcess(["winnow", *arguments], code, _text(out), _text(err))

    def asked(self, what: Any) -> int:
        """Send a line, and read the number that comes back."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps(what) + "\n")
        self.process.stdin.flush()
        return int(self.process.stdout.readline())

    def close(self) -> None:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()


@cache
def _server() -> _Server:
    server = _Server()
    atexit.register(server.close)
    return server


def _text(file: IO[str]) -> str:
    file.seek(0)
    return file.read()


def _serve() -> None:
    """Fork a process for each command that is read; returns in these alone, or at the end."""
    for line in sys.stdin:
        arguments, folder, environment, *places = json.loads(line)
        child = os.fork()
        if child == 0:
            _become(arguments, folder, environment, places)
            return
        _say(child)
        sys.stdin.readline()
        _say(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
    os._exit(0)


def _say(number: int) -> None:
    print(number, flush=True)


def _become(arguments: list[str], folder: str, environment: dict[str, str], places: list[str]) -> None:
    """What a process is when it has been started by a shell: no input, its own output, folder and environment."""
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for number, place in enumerate(places, 1):
        os.dup2(os.open(place, os.O_WRONLY | os.O_APPEND), number)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.stdin = os.fdopen(0, closefd=False)
    sys.argv = ["winnow", *arguments]


def _import_all() -> None:
    sys.path.insert(0, str(HOME))
    for module in IMPORTED:
        import_module(module)
    for module, find in FOUND:
        getattr(import_module(module), find)()
    gc.collect()
    gc.freeze()  # else every command, as it ends, walks through all that was imported, and so copies it first


if __name__ == "__main__":
    _import_all()
    _serve()
    import_module("winnow.cli").main()
