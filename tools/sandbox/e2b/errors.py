"""What can go wrong between here and E2B, said once. None of it is the fault of the code that was run.

    SandboxUnavailable   no key, a wrong key, quota, no such template, no way to the service
    Lost                 the sandbox of a session is gone, or does not answer as it should: a new one may do
    SandboxError         anything else

The key is taken out of every message, and the SDK's own exceptions, which hold requests, are not chained.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import httpx
from e2b.exceptions import (
    AuthenticationException,
    NotEnoughSpaceException,
    RateLimitException,
    SandboxException,
    ServiceBusyException,
    TimeoutException,
)

from tools.sandbox.session import SandboxError, SandboxUnavailable

NO_KEY = (
    "the E2B sandbox needs an API key and none was given: export E2B_API_KEY with a key from "
    "https://e2b.dev/dashboard, or use the local sandbox (backend: local)"
)
_REFUSED = "E2B refuses the API key: give a valid one from https://e2b.dev/dashboard, or use the local sandbox (backend: local)"
_QUOTA = (
    "E2B's quota or rate limit for this account is used up: lower concurrency.attempts, wait, raise the plan, "
    "or use the local sandbox (backend: local)"
)
_BUSY = "E2B has no room for a sandbox now: try again later, or use the local sandbox (backend: local)"
_NO_TEMPLATE = "E2B has no template of that name for this key: correct sandbox.template, or leave it out"
_NO_WAY = "E2B cannot be reached: check the network and E2B_DOMAIN, or use the local sandbox (backend: local)"


class Lost(Exception):
    """The sandbox does not answer any more."""


@contextmanager
def service(key: str) -> Iterator[None]:
    """Around a request to E2B's control plane."""
    try:
        yield
    except SandboxError:
        raise
    except Exception as error:  # the boundary to the SDK, which raises its own, httpx's and its transport's errors
        raise _refusal(error, key) from None


def _refusal(error: Exception, key: str) -> SandboxError:
    said = scrub(error, key)
    if isinstance(error, AuthenticationException) or _status(error) == 403:
        return SandboxUnavailable(f"{_REFUSED} ({said})")
    if isinstance(error, RateLimitException):
        return SandboxUnavailable(f"{_QUOTA} ({said})")
    if isinstance(error, ServiceBusyException):
        return SandboxUnavailable(f"{_BUSY} ({said})")
    if _status(error) == 404:
        return SandboxUnavailable(f"{_NO_TEMPLATE} ({said})")
    if isinstance(error, TimeoutException | httpx.TransportError | TimeoutError):
        return SandboxUnavailable(f"{_NO_WAY} ({said})")
    return SandboxError(f"E2B failed: {said}")


@contextmanager
def sandbox(key: str) -> Iterator[None]:
    """Around a request to a sandbox. A deadline of ours, which is a TimeoutError, passes."""
    try:
        yield
    except (SandboxError, Lost, TimeoutError, FileNotFoundError):
        raise
    except RateLimitException as error:
        raise SandboxUnavailable(f"{_QUOTA} ({scrub(error, key)})") from None
    except NotEnoughSpaceException as error:
        raise SandboxError(f"the sandbox's disk is full ({scrub(error, key)})") from None
    except Exception as error:  # the same boundary: whatever else went wrong, this sandbox did not answer
        raise Lost(scrub(error, key)) from None


def _status(error: Exception) -> int | None:
    return error.status_code if isinstance(error, SandboxException) else None


def scrub(error: BaseException, key: str) -> str:
    """The error in one line, without the key."""
    text = f"{type(error).__name__}: {error}".replace(key, "[key]") if key else f"{type(error).__name__}: {error}"
    return " ".join(text.split())[:300]
