"""Which addresses of the web may be opened: public ones over http(s), and nothing of the network this machine stands in.

A name is resolved first, every address it has is checked, and the connection goes to a checked address (a socket to any other
is never made), so neither redirects nor a changed DNS answer lead inside. Proxies of the environment are not used.
Not covered: a public server that passes requests on into a private network.
"""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Sequence
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import NamedTuple

from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from tools.search.provider import PageRefused, SearchUnavailable

IPAddress = IPv4Address | IPv6Address
Permits = Callable[[IPAddress, int], bool]
Resolve = Callable[[str, int], Awaitable[Sequence[str]]]
MAX_URL = 2000
PORTS = frozenset({80, 443, 8080, 8443})
_NAT64 = IPv6Network("64:ff9b::/96")


class Target(NamedTuple):
    """An address that may be connected to, with the checked IP addresses of its host."""

    url: URL
    addresses: tuple[IPAddress, ...]


def public(address: IPAddress, port: int) -> bool:
    """The rule of production: a public address, on a port where web servers are."""
    return port in PORTS and all(one.is_global and not _special(one) for one in (address, *_embedded(address)))


def _special(address: IPAddress) -> bool:
    site_local = isinstance(address, IPv6Address) and address.is_site_local
    return site_local or address.is_multicast or address.is_reserved or address.is_unspecified or address.is_loopback


def _embedded(address: IPAddress) -> list[IPAddress]:
    """IPv4 addresses that an IPv6 address stands for."""
    if isinstance(address, IPv4Address):
        return []
    teredo = address.teredo[1] if address.teredo else None
    nat64 = IPv4Address(int(address) & 0xFFFFFFFF) if address in _NAT64 else None
    return [one for one in (address.ipv4_mapped, address.sixtofour, teredo, nat64) if one is not None]


def read_address(text: str) -> URL:
    """The address as a URL. Raises PageRefused for anything but http(s)://host[:port]/..."""
    try:
        url = URL(text.strip())
        scheme, host, _ = url.scheme, url.host, url.port
    except ValueError as error:
        raise PageRefused(f"{text[:200]!r} is no address of a web page") from error
    if len(text) > MAX_URL:
        raise PageRefused(f"the address has {len(text)} characters; at most {MAX_URL} are accepted")
    if scheme not in ("http", "https") or not host:
        raise PageRefused(f"{text[:200]!r} is no address of a web page; it must begin with http:// or https://")
    if url.user is not None or url.password is not None:
        raise PageRefused("addresses with a user name or password are not opened")
    return url.with_fragment(None)


async def system_resolve(host: str, port: int) -> Sequence[str]:
    """The addresses of a host, as the system resolves it (numbers in any notation included)."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(entry[4][0]) for entry in found]


async def checked(url: URL, permits: Permits = public, resolve: Resolve = system_resolve) -> Target:
    """The address with its host's addresses.

    Raises PageRefused where any of them is not permitted, SearchUnavailable where there is none.
    """
    host, port = url.host or "", url.port or 0
    try:
        texts = await resolve(host, port)
    except (OSError, UnicodeError) as error:
        raise SearchUnavailable(f"the host {host!r} cannot be found") from error
    addresses = tuple(dict.fromkeys(ip_address(text.partition("%")[0]) for text in texts))
    if not addresses:
        raise SearchUnavailable(f"the host {host!r} has no address")
    if not all(permits(address, port) for address in addresses):
        raise PageRefused(f"{host!r} on port {port} is not a public web server; such pages are not opened")
    return Target(url, addresses)


class PinnedResolver(AbstractResolver):
    """Answers with the addresses that were checked, whatever DNS says by now."""

    def __init__(self, target: Target) -> None:
        self._target = target

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        return [
            ResolveResult(
                hostname=host,
                host=str(address),
                port=port,
                family=socket.AF_INET if address.version == 4 else socket.AF_INET6,
                proto=socket.IPPROTO_TCP,
                flags=socket.AI_NUMERICHOST,
            )
            for address in self._target.addresses
        ]

    async def close(self) -> None:
        """Nothing is held."""


AddressInfo = tuple[int | socket.AddressFamily, int | socket.SocketKind, int, str, tuple[object, ...]]


def guarded_socket(permits: Permits) -> Callable[[AddressInfo], socket.socket]:
    """Makes sockets only for permitted addresses: the last gate, whichever way an address came."""

    def make(info: AddressInfo) -> socket.socket:
        family, kind, protocol, _, destination = info
        host, port = str(destination[0]), int(str(destination[1]))
        if not permits(ip_address(host.partition("%")[0]), port):
            raise OSError(f"connections to {host} are not permitted")
        return socket.socket(family, kind, protocol)

    return make
