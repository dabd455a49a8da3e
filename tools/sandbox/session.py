"""What every interpreter back end offers: stateful sessions that run what a model wrote."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple, Protocol

MIB = 1024 * 1024
LimitName = Literal["time", "cpu", "memory", "processes", "disk", "output", "session"]


@dataclass(frozen=True)
class Limits:
    """What a session may use. Times in seconds, sizes in bytes."""

    time: float = 20.0
    """Wall-clock time of one call, unless the call says otherwise."""
    cpu: float = 60.0
    """CPU time of the whole session."""
    memory: int = 512 * MIB
    processes: int = 32
    disk: int = 64 * MIB
    files: int = 2000
    output: int = 1 * MIB
    """Bytes of stdout and of stderr that are kept of one call; the rest is counted, not kept."""


class CodeError(NamedTuple):
    """An exception in the user's code. The traceback shows no frame of ours."""

    name: str
    message: str
    traceback: str


class ProducedFile(NamedTuple):
    """A file the code left in its work folder, new or changed in this call."""

    name: str
    size: int
    media_type: str


@dataclass(frozen=True)
class RunResult:
    """What a call came to. `value` is the repr of the last expression; `limit` names the limit that ended it, if one did."""

    stdout: str = ""
    stderr: str = ""
    value: str | None = None
    error: CodeError | None = None
    files: tuple[ProducedFile, ...] = ()
    duration: float = 0.0
    limit: LimitName | None = None
    closed: bool = False
    """True where the session did not survive the call: its variables are gone and it cannot be used again."""
    omitted: int = 0
    """Bytes of output, value and error that the output limit left out."""
    exit_code: int | None = None
    """Of a program: its exit status, negative for the signal that ended it."""


class SandboxError(Exception):
    """The sandbox itself failed: never the fault of the code it ran."""


class SandboxUnavailable(SandboxError):
    """This machine (or this key) cannot give a sandbox; the message names what is missing and the remedies."""


class Session(Protocol):
    """A running interpreter. Variables, imports and files persist from call to call."""

    @property
    def closed(self) -> bool:
        """True once it cannot be used again: closed, or ended by a call."""
        ...

    async def run(self, code: str, timeout: float | None = None) -> RunResult: ...

    async def put(self, name: str, content: bytes) -> None:
        """Place a file in the work folder. Raises ValueError for a name that leaves it."""
        ...

    async def get(self, name: str) -> bytes:
        """A file of the work folder. Raises FileNotFoundError."""
        ...

    async def close(self) -> None: ...


class SessionSource(Protocol):
    """Opens sessions: one back end, configured once a run."""

    name: str

    async def open(self, limits: Limits | None = None, files: Mapping[str, bytes] | None = None) -> Session:
        """A fresh session. Raises SandboxUnavailable."""
        ...

    async def close(self) -> None: ...
