"""What of the host's file system sessions get to see, read-only: the interpreter, its packages and the system's libraries.

Paths inside do not depend on the host's (`/opt/python`, `/opt/env`), so tracebacks read the same on every machine.
"""

import os
import sys
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

BASE, ENV = "/opt/python", "/opt/env"
_SYSTEM = ("/lib", "/lib64", "/lib32", "/usr/lib", "/usr/lib64")
_DATA = ("/etc/ld.so.cache", "/etc/ld.so.conf", "/usr/share/zoneinfo")
_TOOLCHAIN_FOLDERS = (
    "/bin",
    "/usr/bin",
    "/usr/include",
    "/usr/libexec",
    "/usr/local/bin",
    "/usr/local/lib",
    "/usr/share",
)
_TOOLCHAIN_DATA = ("/etc/alternatives", "/etc/java-17-openjdk", "/etc/java-21-openjdk", "/etc/java-11-openjdk")


class Bind(NamedTuple):
    """A host path and where it shows up inside."""

    source: str
    target: str


@dataclass(frozen=True)
class View:
    """The list a zygote builds its root from."""

    python: str
    binds: tuple[Bind, ...]
    links: tuple[tuple[str, str], ...] = ()
    files: tuple[tuple[str, str], ...] = ()
    environment: dict[str, str] = field(default_factory=dict)
    toolchains: bool = False

    def as_message(self) -> dict[str, Any]:
        readable = [bind.target for bind in self.binds] + [path for path, _ in self.files]
        return {
            "python": self.python,
            "binds": self.binds,
            "links": self.links,
            "files": self.files,
            "environment": self.environment,
            "toolchains": self.toolchains,
            "readable": readable,
        }


@cache
def interpreter_view() -> View:
    """The view of ordinary sessions: this interpreter and nothing to run beside it."""
    binds, links = _system()
    base = _relocated(sys.base_prefix, BASE)
    executable = os.path.realpath(sys.executable)
    inner = f"{base}/bin/python{sys.version_info.major}.{sys.version_info.minor}"
    binds += [Bind(executable, inner), *_libraries(sys.base_prefix, base)]
    python, files = inner, []
    if sys.prefix != sys.base_prefix:
        python = f"{ENV}/bin/python"
        binds += _libraries(sys.prefix, ENV)
        links.append((inner, python))
        files.append((f"{ENV}/pyvenv.cfg", _pyvenv(base)))
    environment = {"LD_LIBRARY_PATH": f"{base}/lib"} if base == BASE else {}
    return View(python, tuple(_distinct(binds)), tuple(links), tuple(files), environment)


def toolchain_view(extra: tuple[Bind, ...]) -> View:
    """The view of the compile profile: compilers and run times as well. `extra` are those that live elsewhere."""
    plain = interpreter_view()
    binds, links = list(plain.binds), list(plain.links)
    for folder in (*_TOOLCHAIN_FOLDERS, *_TOOLCHAIN_DATA):
        _add(folder, binds, links)
    return View(
        plain.python, tuple(_distinct([*binds, *extra])), tuple(links), plain.files, plain.environment, toolchains=True
    )


def _relocated(prefix: str, target: str) -> str:
    """A system interpreter keeps its place, as its libraries are the system's; any other moves to `target`."""
    return prefix if prefix in ("/usr", "/usr/local") else target


def _libraries(prefix: str, target: str) -> list[Bind]:
    """The library folders of an installation, without whatever else lies under its prefix."""
    found = [
        Bind(f"{prefix}/{name}", f"{target}/{name}") for name in ("lib", "lib64") if _is_folder(f"{prefix}/{name}")
    ]
    return [bind for bind in found if not bind.source.startswith("/usr/lib")]


def _is_folder(path: str) -> bool:
    return os.path.isdir(path) and not os.path.islink(path)


def _system() -> tuple[list[Bind], list[tuple[str, str]]]:
    binds: list[Bind] = []
    links: list[tuple[str, str]] = []
    for path in (*_SYSTEM, *_DATA):
        _add(path, binds, links)
    return binds, links


def _add(path: str, binds: list[Bind], links: list[tuple[str, str]]) -> None:
    """Show a path as it is: a link (as `/lib` where `/usr` is merged) as a link, anything else as a view."""
    if os.path.islink(path):
        links.append((os.readlink(path), path))
    elif os.path.exists(path):
        binds.append(Bind(path, path))


def _distinct(binds: list[Bind]) -> list[Bind]:
    """Outer folders first, without what those show already."""
    found: list[Bind] = []
    for bind in sorted(dict.fromkeys(binds), key=lambda bind: bind.target.count("/")):
        if not any(_shows(outer, bind) for outer in found):
            found.append(bind)
    return found


def _shows(outer: Bind, bind: Bind) -> bool:
    below = bind.source.removeprefix(outer.source)
    return bind.source.startswith(outer.source + "/") and bind.target == outer.target + below


def _pyvenv(base: str) -> str:
    original = Path(sys.prefix, "pyvenv.cfg").read_text(encoding="utf-8")
    system = [line for line in original.splitlines() if line.startswith("include-system-site-packages")]
    return "\n".join([f"home = {base}/bin", *system, ""])
