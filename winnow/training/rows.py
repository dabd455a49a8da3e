"""The rows of an export in TRL's format, as what a model is shown and which of its turns are learnt.

Lines of single right turns (`prompt` and `completion`) of one trace are put together again: the longest of them holds the others.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from traces.export.written import manifest, read_lines

JSON = dict[str, Any]
NOT_OURS = ("repaired-", "refused")
"""Files left out: a repaired trace stands under a reviewer's words that no one will say to the model again."""


@dataclass(frozen=True)
class Example:
    """One conversation. `learnt` has the places, among the assistant's messages, of those that are in the loss."""

    id: str
    family: str
    messages: tuple[JSON, ...]
    tools: tuple[JSON, ...]
    learnt: frozenset[int]


def examples(folder: Path, split: str) -> list[Example]:
    """Those of a split, in the order of the export. Raises ExportError where there is no whole export."""
    files = [name for name in manifest(folder)["rows"] if _split(name) == split and not _left_out(name)]
    found: dict[str, Example] = {}
    for line in _lines(folder, files):
        example = _example(line)
        found[example.id] = _joined(found.get(example.id), example)
    return list(found.values())


def _split(name: str) -> str:
    return Path(name).name.split(".")[0].rsplit("-", 1)[-1]


def _left_out(name: str) -> bool:
    return Path(name).name.startswith(NOT_OURS)


def _lines(folder: Path, files: Iterable[str]) -> Iterator[JSON]:
    for name in files:
        yield from read_lines(folder / name)


def _example(line: JSON) -> Example:
    messages = tuple(line["messages"] if "messages" in line else (*line["prompt"], *line["completion"]))
    said = sum(message["role"] == "assistant" for message in messages)
    learnt = frozenset(range(said)) if "messages" in line else frozenset({said - 1})
    return Example(line["id"].split("/")[0], line["family"], messages, tuple(line["tools"]), learnt)


def _joined(one: Example | None, other: Example) -> Example:
    if one is None:
        return other
    longer = max(one, other, key=lambda example: len(example.messages))
    return Example(longer.id, longer.family, longer.messages, longer.tools, one.learnt | other.learnt)
