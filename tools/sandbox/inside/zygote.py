"""Second stage: import what sessions start with, once, then fork a supervisor for each session the host asks for.

Single-threaded. It ends when the host closes the control socket or ends itself, and takes all sessions along. A session's socket
is also held here until its supervisor has been reaped, so the host sees its end only when nothing of it is left; the other way
round, a host that shuts its side down has the session killed at once.
"""

import gc
import importlib
import json
import multiprocessing
import os
import select
import signal
import socket
import sys
from typing import Any

from . import filter as syscall_filter
from . import folder, landlock, linux, pump
from .frames import pack
from .root import PACKAGE, ZYGOTE_PROC
from .supervisor import Supervisor

_ORDER_CAP = 1 << 20


class Zygote:
    """The state between forks: the host's socket, and each living session by its pid."""

    def __init__(self, control: socket.socket, host: int, config: dict[str, Any], facts: dict[str, Any]) -> None:
        self.control = control
        self.host = host
        self.config = config
        self.facts = facts
        self.full = facts["level"] == "full"
        self.seccomp = syscall_filter.program() if self.full else b""
        self.sessions: dict[int, socket.socket] = {}
        self.opened = 0
        self.folders: dict[int, str] = {}
        self.base = -1 if self.full else _base_folder(config["folder"])
        self.own_pids = os.open(f"{ZYGOTE_PROC}/self/ns/pid", os.O_RDONLY | os.O_CLOEXEC) if self.full else -1
        self.wake, signal_end = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        signal.set_wakeup_fd(signal_end, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda _number, _frame: None)

    def serve(self) -> None:
        while True:
            wanted = {session.fileno(): select.POLLRDHUP for session in self.sessions.values()}
            wanted |= dict.fromkeys((self.control.fileno(), self.host, self.wake), select.POLLIN)
            self._handle(pump.wait(wanted, 3600))

    def _handle(self, ready: set[int]) -> None:
        if self.wake in ready:
            _empty(self.wake)
            self._reap()
        for pid, session in self.sessions.items():
            if session.fileno() in ready:
                pump.signal_quietly(pid, signal.SIGKILL)
        if self.host in ready:
            self.end()
        if self.control.fileno() in ready:
            self._order()

    def _reap(self) -> None:
        for pid in pump.reap():
            session = self.sessions.pop(pid, None)
            if session is not None:
                self._remove_folder(session)
                session.close()

    def _remove_folder(self, session: socket.socket) -> None:
        name = self.folders.pop(session.fileno(), None)
        if name is not None:
            _remove(self.base, name)

    def _order(self) -> None:
        message, fds, _, _ = socket.recv_fds(self.control, _ORDER_CAP, 1)
        if not message:
            self.end()
        session = socket.socket(fileno=fds[0])
        order = {**json.loads(message), **self._common()}
        self.opened += 1
        if not self.full:
            order["folder"] = self._new_folder(session)
        if self.full:
            linux.setns(self.own_pids, linux.CLONE_NEWPID)
            linux.unshare(linux.CLONE_NEWPID)
        pid = os.fork()
        if pid == 0:
            self._become_supervisor(session, order)
        self.sessions[pid] = session

    def _common(self) -> dict[str, Any]:
        outer = self.facts["outer"]
        if outer is not None and self.facts.get("many", not self.full):
            outer += self.opened % 4000
        view = self.config["view"]
        return {
            "full": self.full,
            "outer": outer,
            "seccomp": self.seccomp,
            "readable": view["readable"] if self.full else [source for source, _ in view["binds"]],
            "toolchains": view["toolchains"],
            "preimport": self.config["preimport"],
        }

    def _new_folder(self, session: socket.socket) -> str:
        name = f"session-{self.opened}"
        os.mkdir(name, 0o711, dir_fd=self.base)
        self.folders[session.fileno()] = name
        return f"{self.config['folder']}/{name}"

    def _become_supervisor(self, host: socket.socket, order: dict[str, Any]) -> None:
        """In the child: never returns."""
        try:
            linux.die_with_parent()
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            linux.prctl(linux.PR_SET_DUMPABLE, 0)
            kept = host.fileno()
            os.closerange(3, kept)
            os.closerange(kept + 1, 1 << 16)
            Supervisor(host, order).serve()
        except (BrokenPipeError, ConnectionResetError):
            os._exit(0)
        except BaseException as error:
            _tell(host, error)
        os._exit(70)

    def end(self) -> None:
        """Kill every session, then go."""
        for pid in self.sessions:
            pump.signal_quietly(pid, signal.SIGKILL)
        for pid in list(self.sessions):
            os.waitpid(pid, 0)
        for name in list(self.folders.values()):
            _remove(self.base, name)
        if not self.full:
            os.rmdir(self.config["folder"])
        os._exit(0)


def _remove(base: int, name: str) -> None:
    """What cannot be removed now is left to the sweep of a later start; no code may stop the zygote by its files."""
    try:
        folder.remove_tree(base, name)
    except OSError:
        return


def _base_folder(path: str) -> int:
    os.mkdir(path, 0o711)
    return os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)


def _tell(host: socket.socket, error: BaseException) -> None:
    try:
        host.sendall(pack({"fatal": f"{type(error).__name__}: {error}"}))
    except OSError:
        return


def _empty(fd: int) -> None:
    try:
        while os.read(fd, 4096):
            continue
    except BlockingIOError:
        return


def _quiet() -> None:
    """Nothing of ours reads from or writes to the host's terminal."""
    null = os.open("/dev/null", os.O_RDWR)
    for fd in (0, 1, 2):
        os.dup2(null, fd)
    os.close(null)


def _preimport(names: list[str]) -> list[str]:
    """Import what there is; the names of what there is not."""
    absent = []
    for name in names:
        try:
            importlib.import_module(name)
        except ImportError:
            absent.append(name)
    return absent


def _tidy() -> None:
    """Take our modules and the command line out of the code's sight, and seed numpy; done here, it costs sessions nothing."""
    package = __name__.partition(".")[0]
    for name in [name for name in sys.modules if name.partition(".")[0] == package]:
        del sys.modules[name]
    del sys.path[0]
    sys.argv[:] = [""]
    sys.orig_argv[:] = ["python"]
    if sys.version_info >= (3, 14):
        # The default there, a fork server, needs a socket.
        multiprocessing.set_start_method("fork")
    numpy = sys.modules.get("numpy")
    if numpy is not None:
        numpy.random.seed(0)


def main(fd: int) -> None:
    """Run until the host goes. `fd` is the control socket; its first message is the configuration, with the host's pidfd."""
    facts = json.loads(sys.argv[3])
    control = socket.socket(fileno=fd)
    message, fds, _, _ = socket.recv_fds(control, _ORDER_CAP, 1)
    for given in (fd, *fds):
        os.set_inheritable(given, False)
    if facts["level"] == "full":
        # Here the parent is our own guardian; else it is a thread of the host, which may end long before the host does.
        linux.die_with_parent()
    config = json.loads(message)
    absent = _preimport(config["preimport"])
    _tidy()
    if facts["level"] == "full":
        linux.umount(PACKAGE)
        linux.drop_bounding_set()  # once for all sessions
    zygote = Zygote(control, fds[0], config, facts)
    _quiet()
    gc.collect()
    gc.freeze()
    gc.disable()
    ready = {"level": facts["level"], "missing": facts["missing"], "absent": absent, "landlock": landlock.version()}
    control.send(json.dumps(ready).encode())
    zygote.serve()
