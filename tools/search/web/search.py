"""Search on the web as a provider: an adapter asked with patience, pages fetched with care, and a cassette before both."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from tools.search.analysis import encodable
from tools.search.provider import Hit, Page
from tools.search.web.adapters import Adapter
from tools.search.web.cassette import Cassette, Outcome, Question
from tools.search.web.fetch import PageFetcher
from tools.search.web.limits import Patience, TokenBucket


@dataclass(frozen=True)
class WebSearch:
    """A search provider; all it returns is marked untrusted. Safe to share by all attempts of a run; nothing needs closing."""

    adapter: Adapter
    patience: Patience
    cassette: Cassette
    fetcher: PageFetcher = field(default_factory=PageFetcher)
    pages: TokenBucket = field(default_factory=lambda: TokenBucket(5.0))

    @property
    def name(self) -> str:
        return self.adapter.name

    async def search(self, query: str, limit: int) -> Sequence[Hit]:
        """The provider's best hits. Raises SearchUnavailable."""
        text = encodable(" ".join(query.split()))
        parameters = dict(self.adapter.parameters)
        question = Question(kind="search", text=text, provider=self.name, parameters=parameters, limit=limit)

        async def ask() -> Outcome:
            hits = await self.patience.call(self.name, lambda: self.adapter.ask(text, limit))
            return Outcome(hits=tuple(hits[:limit]))

        return (await self.cassette.answer(question, ask)).hits or ()

    async def page(self, id: str) -> Page | None:
        """The page at the address `id`. Raises SearchUnavailable and PageRefused."""
        address = encodable(id)

        async def ask() -> Outcome:
            await self.patience.turn(self.pages, "pages")
            page = await self.fetcher.fetch(address)
            return Outcome(page=page, missing=page is None)

        return (await self.cassette.answer(Question(kind="page", text=address), ask)).page
