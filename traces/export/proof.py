"""Level 1: a written folder is loaded by its card with `datasets` and compared, value by value, with its own lines.

As written, with the rows shuffled (so that nothing hangs on the first ones), and by way of Parquet. A column that a line leaves out
reads as null. No network: everything is local.
"""

import random
import tempfile
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import Any

import orjson

from traces.export.errors import ExportError
from traces.export.shards import RowMark
from traces.export.written import manifest, read_lines

_SHUFFLED_MOST = 20_000
"""Rows that are shuffled and sent through Parquet; a sample this size shows what a type does."""


def prove(folder: Path) -> list[str]:
    """What did not come back as it was written, in words; nothing where all did.

    Raises:
        ExportError: `datasets` is not installed, or the folder has no card.
    """
    try:
        import datasets  # type: ignore[import-untyped]
    except ImportError:
        raise ExportError(folder, "the check needs the package datasets", "Install datasets 4.7 or newer") from None
    if not _declares(folder / "README.md"):
        raise ExportError(folder, "there is no dataset card to load by", "Check a format that writes one, such as trl")
    datasets.disable_progress_bars()
    with tempfile.TemporaryDirectory() as cache:
        return list(_differences(datasets, folder, Path(cache)))


def _declares(card: Path) -> bool:
    """Whether a card says what the columns are; that of session logs does not."""
    return card.is_file() and "\ndataset_info:\n" in card.read_text(encoding="utf-8")


def _differences(datasets: Any, folder: Path, cache: Path) -> Iterator[str]:
    for config in datasets.get_dataset_config_names(str(folder)):
        loaded = datasets.load_dataset(str(folder), config, cache_dir=str(cache / "as-written"))
        files = datasets.load_dataset_builder(
            str(folder), config, cache_dir=str(cache / "as-written")
        ).config.data_files
        for split, part in loaded.items():
            paths = [Path(file) for file in files[split]]
            rows = chain.from_iterable(map(read_lines, paths))
            yield from _compared(f"{config}/{split}", part, rows)
            yield from _otherwise_than_marked(folder, paths, part)
            yield from _other_ways(datasets, f"{config}/{split}", part.features, paths, cache)


def _other_ways(datasets: Any, name: str, features: Any, files: list[Path], cache: Path) -> Iterator[str]:
    rows = [row for row, _ in zip(chain.from_iterable(map(read_lines, files)), range(_SHUFFLED_MOST), strict=False)]
    random.Random(0).shuffle(rows)
    shuffled = cache / f"{name.replace('/', '-')}.jsonl"
    shuffled.write_bytes(b"".join(orjson.dumps(row) + b"\n" for row in rows))
    options = {"split": "train", "cache_dir": str(cache / "others"), "features": features}
    again = datasets.load_dataset("json", data_files=str(shuffled), **options)
    yield from _compared(f"{name}, shuffled", again, rows)
    again.to_parquet(str(shuffled.with_suffix(".parquet")))
    options.pop("features")
    parquet = datasets.load_dataset("parquet", data_files=str(shuffled.with_suffix(".parquet")), **options)
    yield from _compared(f"{name}, Parquet", parquet, rows)


def _otherwise_than_marked(folder: Path, files: list[Path], loaded: Any) -> Iterator[str]:
    """Parquet files whose rows, as loaded, are not those that were given to be written."""
    facts = manifest(folder)
    rows = iter(loaded)
    for name in (str(file.resolve().relative_to(folder.resolve())) for file in files):
        mark = RowMark()
        for row in islice(rows, facts["rows"][name]):
            mark.add(row)
        if facts.get("row_marks", {}).get(name, mark.hex()) != mark.hex():
            yield f"{name}: rows came back otherwise than they were given to be written"


def _compared(name: str, loaded: Any, written: Iterable[Any]) -> Iterator[str]:
    count = 0
    for count, row in enumerate(written, 1):
        if count > loaded.num_rows:
            yield f"{name}: rows from {count} on are missing"
            return
        back = loaded[count - 1]
        if columns := sorted(key for key in row.keys() | back.keys() if row.get(key) != back.get(key)):
            yield f"{name}: row {count} came back with another {', '.join(columns)}"
            return
    if count < loaded.num_rows:
        yield f"{name}: {loaded.num_rows - count} rows more than were written"
