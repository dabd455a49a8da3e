"""The folder of a local index: tantivy's files and `corpus.json`, which says what is in it and whether it is finished.

Documents are committed in batches, so an interrupted build keeps what it had; `corpus.json` is written before each commit
with the state before and after it, and the number of documents tells which of the two holds.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from typing import Literal, Protocol, Self

import orjson
import tantivy
from pydantic import ValidationError
from tantivy import Document, SchemaBuilder

from tools.search.analysis import ANALYSIS_VERSION, analyser, spaced
from traces.base import Frozen

MANIFEST = "corpus.json"
LOCK = "corpus.lock"
MAX_ID = 500
BATCH = 100_000
"""Documents between commits: what an interruption can lose, and what is held to notice a repeated id."""
HEAP = 100_000_000
"""Bytes of a writing thread's buffer; larger makes fewer segments."""


class CorpusError(ValueError):
    """A corpus or an index that cannot be used; the message names place, cause and remedy."""


class Indexable(Protocol):
    """What can be indexed: `Page` and the world's `Document` both are."""

    @property
    def id(self) -> str: ...

    @property
    def title(self) -> str: ...

    @property
    def text(self) -> str: ...


class State(Frozen):
    """How many documents, and the digest of all of them in any order."""

    documents: int = 0
    hash: str = "0" * 32

    def plus(self, documents: int, digests: int) -> "State":
        """The state with so many documents more, whose digests add up to `digests`."""
        total = (int(self.hash, 16) + digests) % (1 << 128)
        return State(documents=self.documents + documents, hash=f"{total:032x}")


class Manifest(Frozen):
    """The content of `corpus.json`."""

    format: Literal[1] = 1
    analysis: int = ANALYSIS_VERSION
    complete: bool = False
    untrusted: bool = False
    state: State = State()
    committing: State | None = None

    @property
    def documents(self) -> int:
        return self.state.documents

    @property
    def hash(self) -> str:
        return self.state.hash

    def settled(self, documents: int) -> "Manifest":
        """The manifest of an index that really holds this many documents."""
        for state in (self.state, self.committing):
            if state is not None and state.documents == documents:
                return self.model_copy(update={"state": state, "committing": None})
        raise CorpusError(f"the index holds {documents} documents, {MANIFEST} says {self.documents}; build it anew")


def document_key(id: str) -> int:
    """What orders documents of equal score: 63 bits of a digest of the id."""
    return int.from_bytes(blake2b(id.encode(), digest_size=8).digest(), "big") >> 1


def open_folder(folder: Path, *, finished: bool = True) -> tuple[tantivy.Index, Manifest]:
    """The index and its manifest. Raises CorpusError; an unfinished index only opens where `finished` is not asked for."""
    manifest = _read_manifest(folder)
    if manifest.analysis != ANALYSIS_VERSION:
        raise CorpusError(f"{folder} was built by another version of the text analysis; build it anew")
    if finished and not manifest.complete:
        raise CorpusError(f"{folder} is unfinished: its build was interrupted or still runs; run the same build again")
    try:
        index = tantivy.Index.open(str(folder))
    except (ValueError, OSError) as error:
        raise CorpusError(f"{folder} holds no readable index ({error}); build it anew") from error
    index.register_tokenizer("body", analyser())
    index.config_reader(reload_policy="manual")
    index.reload()
    return index, manifest.settled(index.searcher().num_docs)


