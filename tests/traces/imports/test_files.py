"""Files: lines or one value, plain or packed, whole or broken off."""

import gzip
import io
import json
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from tests.traces.imports.rows import searched
from traces.imports import RowError, SourceError, lists, rows

ROWS = [searched(id=n) for n in range(3)]
PACKS: dict[str, Callable[[bytes], bytes]] = {
    "plain": bytes,
    "gz": gzip.compress,
    "zst": zstandard.ZstdCompressor().compress,
}
TEXT = st.text(st.sampled_from('[]{}",\\ a\n'), max_size=6)
LINES = "\n".join(json.dumps(row) for row in ROWS).encode()


def values(path: Path) -> list[Any]:
    found: list[Any] = []
    for raw in rows(path):
        try:
            found.append(raw.parsed()["id"])
        except RowError as error:
            found.append((raw.line, str(error)[:12]))
    return found


@pytest.mark.parametrize(
    "content",
    [
        LINES,
        LINES + b"\n\n",
        b"\xef\xbb\xbf" + LINES,
        LINES.replace(b"\n", b"\r\n\r\n"),
        json.dumps(ROWS).encode(),
        json.dumps(ROWS, indent=2).encode(),
        json.dumps({"samples": ROWS, "version": 2}).encode(),
        json.dumps({"data": ROWS}, indent=1).encode(),
        b"[" + b",\n".join(json.dumps(row).encode() for row in ROWS) + b"]",
    ],
)
@pytest.mark.parametrize("packed", sorted(PACKS))
@pytest.mark.parametrize("name", ["rows.jsonl", "rows.json", "rows"])
def test_rows_are_found_however_they_are_kept(tmp_path: Path, content: bytes, packed: str, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(PACKS[packed](content))
    assert values(path) == [0, 1, 2]


def test_a_single_row_is_a_row(tmp_path: Path) -> None:
    (tmp_path / "one.json").write_text(json.dumps(ROWS[0], indent=2))
    assert values(tmp_path / "one.json") == [0]
    (tmp_path / "one.jsonl").write_text(json.dumps(ROWS[0]))
    assert values(tmp_path / "one.jsonl") == [0]


def test_an_empty_file_holds_no_rows(tmp_path: Path) -> None:
    (tmp_path / "none.jsonl").write_text("\n \n")
    assert values(tmp_path / "none.jsonl") == []


def test_broken_lines_are_named_and_the_rest_is_read(tmp_path: Path) -> None:
    lines = LINES.split(b"\n")
    path = tmp_path / "rows.jsonl"
    path.write_bytes(b"\n".join([b"{oops", lines[0], b'{"id": "\xff"}', lines[1], b'{"messages": [', b"", lines[2]]))
    assert values(path) == [(1, "not JSON: Ex"), 0, (3, "not UTF-8 at"), 1, (5, "not JSON: Ex"), 2]


@pytest.mark.parametrize("pack", ["gz", "zst"])
def test_a_file_that_breaks_off_gives_what_came_before(tmp_path: Path, pack: str) -> None:
    many = "\n".join(json.dumps(searched(id=n, note=f"{n * 7919:x}" * 40)) for n in range(2000)).encode()
    packed = gzip.compress(many) if pack == "gz" else zstandard.ZstdCompressor().compress(many)
    path = tmp_path / f"rows.jsonl.{pack}"
    path.write_bytes(packed[: len(packed) // 2])
    found = values(path)
    whole = [value for value in found if isinstance(value, int)]
    assert whole == list(range(len(whole)))
    assert len(found) < 2000
    assert any(isinstance(value, tuple) for value in found) or pack == "zst"


def test_integers_beyond_64_bits_and_nan_are_read_as_they_stand(tmp_path: Path) -> None:
    (tmp_path / "r.jsonl").write_text('{"id": 123456789012345678901234567890}\n{"id": NaN}\n{"id": "\\ud800"}')
    found = values(tmp_path / "r.jsonl")
    assert found[0] == 123456789012345678901234567890
    assert found[1] != found[1]
    assert found[2] == "\ud800"


def test_deep_nesting_breaks_its_own_row(tmp_path: Path) -> None:
    deep = '{"id":' + "[" * 100_000 + "]" * 100_000 + "}"
    (tmp_path / "r.jsonl").write_text(deep + "\n" + json.dumps(ROWS[1]))
    assert values(tmp_path / "r.jsonl") == [(1, "not readable"), 1]


def test_a_broken_element_of_a_list_breaks_nothing_but_itself(tmp_path: Path) -> None:
    elements = [json.dumps(ROWS[0]), "{'id': 1}", json.dumps(ROWS[1]), '{"id": "]}\\\\\\", "}', json.dumps(ROWS[2])]
    path = tmp_path / "rows.json"
    path.write_text("[" + ", ".join(elements) + ",]")
    assert values(path) == [0, (2, "not JSON: Ex"), 1, ']}\\", ', 2]
    path.write_text("[3, null, " + ",\n".join(elements[:1]) + "]")
    assert [raw.parsed() for raw in rows(path)] == [3, None, ROWS[0]]


@pytest.mark.parametrize(
    ("end", "cause"),
    [(b"", "ends before its list"), (b', {"id": 1', "ends before its list"), (b"]\n {}", "goes on behind")],
)
def test_a_list_that_ends_wrongly_gives_what_came_before(tmp_path: Path, end: bytes, cause: str) -> None:
    path = tmp_path / "rows.json"
    path.write_bytes(b"[" + json.dumps(ROWS[0]).encode() + b",\n" + json.dumps(ROWS[1]).encode() + end)
    first, second, third = rows(path)
    assert (first.parsed(), second.parsed()) == (ROWS[0], ROWS[1])
    assert third.line == 3
    assert cause in third.broken


@pytest.mark.parametrize("size", [1, 2, 3, 7, 64, 1 << 20])
@given(elements=st.lists(st.lists(TEXT) | st.dictionaries(TEXT, TEXT | st.integers() | st.none()), max_size=4))
def test_elements_are_cut_out_wherever_a_read_ends(elements: list[Any], size: int) -> None:
    text = io.BytesIO(json.dumps(elements, indent=1).encode())
    found = lists.elements(lambda _: text.read(size))
    assert [json.loads(element) for element in found] == elements


def test_a_long_list_on_one_line_is_never_held_whole(tmp_path: Path) -> None:
    path = tmp_path / "rows.json"
    path.write_text(json.dumps([searched(id=n, note="x" * 1000) for n in range(6_000)]))
    tracemalloc.start()
    assert sum(1 for _ in rows(path)) == 6_000
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < path.stat().st_size / 2


def test_a_broken_object_of_many_lines_is_one_broken_row(tmp_path: Path) -> None:
    path = tmp_path / "log.json"
    path.write_text(json.dumps({"samples": ROWS}, indent=1)[:-20])
    (raw,) = rows(path)
    assert raw.broken.startswith("not JSON")


@pytest.mark.parametrize(
    ("start", "what"), [(b"PAR1\x15", "Parquet"), ('{"id": 1}'.encode("utf-16"), "UTF-16"), (b"BZh91AY", "bzip2")]
)
def test_files_of_other_kinds_are_named_with_what_to_do(tmp_path: Path, start: bytes, what: str) -> None:
    (tmp_path / "rows").write_bytes(start)
    with pytest.raises(SourceError, match=rf"{what}.*\. (Write|Unpack) it"):
        list(rows(tmp_path / "rows"))


def test_the_samples_of_an_archive_are_rows(tmp_path: Path) -> None:
    path = tmp_path / "log.eval"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("header.json", "{}")
        for n, row in enumerate(ROWS):
            archive.writestr(f"samples/{n}_epoch_1.json", json.dumps(row))
    assert values(path) == [0, 1, 2]
    assert next(rows(path)).file == "log.eval/samples/0_epoch_1.json"


def test_a_damaged_archive_is_refused(tmp_path: Path) -> None:
    (tmp_path / "log.eval").write_bytes(b"PK\x03\x04 and no more")
    with pytest.raises(SourceError, match=r"log\.eval.*damaged"):
        values(tmp_path / "log.eval")


@pytest.mark.parametrize("name", ["missing.jsonl", "."])
def test_what_cannot_be_read_is_named(tmp_path: Path, name: str) -> None:
    with pytest.raises(SourceError, match="cannot be read"):
        list(rows(tmp_path / name))
