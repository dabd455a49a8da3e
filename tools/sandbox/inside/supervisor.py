"""The trusted process of a session: pid 1 of its namespace, between the host and the code.

It starts the worker, hands it cells, collects output through pipes, keeps time and limits, stops every process of the session
between calls, kills those a call leaves behind, and answers the host. Whatever the worker says is data, capped and checked: a
frame with a wrong id or form ends the session. When it exits, the kernel ends all the rest.
"""

import gc
import os
import select
import signal
import socket
from collections.abc import Sequence
from typing import Any

from . import confine, folder, linux, pump, space, worker
from .frames import FrameError, FrameReader, pack
from .outcome import EXCEEDED, Outcome, checked, fatal, limit_behind
from .program import Programs
from .watch import Watch

GRACE = 1.0
"""Seconds that code gets to react once its time is up, before the session is closed."""
_KEPT = (
    linux.CAP_CHOWN,
    linux.CAP_DAC_OVERRIDE,
    linux.CAP_FOWNER,
    linux.CAP_KILL,
    linux.CAP_SETGID,
    linux.CAP_SETUID,
    linux.CAP_SETFCAP,
    linux.CAP_SYS_PTRACE,
)


class Supervisor:
    """One session. `order` is what the host asked for and what the zygote knows."""

    def __init__(self, host: socket.socket, order: dict[str, Any]) -> None:
        self.order = order
        self.limits = order["limits"]
        self.host = host
        self.full = order["full"]
        self.space = space.full(order) if self.full else space.reduced(order)
        self.outer = order["outer"] if order["outer"] is not None else os.getuid()
        self.owner = (self.outer, self.outer if order["outer"] is not None else os.getgid())
        address_space = Watch(self.space.proc, self.limits).address_space(self._seen_pid())
        self.confinement = confine.Confinement(
            self.full,
            order["outer"],
            self.space.readable,
            self.space.writable,
            order["toolchains"],
            order["seccomp"],
            space.rlimits(order, address_space),
        )
        self._start_worker()
        alone = None if self.full else self.worker
        self.watch = Watch(self.space.proc, self.limits, alone, self._disk if alone else None)
        self._listening = self._poller(select.POLLIN)
        self._sending = self._poller(select.POLLIN | select.POLLOUT)
        self.known: dict[str, folder.Seen] = {}
        self.requests = FrameReader(order["frame_cap"])

    def _seen_pid(self) -> int:
        return int(os.readlink("self", dir_fd=self.space.proc))

    def _disk(self) -> int:
        """Bytes in the work folder, where no file system of its own caps them."""
        return sum(seen.size for _, seen in folder.regular_files(self.space.home))

    def _start_worker(self) -> None:
        ours, theirs = socket.socketpair()
        outputs = (os.pipe(), os.pipe())
        self.worker = self.fork_confined(lambda: self._become_worker(theirs, outputs), outputs[1][1])
        theirs.close()
        # The writing ends stay open here, so that code which closes its own cannot make these look ended.
        self.streams = [pump.Capture(reader, self.limits["output"]) for reader, _ in outputs]
        self.channel = ours
        self.ended: dict[int, int] = {}
        self.pidfd = os.pidfd_open(self.worker)
        self.reader = FrameReader(4 * self.limits["output"] + 65536)
        ours.settimeout(30)
        try:
            while self.reader.feed(ours.recv(4096) or _no_worker()) is None:
                continue
        except OSError as error:
            self.streams[1].take()
            raise OSError(f"{error}; {self.streams[1].text()}") from None
        ours.setblocking(False)

    def _become_worker(self, channel: socket.socket, outputs: tuple[tuple[int, int], tuple[int, int]]) -> None:
        os.dup2(os.open("/dev/null", os.O_RDWR), 0)
        os.dup2(outputs[0][1], 1)
        os.dup2(outputs[1][1], 2)
        os.dup2(channel.fileno(), worker.CHANNEL)
        os.closerange(worker.CHANNEL + 1, 1 << 16)
        self.give_up()
        worker.serve(self.limits["output"])

    def give_up(self) -> None:
        """In a child: become what the session's code may be."""
        confine.confine(self.confinement)
        gc.enable()

    def fork_confined(self, body: Any, complaints: int) -> int:
        """Fork a process that gives up all privileges and then runs `body`, which must not return; errors go to `complaints`."""
        ours, theirs = socket.socketpair()
        child = os.fork()
        if child == 0:
            try:
                os.dup2(complaints, 2)
                os.setsid()
                self._offer_first()
                if self.full:
                    confine.new_user_namespace(theirs)
                body()
            except BaseException as error:
                os.write(2, f"{type(error).__name__}: {error}\n".encode())
            os._exit(70)
        theirs.close()
        if self.full:
            confine.map_ids(ours, self.space.proc, child, self.outer)
        ours.close()
        return child

    def _offer_first(self) -> None:
        """Should the machine run out of memory, this process is the one to go."""
        if not self.full:
            # Closed to others like the supervisor, an ordinary user's process could neither say so nor be counted by the watcher.
            linux.prctl(linux.PR_SET_DUMPABLE, 1)
        fd = os.open("self/oom_score_adj", os.O_WRONLY, dir_fd=self.space.proc)
        os.write(fd, b"1000")
        os.close(fd)

    def serve(self) -> None:
        """Answer the host until it hangs up or the session has to be closed."""
        if self.full:
            keep = (*_KEPT, linux.CAP_SYS_ADMIN) if self.order["toolchains"] else _KEPT
            linux.drop_capabilities(sum(1 << number for number in keep) & linux.capabilities())
        self.settle()
        self.sweep()
        self.host.sendall(pack({"ready": True, "home": self.space.path}))
        actions = {"run": self.run, "put": self.put, "get": self.get, "program": Programs(self).run}
        while True:
            request = self._request()
            self.host.sendall(actions[request["op"]](request))
            # After the answer, as it takes time; before the next request, as what is left must not see that one.
            self.sweep()

    def _request(self) -> dict[str, Any]:
        found = self.requests.feed(b"")
        while found is None:
            data = self.host.recv(1 << 16)
            if not data:
                os._exit(0)
            found = self.requests.feed(data)
        return found

    def _payload(self, size: int) -> bytes:
        data = bytearray(self.requests.rest())
        while len(data) < size:
            more = self.host.recv(min(1 << 16, size - len(data)))
            if not more:
                os._exit(0)
            data += more
        return bytes(data)

    def put(self, request: dict[str, Any]) -> bytes:
        content = self._payload(request["size"])
        try:
            folder.write_file(self.space.home, request["name"], content, self.owner)
        except (OSError, ValueError) as error:
            return pack({"failed": type(error).__name__, "message": str(error)})
        self._new_files()
        return pack({})

    def get(self, request: dict[str, Any]) -> bytes:
        try:
            content = folder.read_file(self.space.home, request["name"], self.limits["disk"])
        except (OSError, ValueError) as error:
            return pack({"failed": type(error).__name__, "message": str(error)})
        return pack({"size": len(content)}) + content

    def run(self, request: dict[str, Any]) -> bytes:
        """One cell. Where the session does not survive it, everything in it dies here and the answer says so."""
        began = pump.now()
        nonce = os.urandom(8).hex()
        for stream in self.streams:
            stream.reset()
        pump.signal_quietly(self.worker, signal.SIGCONT)
        outcome = self._exchange(nonce, request["code"], began + request["timeout"])
        if outcome.closed:
            self.kill_all()
        self.settle()
        answer = pack(self.answer(outcome, began, self.streams))
        if outcome.closed:
            self.host.sendall(answer)
            os._exit(0)
        return answer

    def _exchange(self, nonce: str, code: str, deadline: float) -> Outcome:
        """Send a cell and wait for its report, for the worker's end or for a limit."""
        outgoing = memoryview(pack({"id": nonce, "code": code}))
        late = False
        self.watch.start()
        while True:
            poller = self._sending if outgoing else self._listening
            ready = pump.poll(poller, min(deadline - pump.now(), self.watch.wait()))
            if self.host.fileno() in ready:
                os._exit(0)
            for stream in self.streams:
                if stream.fd in ready:
                    stream.take()
            if self.channel.fileno() in ready:
                outgoing = self._send(outgoing)
                found = self._receive(nonce, late)
                if found is not None:
                    return found
            if self.pidfd in ready:
                return self._ended()
            if pump.now() >= deadline:
                if late:
                    return Outcome({"late": True}, True, "time")
                late, deadline = True, pump.now() + GRACE
                self._interrupt()
            if self.watch.wait() == 0:
                self.reap()
                if limit := self.watch.look():
                    return fatal(*EXCEEDED[limit], limit)

    def _poller(self, channel_events: int) -> select.poll:
        wanted = {stream.fd: select.POLLIN for stream in self.streams}
        wanted |= {
            self.channel.fileno(): channel_events,
            self.pidfd: select.POLLIN,
            self.host.fileno(): select.POLLRDHUP,
        }
        return pump.poller(wanted)

    def _send(self, data: memoryview) -> memoryview:
        try:
            return data[self.channel.send(data) :] if data else data
        except (BlockingIOError, BrokenPipeError, ConnectionResetError):
            return data

    def _receive(self, nonce: str, late: bool) -> Outcome | None:
        try:
            data = self.channel.recv(1 << 16)
        except BlockingIOError:
            return None
        except ConnectionResetError:
            data = b""
        if not data:
            pump.wait(
                {self.pidfd: select.POLLIN}, 2.0
            )  # what dies closes its channel first: on a busy machine long before
            return self._ended()
        try:
            report = self.reader.feed(data)
        except FrameError as error:
            return fatal("ProtocolError", f"the code broke the interpreter's protocol: {error}")
        if report is None:
            return None
        if report.get("id") != nonce or self.reader.rest():
            return fatal("ProtocolError", "the code wrote to the interpreter's own channel")
        # Code may have swallowed the interruption and gone on to its end: time was up all the same.
        return Outcome(report, False, "time" if late or report.get("late") else None)

    def _interrupt(self) -> None:
        pump.signal_quietly(self.worker, signal.SIGCONT)
        pump.signal_quietly(self.worker, worker.INTERRUPT)

    def _ended(self) -> Outcome:
        """The worker is gone, or has closed its channel, which comes to the same."""
        self.reap()
        if self.worker not in self.ended:
            return fatal("InterpreterClosed", "the code closed the interpreter's own channel")
        status = self.ended[self.worker]
        limit = "cpu" if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGXCPU else None
        return fatal("InterpreterEnded", f"the interpreter ended with {pump.how_it_ended(status)}", limit)

    def reap(self) -> None:
        """Collect what has ended, orphans included; only the wait status of the worker and of a program is of use."""
        self.ended |= pump.reap()
        if len(self.ended) > 1000:
            self.ended = {pid: status for pid, status in self.ended.items() if pid == self.worker}

    def settle(self) -> None:
        """Stop every process of the session and take what they had written; then nothing moves until the next call."""
        pump.signal_quietly(-1 if self.full else self.worker, signal.SIGSTOP)
        for stream in self.streams:
            stream.drain()

    def sweep(self) -> None:
        """Kill whatever the call started beside the worker, all of it stopped already."""
        for pid in self.watch.processes() if self.full else ():
            if pid != self.worker:
                pump.signal_quietly(pid, signal.SIGKILL)
        self.reap()

    def kill_all(self) -> None:
        pump.signal_quietly(-1 if self.full else self.worker, signal.SIGKILL)

    def answer(self, outcome: Outcome, began: float, streams: Sequence[pump.Capture]) -> dict[str, Any]:
        """The result as the host reads it, every text capped again."""
        out, err = streams
        value, error, omitted = checked(outcome.report, self.limits["output"])
        omitted += out.dropped + err.dropped
        return {
            "stdout": out.text(),
            "stderr": err.text(),
            "value": value,
            "error": error,
            "files": self._new_files(),
            "duration": pump.now() - began,
            "limit": outcome.limit or ("output" if omitted else limit_behind(error)),
            "omitted": omitted,
            "closed": outcome.closed,
        }

    def program_answer(
        self, streams: tuple[pump.Capture, ...], began: float, limit: str | None, status: int, stage: str
    ) -> dict[str, Any]:
        """The result of one step of a program: as of a cell, with its exit code (negative: the signal)."""
        code = os.waitstatus_to_exitcode(status)
        if limit is None and code == -signal.SIGXCPU:
            limit = "cpu"
        error = None if code == 0 else [stage, f"{stage}: {pump.how_it_ended(status)}", ""]
        outcome = Outcome({"error": error}, False, limit)
        return {**self.answer(outcome, began, streams), "exit": code, "stage": stage}

    def _new_files(self) -> list[list[Any]]:
        before, self.known = self.known, dict(folder.regular_files(self.space.home))
        return [[name, seen.size] for name, seen in self.known.items() if before.get(name) != seen]


def _no_worker() -> bytes:
    raise OSError("the worker did not start")
