"""What every search back end offers: ranked hits for a query, and pages by id."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol, runtime_checkable


class Hit(NamedTuple):
    """One result. `id` is what `open_page` takes: a document id, or an address on the web."""

    id: str
    title: str
    snippet: str
    score: float = 0.0
    untrusted: bool = False


class Page(NamedTuple):
    """A page, whole."""

    id: str
    title: str
    text: str
    untrusted: bool = False


class SearchUnavailable(Exception):
    """The provider could not answer (blocked, down, too slow). Never to be read as "nothing found"."""


class PageRefused(Exception):
    """The page must not, or cannot, be shown: an address that is not public, a file that holds no text."""


class SearchProvider(Protocol):
    """A source of pages. Implementations: the local index (default), web providers."""

    @property
    def name(self) -> str: ...

    async def search(self, query: str, limit: int) -> Sequence[Hit]:
        """The best `limit` hits, best first. Raises SearchUnavailable."""
        ...

    async def page(self, id: str) -> Page | None:
        """The page, or None where there is none of this id. Raises SearchUnavailable and PageRefused."""
        ...


@runtime_checkable
class KnowsIds(Protocol):
    """A provider that can say, without cost, which ids a caller may have meant by one that does not exist."""

    async def near(self, id: str) -> Sequence[str]: ...
