"""Corpora from JSON Lines files: what is read, what is refused, and that an interrupted build can be taken up again."""

import gzip
import json
import multiprocessing
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest
import zstandard

from tools.search.corpus import Added, CorpusFile, add_files, build_corpus
from tools.search.index import CorpusError, LocalIndex
from tools.search.provider import Hit, Page
from tools.search.storage import Manifest, State

ROOT = Path(__file__).parents[3]

LINES = [
    {"id": f"p{n}", "title": f"Page {n}", "text": f"The heron number {n} stands in pond {n % 5}."} for n in range(40)
]
PAGES = [Page(line["id"], line["title"], line["text"]) for line in LINES]


def jsonl(lines: list[dict[str, str]]) -> bytes:
    return b"".join(json.dumps(line).encode() + b"\n" for line in lines)


def zstd_in_two_frames(data: bytes) -> bytes:
    """As appending to a .zst leaves it."""
    half = len(data) // 2
    return zstandard.compress(data[:half]) + zstandard.compress(data[half:])


@pytest.mark.parametrize(
    ("suffix", "pack"),
    [("", bytes), (".gz", gzip.compress), (".zst", zstandard.compress), (".zst", zstd_in_two_frames)],
)
def test_plain_and_compressed_files_give_the_same_index(
    tmp_path: Path, suffix: str, pack: Callable[[bytes], bytes]
) -> None:
    path = tmp_path / f"corpus.jsonl{suffix}"
    path.write_bytes(pack(jsonl(LINES)))
    index = build_corpus([path], tmp_path / "index")
    assert len(index) == len(LINES)
    assert index.page_now("p7") == Page("p7", "Page 7", "The heron number 7 stands in pond 2.", untrusted=True)
    assert index.hash == LocalIndex.build(PAGES, tmp_path / "x").hash


def test_a_lenient_reader_takes_what_is_clear(tmp_path: Path) -> None:
    path = tmp_path / "c.jsonl"
    path.write_bytes(
        b'\xef\xbb\xbf{"id": 12, "text": "a", "url": "x", "n": [1]}\n\n  \n{"id": "b", "title": null, "text": ""}'
    )
    with CorpusFile(path) as file:
        assert list(file) == [Page("12", "", "a"), Page("b", "", "")]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (b"{", "line 2: no JSON"),
        (b"[1]", "line 2: not an object"),
        (b'{"text": "a"}', "line 2: the field 'id' is missing"),
        (b'{"id": true, "text": "a"}', "line 2: the field 'id' is of type bool"),
        (b'{"id": "a"}', "line 2: the field 'text' is missing"),
        (b'{"id": "a", "text": 3}', "line 2: the field 'text' is of type int"),
        (b'{"id": "a", "title": 3, "text": ""}', "line 2: the field 'title' is of type int"),
        (b'{"id": "a", "text": "\xff"}', "line 2: no JSON"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, line: bytes, message: str) -> None:
    path = tmp_path / "c.jsonl"
    path.write_bytes(jsonl(LINES[:1]) + line + b"\n")
    with pytest.raises(CorpusError, match=message):
        build_corpus([path], tmp_path / "index")


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_a_damaged_archive_is_named(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"c.jsonl{suffix}"
    path.write_bytes(b"this is no archive")
    with pytest.raises(CorpusError, match=f"c.jsonl{suffix}, line 1"):
        build_corpus([path], tmp_path / "index")


def test_a_cut_off_gzip_is_an_error_not_a_shorter_corpus(tmp_path: Path) -> None:
    path = tmp_path / "c.jsonl.gz"
    path.write_bytes(gzip.compress(jsonl(LINES))[:-20])
    with pytest.raises(CorpusError, match=r"c\.jsonl\.gz"):
        build_corpus([path], tmp_path / "index")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"cannot read .*nowhere"):
        build_corpus([tmp_path / "nowhere.jsonl"], tmp_path / "index")
    assert not (tmp_path / "index").exists()


