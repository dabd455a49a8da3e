"""Retries of model calls, once, in one place: what may pass is tried again, what will not is told at once.

Tried again: 408, 409, 425, 429, 498 and 5xx, dropped connections, time-outs, answers that are empty or that the server gave up on, and
errors within an answer whose kind is not told. Never: other 4xx (a wrong key, URL or request), and what says that the account has no
credit left, that the conversation is too long or that the model takes no tools.
"""

import asyncio
import random
import socket
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass

from langchain_core.messages import AIMessage

from agents.chat.errors import EndpointError, error_text, retry_after
from agents.chat.remedies import concerns_all, context_overflow, no_credit, no_tools
from agents.clock import waiting

PASSING = frozenset({408, 409, 425, 429, 498})
BUSY = frozenset({429, 498, 503, 529})
"""Statuses of a server that has too much to do, or has not yet loaded its model; 498 is Groq's, of its tier without guarantees."""
_NOBODY = (ConnectionRefusedError, socket.gaierror)
"""Nobody listens at an address, or it is none."""
_CUT = frozenset({"length", "max_tokens", "model_length", "content_filter", "sensitive"})
"""Finish reasons of replies that are not whole."""
_GAVE_UP = frozenset({"error", "abort", "timeout", "network_error", "insufficient_system_resource"})
"""Finish reasons of servers that failed: what they had sent by then is half an answer, which is none."""


@dataclass(frozen=True)
class RetryPolicy:
    """How often, and how long to wait: `base` seconds doubled each time, at most `cap`, with jitter. A server's own wish comes first."""

    tries: int = 5
    base: float = 1.0
    cap: float = 30.0
    busy: int = 0
    """How many refusals of a busy server are no failures: behind a gate they only say how much it takes, or that it is not ready yet."""

    def pause(self, failures: int, error: Exception | None, rng: random.Random) -> float:
        """Seconds to wait after so many failures."""
        asked = error.retry_after if isinstance(error, EndpointError) else None
        return (
            min(asked, 10 * self.cap) if asked is not None else rng.uniform(0, min(self.cap, self.base * 2**failures))
        )


async def with_retries(
    ask: Callable[[], Awaitable[AIMessage]],
    policy: RetryPolicy,
    seed: int,
    waits: Callable[[Exception], bool] = lambda error: False,
    rest: Callable[[float], Awaitable[object]] = asyncio.sleep,
) -> AIMessage:
    """The answer of `ask`, tried as the policy allows. Raises the last error; an answer that stays empty is given as it is.

    `waits` says of a failure that it costs no try: a server that answers nobody is no fault of one call.
    `rest` waits for so many seconds at most.
    """
    rng = random.Random(f"retry {seed}")
    failures = busy = spared = 0
    while True:
        error: Exception | None = None
        last = failures - spared >= policy.tries - 1
        try:
            reply = await ask()
            if _reason(reply) in _GAVE_UP and _says_something(reply):
                raise EndpointError(f"the server gave up on its answer (finish reason {_reason(reply)!r})")
            if last or _says_something(reply):
                return reply
        except Exception as broken:
            if not may_pass(broken):
                raise
            if status_of(broken) in BUSY and busy < policy.busy:
                busy, failures = busy + 1, failures - 1
            elif waits(broken):
                spared += 1
            elif last:
                raise
            error = broken
        failures += 1
        with waiting():
            await rest(policy.pause(max(failures - 1, min(busy, 6)), error, rng))


def may_pass(error: Exception) -> bool:
    """Whether trying again can help. Errors of other LangChain models count by their `status_code`."""
    status = status_of(error)
    if broke(error):
        return False
    if status is None and not isinstance(error, EndpointError):
        return isinstance(error, TimeoutError | ConnectionError)
    # Some servers fail with a 500 where the request is at fault, or call one a rate that is above any rate by itself.
    said = _said(error)
    return (status is None or status >= 500 or status in PASSING) and not (context_overflow(said) or no_tools(said))


def broke(error: Exception) -> bool:
    """Whether the account that pays for the calls has no credit left."""
    if isinstance(error, EndpointError):
        return error.broke
    status, said = status_of(error), str(error)
    return status is not None and no_credit(status, said, (), waits=retry_after({}, said) is not None)


def in_vain(error: Exception) -> bool:
    """Whether any other call would fail alike: key, address, model or a setting is wrong, the model takes no tools, or nobody pays."""
    if broke(error):
        return True
    if isinstance(error, EndpointError):
        return bool(error.kind) or concerns_all(error.status, _said(error))
    return concerns_all(status_of(error), str(error)) or any(isinstance(each, _NOBODY) for each in _causes(error))


def _said(error: Exception) -> str:
    """The server's own words: ours beside them name addresses and remedies."""
    return (error_text(error.body) or str(error.body)) if isinstance(error, EndpointError) else str(error)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def status_of(error: Exception) -> int | None:
    """The HTTP status an error carries, by the name of ours or of the providers' own packages."""
    status = getattr(error, "status", None) or getattr(error, "status_code", None)
    return status if isinstance(status, int) else None


def _says_something(reply: AIMessage) -> bool:
    """A refusal says something too, and an answer that the limit of tokens cut off before its text would be cut off again."""
    said = reply.text.strip() or reply.tool_calls or reply.invalid_tool_calls or reply.additional_kwargs.get("refusal")
    return bool(said) or cut_off(reply)


def cut_off(reply: AIMessage) -> bool:
    """Whether the server broke the reply off, at a limit of tokens or by a filter."""
    return _reason(reply) in _CUT


def broken_off(reply: AIMessage) -> str | None:
    """What to tell whoever wrote a reply that cannot be read because it has no end; None where it has one."""
    told = "your reply broke off before its end, at a limit of tokens or by a filter"
    return f"{told} (finish reason {_reason(reply)!r})" if cut_off(reply) else None


def _reason(reply: AIMessage) -> str:
    """The finish reason without its particulars, as in Google's `content_filter: RECITATION`."""
    return str(reply.response_metadata.get("finish_reason")).partition(":")[0].lower()
