"""The E2B back end: every session in a virtual machine of its own, hosted by E2B, without network.

Promised: what the local sandbox promises of host and network, time and output; sandboxes are ended when their sessions are, also
when a run is cancelled; those of a process that was killed end by themselves, within ten minutes, or at the next start of
the run. Not promised: the limits of CPU time, memory, processes, disk and files, which are the template's, and honest results.
The key goes to E2B's control plane and nowhere else: not into a sandbox, a message, a log or a record.
"""

import asyncio
from collections.abc import Coroutine, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from e2b import ApiParams, SandboxQuery
from e2b_code_interpreter.code_interpreter_async import AsyncSandbox

from tools.sandbox.e2b import errors
from tools.sandbox.e2b.box import LIFETIME, Box
from tools.sandbox.e2b.session import E2BSession
from tools.sandbox.session import Limits, SandboxError, SandboxUnavailable

MARK = {"made-by": "winnow"}
STALE = timedelta(hours=24)
"""The longest attempt a scenario allows: a marked sandbox older than that is nobody's."""


class E2BSessions:
    """Opens sessions on E2B. `run` names the run that sandboxes are marked with; `connection` is what the SDK takes beside the key."""

    name = "e2b"

    def __init__(
        self,
        api_key: str | None,
        limits: Limits | None = None,
        *,
        template: str | None = None,
        run: str = "",
        connection: ApiParams | None = None,
    ) -> None:
        if not api_key:
            raise SandboxUnavailable(errors.NO_KEY)
        self._limits = limits or Limits()
        self._template = template
        self._run = run
        self._key = api_key
        # `debug` is pinned: switched on by its environment variable, it would talk to this machine and end no sandbox.
        given: ApiParams = {"request_timeout": 30.0, **(connection or {})}
        self._params: ApiParams = {**given, "api_key": api_key, "debug": False}
        self._open: set[E2BSession] = set()
        self._going: set[asyncio.Task[Any]] = set()

    async def open(self, limits: Limits | None = None, files: Mapping[str, bytes] | None = None) -> E2BSession:
        """A fresh session with these files in its work folder, in a sandbox of its own."""
        chosen = limits or self._limits
        session = E2BSession(chosen, lambda: self._make(chosen), self._end)
        self._open = {other for other in self._open if other.holds_sandbox or not other.closed} | {session}
        try:
            await session.start()
            for name, content in (files or {}).items():
                await session.put(name, content)
        except BaseException:
            await session.close()
            raise
        return session

    async def sweep(self, older: timedelta = STALE) -> int:
        """End what earlier starts of this run left behind, and marked sandboxes older than this; says how many."""
        with errors.service(self._key):
            pages = AsyncSandbox.list(query=SandboxQuery(metadata=MARK), **self._params)
            found = []
            while pages.has_next:
                found += await pages.next_items()
            ours = [one for one in found if (one.metadata or {}).get("made-by") == MARK["made-by"]]
            left = [one for one in ours if self._left_behind(one.metadata or {}, one.started_at, older)]
            for one in left:
                await AsyncSandbox.kill(one.sandbox_id, **self._params)
        return len(left)

    def _left_behind(self, metadata: Mapping[str, str], started: datetime, older: timedelta) -> bool:
        same_run = bool(self._run) and metadata.get("run") == self._run
        return same_run or started.astimezone(UTC) < datetime.now(UTC) - older

    async def close(self) -> None:
        """End every session that is still open, and wait for the sandboxes that are on their way up or down."""
        await asyncio.gather(*(session.close() for session in self._open))
        self._open = set()
        while self._going:
            await asyncio.wait(self._going)

    async def _make(self, limits: Limits) -> Box:
        """A new sandbox. One whose making was cancelled is ended as soon as it is there."""
        made = self._task(self._create())
        try:
            return Box(await asyncio.shield(made), limits, self._key)
        except asyncio.CancelledError:
            made.add_done_callback(self._unwanted)
            raise

    async def _create(self) -> AsyncSandbox:
        with errors.service(self._key):
            return await AsyncSandbox.create(
                self._template,
                timeout=LIFETIME,
                metadata={**MARK, "run": self._run},
                allow_internet_access=False,
                **self._params,
            )

    def _unwanted(self, made: "asyncio.Task[AsyncSandbox]") -> None:
        if not made.cancelled() and made.exception() is None:
            self._task(self._kill(made.result()))

    async def _end(self, box: Box) -> None:
        """Ends the sandbox even where the one who waits for it is cancelled."""
        await asyncio.shield(self._task(self._kill(box.sandbox)))

    async def _kill(self, sandbox: AsyncSandbox) -> None:
        try:
            with errors.service(self._key):
                await sandbox.kill()
        except SandboxError:
            return  # gone already, or out of reach: then it ends by itself

    def _task(self, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        task = asyncio.get_running_loop().create_task(work)
        self._going.add(task)
        task.add_done_callback(self._going.discard)
        return task
