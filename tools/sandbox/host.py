"""The host's handle on a zygote: started on first use, shared by the whole process, ended with it.

A zygote belongs to no event loop. It ends when the process ends in any way, SIGKILL included, as it watches a descriptor
of this process; `stop_zygotes` ends it earlier, and the next session starts a new one.
"""

import array
import asyncio
import atexit
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, Literal, NamedTuple

from tools.sandbox import languages
from tools.sandbox.session import SandboxError, SandboxUnavailable
from tools.sandbox.view import View, interpreter_view

Profile = Literal["python", "compile"]
Level = Literal["full", "reduced", "refused"]
_FIRST = "import sys; sys.path.insert(0, sys.argv[2]); from inside import launch; launch.main(int(sys.argv[1]))"
_START = 60.0
REMEDIES = (
    "Remedies: run on Linux 5.13 or newer on x86-64 or aarch64; in a container, allow user namespaces (for Docker, a seccomp "
    "profile that permits unshare and mount) or run it privileged; or use the hosted back end (backend: e2b with E2B_API_KEY)."
)
WITHOUT: list[str] = []
"""Features taken for missing ("namespaces", "landlock"): for tests of what happens then."""
_PREIMPORT = (
    "numpy",
    "numpy.random",
    "numpy.linalg",
    "numpy.fft",
    "numpy.polynomial",
    "sympy",
    "statistics",
    "csv",
    "datetime",
)
ENVIRONMENT = {
    "HOME": "/home/user",
    "LANG": "C.UTF-8",
    "MPLBACKEND": "Agg",
    "MPLCONFIGDIR": "/tmp/matplotlib",
    "MKL_NUM_THREADS": "1",
    "NUMEXPR_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "PATH": "/usr/local/bin:/usr/bin:/bin",
    "PYTHONHASHSEED": "0",
    "TMPDIR": "/tmp",
    "TZ": "UTC",
}


class Started(NamedTuple):
    """What a zygote said of itself. `missing` says why the level is not full."""

    level: Level
    missing: str
    absent: tuple[str, ...]
    landlock: int


class Zygote:
    """One zygote process. Starting it never blocks for long; `wait` does, until it is ready."""

    def __init__(self, profile: Profile, level: Level) -> None:
        self._lock = threading.Lock()
        self._started: Started | None = None
        self._failure: str | None = None
        self._folder = _folder_name()
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = _launch(theirs)
        pidfd = os.pidfd_open(os.getpid())
        try:
            socket.send_fds(self._control, [_configuration(profile, level, self._folder)], [pidfd])
        finally:
            os.close(pidfd)

    def wait(self) -> Started:
        """Block until it is ready. Raises SandboxUnavailable."""
        with self._lock:
            if self._started is None and self._failure is None:
                self._hear()
            if self._started is None:
                raise SandboxUnavailable(f"the local sandbox could not start: {self._failure}. {REMEDIES}")
            return self._started

    def _hear(self) -> None:
        self._control.settimeout(_START)
        try:
            message = json.loads(self._control.recv(1 << 16) or "null")
        except (OSError, ValueError) as error:
            self._failure = f"no answer from its first process: {error}"
            return
        if message is None:
            self._process.wait(5)
            assert self._process.stderr is not None
            self._failure = self._process.stderr.read().decode("utf-8", "replace").strip()[-2000:] or "it ended at once"
            return
        if message["level"] == "refused":
            self._failure = message["missing"]
            return
        self._started = Started(message["level"], message["missing"], tuple(message["absent"]), message["landlock"])
        self._control.setblocking(False)

    async def order(self, message: dict[str, Any], session: socket.socket) -> None:
        """Ask for a session at the far end of `session`. Raises SandboxError where the zygote is gone."""
        data = [json.dumps(message).encode()]
        rights = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [session.fileno()]))]
        for _ in range(2000):
            try:
                self._control.sendmsg(data, rights)
                return
            except BlockingIOError:
                await asyncio.sleep(0.005)
            except OSError as error:
                raise SandboxError(f"the sandbox's first process is gone: {error}") from None
        raise SandboxError("the sandbox's first process takes no orders")

    @property
    def started(self) -> Started | None:
        """What it said of itself; None until that was waited for."""
        return self._started

    @property
    def alive(self) -> bool:
        return self._failure is None and self._process.poll() is None

    def stop(self) -> None:
        """End it with all its sessions, and wait until nothing of it is left."""
        self._control.close()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(10)
        assert self._process.stderr is not None
        self._process.stderr.close()
        shutil.rmtree(self._folder, ignore_errors=True)


def _launch(control: socket.socket) -> subprocess.Popen[bytes]:
    package = str(Path(__file__).parent)
    command = [sys.executable, "-s", "-P", "-B", "-X", "utf8", "-c", _FIRST, str(control.fileno()), package]
    return subprocess.Popen(
        command,
        env=ENVIRONMENT,
        cwd="/",
        pass_fds=[control.fileno()],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def _configuration(profile: Profile, level: Level, folder: str) -> bytes:
    view: View = interpreter_view() if profile == "python" else languages.view()
    message = {
        "package": str(Path(__file__).parent),
        "level": level,
        "without": WITHOUT,
        "environment": ENVIRONMENT,
        "preimport": _PREIMPORT if profile == "python" else (),
        "view": view.as_message(),
        "folder": folder,
    }
    return json.dumps(message).encode()


def _folder_name() -> str:
    """Where work folders lie at the reduced level, whose zygote makes and removes it."""
    return os.path.join(tempfile.gettempdir(), f"{_PREFIX}{os.getpid()}-{secrets.token_hex(4)}")


_PREFIX = f"winnow-sandbox-{os.getuid() if hasattr(os, 'getuid') else 0}-"
_zygotes: dict[tuple[int, Profile, Level], Zygote] = {}
_guard = threading.Lock()


def zygote_for(profile: Profile, level: Level = "full") -> Zygote:
    """This process's zygote; a dead one is replaced, and one inherited by a fork is not used. Raises SandboxUnavailable."""
    if not sys.platform.startswith("linux"):
        raise SandboxUnavailable(f"the local sandbox needs Linux, this is {sys.platform}. {REMEDIES}")
    key = (os.getpid(), profile, level)
    with _guard:
        found = _zygotes.get(key)
        if found is not None and not found.alive:
            found.stop()
            found = None
        if found is None:
            _sweep()
            found = _zygotes[key] = Zygote(profile, level)
    return found


def stop_zygotes() -> None:
    """End this process's zygotes and every session they hold."""
    with _guard:
        for key in [key for key in _zygotes if key[0] == os.getpid()]:
            _zygotes.pop(key).stop()


@atexit.register
def _last() -> None:
    """End them with the process. A Ctrl-C that comes now has nothing left to end, and would leave their folders behind."""
    with suppress(ValueError):  # of an interpreter that ends in a thread other than its main one
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    stop_zygotes()


@cache
def _sweep() -> None:
    """Remove work folders that a killed process left behind, once."""
    for path in Path(tempfile.gettempdir()).glob(_PREFIX + "*"):
        pid = path.name.removeprefix(_PREFIX).partition("-")[0]
        old = time.time() - path.stat().st_mtime > 60
        if old and pid.isdecimal() and not os.path.exists(f"/proc/{pid}"):
            shutil.rmtree(path, ignore_errors=True)
