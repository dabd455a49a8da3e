"""Ranking that depends on the documents alone: not on build threads, segments or merges.

tantivy adds up a document's score in 32 bits, in an order that depends on its segment, and breaks ties by position. So
documents within a hair of the last place are fetched too, the leading ones are scored again by `explain`, which adds up in
the order of the query, and equal scores are ordered by a digest of the document id.
Limit: where more than `MAX_RESCORED` documents stand near the top, tantivy's own scores decide (such crowds are ties
of one common word, which have nothing to add up); beyond `MAX_TIES` equal documents, which of them appear may depend on the segments.
"""

from typing import NamedTuple

import orjson
from tantivy import DocAddress, Query, Searcher

MAX_RESCORED = 64
MAX_TIES = 20_000
_SLACK = 8
_HAIR = 1e-5


class Ranked(NamedTuple):
    """A document's place in the index with its score."""

    address: DocAddress
    score: float


def best(searcher: Searcher, query: Query, limit: int) -> list[Ranked]:
    """The best `limit` documents, best first."""
    candidates = _candidates(searcher, query, limit)
    if len(candidates) <= MAX_RESCORED:
        candidates = [Ranked(address, _exact(searcher, query, address)) for address, _ in candidates]
    keys = searcher.fast_field_values("key", [c.address for c in candidates])
    ordered = sorted(zip(candidates, keys, strict=True), key=lambda pair: (-pair[0].score, pair[1]))
    return [candidate for candidate, _ in ordered[:limit]]


def _candidates(searcher: Searcher, query: Query, limit: int) -> list[Ranked]:
    """All documents whose score may belong to the best `limit`."""
    fetched = limit + _SLACK
    while True:
        found = [Ranked(address, score) for score, address in searcher.search(query, fetched, count=False).hits]
        if len(found) <= limit:
            return found
        floor = found[limit - 1].score * (1 - _HAIR)
        if len(found) < fetched or found[-1].score < floor or fetched >= MAX_TIES:
            return [candidate for candidate in found if candidate.score >= floor]
        fetched *= 8


def _exact(searcher: Searcher, query: Query, address: DocAddress) -> float:
    return float(orjson.loads(query.explain(searcher, address).to_json())["value"])
