"""Runs programs beside the worker: compile, then run, each confined like the worker, its output collected the same way."""

import os
import select
import signal
from typing import TYPE_CHECKING, Any

from . import pump
from .frames import pack

if TYPE_CHECKING:
    from .supervisor import Supervisor


class Programs:
    """Program runs of one session. The worker stays stopped meanwhile; whatever a run leaves behind is killed."""

    def __init__(self, session: "Supervisor") -> None:
        self.session = session

    def run(self, request: dict[str, Any]) -> bytes:
        """Run the steps one after the other until one fails. The answer is that of the last step that ran."""
        began = pump.now()
        deadline = began + request["timeout"]
        answer: dict[str, Any] = {}
        for step in request["steps"]:
            answer = self._step(step, request["stdin"], deadline, began)
            if answer["exit"] != 0:
                break
        return pack(answer)

    def _step(self, step: dict[str, Any], stdin: str, deadline: float, began: float) -> dict[str, Any]:
        session, pipes = self.session, (os.pipe(), os.pipe())
        writers = (pipes[0][1], pipes[1][1])
        child = session.fork_confined(lambda: self._become(step, stdin, writers), writers[1])
        for _, writer in pipes:
            os.close(writer)
        streams = tuple(pump.Capture(reader, session.limits["output"]) for reader, _ in pipes)
        limit = self._follow(child, streams, deadline)
        session.settle()
        session.sweep()
        status = self._collect(child)
        for stream in streams:
            stream.drain()
            os.close(stream.fd)
        return session.program_answer(streams, began, limit, status, step["stage"])

    def _follow(self, child: int, streams: tuple[pump.Capture, ...], deadline: float) -> str | None:
        """Collect output until the program ends; the limit that ended it, if one did."""
        session, pidfd, started = self.session, os.pidfd_open(child), set(streams)
        session.watch.start()
        try:
            while True:
                wanted = {stream.fd: select.POLLIN for stream in started} | {pidfd: select.POLLIN}
                wanted[session.host.fileno()] = select.POLLRDHUP
                ready = pump.wait(wanted, min(deadline - pump.now(), session.watch.wait()))
                if session.host.fileno() in ready:
                    os._exit(0)
                started -= {stream for stream in started if stream.fd in ready and stream.take() == 0}
                if pidfd in ready:
                    return None
                if pump.now() >= deadline:
                    return "time"
                session.reap()
                if session.watch.wait() == 0 and (limit := session.watch.look()):
                    return limit
        finally:
            os.close(pidfd)

    def _collect(self, child: int) -> int:
        """The wait status of a program that has ended or was just killed."""
        while child not in self.session.ended:
            try:
                pid, status = os.waitpid(child, 0)
            except ChildProcessError:
                return signal.SIGKILL
            self.session.ended[pid] = status
        return self.session.ended.pop(child)

    def _become(self, step: dict[str, Any], stdin: str, outputs: tuple[int, int]) -> None:
        source = os.open(".", os.O_TMPFILE | os.O_RDWR, 0o600)
        with os.fdopen(os.dup(source), "wb") as file:
            file.write(stdin.encode("utf-8", "surrogateescape"))
        os.lseek(source, 0, os.SEEK_SET)
        for number, fd in enumerate((source, *outputs)):
            os.dup2(fd, number)
        os.closerange(3, 1 << 16)
        self.session.give_up()
        for ignored in (signal.SIGPIPE, signal.SIGXFSZ):
            signal.signal(ignored, signal.SIG_DFL)
        try:
            os.execve(step["argv"][0], step["argv"], step["env"])
        except OSError as error:
            os.write(2, f"{step['argv'][0]}: {error.strerror}\n".encode())
        os._exit(127)