def test_files_can_be_added_and_known_ids_are_skipped(tmp_path: Path) -> None:
    first, second, folder = tmp_path / "1.jsonl", tmp_path / "2.jsonl", tmp_path / "index"
    first.write_bytes(jsonl(LINES[:30]))
    second.write_bytes(jsonl(LINES[20:]))
    assert add_files([first], folder) == Added(30, 0)
    assert add_files([second, first], folder) == Added(10, 40)
    together = LocalIndex.open(folder)
    whole = LocalIndex.build(PAGES, tmp_path / "w", untrusted=True)
    assert together.hash == whole.hash
    assert together.search_now("heron in pond 3", 10) == whole.search_now("heron in pond 3", 10)


def test_an_interrupted_build_keeps_what_it_had_and_resumes(tmp_path: Path) -> None:
    path, folder = tmp_path / "c.jsonl", tmp_path / "index"
    path.write_bytes(jsonl(LINES))

    def interrupt(file: CorpusFile, added: Added) -> None:
        if added.added == 25:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        add_files([path], folder, interrupt)
    with pytest.raises(CorpusError, match="unfinished"):
        LocalIndex.open(folder)
    assert add_files([path], folder) == Added(15, 25)
    assert len(LocalIndex.open(folder)) == 40


def test_the_position_in_a_compressed_file_reaches_its_size(tmp_path: Path) -> None:
    path = tmp_path / "c.jsonl.zst"
    path.write_bytes(zstandard.compress(jsonl(LINES)))
    with CorpusFile(path) as file:
        assert len(list(file)) == 40
        assert file.position == file.size


KILLED = """
import os, sys
from pathlib import Path
from tools.search import storage
from tools.search.corpus import add_files
storage.BATCH = 10
def stop(file, added):
    if added.added == 25:
        os.kill(os.getpid(), 9)
add_files([Path(sys.argv[1])], Path(sys.argv[2]), stop)
"""


def test_a_killed_build_loses_only_its_last_batch(tmp_path: Path) -> None:
    path, folder = tmp_path / "c.jsonl", tmp_path / "index"
    path.write_bytes(jsonl(LINES))
    killed = subprocess.run([sys.executable, "-c", KILLED, path, folder], cwd=ROOT, check=False)
    assert killed.returncode == -9
    with pytest.raises(CorpusError, match="unfinished"):
        LocalIndex.open(folder)
    assert add_files([path], folder) == Added(20, 20)
    whole = LocalIndex.build(PAGES, tmp_path / "w", untrusted=True)
    assert LocalIndex.open(folder).hash == whole.hash


def test_the_description_fits_the_index_wherever_a_crash_came() -> None:
    before, after = State(documents=10, hash="1"), State(documents=15, hash="2")
    manifest = Manifest(state=before, committing=after)
    assert manifest.settled(10).state == before
    assert manifest.settled(15).state == after
    assert manifest.settled(15).committing is None
    with pytest.raises(CorpusError, match="holds 12 documents"):
        manifest.settled(12)


def hits_in_another_process(folder: Path) -> list[Hit]:
    return LocalIndex.open(folder).search_now("heron in pond 3", 10)


def test_processes_share_one_index(tmp_path: Path) -> None:
    index = LocalIndex.build(PAGES, tmp_path)
    with ProcessPoolExecutor(8, multiprocessing.get_context("spawn")) as pool:
        answers = list(pool.map(hits_in_another_process, [tmp_path] * 8))
    assert answers == [index.search_now("heron in pond 3", 10)] * 8


def test_an_index_may_grow_under_its_readers(tmp_path: Path) -> None:
    first, second, folder = tmp_path / "1.jsonl", tmp_path / "2.jsonl", tmp_path / "index"
    first.write_bytes(jsonl(LINES[:30]))
    second.write_bytes(jsonl(LINES[30:]))
    reader = build_corpus([first], folder)
    before = reader.search_now("heron", 20)
    add_files([second], folder)
    assert reader.search_now("heron", 20) == before
    assert len(LocalIndex.open(folder)) == 40
