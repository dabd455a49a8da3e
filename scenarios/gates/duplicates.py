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
    """A stretch of the stream that begins at `start`: an index of its queries, and their words.

    Signatures are made once more, where two queries look alike: for all of them the index's own cannot be had cheaply.
    """

    def __init__(self, start: int, threshold: float, span: int) -> None:
        self.start, self.length, self._threshold = start, 0, threshold
        self._index = RMinHashLSH(threshold, _PERMUTATIONS, _BANDS)
        self._said: list[str] = []
        self._signatures = np.zeros((span, _PERMUTATIONS), dtype=np.uint32)
        self._signed = np.zeros(span, dtype=bool)

    def add(self, matrix: object, said: Sequence[str]) -> list[bool]:
        """Take a batch in, as signatures and as words; says of each whether something before it looks alike."""
        flags = list(self._index.insert_matrix_and_query_duplicate_flags(matrix, self.length))
        self._said += said
        self.length += len(said)
        return flags

    def flags(self, tokens: Sequence[Sequence[str]]) -> list[bool]:
        """Of each of a later batch, whether something here looks alike. (The index's own flags ask whether two of its rows do.)"""
        return [bool(self._index.query(sketch)) for sketch in RMinHash.from_token_sets(tokens, _PERMUTATIONS, _SEED)]

    def sign(self, places: Sequence[int], rows: np.ndarray) -> None:
        """Keep signatures that are known already; `places` are those of the stream."""
        keys = [place - self.start for place in places]
        self._signatures[keys], self._signed[keys] = rows, True

    def nearest(self, tokens: Sequence[str], row: np.ndarray, before: int) -> tuple[int, float] | None:
        """The most alike of those that stand before a place of the stream, and the overlap."""
        (sketch,) = RMinHash.from_token_sets([tokens], _PERMUTATIONS, _SEED)
        keys = [key for key in self._index.query(sketch) if self.start + key < before]
        if not keys:
            return None
        alike = (self._rows(keys) == row).mean(axis=1)
        best = int(alike.argmax())
        return (self.start + keys[best], float(alike[best])) if alike[best] >= self._threshold else None

    def _rows(self, keys: Sequence[int]) -> np.ndarray:
        new = [key for key in keys if not self._signed[key]]
        if new:
            self._signatures[new] = _rows([_tokens(self._said[key].split()) for key in new])
            self._signed[new] = True
        return self._signatures[keys]


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
        said = [words(text) for text in texts]
        tokens = [_tokens(one) for one in said]
        flags = [generation.flags(tokens) for generation in self._generations]
        exact = [self._exact.get(mark(one)) for one in said]
        return self._told(exact, tokens, flags, [self._count] * len(texts))

    def _batch(self, texts: Sequence[str]) -> list[Twin | None]:
        if self._generations[-1].length + len(texts) > self._span:
            self._generations = [self._generations[-1], self._next(self._count)]
        said = [words(text) for text in texts]
        tokens = [_tokens(one) for one in said]
        matrix = RMinHash.digest_matrix_from_token_sets(tokens, _PERMUTATIONS, _SEED)
        places = [*range(self._count, self._count + len(texts))]
        exact = [self._known(one, place) for one, place in zip(said, places, strict=True)]
        flags = [generation.flags(tokens) for generation in self._generations[:-1]]
        flags.append(self._generations[-1].add(matrix, [" ".join(one) for one in said]))
        self._count += len(texts)
        return self._told(exact, tokens, flags, places, gone_by=True)

    def _told(
        self,
        exact: Sequence[int | None],
        tokens: Sequence[Sequence[str]],
        flags: Sequence[Sequence[bool]],
        places: Sequence[int],
        *,
        gone_by: bool = False,
    ) -> list[Twin | None]:
        """The twins of a batch, by what stands before each one's place. `gone_by`: whether the batch itself is of the stream."""
        found = [None if first is None else Twin("exact", first, 1.0) for first in exact]
        alike = [n for n, twin in enumerate(found) if twin is None and any(flag[n] for flag in flags)]
        if not alike:
            return found
        rows = _rows([tokens[n] for n in alike])
        if gone_by:
            self._generations[-1].sign([places[n] for n in alike], rows)
        for n, row in zip(alike, rows, strict=True):
            found[n] = self._near(tokens[n], row, places[n])
        return found

    def _known(self, said: Sequence[str], place: int) -> int | None:
        first = self._exact.setdefault(mark(said), place)
        return first if first != place else None

    def _near(self, tokens: Sequence[str], row: np.ndarray, place: int) -> Twin | None:
        found = [near for one in self._generations if (near := one.nearest(tokens, row, place))]
        best = max(found, key=lambda near: near[1], default=None)
        return Twin("near", *best) if best else None


def _tokens(said: Sequence[str]) -> list[str]:
    """What is compared of a text: its words, and each two that follow each other."""
    return [*said, *map(" ".join, pairwise(said))] or [""]


def _rows(tokens: Sequence[Sequence[str]]) -> np.ndarray:
    """The signatures, shape (texts, permutations)."""
    return np.array(RMinHash.digests_from_token_sets(tokens, _PERMUTATIONS, _SEED), dtype=np.uint32)
