"""The local index: a folder of pages that answers queries by BM25, built once and shared read-only by any number of processes.

Title and text are indexed as one body, since boosting the title ranks text questions wrong. Pages are stored inside, so
the folder is self-contained. Equal documents give equal answers, however the index was built (see `ranking`).
Limits: ids up to 500 characters, each once; a folder has one writer at a time; documents are added, never changed.
"""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple, Self

import orjson
import tantivy
from tantivy import Occur, Query

from tools.search import ranking
from tools.search.analysis import QueryTerms, encodable, read_query
from tools.search.provider import Hit, Page
from tools.search.snippet import snippet
from tools.search.storage import CorpusError, Indexable, Manifest, Writer, open_folder

__all__ = ["CorpusError", "Indexable", "LocalIndex"]

MAX_TERMS = 32
"""Words of a query that are looked for; of more, the rarest."""
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
        return self.manifest.documents

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
        terms = read_query(query)
        found = self._ranked(self._query(terms, strict=True), limit)
        if not found and terms.phrases:
            found = self._ranked(self._query(terms, strict=False), limit)
        return [self._hit(ranked, terms) for ranked in found]

    def page_now(self, id: str) -> Page | None:
        query = Query.term_query(self._schema, "id", encodable(id))
        for _, address in self._searcher.search(query, 1, count=False).hits:
            return Page(*self._stored(address), untrusted=self.manifest.untrusted)
        return None

    def _ranked(self, query: Query | None, limit: int) -> list[ranking.Ranked]:
        return ranking.best(self._searcher, query, limit) if query is not None and limit > 0 else []

    def _query(self, terms: QueryTerms, strict: bool) -> Query | None:
        """None where no word of the query occurs anywhere."""
        words = self._rarest(terms.words)
        if not words:
            return None
        parts = [(Occur.Should, Query.term_query(self._schema, "body", word)) for word in words]
        if strict:
            phrases = (Query.phrase_query(self._schema, "body", list(phrase)) for phrase in terms.phrases)
            parts += [(Occur.Must, phrase) for phrase in phrases]
        return Query.boolean_query(parts)

    def _rarest(self, words: Sequence[str]) -> list[str]:
        """The words that occur, in their order; of more than MAX_TERMS, the rarest."""
        frequency = {word: self._searcher.doc_freq("body", word) for word in words}
        known = [word for word in words if frequency[word]]
        kept = set(sorted(known, key=lambda word: (frequency[word], word))[:MAX_TERMS])
        return [word for word in known if word in kept]

    def _hit(self, ranked: ranking.Ranked, terms: QueryTerms) -> Hit:
        stored = self._stored(ranked.address)
        return Hit(
            stored.id, stored.title, snippet(stored.text, terms.words), round(ranked.score, 4), self.manifest.untrusted
        )

    def _stored(self, address: tantivy.DocAddress) -> _Stored:
        return _Stored(*orjson.loads(bytes(self._searcher.doc(address)["page"][0])))
