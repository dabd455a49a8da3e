"""Rows in compressed files, Parquet and shards: the same rows, a card that loads them, nothing half-written."""

from pathlib import Path
from typing import Any

import pytest

from traces.export import ExportError, ExportReport, Options, Rendering, Template, all_formats, export, prove
from traces.export.card import configs
from traces.export.folder import Folder
from traces.export.shards import FileType, Shards
from traces.export.written import manifest, read_lines
from traces.ledger import Ledger

HERMES = Path(__file__).parent / "templates" / "hermes.jinja"
WAYS: list[tuple[FileType, int | None]] = [
    ("jsonl", 2),
    ("jsonl.zst", None),
    ("jsonl.zst", 3),
    ("parquet", None),
    ("parquet", 3),
]


def rows(report: ExportReport, file: str) -> list[dict[str, Any]]:
    return [row for part in report.parts[file] for row in read_lines(report.folder / part)]


@pytest.mark.parametrize(("kind", "most"), WAYS)
@pytest.mark.parametrize("name", ["trl", "steps"])
def test_the_rows_are_those_of_whole_lines(
    filled: Ledger, tmp_path: Path, name: str, kind: FileType, most: int | None
) -> None:
    plain = export(filled, name, tmp_path / "plain")
    report = export(filled, name, tmp_path / "out", Options(file_type=kind, shard_rows=most))
    assert report.parts.keys() == plain.parts.keys()
    for file, parts in report.parts.items():
        assert rows(report, file) == rows(plain, file)
        assert all(part.endswith(f".{kind}") for part in parts)
        assert [report.files[part] for part in parts[:-1]] == [most] * (len(parts) - 1)
    assert manifest(tmp_path / "out")["rows"] == dict(sorted(report.files.items()))
    assert manifest(tmp_path / "out")["files"].keys() >= report.files.keys()


@pytest.mark.parametrize(("kind", "most"), WAYS[2::2])
def test_the_card_loads_them_and_the_proof_holds(
    filled: Ledger, tmp_path: Path, load: Any, kind: FileType, most: int | None
) -> None:
    rendering = Rendering(Template.load(HERMES))
    report = export(filled, "trl", tmp_path / "out", Options(file_type=kind, shard_rows=most), (rendering,))
    for config, splits in configs(report).items():
        loaded = load(str(tmp_path / "out"), config)
        for split, parts in splits.items():
            assert list(loaded[split]) == [row for part in parts for row in read_lines(tmp_path / "out" / part)]
    assert prove(tmp_path / "out") == []
    assert rendering.findings.looked == report.rows


def test_the_same_ledger_gives_the_same_bytes(filled: Ledger, tmp_path: Path) -> None:
    for kind in ("jsonl.zst", "parquet"):
        options = Options(file_type=kind, shard_rows=3)
        first, second = (export(filled, "trl", tmp_path / f"{kind}{n}", options) for n in (1, 2))
        assert manifest(first.folder) == manifest(second.folder)


@pytest.mark.usefixtures("load")
def test_rows_that_went_in_otherwise_are_found(filled: Ledger, tmp_path: Path) -> None:
    report = export(filled, "trl", tmp_path / "out", Options(file_type="parquet"))
    (file,) = report.parts["data/train.jsonl"]
    changed = Shards(tmp_path / "out", "data/train.jsonl", "parquet", None, _features())
    for place, row in enumerate(list(read_lines(tmp_path / "out" / file))):
        changed.write(row | {"steps": 99} if place == 1 else row)
    changed.close()
    assert prove(tmp_path / "out") == [f"{file}: rows came back otherwise than they were given to be written"]


def _features() -> dict[str, str]:
    return dict(all_formats()["trl"].features)


@pytest.mark.parametrize(
    ("name", "options", "told"),
    [
        ("openai", Options(file_type="jsonl.zst"), "whole JSONL"),
        ("axolotl", Options(shard_rows=5), "whole JSONL"),
        ("verdicts", Options(file_type="parquet"), "no columns of a known type"),
    ],
)
def test_what_a_format_cannot_be_is_refused(
    filled: Ledger, tmp_path: Path, name: str, options: Options, told: str
) -> None:
    with pytest.raises(ExportError, match=told):
        export(filled, name, tmp_path / "out", options)
    assert not list(tmp_path.glob("*out*"))


def test_shards_of_nothing_are_refused() -> None:
    with pytest.raises(ExportError, match="1 or more"):
        Options(shard_rows=0)


@pytest.mark.parametrize("kind", ["jsonl.zst", "parquet"])
def test_an_export_that_breaks_off_leaves_nothing(filled: Ledger, tmp_path: Path, kind: FileType) -> None:
    def interrupted() -> None:
        with Folder(tmp_path / "out") as out:
            out.rows("data/train.jsonl", kind, None, {"id": "dtype: string"}).write({"id": "a"})
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert not list(tmp_path.glob("*out*"))
