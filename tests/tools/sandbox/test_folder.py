"""The work folder's own functions, on folders of this host."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools.sandbox.inside import folder


@pytest.fixture
def place(tmp_path: Path) -> Iterator[int]:
    fd = os.open(tmp_path, os.O_RDONLY | os.O_DIRECTORY)
    yield fd
    os.close(fd)


def test_removes_a_tree_deeper_than_any_path(tmp_path: Path, place: int) -> None:
    (tmp_path / "keep").write_text("kept")
    (tmp_path / "top").mkdir()
    here = os.open(tmp_path / "top", os.O_RDONLY | os.O_DIRECTORY)
    for level in range(1100):
        os.mkdir("d" * 50, dir_fd=here)
        if level % 100 == 0:
            os.mkdir("e", dir_fd=here)
            os.symlink(tmp_path / "keep", "link", dir_fd=here)
        inner = os.open("d" * 50, os.O_RDONLY | os.O_DIRECTORY, dir_fd=here)
        os.close(here)
        here = inner
    os.close(here)
    folder.remove_tree(place, "top")
    assert os.listdir(tmp_path) == ["keep"]
    assert (tmp_path / "keep").read_text() == "kept"


def test_removes_what_its_owner_locked(tmp_path: Path, place: int) -> None:
    (tmp_path / "top/a/b").mkdir(parents=True)
    os.chmod(tmp_path / "top/a", 0)
    folder.remove_tree(place, "top")
    assert not (tmp_path / "top").exists()


def test_lists_regular_files_only_and_in_order(tmp_path: Path, place: int) -> None:
    for name in ("b", "a/z", "a/y"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    (tmp_path / "link").symlink_to("b")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "line\nbreak").write_text("")
    assert [name for name, _ in folder.regular_files(place)] == ["a/y", "a/z", "b"]


def test_reading_follows_no_link_and_no_pipe(tmp_path: Path, place: int) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real/file").write_text("x")
    (tmp_path / "way").symlink_to("real")
    (tmp_path / "link").symlink_to("real/file")
    os.mkfifo(tmp_path / "pipe")
    assert folder.read_file(place, "real/file", 10) == b"x"
    for name in ("way/file", "link", "pipe", "real", "nothing"):
        with pytest.raises(OSError, match=r"\w"):
            folder.read_file(place, name, 10)
    with pytest.raises(OSError, match="more than"):
        folder.read_file(place, "real/file", 0)
