"""How many calls a model server gets at once: found by trying, as networks do.

Each good answer raises the limit a little, each refusal for want of capacity halves it, once for all calls that were in flight. A server
that asks for a pause gets it, from everyone. One that has answered nobody for `patience` seconds is given up, with the reason, and until
then calls that failed for it are tried on (`waits`): an outage is no fault of theirs. One that refuses its first call for what is wrong
with all of them, such as the key, is given up at once, as one that is no longer paid.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress

from agents.chat import EndpointError
from agents.chat.keys import hide
from agents.chat.remedies import remedy
from agents.clock import waiting
from agents.halt import Halt
from agents.retry import BUSY, broke, in_vain, may_pass, status_of

_LEAST_FAILURES = 10
"""So few failures in a row say nothing of a server yet, unless they last twice as long as its patience."""
_OUTAGE = 5
"""So many failures in a row, of whatever calls, are the server's rather than a call's."""
_QUIET = 20.0
"""Seconds without an answer that are worth telling of."""


class Gate:
    """The gate before one server, for one role. `most` is the largest limit, `limit` the present one."""

    def __init__(self, name: str, most: int, *, patience: float = 120.0) -> None:
        self.name, self.most, self.patience = name, most, patience
        self.limit = float(min(most, 4))
        self._steep = True
        self._inside = 0
        self._waiting = asyncio.Condition()
        self._halved = 0.0
        self._closed_until = 0.0
        self._failures = 0
        self._since = 0.0
        self._last = ""
        self._last_kind = ""
        self._slow = ""
        self._failing: set[object] = set()
        self._asking: dict[object, float] = {}
        self._answered_at = 0.0
        self._answered: set[str] = set()
        self._hopeless = ""
        self._over = asyncio.Event()
        """Set once an outage is over, or the server is given up."""

    @asynccontextmanager
    async def passage(self, asked: str = "", call: object = None) -> AsyncIterator[None]:
        """Wait for a place; what the block raises tells how the server does. Raises Halt once the server is given up.

        `asked` names the kind of call: a server that answers one kind may refuse all of another, such as those with tools. `call` is the
        same for all tries of one call.
        """
        self._judge()
        with waiting():
            await self._enter()
        try:
            with waiting():
                await self._pause()
            self._judge()
            with self._watched(asked, call or object()):
                yield
        finally:
            self._inside -= 1
            async with self._waiting:
                self._waiting.notify(2)  # one place is free, and the limit may have risen by one

    @contextmanager
    def _watched(self, asked: str, call: object) -> Iterator[None]:
        self._asking[call] = started = time.monotonic()
        try:
            yield
            self._succeeded(asked)
        except Exception as error:
            if not may_pass(error) or getattr(error, "kind", "") == "page":
                self.require_hope(error, asked)
            self._failed(error, started, call)
            raise
        finally:
            del self._asking[call]

    def waits(self, error: Exception, asked: str = "") -> bool:
        """Whether a call that failed as often as it may is tried on: the server answers nobody, and is not given up yet.

        A call that fails alone is not tried for longer than `patience`: it may be what the server fails at. One that reached nobody is no
        fault of its own, even where others go on by connections they have.
        """
        if in_vain(error) and asked not in self._answered:
            return False
        if getattr(error, "kind", "") == "unreachable":
            return True
        return self._failures >= _OUTAGE and not (self._alone and self._silent >= self.patience)

    async def rest(self, seconds: float) -> None:
        """Wait between two tries, no longer than until the server is given up, or answers again where it answered nobody."""
        if self._hopeless:
            return
        over = self._over
        with suppress(TimeoutError):
            await asyncio.wait_for(over.wait(), seconds)

    def trouble(self) -> str:
        """What to tell of a server that answers nobody at present; empty where there is nothing to tell."""
        since = [*self._asking.values(), *([self._since] if self._failures else [])]
        quiet = time.monotonic() - max(self._answered_at, min(since, default=time.monotonic()))
        if quiet < _QUIET:
            return ""
        why = f"{self._failures} failures in a row; the last: {self._last}" if self._failures else "it took the calls"
        return f"no answer for {quiet:.0f} s from {self.name} ({why[:300]})"

    @property
    def _alone(self) -> bool:
        """Whether a single call fails at a server that has answered before and is still there."""
        return len(self._failing) == 1 and bool(self._answered) and self._last_kind != "unreachable"

    @property
    def _silent(self) -> float:
        return time.monotonic() - self._since if self._failures else 0.0

    def require_hope(self, error: Exception, asked: str = "") -> None:
        """Raise Halt for a failure that is no use trying again, where no call of this kind was answered yet and none would be.

        An account without credit answers no more, whatever was answered before.
        """
        empty = broke(error)
        if (asked in self._answered and not empty) or not in_vain(error):
            return
        said = str(error)
        if not isinstance(error, EndpointError):  # whose text has all this
            said = f"{self.name}: {said}{remedy(status_of(error) or 0, said, {}, broke=empty)}"
        none = "" if self._answered else " No call was answered."
        self._hopeless = f"{hide(said)}{none} Go on with --resume once that is mended."
        self._over.set()
        raise Halt("endpoint", self._hopeless) from error

    async def _enter(self) -> None:
        async with self._waiting:
            await self._waiting.wait_for(lambda: self._inside < int(self.limit))
            self._inside += 1

    async def _pause(self) -> None:
        if (wait := self._closed_until - time.monotonic()) > 0:
            await asyncio.sleep(wait)

    def _succeeded(self, asked: str) -> None:
        self._recovered()
        self._answered.add(asked)
        self.limit = min(self.most, self.limit + (1.0 if self._steep else 1.0 / self.limit))

    def _recovered(self) -> None:
        if self._failures >= _OUTAGE:  # whoever rests may try again
            self._over.set()
            self._over = asyncio.Event()
        self._failures, self._answered_at = 0, time.monotonic()
        self._failing.clear()

    def _failed(self, error: Exception, started: float, call: object) -> None:
        if not may_pass(error):
            self._recovered()  # it answers: what was asked is at fault
            return
        self._since = self._since if self._failures else max(started, self._answered_at)
        self._failures, self._last, self._last_kind = self._failures + 1, str(error), getattr(error, "kind", "")
        self._slow = (
            " A model that takes longer than that is given more time by its role's timeout."
            if status_of(error) == 408
            else ""
        )
        self._failing.add(call)
        if status_of(error) in BUSY:
            if started >= self._halved:
                self.limit, self._steep, self._halved = max(1.0, self.limit / 2), False, time.monotonic()
            if wait := getattr(error, "retry_after", None):
                self._closed_until = max(self._closed_until, time.monotonic() + min(wait, self.patience))
        self._judge()

    def _judge(self) -> None:
        if self._hopeless:
            raise Halt("endpoint", self._hopeless)
        silent = self._silent
        enough = self._failures >= _LEAST_FAILURES or silent >= 2 * self.patience
        if self._failures and silent >= self.patience and enough and not self._alone:
            self._over.set()
            raise Halt(
                "endpoint",
                f"{self.name} gave no answer for {silent:.0f} s, {self._failures} failures in a row; the last: {self._last.rstrip('.?')}."
                f"{self._slow} Go on with --resume when it does again.",
            )
