"""A user's own corpus: JSON Lines files (plain, .gz or .zst) into an index that can be added to, stopped and resumed.

A line is an object with `text`, an `id` (text or a whole number) and, if wanted, a `title`; other fields are ignored. A document
whose id is in the index already is skipped, so running the same build again finishes what was interrupted.
Files are read as streams; a line may have up to `MAX_LINE` bytes.
"""

import gzip
import io
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, NamedTuple, Self, cast

import orjson
import zstandard

from tools.search.index import LocalIndex
from tools.search.provider import Page
from tools.search.storage import MANIFEST, CorpusError, Writer

MAX_LINE = 64 * 1024 * 1024
MAX_THREADS = 4


class Added(NamedTuple):
    """What an addition came to: documents written, and documents that were there already."""

    added: int
    known: int


class CorpusFile:
    """A JSON Lines file opened for reading. `size` and `position` count bytes of the file as it lies on disk."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._raw: BinaryIO = path.open("rb")
        except OSError as error:
            raise CorpusError(f"cannot read {path}: {error.strerror}") from error
        self.size = path.stat().st_size

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        self._raw.close()

    @property
    def position(self) -> int:
        return self._raw.tell()

    def __iter__(self) -> Iterator[Page]:
        """The documents. Raises CorpusError with the line number for anything that is none."""
        number = 1
        try:
            for line in self._lines():
                if line.strip():
                    yield _document(line)
                number += 1
        except (CorpusError, OSError, EOFError, zstandard.ZstdError) as error:
            raise CorpusError(f"{self.path}, line {number}: {error}") from error

    def _lines(self) -> Iterator[bytes]:
        stream = _decompressed(self._raw, self.path.suffix)
        mark = b"\xef\xbb\xbf"
        while line := stream.readline(MAX_LINE):
            if len(line) == MAX_LINE and not line.endswith(b"\n"):
                raise CorpusError(f"longer than {MAX_LINE} bytes; is this JSON Lines, one object a line?")
            yield line.removeprefix(mark)
            mark = b""


def add_files(
    paths: list[Path], folder: Path, progress: Callable[[CorpusFile, Added], None] | None = None, threads: int = 0
) -> Added:
    """Add files to the index in `folder`, which is made where there is none. `threads` 0 takes what the machine has.

    What was read is kept when the work is interrupted or a line is refused; the index then counts as unfinished.
    `progress` is called after each document. Raises CorpusError.
    """
    for path in paths:
        CorpusFile(path).close()
    threads = threads or min(MAX_THREADS, os.cpu_count() or 1)
    exists = (folder / MANIFEST).exists()
    opened = (
        Writer.append(folder, threads=threads) if exists else Writer.create(folder, untrusted=True, threads=threads)
    )
    with opened as writer:
        try:
            return _add_all(paths, writer, progress)
        except (CorpusError, KeyboardInterrupt):
            writer.commit()
            raise


def build_corpus(paths: list[Path], folder: Path) -> LocalIndex:
    """`add_files`, then the index opened."""
    add_files(paths, folder)
    return LocalIndex.open(folder)


def _add_all(paths: list[Path], writer: Writer, progress: Callable[[CorpusFile, Added], None] | None) -> Added:
    added = known = 0
    for path in paths:
        with CorpusFile(path) as file:
            for document in file:
                if writer.add(document):
                    added += 1
                else:
                    known += 1
                if progress is not None:
                    progress(file, Added(added, known))
    return Added(added, known)


def _decompressed(raw: BinaryIO, suffix: str) -> BinaryIO:
    if suffix == ".gz":
        return cast(BinaryIO, gzip.GzipFile(fileobj=raw))
    if suffix == ".zst":
        reader = zstandard.ZstdDecompressor().stream_reader(raw, read_across_frames=True, closefd=False)
        return cast(BinaryIO, io.BufferedReader(cast(io.RawIOBase, reader), 1 << 20))
    return raw


def _document(line: bytes) -> Page:
    try:
        fields = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        raise CorpusError(f"no JSON ({error}); each line must be one object") from error
    if not isinstance(fields, dict):
        raise CorpusError('not an object; each line needs the fields id and text, such as {"id": "1", "text": "..."}')
    id, title, text = fields.get("id"), fields.get("title"), fields.get("text")
    if isinstance(id, int) and not isinstance(id, bool):
        id = str(id)
    if not isinstance(id, str) or not isinstance(text, str):
        wrong = "text" if isinstance(id, str) else "id"
        raise CorpusError(f"the field {wrong!r} is {_what(fields.get(wrong))}; id and text must be there, as text")
    if title is not None and not isinstance(title, str):
        raise CorpusError(f"the field 'title' is {_what(title)}; it must be text where it is given")
    return Page(id, title or "", text)


def _what(value: object) -> str:
    return "missing" if value is None else f"of type {type(value).__name__}"
