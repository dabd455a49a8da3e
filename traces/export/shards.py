"""Rows in files of a type: JSON lines, the same compressed, or Parquet; in one file, or in shards of so many rows.

A Parquet file cannot be compared with its own lines, so each leaves a mark of the rows that went into it (`row_mark`), which the
check of level 1 compares with the rows that come out. Rows of Parquet are held back by the thousand: memory stays flat.
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import IO, Any, Literal, Protocol

import orjson

from traces.export.errors import ExportError
from traces.export.row import JSON

FileType = Literal["jsonl", "jsonl.zst", "parquet"]
_BATCH = 1_000


class Sink(Protocol):
    """One file being written."""

    def write(self, row: JSON) -> None: ...

    def close(self) -> None: ...


class RowMark:
    """A digest of rows in their order, whatever the order of their keys."""

    def __init__(self) -> None:
        self._state = blake2b(digest_size=16)

    def add(self, row: JSON) -> None:
        self._state.update(orjson.dumps(row, option=orjson.OPT_SORT_KEYS) + b"\n")

    def hex(self) -> str:
        return self._state.hexdigest()


class Shards:
    """The rows of one file of a format. `marks` has the row mark of each Parquet file that is closed."""

    def __init__(
        self, root: Path, file: str, kind: FileType, most: int | None = None, features: Mapping[str, str] | None = None
    ) -> None:
        self._root, self._stem, self._kind, self._most = root, file.removesuffix(".jsonl"), kind, most
        self._features = features or {}
        self._sink: Sink | None = None
        self._mark = RowMark()
        self._rows = 0
        self.names: list[str] = []
        self.marks: dict[str, str] = {}

    def write(self, row: JSON) -> str:
        """Append a row; the name of the file that has it."""
        if self._sink and self._rows == self._most:
            self.close()
        if not self._sink:
            self._sink = self._next()
        self._sink.write(row)
        self._rows += 1
        if self._kind == "parquet":
            self._mark.add(row)
        return self.names[-1]

    def close(self) -> None:
        """Finish the file that is open."""
        sink, self._sink, self._rows = self._sink, None, 0
        if sink:
            sink.close()
        if sink and self._kind == "parquet":
            self.marks[self.names[-1]] = self._mark.hex()
            self._mark = RowMark()

    def abandon(self) -> None:
        """Let go of the file that is open, which is thrown away with its folder."""
        with suppress(Exception):
            self.close()

    def _next(self) -> Sink:
        number = f"-{len(self.names) + 1:05}" if self._most else ""
        self.names.append(f"{self._stem}{number}.{self._kind}")
        path = self._root / self.names[-1]
        path.parent.mkdir(parents=True, exist_ok=True)
        return _Parquet(path, self._features) if self._kind == "parquet" else _Lines(path, self._kind)


class _Lines:
    def __init__(self, path: Path, kind: FileType) -> None:
        self._file = open(path, "wb", buffering=1 << 20)  # noqa: SIM115 - closed by `close`
        self._stream: IO[bytes] = self._file if kind == "jsonl" else _compressed(self._file)

    def write(self, row: JSON) -> None:
        self._stream.write(orjson.dumps(row) + b"\n")

    def close(self) -> None:
        try:
            self._stream.close()
        finally:
            self._file.close()


class _Parquet:
    def __init__(self, path: Path, features: Mapping[str, str]) -> None:
        datasets, parquet = _packages(path)
        self._features = _typed(datasets, features)
        self._table = datasets.Dataset.from_dict
        self._writer = parquet.ParquetWriter(path, self._features.arrow_schema, compression="zstd")
        self._rows: list[JSON] = []

    def write(self, row: JSON) -> None:
        self._rows.append(row)
        if len(self._rows) == _BATCH:
            self._flush()

    def close(self) -> None:
        try:
            if self._rows:
                self._flush()
        finally:
            self._writer.close()

    def _flush(self) -> None:
        columns = {name: [row.get(name) for row in self._rows] for name in self._features}
        self._writer.write_table(self._table(columns, features=self._features).data.table)
        self._rows = []


def read_parquet(path: Path) -> Iterator[JSON]:
    """The rows of a Parquet file, a thousand at a time."""
    datasets, parquet = _packages(path)
    import pyarrow  # type: ignore[import-untyped]

    with parquet.ParquetFile(path) as file:
        features = datasets.Features.from_arrow_schema(file.schema_arrow)
        for batch in file.iter_batches(_BATCH):
            yield from datasets.Dataset(pyarrow.Table.from_batches([batch]).cast(features.arrow_schema))


def _typed(datasets: Any, features: Mapping[str, str]) -> Any:
    """The features of the dataset card as `datasets` has them."""
    types = {"list": datasets.List, "dtype": lambda inner: inner}
    made = {}
    for column, kind in features.items():
        shape, _, name = kind.partition(": ")
        made[column] = types[shape](datasets.Json() if name == "json" else datasets.Value(name))
    return datasets.Features(made)


def _packages(path: Path) -> tuple[Any, Any]:
    try:
        import datasets  # type: ignore[import-untyped]
        import pyarrow.parquet as parquet  # type: ignore[import-untyped]
    except ImportError:
        raise ExportError(path, "Parquet needs the package datasets", "Install datasets 4.7 or newer") from None
    return datasets, parquet


def _compressed(stream: IO[bytes]) -> IO[bytes]:
    import zstandard

    return zstandard.ZstdCompressor(write_checksum=True).stream_writer(stream, closefd=False)
