"""Who may ask: the right host and origin, a token for changes, and a token for everything where others can reach the server.

A page of the web can make a browser send requests to this machine, so the address alone proves nothing: the Host header must name
this server (against rebinding), a change must come from its own pages (Origin) with the token that only they are given.
"""

import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from http.cookies import SimpleCookie
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

TOKEN_HEADER = "x-winnow-token"
COOKIE = "winnow-access"
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": _POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}


def hosts(host: str, port: int) -> frozenset[str]:
    """What the Host header may say for a server bound to `host`."""
    names = {"127.0.0.1", "localhost", "[::1]"}
    if host not in ("0.0.0.0", "::", ""):
        names.add(f"[{host}]" if ":" in host else host)
    bare = names if port == 80 else set()  # browsers leave the usual port out
    return frozenset(bare | {f"{name}:{port}" for name in names})


@dataclass(frozen=True)
class Guard:
    """ASGI middleware. `access` is asked of every request where it is given; `change` of those that change something.

    `allowed` None means any host name: a server on all interfaces cannot know its names, so there the access token alone decides.
    """

    app: ASGIApp
    allowed: frozenset[str] | None
    change: str
    access: str = ""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        refusal = self._refusal(scope)
        await (refusal or self.app)(scope, receive, _strict(send))

    def _refusal(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if self.allowed is not None and host not in self.allowed:
            return PlainTextResponse(f"This server does not answer to the name {host!r}.", 421)
        if self.access and (refusal := self._stranger(scope, headers)):
            return refusal
        if scope["method"] in ("GET", "HEAD"):
            return None
        return self._change(headers, host)

    def _change(self, headers: Headers, host: str) -> Response | None:
        origin = urlsplit(headers.get("origin", ""))
        if origin.scheme not in ("http", "https") or origin.netloc != host:
            return PlainTextResponse("Changes are taken from this server's own pages alone.", 403)
        if not _same(headers.get(TOKEN_HEADER, ""), self.change):
            return PlainTextResponse("The token for changes is missing or old. Load the page again.", 403)
        return None

    def _stranger(self, scope: Scope, headers: Headers) -> Response | None:
        """Who shows the token in the address is given a cookie and sent to the address without it."""
        cookies: SimpleCookie = SimpleCookie(headers.get("cookie", ""))
        if COOKIE in cookies and _same(cookies[COOKIE].value, self.access):
            return None
        query = parse_qsl(scope["query_string"].decode("latin-1"))
        if not any(key == "token" and _same(value, self.access) for key, value in query):
            return PlainTextResponse("Open the address with the token that `winnow view` printed.", 401)
        rest = urlencode([(key, value) for key, value in query if key != "token"])
        found = RedirectResponse(f"{_local(scope['path'])}{'?' if rest else ''}{rest}", 303)
        found.set_cookie(COOKIE, self.access, httponly=True, samesite="strict")
        return found


def _local(path: str) -> str:
    """A path that no browser takes for another server's address."""
    return "/" + path.lstrip("/\\")


def _same(one: str, two: str) -> bool:
    return hmac.compare_digest(one.encode(), two.encode())


def _strict(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _missing(headers, HEADERS.items()):
                headers[name] = value
        await send(message)

    return sending


def _missing(headers: MutableHeaders, wanted: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(name, value) for name, value in wanted if name not in headers]
