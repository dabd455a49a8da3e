"""What a tool gives back, and what it is given beside the model's arguments."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic_core import core_schema

from traces.record import Artifact, ToolErrorKind
from traces.task import TaskFile

if TYPE_CHECKING:
    from tools.sandbox.session import Session, SessionSource
    from tools.search.provider import SearchProvider


class ToolOutput(NamedTuple):
    """An observation. `content` is the text the model is shown, whole; errors are values, with a kind from the closed list."""

    content: str
    error: ToolErrorKind | None = None
    data: Mapping[str, Any] = {}
    artifacts: tuple[Artifact, ...] = ()
    untrusted: bool = False


def failed(kind: ToolErrorKind, message: str, **data: Any) -> ToolOutput:
    """An error the model can learn from: `message` says what was wrong and what would be right."""
    return ToolOutput(f"Error ({kind}): {message}", kind, data)


@dataclass
class ToolEnv:
    """What the tools of one attempt share; made for each attempt, closed after it.

    `search` is shared by all attempts of a run. `sessions` opens the attempt's interpreter session on first use.
    """

    search: "SearchProvider | None" = None
    sessions: "SessionSource | None" = None
    files: tuple[TaskFile, ...] = ()
    limits: Mapping[str, float] = field(default_factory=dict)
    _session: "Session | None" = field(default=None, init=False, repr=False, compare=False)
    _opening: asyncio.Lock = field(default_factory=asyncio.Lock, init=False, repr=False, compare=False)

    async def session(self) -> "Session":
        """The attempt's interpreter session, with its files in place: opened on first use, and afresh where a call ended it.

        Raises SandboxUnavailable where there is no source of sessions, or it cannot open one.
        """
        from tools.sandbox.session import SandboxUnavailable

        if self.sessions is None:
            raise SandboxUnavailable("no code interpreter is configured for this attempt: give its ToolEnv `sessions`")
        async with self._opening:
            if self._session is not None and self._session.closed:
                await self._session.close()
                self._session = None
            if self._session is None:
                placed = {file.name: file.content.encode() for file in self.files}
                self._session = await self.sessions.open(files=placed)
            return self._session

    async def close(self) -> None:
        """End the attempt's session, if one was opened. A later call opens a new one."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> core_schema.CoreSchema:
        # A tool takes `env` as it is: pydantic must neither resolve its live fields nor copy them.
        return core_schema.is_instance_schema(cls)
