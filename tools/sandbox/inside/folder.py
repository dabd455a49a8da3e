"""The work folder, read and written from outside the code's reach: descriptor by descriptor, following no link.

The code's processes are stopped meanwhile, so nothing moves. Folders deeper than DEPTH and names (with their folders) longer than
NAME are left unlisted.
"""

import os
import stat
from collections.abc import Iterator
from typing import NamedTuple

DEPTH = 16
NAME = 255
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC


class Seen(NamedTuple):
    """What tells one version of a file from another."""

    size: int
    modified: int
    inode: int


def regular_files(folder: int, prefix: str = "", depth: int = DEPTH) -> Iterator[tuple[str, Seen]]:
    """All regular files with a printable UTF-8 name, below the folder of this descriptor."""
    for name in _names(folder):
        status = _status(folder, name) if name.isprintable() and len(prefix + name) <= NAME else None
        if status is None:
            continue
        if stat.S_ISREG(status.st_mode):
            yield prefix + name, Seen(status.st_size, status.st_mtime_ns, status.st_ino)
        elif stat.S_ISDIR(status.st_mode) and depth > 1:
            yield from _below(folder, name, prefix, depth)


def _names(folder: int) -> list[str]:
    try:
        return sorted(os.listdir(folder))
    except OSError:
        return []


def _status(folder: int, name: str) -> os.stat_result | None:
    try:
        return os.stat(name, dir_fd=folder, follow_symlinks=False)
    except OSError:
        return None


def _below(folder: int, name: str, prefix: str, depth: int) -> Iterator[tuple[str, Seen]]:
    try:
        inner = os.open(name, _FOLDER, dir_fd=folder)
    except OSError:
        return
    try:
        yield from regular_files(inner, f"{prefix}{name}/", depth - 1)
    finally:
        os.close(inner)


def parts(name: str) -> list[str]:
    """The name's components. Raises ValueError for one that leaves the folder or names nothing."""
    pieces = [piece for piece in name.split("/") if piece != "."]
    if not name or name.startswith("/") or "\0" in name or not all(pieces) or ".." in pieces or not pieces:
        raise ValueError(f"{name!r} is no name of a file in the work folder: give a relative path without '..'")
    return pieces


def _walk(folder: int, pieces: list[str], owner: tuple[int, int] | None) -> int:
    """A descriptor of the innermost folder, made where missing if there is an `owner` to give it to."""
    here = os.dup(folder)
    for piece in pieces:
        if owner is not None and _status(here, piece) is None:
            os.mkdir(piece, 0o755, dir_fd=here)
            os.chown(piece, *owner, dir_fd=here, follow_symlinks=False)
        try:
            inner = os.open(piece, _FOLDER, dir_fd=here)
        finally:
            os.close(here)
        here = inner
    return here


def write_file(folder: int, name: str, content: bytes, owner: tuple[int, int]) -> None:
    """Put a file in place of whatever bears its name."""
    pieces = parts(name)
    where = _walk(folder, pieces[:-1], owner)
    try:
        if _status(where, pieces[-1]) is not None:
            os.unlink(pieces[-1], dir_fd=where)
        fd = os.open(pieces[-1], _NEW, 0o644, dir_fd=where)
        try:
            view = memoryview(content)
            while view:
                view = view[os.write(fd, view) :]
            os.fchown(fd, *owner)
        finally:
            os.close(fd)
    finally:
        os.close(where)


def read_file(folder: int, name: str, cap: int) -> bytes:
    """A regular file's content. Raises FileNotFoundError for anything else, OSError for more than `cap` bytes."""
    pieces = parts(name)
    where = _walk(folder, pieces[:-1], None)
    try:
        fd = os.open(pieces[-1], os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=where)
    finally:
        os.close(where)
    with os.fdopen(fd, "rb") as file:
        status = os.fstat(fd)
        if not stat.S_ISREG(status.st_mode):
            raise FileNotFoundError(f"{name} is no regular file")
        if status.st_size > cap:
            raise OSError(f"{name} has {status.st_size} bytes, more than the {cap} a session may hold")
        return file.read(cap)


def remove_tree(parent: int, name: str) -> None:
    """Delete a folder of any depth without recursion, holding one descriptor at a time. Nobody may be moving it meanwhile."""
    names, here = [name], os.open(name, _FOLDER, dir_fd=parent)
    while names:
        inner = _remove_files(here)
        if inner is None:
            above = os.open("..", _FOLDER, dir_fd=here)
            os.rmdir(names.pop(), dir_fd=above)
        else:
            above = os.open(inner, _FOLDER, dir_fd=here)
            names.append(inner)
        os.close(here)
        here = above
    os.close(here)


def _remove_files(here: int) -> str | None:
    """Empty a folder of all but folders; the name of one of those, if there is any."""
    os.fchmod(here, 0o700)
    found = None
    with os.scandir(here) as entries:
        listed = [(entry.name, entry.is_dir(follow_symlinks=False)) for entry in entries]
    for name, is_folder in listed:
        if is_folder:
            os.chmod(name, 0o700, dir_fd=here)
            found = name
        else:
            os.unlink(name, dir_fd=here)
    return found
