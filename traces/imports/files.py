"""The rows of a file, one after the other: JSON Lines, JSON (a list of rows, or an object that holds one), Inspect's `.eval` archives.

gzip and Zstandard are known by their first bytes. JSON Lines are streamed; a file that is one JSON value is held whole.
"""

import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import zstandard

from traces.imports import jsontext
from traces.imports.errors import RowError, SourceError

_HOLDERS = ("samples", "rows", "data", "traces", "trajectories", "examples", "runs", "items", "results")
_ROW = frozenset({"messages", "conversations", "conversation", "inputs", "prompt", "traj"})
_BOM = b"\xef\xbb\xbf"


class Raw(NamedTuple):
    """A row as found. `value` is its text where that is not read yet; `broken` says why there is none."""

    file: str
    line: int
    """The line, from 1; in files of one JSON value the number of the row."""
    value: Any
    broken: str = ""

    def parsed(self) -> Any:
        """The row as a value. Raises RowError."""
        if self.broken:
            raise RowError(self.broken)
        return jsontext.parse(self.value) if isinstance(self.value, bytes) else self.value


def rows(path: Path) -> Iterator[Raw]:
    """Every row of a file, broken ones too.

    Raises:
        SourceError: the file is not there or cannot be read at all.
    """
    try:
        with path.open("rb") as file:
            start = file.read(4)
            file.seek(0)
            yield from _archive(path, file) if start == b"PK\x03\x04" else _rows(path, _unpacked(file, start))
    except OSError as error:
        remedy = "Give the path of a file that can be read"
        raise SourceError(path, f"cannot be read ({error.strerror or error})", remedy) from error


def _unpacked(file: io.BufferedReader, start: bytes) -> io.BufferedReader:
    if start[:2] == b"\x1f\x8b":
        return io.BufferedReader(gzip.GzipFile(fileobj=file))
    if start == b"\x28\xb5\x2f\xfd":
        reader = zstandard.ZstdDecompressor().stream_reader(file, read_across_frames=True)
        return io.BufferedReader(reader)
    return file


def _rows(path: Path, stream: io.BufferedReader) -> Iterator[Raw]:
    lines = _lines(path, stream)
    first = next(lines, None)
    second = next(lines, None)
    if first is None:
        return
    if not first.broken and (second is None or _spread(path, first.value)):
        yield from _one_value(path, first, second, lines)
        return
    yield first
    if second is not None:
        yield second
    yield from lines


def _lines(path: Path, stream: io.BufferedReader) -> Iterator[Raw]:
    """The lines that are not blank; a file that breaks off ends in a broken one."""
    number = 0
    try:
        for number, line in enumerate(stream, 1):
            text = line.strip()
            if number == 1:
                text = text.removeprefix(_BOM)
            if text:
                yield Raw(path.name, number, text)
    except (EOFError, zlib.error, gzip.BadGzipFile, zstandard.ZstdError) as error:
        yield Raw(path.name, number + 1, None, f"the file breaks off here ({error})")


def _spread(path: Path, line: bytes) -> bool:
    """Whether a first line begins a JSON value of many lines."""
    if line[:1] not in (b"[", b"{"):
        return False
    try:
        jsontext.parse(line)
    except RowError:
        return line in (b"[", b"{") or line[:1] == b"[" or ".json" in path.suffixes
    return False


def _one_value(path: Path, first: Raw, second: Raw | None, rest: Iterator[Raw]) -> Iterator[Raw]:
    lines = [first, *([second] if second else []), *rest]
    text = b"\n".join(line.value for line in lines if not line.broken)
    try:
        value = jsontext.parse(text)
    except RowError as error:
        if len(lines) > 1 and first.value[:1] == b"{":  # lines after all, the first of them broken
            yield from lines
        else:
            yield Raw(path.name, first.line, None, str(error))
        yield from (line for line in lines[-1:] if line.broken and first.value[:1] != b"{")
        return
    yield from _held(path.name, value)


def _held(file: str, value: Any) -> Iterator[Raw]:
    held = value if isinstance(value, list) else _inside(value)
    yield from (Raw(file, number, row) for number, row in enumerate(held, 1))


def _inside(value: Any) -> list[Any]:
    """The rows an object holds, or the object itself."""
    if not isinstance(value, dict) or _ROW & value.keys():
        return [value]
    lists = [key for key, inner in value.items() if isinstance(inner, list) and any(isinstance(i, dict) for i in inner)]
    known = [key for key in _HOLDERS if key in lists]
    held: list[Any] = value[(known or lists)[0]] if known or len(lists) == 1 else [value]
    return held


def _archive(path: Path, file: io.BufferedReader) -> Iterator[Raw]:
    """The samples of an Inspect log."""
    try:
        with zipfile.ZipFile(file) as archive:
            names = sorted(
                name for name in archive.namelist() if name.startswith("samples/") and name.endswith(".json")
            )
            for number, name in enumerate(names, 1):
                yield _member(path, archive, number, name)
    except zipfile.BadZipFile as error:
        raise SourceError(path, f"the archive is damaged ({error})", "Copy it again") from error


def _member(path: Path, archive: zipfile.ZipFile, number: int, name: str) -> Raw:
    try:
        return Raw(f"{path.name}/{name}", number, archive.read(name))
    except NotImplementedError as error:
        remedy = "Write it as JSON first: inspect log convert --to json"
        raise SourceError(path, f"the archive's compression is not known here ({error})", remedy) from error
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        return Raw(f"{path.name}/{name}", number, None, f"the archive is damaged here ({error})")
