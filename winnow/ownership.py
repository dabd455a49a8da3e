"""Checks that our top-level folders (`agents`, `tools`, ...) are the ones Python finds, and that no other distribution shares them.

Their names are common: openai-agents ships a package `agents` too. Only a few directory entries are looked at, and none of the folders
is imported; `importlib.metadata.packages_distributions` takes fifty times as long, so it is asked only to name a culprit.
"""

import csv
import sys
from collections.abc import Iterator
from importlib.machinery import all_suffixes
from pathlib import Path

from winnow.commands import Refusal

FOLDERS = ("agents", "graders", "scenarios", "tools", "traces", "winnow")
ROOT = Path(__file__).resolve().parent.parent

REMEDY = (
    "Winnow needs an environment of its own: make a fresh one (make install) or remove the other package. "
    "If it stands in the folder you are in, run winnow from another; if PYTHONPATH names it, unset that. "
    "Each checkout has its own command, .venv/bin/winnow."
)


class OwnershipError(Refusal):
    """Another package stands where one of ours should be. The message has one line for each, and the remedy."""


def check_ownership(root: Path = ROOT) -> None:
    """Raise OwnershipError where one of our folder names also belongs to someone else on Python's path."""
    found = [*_beside(root), *_within(root)]
    if found:
        raise OwnershipError("\n".join([*found, REMEDY]))


def _beside(root: Path) -> Iterator[str]:
    """Packages of our names elsewhere on the path."""
    for entry in dict.fromkeys(Path(place or ".").resolve() for place in sys.path):
        taken = [name for name in FOLDERS if entry != root and _is_package(entry, name)]
        if taken and (entry / "winnow" / "ownership.py").is_file():
            yield f"{entry} holds another checkout of Winnow, and Python looks there too while this one, {root}, runs"
            continue
        for name in taken:
            yield f"{entry / name}{_owner(name)} has the same name as Winnow's {root / name}"


def _is_package(entry: Path, name: str) -> bool:
    # A folder without __init__.py never comes before ours, so it does no harm.
    init = entry / name / "__init__.py"
    return init.is_file() or any((entry / f"{name}{suffix}").is_file() for suffix in all_suffixes())


def _within(root: Path) -> Iterator[str]:
    """Where Winnow is installed as a wheel: modules in our folders that are not ours, or no longer as we shipped them."""
    for record in root.glob("winnow-*.dist-info/RECORD"):
        with record.open(encoding="utf-8", newline="") as file:
            sizes = {path: int(size) for path, _, size in csv.reader(file) if size}
        for name in FOLDERS:
            for module in (root / name).glob("*.py"):
                if sizes.get(f"{name}/{module.name}") != module.stat().st_size:
                    yield f"{module}{_owner(name)} is not the file Winnow installed"


def _owner(name: str) -> str:
    from importlib.metadata import packages_distributions

    others = {dist for dist in packages_distributions().get(name, ()) if dist} - {
        "winnow"
    }  # a broken install has no name
    return f" (of {', '.join(sorted(others))})" if others else ""
