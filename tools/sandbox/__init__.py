"""Where code written by models is run: stateful sessions that cannot reach the host. `LocalSandbox` is the one to use."""

from tools.sandbox.local import LocalSandbox, LocalSession, LocalSessions
from tools.sandbox.probe import SandboxReport, sandbox_report
from tools.sandbox.session import (
    CodeError,
    Limits,
    ProducedFile,
    RunResult,
    SandboxError,
    SandboxUnavailable,
    Session,
    SessionSource,
)

__all__ = [
    "CodeError",
    "Limits",
    "LocalSandbox",
    "LocalSession",
    "LocalSessions",
    "ProducedFile",
    "RunResult",
    "SandboxError",
    "SandboxReport",
    "SandboxUnavailable",
    "Session",
    "SessionSource",
    "sandbox_report",
]
