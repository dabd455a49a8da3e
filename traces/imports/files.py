"""The rows of a file, one after the other: JSON Lines, JSON (a list of rows, or an object that holds one), Inspect's `.eval` archives.

gzip and Zstandard are known by their first bytes. JSON Lines and lists are streamed; a file that is one JSON object is held whole.
"""

import gzip
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import zstandard

from traces.imports import jsontext
from traces.imports.errors import RowError, SourceError
from traces.imports.lists import elements

_HOLDERS = ("samples", "rows", "data", "traces", "trajectories", "examples", "runs", "items", "results")
_ROW = frozenset({"messages", "conversations", "conversation", "inputs", "prompt", "traj"})
_BOM = b"\xef\xbb\xbf"
_FOREIGN = {
    b"PAR1": ("a Parquet file", "Write it as JSON Lines first, for instance with datasets' to_json"),
    b"ARROW1": ("an Arrow file", "Write it as JSON Lines first, for instance with datasets' to_json"),
    b"\xff\xfe": ("UTF-16", "Write it as UTF-8 first: iconv -f UTF-16 -t UTF-8"),
    b"\xfe\xff": ("UTF-16", "Write it as UTF-8 first: iconv -f UTF-16 -t UTF-8"),
    b"BZh": ("packed with bzip2", "Unpack it first: bunzip2"),
    b"\xfd7zXZ": ("packed with xz", "Unpack it first: unxz"),
}
"""What files of other kinds begin with, what they are, and what to do."""
_PEEKED = 4_000_000
_BROKEN_OFF = (EOFError, zlib.error, gzip.BadGzipFile, zstandard.ZstdError)


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


def rows(path: Path, taken: Callable[[int], None] = lambda taken: None) -> Iterator[Raw]:
    """Every row of a file, broken ones too; `taken` is told before each how many bytes of the file were taken.

    Raises:
        SourceError: the file is not there or cannot be read at all.
    """
    try:
        with path.open("rb") as file:
            for raw in _found(path, file):
                taken(file.tell())
                yield raw
    except OSError as error:
        raise _unreadable(path, error) from error


def unpacked(path: Path) -> bytes:
    """All that a file holds, unpacked where it is packed. Raises SourceError where it cannot be read."""
    try:
        with path.open("rb") as file:
            return _unpacked(file, _start(path, file)).read()
    except (OSError, *_BROKEN_OFF) as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: Exception) -> SourceError:
    why = getattr(error, "strerror", None) or error
    return SourceError(path, f"cannot be read ({why})", "Give the path of a file that can be read")


def _start(path: Path, file: io.BufferedReader) -> bytes:
    """How a file begins. Raises SourceError for one of another kind."""
    start = file.read(8)
    for mark, (what, remedy) in _FOREIGN.items():
        if start.startswith(mark):
            raise SourceError(path, f"this is {what}, which is not read here", remedy)
    return start


def _found(path: Path, file: io.BufferedReader) -> Iterator[Raw]:
    start = _start(path, file)
    if start.startswith(b"PK\x03\x04"):
        return _archive(path, file)
    return _rows(path, lambda: _unpacked(file, start))


def _unpacked(file: io.BufferedReader, start: bytes) -> io.BufferedReader:
    """The file from its beginning."""
    file.seek(0)
    if start[:2] == b"\x1f\x8b":
        return io.BufferedReader(gzip.GzipFile(fileobj=file))
    if start[:4] == b"\x28\xb5\x2f\xfd":
        reader = zstandard.ZstdDecompressor().stream_reader(file, read_across_frames=True, closefd=False)
        return io.BufferedReader(reader)
    return file


def _rows(path: Path, opened: Callable[[], io.BufferedReader]) -> Iterator[Raw]:
    if _is_long_list(opened()):
        yield from _listed(path, opened())
        return
    lines = _lines(path, opened())
    first, second = next(lines, None), next(lines, None)
    if first is None:
        return
    if first.broken or (second and not _spread(path, first.value)):
        yield from (first, *([second] if second else ()))
        yield from lines
    elif first.value[:1] == b"[":
        yield from _listed(path, opened())
    else:
        yield from _one_value(path, first.line, opened)


def _is_long_list(stream: io.BufferedReader) -> bool:
    """Whether a file begins with a list on a line that is too long to be looked at whole."""
    try:
        start = stream.read(_PEEKED)
    except _BROKEN_OFF:
        return False
    text = start.removeprefix(_BOM).lstrip()
    return len(start) == _PEEKED and text[:1] == b"[" and b"\n" not in text


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
    except _BROKEN_OFF as error:
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


def _listed(path: Path, stream: io.BufferedReader) -> Iterator[Raw]:
    """The elements of a list, by their number; a list that breaks off ends in a broken one."""
    number = 0
    try:
        for number, element in enumerate(elements(stream.read), 1):
            yield Raw(path.name, number, element)
    except RowError as error:
        yield Raw(path.name, number + 1, None, str(error))
    except _BROKEN_OFF as error:
        yield Raw(path.name, number + 1, None, f"the file breaks off here ({error})")


def _one_value(path: Path, line: int, opened: Callable[[], io.BufferedReader]) -> Iterator[Raw]:
    """The rows of an object, or the lines of a file of which only the first is broken."""
    try:
        value = jsontext.parse(opened().read().removeprefix(_BOM))
    except RowError as error:
        second = next(islice(_lines(path, opened()), 1, 2), None)
        if second and _is_object(second):
            yield from _lines(path, opened())
        else:
            yield Raw(path.name, line, None, str(error))
    except _BROKEN_OFF as error:
        yield Raw(path.name, line, None, f"the file breaks off ({error})")
    else:
        yield from _held(path.name, value)


def _is_object(line: Raw) -> bool:
    try:
        return isinstance(line.parsed(), dict)
    except RowError:
        return False


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
