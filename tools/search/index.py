"""The local index: a folder of pages that answers queries by BM25, built once and shared read-only by any number of processes.

Title and text are indexed as one body, since boosting the title ranks text questions wrong. Pages are stored inside, so
the folder is self-contained. Equal documents give equal answers, however the index was built (see `ranking`).
Limits: ids up to 500 characters, each once; a folder has one writer at a time; documents are added, never changed.
"""

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from math import log
from pathlib import Path
from typing import NamedTuple, Self

import orjson
import tantivy
from tantivy import FieldType, Occur, Order, Query

from tools.search import ranking
from tools.search.analysis import encodable, read_query
from tools.search.provider import Hit, Page
from tools.search.snippet import snippet
from tools.search.storage import CorpusError, Indexable, Manifest, Writer, open_folder

__all__ = ["CorpusError", "Indexable", "LocalIndex"]

MAX_TERMS = 32
"""Words of a query that are looked for; of more, the rarest."""
COMMON, FEW, LARGE = 0.5, 2, 20_000
"""Words in more than this share of the documents are left out of a query that has this many rarer ones, in an index of
more than so many documents: they hardly change the ranking and cost most of the time."""
Progress = Callable[[int], None]
"""Called with the number of documents read so far."""


class _Stored(NamedTuple):
    id: str
    title: str
    text: str


class LocalIndex:
    """A search provider over a folder. Thread-safe; pickling sends the path, so worker processes share one mapped index."""

    name = "local"

    def __init__(self, folder: Path, index: tantivy.Index, manifest: Manifest) -> None:
        self.folder = folder
        self.manifest = manifest
        self._count = manifest.documents
        self._schema = index.schema
        self._searcher = index.searcher()

    @classmethod
    def open(cls, folder: Path) -> Self:
        """The index in `folder`. Raises CorpusError where there is none, or an unfinished or foreign one."""
        index, manifest = open_folder(folder)
        return cls(folder, index, manifest)

    @classmethod
    def build(
        cls,
        documents: Iterable[Indexable],
        folder: Path,
        progress: Progress | None = None,
        *,
        untrusted: bool = False,
        threads: int = 1,
    ) -> Self:
        """Index `documents` into a new or empty folder. `untrusted` marks pages that we did not write ourselves.

        Raises CorpusError for an id that is empty, too long or there twice, and where the folder is in use.
        """
        with Writer.create(folder, untrusted=untrusted, threads=threads) as writer:
            for count, document in enumerate(documents, 1):
                writer.add_new(document)
                if progress is not None:
                    progress(count)
        return cls.open(folder)

    def __len__(self) -> int:
        return self._count

    def __reduce__(self) -> tuple[Callable[[Path], "LocalIndex"], tuple[Path]]:
        return LocalIndex.open, (self.folder,)

    @property
    def hash(self) -> str:
        """Digest of all documents, whatever their order."""
        return self.manifest.hash

    async def search(self, query: str, limit: int) -> Sequence[Hit]:
        """The best `limit` hits. A quoted phrase must occur, unless no page has it."""
        return await asyncio.to_thread(self.search_now, query, limit)

    async def page(self, id: str) -> Page | None:
        """The page of this id."""
        return await asyncio.to_thread(self.page_now, id)

    async def near(self, id: str) -> Sequence[str]:
        """Ids a caller may have meant: those of the pages that fit the words of `id` best."""
        return [hit.id for hit in await self.search(id, 3)]

    def search_now(self, query: str, limit: int) -> list[Hit]:
        read = read_query(query)
        weights = self._telling(read.words)
        if not weights or limit < 1:
            return []
        found = ranking.best(self._searcher, self._query(weights, read.phrases), limit)
        if not found and read.phrases:
            found = ranking.best(self._searcher, self._query(weights, ()), limit)
        return [self._hit(ranked, weights) for ranked in found]

    def page_now(self, id: str) -> Page | None:
        query = Query.term_query(self._schema, "id", encodable(id))
        for _, address in self._searcher.search(query, 1, count=False).hits:
            return Page(*self._stored(address), untrusted=self.manifest.untrusted)
        return None

    def page_near(self, mark: int) -> Page | None:
        """The page next to a mark of 63 bits, in an order that says nothing of the pages: for drawing by chance. None without pages."""
        for least in (mark, 0):
            query = Query.range_query(self._schema, "key", FieldType.Unsigned, least, 2**63)
            found = self._searcher.search(query, 1, order_by_field="key", order=Order.Asc, count=False)
            for _, address in found.hits:
                return Page(*self._stored(address), untrusted=self.manifest.untrusted)
        return None

    def _query(self, words: Iterable[str], phrases: Iterable[tuple[str, ...]]) -> Query:
        parts = [(Occur.Should, Query.term_query(self._schema, "body", word)) for word in words]
        parts += [(Occur.Must, Query.phrase_query(self._schema, "body", list(phrase))) for phrase in phrases]
        return Query.boolean_query(parts)

    def _telling(self, words: Sequence[str]) -> dict[str, int]:
        """The words that occur, in their order, with their weights: at most MAX_TERMS, and none that is nearly everywhere."""
        frequency = {word: self._searcher.doc_freq("body", word) for word in words}
        rarest = sorted((word for word in words if frequency[word]), key=lambda word: (frequency[word], word))[
            :MAX_TERMS
        ]
        if self._count > LARGE and len(rarest) > FEW:
            rarest = rarest[:FEW] + [word for word in rarest[FEW:] if frequency[word] <= self._count * COMMON]
        kept = set(rarest)
        return {word: self._weight(frequency[word]) for word in words if word in kept}

    def _weight(self, frequency: int) -> int:
        """Inverse document frequency in thousandths."""
        return 1 + round(1000 * log(1 + (self._count - frequency + 0.5) / (frequency + 0.5)))

    def _hit(self, ranked: ranking.Ranked, weights: Mapping[str, int]) -> Hit:
        stored = self._stored(ranked.address)
        shown = snippet(stored.text, weights)
        return Hit(stored.id, stored.title, shown, round(ranked.score, 4), self.manifest.untrusted)

    def _stored(self, address: tantivy.DocAddress) -> _Stored:
        return _Stored(*orjson.loads(bytes(self._searcher.doc(address)["page"][0])))
