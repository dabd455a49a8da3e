"""Builds the file system of the sessions: an empty tmpfs, with read-only views of what the host's list names.

Runs in namespaces of its own. Sources are found under the old root, which is gone when `build` returns.
"""

import os
from typing import Any

from . import linux

HOME = "/home/user"
PACKAGE = "/opt/inside"
ZYGOTE_PROC = "/home"
_OLD = "/old"
_DEVICES = ("/dev/null", "/dev/random", "/dev/urandom")
_SAFE = linux.MS_RDONLY | linux.MS_NOSUID | linux.MS_NODEV


def build(view: dict[str, Any], package: str) -> None:
    """Replace the root. `view` has `binds` (source, target), `links` (target, path) and `files` (path, text)."""
    linux.mount("none", "/", flags=linux.MS_REC | linux.MS_PRIVATE)
    base = next(path for path in ("/tmp", "/mnt", "/run", "/srv") if os.path.isdir(path) and not os.path.islink(path))
    linux.mount("tmpfs", base, "tmpfs", linux.MS_NOSUID | linux.MS_NODEV, "mode=755,size=4m,nr_inodes=4k")
    os.mkdir(base + _OLD)
    os.chdir(base)
    linux.pivot_root(base, base + _OLD)
    os.chdir("/")
    for source, target in [*view["binds"], (package, PACKAGE)]:
        _bind(source, target, _SAFE)
    for device in _DEVICES:
        _bind(device, device, _SAFE & ~linux.MS_NODEV | linux.MS_NOEXEC)
    for target, path in view["links"]:
        _parents(path)
        os.symlink(target, path)
    for path, text in view["files"]:
        _parents(path)
        _write(path, text)
    _folders()
    # A session may mount its own only while its zygote's is in sight; the session's work folders then cover this one.
    linux.mount("proc", ZYGOTE_PROC, "proc", linux.MS_NOSUID | linux.MS_NODEV | linux.MS_NOEXEC)
    linux.umount(_OLD)
    os.rmdir(_OLD)
    linux.set_mount_flags("/", _SAFE | linux.MS_NOEXEC, recursive=False)


def _bind(source: str, target: str, flags: int) -> None:
    origin = _OLD + source
    if not os.path.exists(origin):
        return
    if os.path.isdir(origin):
        os.makedirs(target, exist_ok=True)
    else:
        _parents(target)
        _write(target, "")
    linux.mount(origin, target, flags=linux.MS_BIND | linux.MS_REC)
    linux.set_mount_flags(target, flags, recursive=os.path.isdir(origin))


def _folders() -> None:
    os.makedirs("/proc")
    os.makedirs("/home")
    os.makedirs("/dev", exist_ok=True)
    os.symlink("/home/tmp", "/tmp")
    os.symlink("/home/shm", "/dev/shm")
    # The account database names the session's own user and nobody of the host.
    os.makedirs("/etc", exist_ok=True)
    _write("/etc/passwd", f"root:x:0:0:root:/:/bin/false\nuser:x:1000:1000:user:{HOME}:/bin/sh\n")
    _write("/etc/group", "root:x:0:\nuser:x:1000:\n")
    _write("/etc/nsswitch.conf", "passwd: files\ngroup: files\nhosts: files\n")
    _write("/etc/hosts", "127.0.0.1 localhost\n")


def _parents(path: str) -> None:
    os.makedirs(os.path.dirname(path), exist_ok=True)


def _write(path: str, text: str) -> None:
    with open(path, "w") as file:
        file.write(text)