class Writer:
    """Adds documents to a folder. Use as a context manager: leaving it without an exception finishes the index."""

    def __init__(self, folder: Path, index: tantivy.Index, manifest: Manifest, threads: int) -> None:
        self.manifest = manifest
        self._folder = folder
        self._index = index
        self._known = index.searcher()
        self._fresh: set[str] = set()
        self._digests = 0
        self._writer = index.writer(HEAP * threads, threads)

    @classmethod
    @contextmanager
    def create(cls, folder: Path, *, untrusted: bool, threads: int) -> Iterator[Self]:
        """Write into a new folder, or over an unfinished index, which is begun again."""
        folder.mkdir(parents=True, exist_ok=True)
        with _locked(folder):
            _clear(folder)
            manifest = Manifest(untrusted=untrusted)
            _write_manifest(folder, manifest)
            index = tantivy.Index(_schema(), str(folder), reuse=False)
            index.register_tokenizer("body", analyser())
            yield from cls(folder, index, manifest, threads)._session()

    @classmethod
    @contextmanager
    def append(cls, folder: Path, *, threads: int) -> Iterator[Self]:
        """Write on into an existing index, finished or not."""
        with _locked(folder):
            index, manifest = open_folder(folder, finished=False)
            yield from cls(folder, index, manifest, threads)._session()

    def add_new(self, document: Indexable) -> None:
        """Add a document. Raises CorpusError where its id is there already."""
        if not self.add(document):
            raise CorpusError(f"document id {document.id!r} occurs twice; ids must be unique")

    def add(self, document: Indexable) -> bool:
        """Add a document, or return False where its id is there already. Raises CorpusError for an unusable one."""
        page = _page(document)
        if document.id in self._fresh or self._known.doc_freq("id", document.id):
            return False
        self._writer.add_document(_encoded(document, page))
        self._fresh.add(document.id)
        self._digests += int.from_bytes(blake2b(page, digest_size=16).digest(), "big")
        if len(self._fresh) >= BATCH:
            self.commit()
        return True

    def commit(self) -> None:
        """Make durable what was added so far."""
        state = self.manifest.state.plus(len(self._fresh), self._digests)
        self.manifest = self.manifest.model_copy(update={"complete": False, "committing": state})
        _write_manifest(self._folder, self.manifest)
        self._writer.commit()
        self.manifest = self.manifest.model_copy(update={"state": state, "committing": None})
        self._index.reload()
        self._known = self._index.searcher()
        self._fresh.clear()
        self._digests = 0

    def _session(self) -> Iterator[Self]:
        try:
            yield self
            self.commit()
        finally:
            self._writer.wait_merging_threads()
        self.manifest = self.manifest.model_copy(update={"complete": True})
        _write_manifest(self._folder, self.manifest)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """One writer a folder; the lock goes with the process. Raises CorpusError where another holds it."""
    with (folder / LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise CorpusError(f"another build is writing {folder}; wait for it, or choose another folder") from error
        yield


def _schema() -> tantivy.Schema:
    builder = SchemaBuilder()
    builder.add_text_field("id", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("body", tokenizer_name="body")
    builder.add_bytes_field("page", stored=True)
    builder.add_unsigned_field("key", fast=True)
    return builder.build()


def _page(document: Indexable) -> bytes:
    """The document as it is stored. Raises CorpusError for an id of the wrong size, and for text that no UTF-8 can hold."""
    if not 0 < len(document.id) <= MAX_ID:
        raise CorpusError(f"document id {document.id[:60]!r} has {len(document.id)} characters; it needs 1 to {MAX_ID}")
    try:
        return orjson.dumps([document.id, document.title, document.text])
    except orjson.JSONEncodeError as error:
        raise CorpusError(f"document {document.id!r} is no valid text ({error}); repair or drop it") from error


def _encoded(document: Indexable, page: bytes) -> Document:
    encoded = Document()
    encoded.add_text("id", document.id)
    encoded.add_text("body", spaced(f"{document.title}\n{document.text}"))
    encoded.add_bytes("page", page)
    encoded.add_unsigned("key", document_key(document.id))
    return encoded


def _read_manifest(folder: Path) -> Manifest:
    try:
        return Manifest.model_validate_json((folder / MANIFEST).read_bytes())
    except FileNotFoundError as error:
        raise CorpusError(
            f"{folder} holds no corpus ({MANIFEST} is missing); `winnow corpus build` makes one"
        ) from error
    except ValidationError as error:
        raise CorpusError(f"{folder / MANIFEST} is not a corpus description of this version; build it anew") from error


def _write_manifest(folder: Path, manifest: Manifest) -> None:
    temporary = folder / f"{MANIFEST}.new"
    temporary.write_text(manifest.model_dump_json(indent=1))
    os.replace(temporary, folder / MANIFEST)


def _clear(folder: Path) -> None:
    """Remove an unfinished index. Raises CorpusError where the folder holds anything else."""
    leftovers = [path for path in folder.iterdir() if path.name != LOCK]
    if leftovers and not (folder / MANIFEST).exists():
        raise CorpusError(f"{folder} holds other files and no corpus; choose a new or empty folder")
    if leftovers and _read_manifest(folder).complete:
        raise CorpusError(f"{folder} holds a finished corpus already; choose another folder, or remove it first")
    for path in leftovers:
        path.unlink()
