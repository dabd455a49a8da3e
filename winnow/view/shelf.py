"""The runs that are shown, each with its ledger open for reading.

A run whose ledger cannot be opened stays on the shelf with what is wrong with it; it is tried again whenever it is asked for.
"""

import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from agents.budget import Rates
from traces.ledger import Ledger, LedgerError
from winnow.folder import RunFolder
from winnow.governor import rates
from winnow.view.words import Words


@dataclass
class Book:
    """One run. `name` is its place in addresses."""

    name: str
    folder: RunFolder
    _ledger: Ledger | None = None
    _words: Words | None = None
    _guard: threading.Lock = field(default_factory=threading.Lock)

    @cached_property
    def rates(self) -> Rates | None:
        """The solver's prices, where the run's scenario gives any."""
        try:
            solver = self.folder.scenario().models.solver
        except (
            Exception
        ):  # an imported run has no scenario, and one of another version may not be read: it has no prices
            return None
        return rates(solver) if solver.price else None

    @property
    def ledger(self) -> Ledger:
        """The ledger, opened when first asked for. Raises LedgerError."""
        with self._guard:
            if self._ledger is None:
                self._ledger = Ledger.open(self.folder.ledger, readonly=True)
            elif not self.folder.ledger.exists():
                raise LedgerError(
                    self.folder.ledger, "missing", "the ledger is gone", "Check the path of the run folder"
                )
            return self._ledger

    @property
    def words(self) -> Words:
        """The index of its words, begun when first asked for and read by its ledger from then on. Raises LedgerError."""
        ledger = self.ledger
        with self._guard:
            if self._words is None:
                self._words = Words(self.folder.ledger, self.folder.path / "view.sqlite")
                ledger.attach(self._words.path)
            return self._words

    def close(self) -> None:
        """Close its files."""
        if self._ledger is not None:
            self._ledger.close()
        if self._words is not None:
            self._words.close()


class Shelf:
    """All runs by name, the newest first, with those that are made in the folder `within` from now on.

    `closing` tells those who wait for news that there will be none.
    """

    def __init__(self, paths: Iterable[Path] = (), within: Path | None = None) -> None:
        self.closing = False
        self._within, self._guard = within, threading.Lock()
        self._books: dict[str, Book] = {}
        self._add(paths)
        self._look()

    def _add(self, paths: Iterable[Path]) -> None:
        """Put runs before those that are here."""
        new: dict[str, Book] = {}
        for path in paths:
            name = _free(path.resolve().name or "run", {**self._books, **new})
            new[name] = Book(name, RunFolder(path))
        self._books = {**new, **self._books}

    def _look(self) -> None:
        """Take in what was made since."""
        with self._guard:
            here = {book.folder.path for book in self._books.values()}
            self._add(path for path in (runs_in(self._within) if self._within else ()) if path not in here)

    def __iter__(self) -> Iterator[Book]:
        self._look()
        return iter(self._books.values())

    def get(self, name: str) -> Book | None:
        """The run of that name."""
        if name not in self._books:
            self._look()
        return self._books.get(name)

    def close(self) -> None:
        """Close every ledger."""
        for book in self._books.values():
            book.close()


def _free(name: str, taken: Iterable[str]) -> str:
    names = [name, *(f"{name}~{n}" for n in range(2, 10_000))]
    return next(one for one in names if one not in set(taken))


def runs_in(folder: Path) -> list[Path]:
    """The run folders in a folder, the newest first; none where there is no such folder."""
    if not folder.is_dir():
        return []
    found = [path for path in folder.iterdir() if (path / "run.yaml").is_file() or (path / "origin.yaml").is_file()]
    return sorted(found, key=lambda path: path.stat().st_mtime, reverse=True)
