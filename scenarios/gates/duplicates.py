"""Exact and near duplicates in a stream of queries, by MinHash and locality-sensitive hashing (rensa).

A query is a near duplicate of an earlier one where their words and pairs of words overlap by about `threshold` (Jaccard, estimated). Near
duplicates are sought among the last `span` queries at least, and twice as many at most, so that memory stays flat however long the stream
is; exact ones among all, by a mark of each.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, pairwise
from typing import Literal, NamedTuple

import numpy as np
from rensa import RMinHash, RMinHashLSH

from scenarios.gates.words import mark, words

_PERMUTATIONS, _BANDS, _SEED = 64, 16, 20_261
_BATCH = 2048


class Twin(NamedTuple):
    """An earlier query that says the same: its place in the stream, counted from 0."""

    kind: Literal["exact", "near"]
    of: int
    overlap: float


class _Generation:
    """The signatures of a stretch of the stream that begins at `start`."""

    def __init__(self, start: int, threshold: float, span: int) -> None:
        self.start, self.length, self._threshold = start, 0, threshold
        self._index = RMinHashLSH(threshold, _PERMUTATIONS, _BANDS)
        self._signatures = np.zeros((span, _PERMUTATIONS), dtype=np.uint32)

    def add(self, matrix: object, rows: np.ndarray) -> list[bool]:
        """Take a batch in; says of each whether something before it looks alike."""
        self._signatures[self.length : self.length + len(rows)] = rows
        flags = list(self._index.insert_matrix_and_query_duplicate_flags(matrix, self.length))
        self.length += len(rows)
        return flags

    def flags(self, tokens: Sequence[Sequence[str]]) -> list[bool]:
        """Of each of a later batch, whether something here looks alike. (The index's own flags ask whether two of its rows do.)"""
        return [bool(self._index.query(sketch)) for sketch in RMinHash.from_token_sets(tokens, _PERMUTATIONS, _SEED)]

    def nearest(self, tokens: Sequence[str], row: np.ndarray, before: int) -> tuple[int, float] | None:
        """The most alike of those that stand before a place of the stream, and the overlap."""
        (sketch,) = RMinHash.from_token_sets([tokens], _PERMUTATIONS, _SEED)
        keys = [key for key in self._index.query(sketch) if self.start + key < before]
        if not keys:
            return None
        alike = (self._signatures[keys] == row).mean(axis=1)
        best = int(alike.argmax())
        return (self.start + keys[best], float(alike[best])) if alike[best] >= self._threshold else None


class Seen:
    """What has gone by. Give queries in batches of any size, in order."""

    def __init__(self, threshold: float = 0.8, span: int = 200_000) -> None:
        self._threshold, self._span = threshold, max(span, _BATCH)
        self._exact: dict[int, int] = {}
        self._generations = [self._next(0)]
        self._count = 0

    def _next(self, start: int) -> _Generation:
        return _Generation(start, self._threshold, self._span)

    def twins(self, texts: Iterable[str]) -> Iterator[Twin | None]:
        """For each text the earlier one it repeats, or None."""
        stream = iter(texts)
        while batch := list(islice(stream, _BATCH)):
            yield from self._batch(batch)

    def known(self, texts: Sequence[str]) -> list[Twin | None]:
        """For each text the one it repeats of those gone by; the texts themselves do not go by."""
        return [twin for at in range(0, len(texts), _BATCH) for twin in self._known_of(texts[at : at + _BATCH])]

    def _known_of(self, texts: Sequence[str]) -> list[Twin | None]:
        said, tokens, _, rows = _signed(texts)
        flags = [generation.flags(tokens) for generation in self._generations]
        exact = [self._exact.get(mark(one)) for one in said]
        return [
            self._twin(exact[n], tokens[n], rows[n], self._count, any(f[n] for f in flags)) for n in range(len(texts))
        ]

    def _batch(self, texts: Sequence[str]) -> list[Twin | None]:
        if self._generations[-1].length + len(texts) > self._span:
            self._generations = [self._generations[-1], self._next(self._count)]
        said, tokens, matrix, rows = _signed(texts)
        exact = [self._known(one, self._count + n) for n, one in enumerate(said)]
        flags = [generation.flags(tokens) for generation in self._generations[:-1]]
        flags.append(self._generations[-1].add(matrix, rows))
        found = [
            self._twin(exact[n], tokens[n], rows[n], self._count + n, any(flag[n] for flag in flags))
            for n in range(len(texts))
        ]
        self._count += len(texts)
        return found

    def _twin(
        self, exact: int | None, tokens: Sequence[str], row: np.ndarray, place: int, flagged: bool
    ) -> Twin | None:
        if exact is not None:
            return Twin("exact", exact, 1.0)
        return self._near(tokens, row, place) if flagged else None

    def _known(self, said: Sequence[str], place: int) -> int | None:
        first = self._exact.setdefault(mark(said), place)
        return first if first != place else None

    def _near(self, tokens: Sequence[str], row: np.ndarray, place: int) -> Twin | None:
        found = [near for one in self._generations if (near := one.nearest(tokens, row, place))]
        best = max(found, key=lambda near: near[1], default=None)
        return Twin("near", *best) if best else None


def _signed(texts: Sequence[str]) -> tuple[list[list[str]], list[list[str]], object, np.ndarray]:
    """The words of each text, its tokens, and the signatures as the index takes them and as rows."""
    said = [words(text) for text in texts]
    tokens = [[*one, *map(" ".join, pairwise(one))] or [""] for one in said]
    matrix = RMinHash.digest_matrix_from_token_sets(tokens, _PERMUTATIONS, _SEED)
    return said, tokens, matrix, np.array(matrix.to_rows(), dtype=np.uint32)
