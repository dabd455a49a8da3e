"""A folder that is whole or not there: written beside its place, synced, given its manifest, then renamed."""

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import IO, Self

import orjson

from traces.export.claim import Claim
from traces.export.errors import ExportError
from traces.export.shards import FileType, Shards

_MOST_OPEN = 32


class Folder:
    """A context manager. Left without an error, the folder stands at `target` with `manifest.json`; otherwise nothing does."""

    def __init__(self, target: Path) -> None:
        self.target = target
        self._partial = target.absolute().parent / f".{target.absolute().name}.partial"
        self._open: dict[str, IO[bytes]] = {}
        self._rows: dict[str, Shards] = {}
        self._files: set[str] = set()
        self._manifest: dict[str, object] = {}

    def __enter__(self) -> Self:
        self._refuse_a_full_target()
        try:
            self._claim = Claim(self._partial, self.target)
        except OSError as error:
            raise _explained(self.target, error) from error
        try:
            self._refuse_a_full_target()  # another may have finished before we had the claim
        except ExportError:
            self._claim.release()
            raise
        return self

    def _refuse_a_full_target(self) -> None:
        if self.target.exists() and (not self.target.is_dir() or any(self.target.iterdir())):
            raise ExportError(self.target, "the target is not an empty folder", "Choose another, or empty it first")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if error is None:
                self._finish()
        except OSError as failure:
            raise _explained(self.target, failure) from failure
        finally:
            for file in self._open.values():
                _close(file)
            for rows in self._rows.values():
                rows.abandon()
            self._claim.release()
        if isinstance(error, OSError):
            raise _explained(self.target, error) from error

    def rows(self, file: str, kind: FileType, most: int | None, features: Mapping[str, str]) -> Shards:
        """Where the rows of a file of the format are written."""
        if file not in self._rows:
            self._rows[file] = Shards(self._partial, file, kind, most, features)
        return self._rows[file]

    def line(self, file: str, value: object) -> None:
        """Append one line of JSON to a file."""
        stream = self._open.get(file) or self._new(file)
        stream.write(orjson.dumps(value) + b"\n")

    def text(self, file: str, text: str) -> None:
        """Write a whole file."""
        self._new(file).write(text.encode())

    def note(self, facts: Mapping[str, object]) -> None:
        """Put facts into the manifest."""
        self._manifest |= facts

    def _new(self, file: str) -> IO[bytes]:
        """Open a file, again where it was closed for others: a format may write more files than can be open at once."""
        if len(self._open) >= _MOST_OPEN:
            _sync(self._open.pop(next(iter(self._open))))
        path = self._partial / file
        path.parent.mkdir(parents=True, exist_ok=True)
        mode = "ab" if file in self._files else "wb"
        self._open[file] = open(path, mode, buffering=1 << 20)  # noqa: SIM115 - closed by `_finish`
        self._files.add(file)
        return self._open[file]

    def _finish(self) -> None:
        for stream in self._open.values():
            _sync(stream)
        written = self._finish_rows()
        files = {name: _facts(self._partial / name) for name in sorted([*self._files, *written])}
        manifest = orjson.dumps(self._manifest | {"files": files}, option=orjson.OPT_INDENT_2) + b"\n"
        with open(self._partial / "manifest.json", "wb") as last:
            last.write(manifest)
            _sync(last)
        for inside in {path.parent for path in self._partial.rglob("*")}:
            _sync_folder(inside)
        os.rename(self._partial, self.target.absolute())  # takes the place of an empty folder
        _sync_folder(self.target.absolute().parent)

    def _finish_rows(self) -> list[str]:
        marks: dict[str, str] = {}
        for rows in self._rows.values():
            rows.close()
            marks |= rows.marks
        written = [name for rows in self._rows.values() for name in rows.names]
        for name in written:
            with open(self._partial / name, "rb+") as stream:
                _sync(stream)
        if marks:
            self._manifest["row_marks"] = dict(sorted(marks.items()))
        return written


def _sync(stream: IO[bytes]) -> None:
    stream.flush()
    os.fsync(stream.fileno())
    stream.close()


def _close(stream: IO[bytes]) -> None:
    try:
        stream.close()
    except OSError:  # the disk is full: what was buffered is thrown away with the folder
        stream.close()


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _facts(path: Path) -> dict[str, object]:
    with path.open("rb") as stream:
        mark = hashlib.file_digest(stream, "sha256").hexdigest()
    return {"bytes": path.stat().st_size, "sha256": mark}


def _explained(place: Path, error: OSError) -> ExportError:
    cause = error.strerror or str(error)
    return ExportError(place, f"the export cannot be written ({cause})", "Free some space or choose another folder")
